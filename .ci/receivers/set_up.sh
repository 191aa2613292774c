#!/usr/bin/env bash
# set_up.sh TOOLS NEWEST: install the receivers, and build in TOOLS the programs that show what they read.  The newest
# CPythons are in NEWEST (.ci/newest-pythons).
# Nothing may be missing silently: each is asked for at the end.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
tools=$(cd "$1" && pwd)
say() { printf '%s (%d s)\n' "$*" "$SECONDS"; }

# unpacked FOLDER PACKAGE …: packages of Debian's, unpacked but not installed.
unpacked() {
    (cd "$1" && apt-get -qq -o APT::Sandbox::User=root download "${@:2}"
        for deb in *.deb; do dpkg-deb -x "$deb" . && rm "$deb"; done)
}

packages=(
    gcc pkg-config openssl libgmime-3.0-dev libetpan-dev ruby ruby-mail php-cli php-horde-mime php-horde-mail
    perl libemail-mime-perl libemail-address-xs-perl libmime-tools-perl libmail-dkim-perl
    dovecot-imapd postfix opendkim
    libxapian30 libical3 libpcre3 libpq5 libwrap0 libsasl2-modules sasl2-bin # Cyrus needs them
    libidn12 libgnutls-dane0 libnsl2 libdb5.3 libpcre2-8-0 # exim
    libnet-libidn-perl libnet-server-perl libunix-syslog-perl libconvert-tnef-perl libconvert-uulib-perl # amavis
    libberkeleydb-perl libarchive-zip-perl libnet-dns-perl
)
command -v go >/dev/null || packages+=(golang-go)
command -v javac >/dev/null || packages+=(default-jdk-headless)
command -v mvn >/dev/null || packages+=(maven)
command -v npm >/dev/null || packages+=(nodejs npm)
DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${packages[@]}" >/dev/null
say "Debian's packages"

# Thunderbird itself is not installed: its parser is one file of its archive.
(cd "$tools" && apt-get -qq -o APT::Sandbox::User=root download thunderbird && dpkg-deb --fsys-tarfile thunderbird_*.deb |
    tar -xf - --strip-components=4 ./usr/share/thunderbird/omni.ja && rm thunderbird_*.deb)
python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("modules/jsmime/jsmime.mjs"))' \
    "$tools/omni.ja" >"$tools/jsmime.mjs"
rm "$tools/omni.ja"
npm install --silent --no-fund --no-audit --prefix "$tools" postal-mime
cp "$here"/*.mjs "$tools"
say "JavaScript"

# shellcheck disable=SC2046
gcc -std=c99 -O1 -Wall -Wextra -Werror "$here/gmime.c" $(pkg-config --cflags --libs gmime-3.0) -o "$tools/gmime"
# shellcheck disable=SC2046
gcc -std=c99 -O1 -Wall -Wextra -Werror "$here/libetpan.c" $(pkg-config --cflags --libs libetpan) -o "$tools/libetpan"
say "C"

go build -o "$tools/net_mail" "$here/net_mail.go"
mkdir -p "$tools/go"
cp "$here/go_message.go" "$tools/go"
(cd "$tools/go" && rm -f go.mod go.sum && go mod init receivers && go get github.com/emersion/go-message/charset@v0.18.2 &&
    go build -o "$tools/go_message" go_message.go) 2>"$tools/go.log" || { cat "$tools/go.log"; exit 1; }
say "Go"

mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$tools/jars"
javac -Xlint -Werror -cp "$tools/jars/*" -d "$tools/classes" "$here"/*.java
say "Java"

# Debian does not let Cyrus be installed beside Dovecot, nor exim beside postfix.
mkdir -p "$tools/cyrus"
unpacked "$tools/cyrus" cyrus-imapd cyrus-common
mkdir -p "$tools/amavis"
unpacked "$tools/amavis" amavisd-new
mkdir -p "$tools/exim"
unpacked "$tools/exim" exim4-daemon-light
id Debian-exim >/dev/null 2>&1 || useradd --system --home /nonexistent --shell /usr/sbin/nologin Debian-exim
say "Cyrus, amavis and exim"

python3 -m venv "$tools/venv"
"$tools/venv/bin/python" -m pip install -q dkimpy
say "dkimpy"

ln -sfn "$(cd "$2" && pwd)" "$tools/newest"

missing=0
for command in node java php ruby perl gcc openssl opendkim postfix saslpasswd2 /usr/lib/dovecot/imap \
    "$tools"/{gmime,libetpan,net_mail,go_message} "$tools"/exim/usr/sbin/exim4 "$tools"/cyrus/usr/lib/cyrus/bin/{master,imapd} \
    "$tools/newest/bin/python3.15" "$tools/venv/bin/dkimverify"; do
    command -v "$command" >/dev/null || { echo "$command is missing"; missing=1; }
done
for file in jsmime.mjs thunderbird.mjs node_modules/postal-mime jars/angus-mail-2.0.3.jar jars/apache-mime4j-dom-0.8.11.jar \
    classes/JakartaMail.class classes/Mime4j.class amavis/usr/share/perl5/Amavis/Unpackers/Validity.pm; do
    test -e "$tools/$file" || { echo "$file is missing"; missing=1; }
done
for module in Email::MIME Email::Address::XS MIME::Parser Mail::DKIM::Verifier Net::LibIDN; do
    perl -M"$module" -e1 || { echo "Perl's $module is missing"; missing=1; }
done
ruby -rmail -e1 || { echo "Ruby's mail is missing"; missing=1; }
test -e /usr/share/php/Horde/Mime/Part.php || { echo "Horde is missing"; missing=1; }
exit $missing

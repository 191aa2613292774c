#!/usr/bin/env bash
# set_up.sh TOOLS: install the receivers, and build in TOOLS the programs that show what they read.
# Nothing may be missing silently: each is asked for at the end.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
tools=$(cd "$1" && pwd)
say() { printf '%s (%d s)\n' "$*" "$SECONDS"; }

# unpacked FOLDER PACKAGE …: packages of Debian's, unpacked but not installed.
unpacked() {
    (cd "$1" && apt-get -qq -o APT::Sandbox::User=root download "${@:2}" && for deb in *.deb; do dpkg-deb -x "$deb" . && rm "$deb"; done)
}

packages=(gcc pkg-config libgmime-3.0-dev perl libemail-mime-perl libemail-address-xs-perl libmime-tools-perl php-cli php-horde-mime php-horde-mail libetpan-dev dovecot-imapd
    libxapian30 libical3 libpcre3 libwrap0 libsasl2-modules sasl2-bin
    libnet-libidn-perl libnet-server-perl libunix-syslog-perl libconvert-tnef-perl libconvert-uulib-perl libmail-dkim-perl
    libberkeleydb-perl libarchive-zip-perl libnet-dns-perl
    postfix opendkim openssl libidn12 libgnutls-dane0 libnsl2 libdb5.3 libpcre2-8-0 ruby ruby-mail)
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

test -e "$tools/newest" || "$here/../../../shared/tools/newest-pythons" "$tools/newest" >/dev/null
say "the newest CPython"

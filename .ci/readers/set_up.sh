#!/usr/bin/env bash
# set_up.sh FOLDER: install what the readers need, and build them there.
set -euo pipefail
readers=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
packages="libgmime-3.0-dev pkg-config gcc"
command -v go >/dev/null || packages+=" golang-go"
command -v npm >/dev/null || packages+=" nodejs npm"
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $packages >/dev/null

go build -o "$folder/net_mail" "$readers/net_mail.go"
# shellcheck disable=SC2046
gcc -std=c99 -O1 -Wall -Wextra -Werror "$readers/gmime.c" $(pkg-config --cflags --libs gmime-3.0) -o "$folder/gmime"
cp "$readers/postal_mime.mjs" "$folder"
npm install --silent --no-fund --no-audit --prefix "$folder" postal-mime

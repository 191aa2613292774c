#!/usr/bin/env bash
# CPython without the GIL, which no registry has as a program: built from Debian's source package, and kept from run to run.
#
#     .ci/without_gil.sh       # prints the folder, which has
#         source               # CPython's source
#         python/bin/python3   # built in two minutes on two cores
#         tsan/bin/python3     # the same with ThreadSanitizer (clang); to be run by `setarch -R`
set -euo pipefail
folder=${XDG_CACHE_HOME:-$HOME/.cache}/msgidpolicy/without-gil-$(sha256sum "${BASH_SOURCE[0]}" | cut -c1-12)
if [ -e "$folder/tsan/bin/python3" ]; then
    echo "$folder"
    exit
fi
DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends clang libclang-rt-dev make xz-utils pkg-config \
    libssl-dev zlib1g-dev libffi-dev >/dev/null
for tool in gcc clang make xz; do command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 1; }; done

rm -rf "$folder"
mkdir -p "$folder"/apt/{lists/partial,cache/archives/partial} "$folder"/{source,build-python,build-tsan}
cd "$folder"
uri=$(apt-get indextargets --format '$(REPO_URI)' | grep -m1 '/debian/$')
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri sid main" >apt/sources.list
cat >apt/apt.conf <<CONF
Dir::Etc::sourcelist "$folder/apt/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$folder/apt/lists";
Dir::Cache "$folder/apt/cache";
APT::Sandbox::User "root";
CONF
export APT_CONFIG=$folder/apt/apt.conf
apt-get -qq update >&2
# What the index names, the newest first; not all of it is always to be had.
for package in python3.13 python3.14 python3.15; do
    for version in $(apt-cache showsrc $package | sed -n 's/^Version: //p' | sort -rV); do
        apt-get -qq source --download-only --tar-only "$package=$version" >&2 && break 2
        echo "no source of $package $version, the next" >&2
    done
done
unset APT_CONFIG
tar -xf python3.*.orig.tar.xz -C source --strip-components=1

# Where ThreadSanitizer has its own memory the system may have put something else, unless it puts things always in one place.
same=(setarch "$(uname -m)" -R)
build() { # NAME CONFIGURE'S ARGUMENTS …
    cd "$folder/build-$1"
    if ! {
        "${same[@]}" ../source/configure -q --disable-gil --prefix="$folder/$1" --disable-test-modules --without-ensurepip "${@:2}" &&
            "${same[@]}" make -s -j2 &&
            "${same[@]}" make -s install PYTHON_FOR_BUILD=: # which would compile all modules to .pyc, thrice
    } >"$folder/log-$1" 2>&1; then
        tail -n 30 "$folder/log-$1" >&2
        exit 1
    fi
    cd "$folder"
    rm -rf "build-$1"
}
build python CFLAGS="-O1 -g0" OPT="-DNDEBUG -fwrapv"
build tsan CC=clang CXX=clang++ --with-thread-sanitizer CFLAGS="-O1 -g1" OPT="-DNDEBUG -fwrapv"
test -e tsan/bin/python3
echo "$folder"

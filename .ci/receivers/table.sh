#!/usr/bin/env bash
# table.sh TOOLS: print the table of docs/receivers.rst.  Our messages, with the Python of PYTHON, beside those of
# the standard library of the oldest CPython (3.9) that pyenv has and of the newest, which set_up.sh put into TOOLS.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tools=$(cd "$1" && pwd)
python=${PYTHON:-python3}
oldest=$(pyenv versions --bare | grep -x "3\.9\.[0-9]*" | tail -n 1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset MSGIDPOLICY_CORPUS

"$python" "$here/make_messages.py" "$work/ours" >&2
"$(pyenv root)/versions/$oldest/bin/python" "$here/make_messages.py" "$work/oldest" --policy email.policy:SMTP >&2
"$tools/newest/bin/python3.15" "$here/make_messages.py" "$work/newest" --policy email.policy:SMTP >&2
"$python" "$here/compare.py" --table "$tools" "msgidpolicy=$work/ours" "CPython $oldest=$work/oldest" \
    "CPython $("$tools/newest/bin/python3.15" -c 'import platform; print(platform.python_version())')=$work/newest"

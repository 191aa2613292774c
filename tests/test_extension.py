"""The extension module as CPython sees it."""

import ast
import importlib
import importlib.metadata
import inspect
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import msgidpolicy
from msgidpolicy import _core

STYLE = (78, "\r\n", False, False, False, False)


@pytest.mark.parametrize(
    "call",
    [
        lambda: _core.fold("Subject", "x"),
        lambda: _core.fold(b"Subject", "x", *STYLE),
        lambda: _core.fold("Subject", b"x", *STYLE),
        lambda: _core.fold("Subject", "x", "78", "\r\n", False, False, False, False),
        lambda: _core.fold("Subject", "x", 78, b"\r\n", False, False, False, False),
        lambda: _core.fold(name="Subject"),
        lambda: _core.check("Subject"),
        lambda: _core.check("Subject", None),
        lambda: _core.parts(None, 1),
        lambda: _core.parts("x"),
        lambda: _core.unfold(None, "x"),
        lambda: _core.syntax_of(None),
        lambda: _core.msg_ids(b"<a@b>"),
    ],
)
def test_arguments_of_another_kind_are_type_errors(call):
    with pytest.raises(TypeError):
        call()


def test_every_function_is_in_the_stub():
    stub = Path(msgidpolicy.__file__).with_name("_core.pyi").read_text()
    functions = {name for name in vars(_core) if not name.startswith("__")}
    assert functions == set(re.findall(r"^def (\w+)", stub, re.M))


def test_every_function_has_the_signature_of_the_stub():
    stub = ast.parse(Path(msgidpolicy.__file__).with_name("_core.pyi").read_text())
    for function in stub.body:
        if isinstance(function, ast.FunctionDef):
            signature = inspect.signature(getattr(_core, function.name))
            assert list(signature.parameters) == [argument.arg for argument in function.args.posonlyargs], function.name


@pytest.mark.parametrize("built_for", [None, "cpython-27-nowhere"])
def test_a_checkout_that_is_not_built_says_so(tmp_path, built_for):
    package = tmp_path / "msgidpolicy"
    package.mkdir()
    for path in Path(msgidpolicy.__file__).parent.glob("*.py"):
        (package / path.name).write_bytes(path.read_bytes())
    if built_for:
        (package / f"_core.{built_for}.so").write_bytes(b"")
    run = subprocess.run([sys.executable, "-S", "-c", "import msgidpolicy"], cwd=tmp_path, capture_output=True, text=True)
    last = run.stderr.splitlines()[-1]
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert f"msgidpolicy is not built for this Python, {version}: pip install -e . if this is its source, or leave that" in last
    assert "otherwise python -m pip install msgidpolicy with this Python" in last and str(package) in last
    assert "No module named 'msgidpolicy._core'" in last
    assert "circular" not in run.stderr
    command = [sys.executable, "-S", "-m", "msgidpolicy", "--version"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    (line,) = run.stderr.splitlines()
    assert "msgidpolicy is not built for this Python" in line
    assert run.returncode == 1


def test_the_version_is_that_of_the_package():
    assert msgidpolicy.__version__ == importlib.metadata.version("msgidpolicy")


def test_each_import_makes_a_new_module():
    """PEP 489: no state is shared."""
    first = sys.modules.pop("msgidpolicy._core")
    try:
        second = importlib.import_module("msgidpolicy._core")
        assert second is not first
        assert second.fold("Subject", "x", *STYLE) == b"Subject: x\r\n"
    finally:
        sys.modules["msgidpolicy._core"] = first


@pytest.mark.skipif(sys.version_info < (3, 13), reason="subinterpreters are run by a private module")
def test_it_works_in_a_subinterpreter_with_a_gil_of_its_own():
    interpreters = pytest.importorskip("_interpreters")
    interpreter = interpreters.create("isolated")
    try:
        code = (
            "from msgidpolicy import _core, FieldError\n"
            "assert _core.fold('Subject', 'é', 78, '', False, False, False, False) == b'Subject: =?utf-8?q?=C3=A9?='\n"
            "try: _core.check('X', 'a\\nb')\n"
            "except FieldError: pass\n"
            "else: raise AssertionError\n"
            "from msgidpolicy import EmailMessage\n"
            "message = EmailMessage()\n"
            "message['Subject'] = 'é'\n"
            "assert message.as_bytes() == b'Subject: =?utf-8?q?=C3=A9?=\\r\\n\\r\\n'\n"
        )
        assert interpreters.exec(interpreter, code) is None
    finally:
        interpreters.destroy(interpreter)


def test_threads_fold_side_by_side():
    expected = _core.fold("References", "<a@b> " * 500, *STYLE)
    wrong = []

    def work():
        for _ in range(200):
            if _core.fold("References", "<a@b> " * 500, *STYLE) != expected:
                wrong.append(1)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_no_line_of_the_project_imports_the_private_parser():
    package = Path(msgidpolicy.__file__).parent
    for path in package.rglob("*.py"):
        assert "_header_value_parser" not in path.read_text("utf-8"), path

"""``msgidpolicy``, or ``python -m msgidpolicy``: the commands."""

import argparse
import importlib
import os
import sys

from . import __version__, process
from .check._command import check_command, fix_command


def main(arguments=None):
    """Run a command; its exit status."""
    is_module = os.path.basename(sys.argv[0]) == "__main__.py"
    prog = "python -m msgidpolicy" if is_module else "msgidpolicy"
    parser = argparse.ArgumentParser(prog=prog, description="Check and mend mails, and show what msgidpolicy does.")
    parser.add_argument("--version", action="version", version=f"msgidpolicy {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    check_command.add(commands)
    demo = commands.add_parser(
        "demo",
        help="send a reply by Flask-Mail with Python's policy and with this one, and show what arrives",
    )
    demo.set_defaults(command=_demo)
    fix_command.add(commands)
    installed = commands.add_parser("installed", help="say what msgidpolicy.install() does not reach, and what to write there")
    installed.add_argument("modules", nargs="*", metavar="MODULE", help="imported before, as the application does")
    installed.add_argument("--legacy", action="store_true", help="install(legacy=True)")
    installed.set_defaults(command=_installed)
    parser.set_defaults(command=None)
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help(sys.stderr)
        return 2
    return options.command(options)


def _installed(options):
    for module in options.modules:
        try:
            importlib.import_module(module)
        except ModuleNotFoundError as error:
            if not f"{module}.".startswith(f"{error.name}."):
                raise  # it is there, and imports one that is not
            print(f"msgidpolicy installed: no module {module}", file=sys.stderr)
            return 2
    with process.installed(legacy=options.legacy) as installation:
        print(installation)
    return 0


def _demo(options):
    try:
        from . import demo
    except ImportError as error:
        print(f'the demo needs {error.name}: pip install "msgidpolicy[demo]"', file=sys.stderr)
        return 2
    return demo.main()


if __name__ == "__main__":
    sys.exit(main())

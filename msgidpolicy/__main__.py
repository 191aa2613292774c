"""``python -m msgidpolicy``: the commands."""
import argparse
import sys


def main(arguments=None):
    """Run a command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m msgidpolicy", description=__doc__.partition(": ")[2])
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    demo = commands.add_parser(
        "demo",
        help="send a reply by Flask-Mail with Python's policy and with this one, and show what arrives",
    )
    demo.set_defaults(command=_demo)
    return parser.parse_args(arguments).command()


def _demo():
    try:
        from . import demo
    except ImportError as error:
        print(f"the demo needs {error.name}: pip install 'msgidpolicy[demo]'", file=sys.stderr)
        return 2
    return demo.main()


if __name__ == "__main__":
    sys.exit(main())

"""Lines of text in styles."""


def printer_of(stream):
    """A function that writes a line of (text, style) to a stream.

    With colour where rich is installed and finds that the stream can show it: a terminal, no ``NO_COLOR``.
    """
    console = _console(stream)
    if console is None or not console.is_terminal:
        return lambda *pieces: stream.write("".join(text for text, _ in pieces) + "\n")
    from rich.text import Text

    return lambda *pieces: console.print(Text.assemble(*pieces), soft_wrap=True)


def _console(stream):
    try:
        from rich.console import Console
    except ImportError:
        return None
    return Console(file=stream, highlight=False)

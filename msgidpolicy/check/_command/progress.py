"""How far a long check is."""

import sys
import time

_SILENT_SECONDS = 2
_SECONDS = 0.2  # between two pictures


class Bar:
    """Mails a second and time left, on standard error where that is a terminal, from the third second on.

    Args:
        sources (Sources): what is read.
        stream (text stream): where findings are told.
        is_wanted (bool): else there is none.

    Attributes:
        stream (text stream): to write to in its place, as the bar may stand on the same terminal.
    """

    def __init__(self, sources, stream, is_wanted=True):
        self._sources, self._progress, self._mails = sources, None, 0
        self._start = time.monotonic()
        self._next = self._start + _SILENT_SECONDS if is_wanted and sys.stderr.isatty() else float("inf")
        self.stream = _Held(stream)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._progress:
            self._write_above()
            self.stream.is_held = False
            self._progress.stop()

    def step(self):
        """One more mail was looked at."""
        self._mails += 1
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _SECONDS
        if self._progress is None and not self._begin():
            self._next = float("inf")
            return
        self._write_above()
        seconds, octets = now - self._start, self._sources.octets
        left = _clock(seconds * (self._size - octets) / octets) + " left" if self._size else ""
        told = f"{self._mails / seconds:,.0f} mails/s {left}"
        self._progress.update(self._task, completed=octets, told=told)
        self._progress.refresh()

    def _write_above(self):
        """Write what was held where the bar stands; it is painted anew below."""
        if self.stream.has_text:
            self._progress.console.control(self._erased)
            self.stream.release()

    def _begin(self):
        try:
            from rich.console import Console
            from rich.control import Control
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
            from rich.segment import ControlType
        except ImportError:
            return False
        self._erased = Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2))
        self._size = self._sources.size()
        columns = TextColumn("checking"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[told]}")
        # Without a thread that paints it, text and bar come in turn.
        keywords = {"auto_refresh": False, "transient": True, "redirect_stdout": False, "redirect_stderr": False}
        self._progress = Progress(*columns, console=Console(stderr=True), **keywords)
        self._task = self._progress.add_task("", total=self._size, told="")
        self._progress.start()
        self.stream.is_held = self.stream.isatty()
        return True


class _Held:
    """A text stream that keeps what is written to it, while ``is_held``, until ``release()``."""

    def __init__(self, stream):
        self._stream, self._texts, self.is_held = stream, [], False

    def __getattr__(self, name):
        return getattr(self._stream, name)

    @property
    def has_text(self):
        return bool(self._texts)

    def write(self, text):
        if self.is_held:
            self._texts.append(text)
        else:
            self._stream.write(text)

    def flush(self):
        if not self.is_held:
            self._stream.flush()

    def release(self):
        self._stream.write("".join(self._texts))
        self._stream.flush()
        self._texts.clear()


def _clock(seconds):
    minutes, seconds = divmod(max(0, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"

"""How far a long check is."""
import sys
import time

_SILENT_SECONDS = 2
_SECONDS = 0.2  # between two pictures


class Bar:
    """Mails a second and time left, on standard error where that is a terminal, from the third second on.

    Args:
        sources (Sources): what is read.
        is_wanted (bool): else there is none.
    """

    def __init__(self, sources, is_wanted=True):
        self._sources, self._progress, self._mails = sources, None, 0
        self._start = time.monotonic()
        self._next = self._start + _SILENT_SECONDS if is_wanted and sys.stderr.isatty() else float("inf")
        self._is_beside_text = sys.stdout.isatty()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._progress:
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
        seconds, octets = now - self._start, self._sources.octets
        left = _clock(seconds * (self._size - octets) / octets) + " left" if self._size else ""
        told = f"{self._mails / seconds:,.0f} mails/s {left}"
        self._progress.update(self._task, completed=octets, told=told)
        self._progress.refresh()

    def make_room(self):
        """Text is about to be written where the bar is."""
        if self._progress and self._is_beside_text:
            self._progress.console.control(self._erased)

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
        return True


def _clock(seconds):
    minutes, seconds = divmod(max(0, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"

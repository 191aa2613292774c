"""Many mails looked at, by this process or by several."""

import multiprocessing
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

from ..audit import audit

_OCTETS = 1 << 18  # of the mails that a process gets at a time
_MAILS = 256
_WAITING = 3  # batches for each process, so that memory stays small and none has nothing to do
_OCTETS_WAITING = 1 << 24  # of all of them, but for one


def audited(mails, keywords, jobs=1):
    """What is wrong with each of many mails.

    Args:
        mails (iterable of tuple): a Place and the mail (bytes).
        keywords (dict): those of ``audit()``.
        jobs (int): how many processes.

    Yields:
        tuple: each Place, in the order in which they came, and the list of Finding, whose ``path`` and ``line`` are those in
        the file.
    """
    if jobs == 1:
        for place, octets in mails:
            found = _findings(place, octets, keywords)
            del octets  # before the next mail is read
            yield place, found
    else:
        yield from _shared(mails, keywords, jobs)


def _shared(mails, keywords, jobs):
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=_ignore_interrupts)
    waiting, octets_waiting = deque(), 0
    try:
        for batch, size in _batches(mails):
            while len(waiting) == jobs * _WAITING or waiting and octets_waiting + size > _OCTETS_WAITING:
                future, done = waiting.popleft()
                octets_waiting -= done
                yield from future.result()
            with _interrupts_held():
                waiting.append((executor.submit(_batch, batch, keywords), size))
            octets_waiting += size
            del batch
        for future, _ in waiting:
            yield from future.result()
    finally:
        executor.shutdown(cancel_futures=True)


def _findings(place, octets, keywords):
    return [replace(found, path=place.path, line=place.line + found.line - 1) for found in audit(octets, **keywords)]


def _batch(batch, keywords):
    return [(place, _findings(place, octets, keywords)) for place, octets in batch]


def _batches(mails):
    """Yield lists of mails, and how many octets these have."""
    batch, size = [], 0
    for place, octets in mails:
        batch.append((place, octets))
        size += len(octets)
        if size >= _OCTETS or len(batch) == _MAILS:
            yield batch, size
            batch, size = [], 0
    if batch:
        yield batch, size


@contextmanager
def _interrupts_held():
    """A process that is started in here gets no interrupt, not even before it can ignore one; this one gets it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ignore_interrupts():
    signal.signal(signal.SIGINT, signal.SIG_IGN)

"""The archive of docs/archives.rst, by a cluster of this machine's processes. CI runs this, in an environment of its own:

python -m pip install -e '.[test]' -r tests/archive/requirements.txt && python -m pytest tests/archive
"""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from dask.distributed import Client, LocalCluster

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "archive.py"
FOLDERS, MAILS = 40, 25
RIGHT = (
    b"From: ann@example.com\nTo: bob@example.org\nDate: Thu, 26 Nov 2026 08:00:00 +0000\n"
    b"Message-ID: <%d.%d@example.com>\nSubject: Hello\n\nHello\n"
)
ENCODED = RIGHT.replace(b"Subject", b"References: =?utf-8?q?=3Ca=40b=2Eexample=3E?=\nSubject")
LONG = RIGHT.replace(b"Hello\n\n", b"word " * 20 + b"end\n\n")


@pytest.fixture
def archive(tmp_path):
    """Maildirs, in each one mail with an error, two with a warning, and others."""
    for folder in range(FOLDERS):
        for kind in ("cur", "new", "tmp"):
            (tmp_path / "archive" / f"host{folder % 4}" / f"user{folder}" / kind).mkdir(parents=True)
        for mail in range(MAILS):
            octets = {0: ENCODED, 1: LONG, 2: LONG}.get(mail, RIGHT) % (folder, mail)
            maildir = tmp_path / "archive" / f"host{folder % 4}" / f"user{folder}"
            (maildir / ("new" if mail % 2 else "cur") / str(mail)).write_bytes(octets)
    return tmp_path / "archive"


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster


def places(lines):
    """Path, line and rule of each finding that is told in JSON lines."""
    return sorted((row["path"], row["line"], row["rule"]) for row in map(json.loads, lines))


def test_a_cluster_finds_what_the_command_finds(archive, cluster, tmp_path):
    kinds = runpy.run_path(str(EXAMPLE))["main"](archive, tmp_path / "report", cluster.scheduler_address)
    assert list(kinds.items()) == [("msg-id-encoded", FOLDERS), ("line-over-limit", 2 * FOLDERS)]
    written = [line for path in (tmp_path / "report").glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    command = [sys.executable, "-m", "msgidpolicy", "check", "--format", "json", archive]
    told = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    assert places(written) == places(told)
    assert len(written) == 3 * FOLDERS


def test_the_work_is_done_by_the_workers(archive, cluster):
    findings_of, folders_of = map(runpy.run_path(str(EXAMPLE)).get, ("findings_of", "folders_of"))
    folders = folders_of(archive)
    assert len(folders) == FOLDERS
    with Client(cluster) as client:
        workers = client.run(os.getpid)
        assert len(workers) == 2 and os.getpid() not in workers.values()
        done = client.gather(client.map(lambda folder: (os.getpid(), len(findings_of(folder))), folders))
    assert {process for process, _ in done} == set(workers.values())
    assert [rows for _, rows in done] == [3] * FOLDERS

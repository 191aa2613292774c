"""Check an archive of Maildirs by a cluster of Dask.

    python archive.py ARCHIVE REPORT [SCHEDULER]     # without SCHEDULER: processes of this machine

All that is wrong is written to REPORT, a file of JSON lines for some folders each; the kinds are printed, worst first.
"""

import json
import sys
from pathlib import Path

import dask
import dask.bag
from dask.distributed import Client

import msgidpolicy
from msgidpolicy.check import RULES

SEVERITIES = ("error", "warning", "note")


def folders_of(archive):
    """The Maildirs (str) anywhere in an archive."""
    return sorted(str(folder.parent) for folder in Path(archive).rglob("cur"))


def findings_of(folder):
    """What is wrong with the mails of a Maildir, as rows of a table (list of dict); a worker does this."""
    rows = []
    for path in sorted(Path(folder).glob("cur/*")) + sorted(Path(folder).glob("new/*")):
        for finding in msgidpolicy.audit(path.read_bytes()):
            row = {name: getattr(finding, name) for name in ("line", "field", "rule", "severity", "reason")}
            rows.append({"path": str(path), **row})
    return rows


def main(archive, report, scheduler=None):
    """The kinds: for each rule that is broken how often (dict)."""
    with Client(scheduler):
        rows = dask.bag.from_sequence(folders_of(archive), partition_size=16).map(findings_of).flatten()
        written = rows.map(json.dumps).to_textfiles(f"{report}/*.jsonl", compute=False)
        counts, *_ = dask.compute(rows.pluck("rule").frequencies(), *written)  # both of one reading
    return dict(sorted(counts, key=lambda kind: (SEVERITIES.index(RULES[kind[0]].severity), -kind[1], kind[0])))


if __name__ == "__main__":
    for rule, count in main(*sys.argv[1:]).items():
        print(f"{count:8,}  {RULES[rule].severity:7}  {rule}: {RULES[rule].reason}")

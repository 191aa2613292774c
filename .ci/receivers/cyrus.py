"""Cyrus IMAP, served on loopback for as long as it is asked; set_up.sh has unpacked it, as Debian does not let it
be installed beside Dovecot."""

import contextlib
import imaplib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

IMAPD = """
configdirectory: {folder}/conf
partition-default: {folder}/spool
defaultpartition: default
cyrus_user: nobody
allowplaintext: yes
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {folder}/sasldb
sasl_mech_list: PLAIN
autocreate_quota: 0
unixhierarchysep: yes
servername: localhost
"""
CYRUS = """
START {{
    recover cmd="{bin}/ctl_cyrusdb -C {folder}/imapd.conf -r"
}}
SERVICES {{
    imap cmd="{bin}/imapd -C {folder}/imapd.conf" listen="127.0.0.1:{port}" prefork=1
}}
EVENTS {{
}}
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def configured(folder, binaries, port):
    for name in (
        "conf/db",
        "conf/socket",
        "conf/log",
        "conf/msg",
        "conf/proc",
        "conf/lock",
        "conf/user",
        "conf/quota",
        "spool",
    ):
        Path(folder, name).mkdir(parents=True)
    Path(folder, "imapd.conf").write_text(IMAPD.format(folder=folder))
    Path(folder, "cyrus.conf").write_text(CYRUS.format(folder=folder, bin=binaries, port=port))
    subprocess.run(["saslpasswd2", "-p", "-c", "-f", f"{folder}/sasldb", "-u", "localhost", "ann"], input=b"word", check=True)
    subprocess.run(["chown", "-R", "nobody", folder], check=True)


def connected(port):
    for _ in range(600):
        with contextlib.suppress(OSError, imaplib.IMAP4.abort):
            return imaplib.IMAP4("127.0.0.1", port)
        time.sleep(0.1)
    raise SystemExit("Cyrus does not answer")


@contextlib.contextmanager
def serving():
    root = Path(os.environ["CYRUS"])
    binaries, port, folder = root / "usr/lib/cyrus/bin", free_port(), tempfile.mkdtemp()
    os.chmod(folder, 0o755)
    configured(folder, binaries, port)
    libraries = next(root.rglob("libcyrus.so.0")).parent
    process = subprocess.Popen(
        [binaries / "master", "-C", f"{folder}/imapd.conf", "-M", f"{folder}/cyrus.conf", "-p", f"{folder}/pid"],
        env={**os.environ, "LD_LIBRARY_PATH": str(libraries)},
    )
    try:
        with connected(port) as client:
            client.login("ann", "word")
            yield client
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder)

"""Messages of ours, signed and sent by smtplib through postfix and then exim, arrive as they left.

    python hops.py TOOLS MESSAGES [COUNT]     # with a Python that has dkimpy; all of it on loopback

No octet of a header may change but for the Received that each adds, and every signature has to hold: DKIM simple
and relaxed, made by dkimpy before the hops and verified after them by dkimpy, opendkim and Mail::DKIM.
"""

import contextlib
import json
import os
import re
import signal
import smtplib
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import dkim
from cyrus import free_port

HERE = Path(__file__).parent
NAMES = [
    b"from",
    b"to",
    b"cc",
    b"reply-to",
    b"subject",
    b"x-text",
    b"date",
    b"message-id",
    b"in-reply-to",
    b"references",
    b"list-unsubscribe",
    b"mime-version",
    b"content-type",
    b"content-transfer-encoding",
]
RECEIVED = re.compile(rb"^(?:Received|Return-Path):.*(?:\r\n[ \t].*)*\r\n", re.MULTILINE)

MAIN_CF = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = postfix.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
relayhost = [127.0.0.1]:{next}
smtpd_relay_restrictions = permit_mynetworks, reject
smtp_host_lookup = native
"""
MASTER_CF = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
EXIM_CONF = """
exim_path = {binary}
primary_hostname = exim.example
spool_directory = {folder}
log_file_path = {folder}/log-%slog
local_interfaces = 127.0.0.1.{port}
tls_advertise_hosts =
smtp_accept_max = 50
smtp_accept_queue_per_connection = 0
host_lookup =
rfc1413_query_timeout = 0s
keep_environment =
acl_smtp_rcpt = rcpt
acl_smtp_data = data
begin acl
rcpt:
  accept
data:
  accept verify = header_syntax
  warn add_header = X-Exim-Syntax: $acl_verify_message
  accept
begin routers
all:
  driver = manualroute
  route_list = * 127.0.0.1
  self = send
  transport = out
begin transports
out:
  driver = smtp
  port = {next}
  allow_localhost
begin retry
* * F,1m,1s
"""


class Sink(socketserver.StreamRequestHandler):
    """An SMTP server (RFC 5321) that keeps what arrives: {recipient: message}."""

    arrived = {}

    def say(self, line):
        self.wfile.write(line + b"\r\n")

    def data(self):
        self.say(b"354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line[1:] if line.startswith(b".") else line for line in lines)

    def handle(self):
        self.say(b"220 sink.example")
        recipients = []
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"RCPT":
                recipients.append(re.search(rb"<(.*?)>", line)[1].decode())
            if verb == b"DATA":
                message = self.data()
                self.arrived.update(dict.fromkeys(recipients, message))
                recipients = []
            self.say({b"EHLO": b"250 sink.example", b"QUIT": b"221 bye"}.get(verb, b"250 ok"))
            if verb == b"QUIT":
                return


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 1000  # exim delivers many at a time


@contextlib.contextmanager
def sink():
    with Server(("127.0.0.1", 0), Sink) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def answers(port):
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise SystemExit(f"no server answers on port {port}")


@contextlib.contextmanager
def postfix(following):
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        port, path = free_port(), Path(folder)
        for name in ("queue", "data", "etc"):
            (path / name).mkdir()
        subprocess.run(["chown", "postfix", path / "data"], check=True)
        (path / "etc/main.cf").write_text(MAIN_CF.format(folder=folder, next=following))
        (path / "etc/master.cf").write_text(MASTER_CF.format(port=port))
        command = ["postfix", "-c", path / "etc"]
        subprocess.run([*command, "start"], check=True, stderr=subprocess.DEVNULL)
        try:
            answers(port)
            yield port
        finally:
            subprocess.run([*command, "stop"], check=True, stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def exim(binary, following):
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        subprocess.run(["chown", "Debian-exim:Debian-exim", folder], check=True)
        conf = Path(folder, "conf")
        conf.write_text(EXIM_CONF.format(binary=binary, folder=folder, port=port, next=following))
        process = subprocess.Popen([binary, "-C", conf, "-bdf", "-q5s"], stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            answers(port)
            yield port
        finally:
            os.killpg(process.pid, signal.SIGTERM)  # and the deliveries that it has begun
            process.wait(20)


class Signatures:
    """One key; messages that dkimpy signs with it, and who verifies them."""

    def __init__(self, folder):
        self.folder, key = Path(folder), Path(folder, "key")
        subprocess.run(["openssl", "genrsa", "-out", key, "1024"], check=True, capture_output=True)
        public = subprocess.run(["openssl", "rsa", "-in", key, "-pubout"], check=True, capture_output=True).stdout
        self.key, self.public = key.read_bytes(), "".join(public.decode().splitlines()[1:-1])

    def signed(self, octets):
        names = [name for name in NAMES if re.search(rb"^%s:" % name, octets.partition(b"\r\n\r\n")[0], re.M | re.I)]
        for canonicalization in (b"simple", b"relaxed"):
            octets = (
                dkim.sign(
                    octets,
                    canonicalization,
                    b"sender.example",
                    self.key,
                    include_headers=names,
                    canonicalize=(canonicalization,) * 2,
                )
                + octets
            )
        return octets

    def by_dkimpy(self, octets):
        record = f"v=DKIM1; k=rsa; p={self.public}".encode()
        return sum(dkim.DKIM(octets).verify(index, dnsfunc=lambda name, timeout=5: record) for index in (0, 1))

    def by_opendkim(self, files):
        keys, conf = self.folder / "keys", self.folder / "opendkim.conf"
        keys.write_text(
            "".join(f"{name}._domainkey.sender.example v=DKIM1; k=rsa; p={self.public}\n" for name in ("simple", "relaxed"))
        )
        conf.write_text(f"TestPublicKeys {keys}\nMode v\n")
        run = subprocess.run(["opendkim", "-x", conf, "-vv", "-t", ",".join(map(str, files))], capture_output=True, text=True)
        return run.stdout.count("dkim=pass")

    def by_mail_dkim(self, files):
        run = subprocess.run(["perl", HERE / "dkim.pl", self.public, *files], capture_output=True, text=True, check=True)
        return run.stdout.split().count("pass")


def chosen(messages, count):
    """Those without a signature made up by the generator."""
    entries = json.loads((messages / "meant.json").read_text("utf-8"))["messages"]
    return [messages / entry["file"] for entry in entries if "file" in entry and "dkim-signature" not in entry["meant"]][:count]


def through(port, sent):
    """Each message to a recipient of its own; what arrived, in the same order."""
    with smtplib.SMTP("127.0.0.1", port) as client:
        for number, octets in enumerate(sent):
            client.sendmail("ann@sender.example", [f"n{number}@sink.example"], octets)
    ended = time.monotonic() + 120
    while len(Sink.arrived) < len(sent) and time.monotonic() < ended:
        time.sleep(0.2)
    return [Sink.arrived.get(f"n{number}@sink.example") for number in range(len(sent))]


def main(tools, messages, count=200):
    binary = Path(tools, "exim/usr/sbin/exim4").resolve()
    with tempfile.TemporaryDirectory() as folder, sink() as last, exim(binary, last) as second, postfix(second) as first:
        signatures = Signatures(folder)
        sent = [signatures.signed(path.read_bytes()) for path in chosen(Path(messages), count)]
        arrived = through(first, sent)
        lost = arrived.count(None)
        if lost:
            raise SystemExit(f"{lost} of {len(sent)} messages did not arrive")
        changed = [number for number, (before, after) in enumerate(zip(sent, arrived)) if RECEIVED.sub(b"", after) != before]
        files = [Path(folder, f"{number}.eml") for number in range(len(arrived))]
        for path, octets in zip(files, arrived):
            path.write_bytes(octets)
        good = {"dkimpy": sum(map(signatures.by_dkimpy, arrived))}
        good["Mail::DKIM"] = signatures.by_mail_dkim(files)
        good["opendkim"] = signatures.by_opendkim(files)
    print(f"postfix, exim: {len(sent)} messages arrived, {len(changed)} of them changed")
    for number in changed[:3]:
        before, after = sent[number].splitlines(), RECEIVED.sub(b"", arrived[number]).splitlines()
        print(*[f"  - {a!r}\n  + {b!r}" for a, b in zip(before, after) if a != b][:2], sep="\n")
    for name, number in good.items():
        print(f"{name}: {number} of {2 * len(sent)} signatures hold")
    return 1 if changed or set(good.values()) != {2 * len(sent)} else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3], *map(int, sys.argv[3:])))

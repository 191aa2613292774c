"""Ask the workers of real servers for ids: no two may be alike.

    python unique_ids.py COUNT        # with uwsgi, gunicorn and msgidpolicy installed

COUNT ids of each server are compared, random part by random part. Exit status 1 where two are alike, or where fewer
than two workers answered.
"""

import concurrent.futures
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

FOLDER = Path(__file__).parent
BIN = Path(sys.executable).parent
UWSGI = [BIN / "uwsgi", "--http-socket", "{address}", "--module", "application", "--disable-logging", "--die-on-term"]
GUNICORN = [BIN / "gunicorn", "--bind", "{address}", "--preload", "--log-level", "warning", "application"]
SERVERS = {
    "uwsgi, 4 workers": [*UWSGI, "--master", "--processes", "4"],
    "uwsgi, 4 workers of 4 threads": [*UWSGI, "--master", "--processes", "4", "--threads", "4"],
    "gunicorn, 4 workers": [*GUNICORN, "--workers", "4"],
    "gunicorn, 4 workers of 4 threads": [*GUNICORN, "--workers", "4", "--threads", "4"],
}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def answer(url):
    with urllib.request.urlopen(url, timeout=30) as response:
        pid, *ids = response.read().decode().split("\n")
    return pid, ids


def wait_for(url, server):
    for _ in range(300):
        try:
            return len(answer(url)[1])
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
    raise SystemExit(f"the server does not answer, and ended with {server.poll()}")


def ask(command, count):
    """The workers that answered (set of str), and the ids (list of str)."""
    address = f"127.0.0.1:{free_port()}"
    server = subprocess.Popen([str(word).format(address=address) for word in command], cwd=FOLDER, stderr=subprocess.DEVNULL)
    try:
        each = wait_for(f"http://{address}/", server)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(answer, [f"http://{address}/"] * -(-count // each)))
    finally:
        server.terminate()
        server.wait(30)
    return {pid for pid, _ in answers}, [one for _, ids in answers for one in ids]


def main(count):
    failed = 0
    for name, command in SERVERS.items():
        workers, ids = ask(command, count)
        random_parts = {one.partition(".")[2].partition("@")[0] for one in ids}
        twice = len(ids) - len(random_parts)
        print(f"{name}: {len(ids):,} ids of {len(workers)} processes, {twice} of them twice")
        failed += twice > 0 or len(workers) < 2
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))

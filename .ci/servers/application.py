"""A WSGI application that makes ids. Its server loads it first, which makes one, and forks its workers after."""

import os
import time

from msgidpolicy import make_msgid

IDS = 500  # of each answer
loaded = make_msgid(domain="example.com")


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    time.sleep(0.01)  # so that the other workers get a turn
    lines = [make_msgid(domain="example.com") for _ in range(IDS)]
    return ["\n".join([str(os.getpid()), *lines]).encode()]

"""A server of SMTP that takes everything and keeps nothing, in a process of its own."""

import multiprocessing
import socket


def serve(listener):
    while True:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 sink\r\n")
            for line in lines:
                command = line[:4].upper()
                if command == b"QUIT":
                    break
                connection.sendall(b"354 go\r\n" if command == b"DATA" else b"250 ok\r\n")
                if command == b"DATA":
                    while next(lines) != b".\r\n":
                        pass
                    connection.sendall(b"250 taken\r\n")


def start():
    """The port of a sink; it ends with the program."""
    listener = socket.create_server(("127.0.0.1", 0))
    multiprocessing.get_context("fork").Process(target=serve, args=(listener,), daemon=True).start()
    return listener.getsockname()[1]

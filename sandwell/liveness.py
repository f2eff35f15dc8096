"""A live check that no busy thread holds up: a thread of its own answers it, at a port of its own on this machine.

``/health/live`` among the pages waits its turn behind them, which may be long where all threads wait for a lock. Here
the processes of one web server share the port, and whichever the system chooses says that it is alive. Each begins as
it loads the program; where a server loads it once before it makes its processes (gunicorn's ``--preload``), the thread
stays with the first one, which serves no page and answers whatever becomes of the others.
"""

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

HERE = "127.0.0.1"


class Alive(BaseHTTPRequestHandler):
    timeout = 2  # for who connects and asks nothing

    def do_GET(self) -> None:
        self.send_response(HTTPStatus.OK if self.path == "/health/live" else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Nobody reads of a check that comes every few seconds."""


class SharedPort(ThreadingHTTPServer):
    allow_reuse_port = True


def answer_at(port: int) -> None:
    """From now on, for as long as this process lives."""
    server = SharedPort((HERE, port), Alive)
    Thread(target=server.serve_forever, name="liveness", daemon=True).start()

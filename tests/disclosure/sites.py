"""The portal behind a real address, for browsers: one thread each request, the public login for public pages."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections


class Quiet(WSGIRequestHandler):
    """A handler that prints nothing and closes the thread's database connections with the request."""

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""

    def handle(self) -> None:
        """Answer, then give the connections back."""
        try:
            super().handle()
        finally:
            connections.close_all()


class Threaded(ThreadingMixIn, WSGIServer):
    """A server that waits for its threads, so that no connection outlives the database."""

    daemon_threads = False


@contextmanager
def running() -> Iterator[str]:
    """Serve the portal and give its address."""
    server = make_server(
        "127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), server_class=Threaded, handler_class=Quiet
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

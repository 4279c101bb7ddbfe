"""Serve a WSGI application on a free port of this machine, in a thread."""

import threading
from dataclasses import dataclass
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@dataclass
class Serving:
    """A server and where it is."""

    url: str
    server: WSGIServer

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def serve(port: int = 0) -> Serving:
    """Start serving the installed Django project, static files included."""
    import django
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    django.setup()

    class Static(StaticFilesHandler):
        def serve(self, request):
            from django.contrib.staticfiles.views import serve as file

            return file(request, self.file_path(request.path), insecure=True)

    application = Static(get_wsgi_application())
    server = make_server("127.0.0.1", port, application, _Server, _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return Serving(f"http://127.0.0.1:{server.server_port}", server)

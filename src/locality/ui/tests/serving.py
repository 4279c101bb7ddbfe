"""Serve one of the settings beside this file on a free port: python -m … SETTINGS [PORT]."""

import os
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.contrib.staticfiles.views import serve as static_file
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponseBase


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _WithStatic(StaticFilesHandler):
    def serve(self, request: HttpRequest) -> HttpResponseBase:
        return static_file(request, self.file_path(request.path), insecure=True)


def main(settings: str, port: int = 0) -> None:
    """Serve until killed; the first line printed is the address."""
    os.environ["DJANGO_SETTINGS_MODULE"] = f"locality.ui.tests.{settings}"
    django.setup()
    if settings == "accounts":
        _somebody()
    server = make_server("127.0.0.1", port, _WithStatic(get_wsgi_application()), _Server, _Quiet)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


def _somebody() -> None:
    """Make the tables in memory and one invented person who can sign in."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    get_user_model().objects.create_user(
        "amina", email="amina.khan@walsall.example", password="correct horse"
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)

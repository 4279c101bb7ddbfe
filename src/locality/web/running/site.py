"""The site's own process: gunicorn with threads, set up in code.

Run as `python -m locality.web.running.site HOST PORT WORKERS THREADS`.
"""

import os
import sys
from typing import Any

from gunicorn import util
from gunicorn.app.base import BaseApplication

from locality.web.running import logs
from locality.web.running.children import end_with_parent


class Site(BaseApplication):
    """Django under gunicorn."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Take the settings from code and nothing from files or the environment."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the application, in each worker."""
        from locality.web.application import application

        made = application()
        logs.begin()
        _repeat_nothing()
        return made


NO_HTTP = "This could not be read.\n"


def _repeat_nothing() -> None:
    """Let gunicorn's own answer to what is no HTTP say so, and not repeat what was sent."""

    def without_words(sock: Any, status_int: int, reason: str, mesg: str) -> None:
        head = (
            f"HTTP/1.1 {status_int} {reason}\r\nConnection: close\r\n"
            f"Content-Type: text/plain; charset=utf-8\r\nContent-Length: {len(NO_HTTP)}\r\n\r\n"
        )
        util.write_nonblock(sock, f"{head}{NO_HTTP}".encode())

    util.write_error = without_words


def main(host: str, port: str, workers: str, threads: str) -> None:
    """Serve until asked to end, or until whoever started us is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "locality.web.settings")
    end_with_parent()
    Site(
        {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "worker_class": "gthread",
            "workers": int(workers),
            "threads": int(threads),
            "timeout": 60,
            "graceful_timeout": 10,
            "keepalive": 5,
            "max_requests": 5000,
            "max_requests_jitter": 500,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
    ).run()


if __name__ == "__main__":
    main(*sys.argv[1:])

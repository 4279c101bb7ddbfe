"""The site and its worker: started, watched and stopped together."""

import http.client
import socket
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack

from django.conf import settings

from locality.kit.errors import Refused
from locality.kit.saying import say
from locality.web.running.children import Child
from locality.web.running.room import here, tend

PATIENCE = 60  # seconds for the site to answer
LONGEST_PAUSE = 30.0  # seconds before a worker that keeps dying is started again
SITE = "locality.web.running.site"
WORKER = "locality.web.running.worker"


def serve(
    *,
    host: str,
    port: int,
    workers: int,
    threads: int,
    ready: Callable[[str], None],
) -> None:
    """Run the site and its worker until asked to stop; call `ready` when the site answers.

    Refuses when the port is taken or the site does not come up. A worker that dies is started
    again, a site that dies ends everything.
    """
    require_free(host, port)
    with ExitStack() as running:
        site = Child("site", "-m", SITE, host, str(port), str(workers), str(threads))
        running.callback(site.stop)
        worker = Child("worker", "-m", WORKER)
        running.callback(worker.stop)
        _wait_until_healthy(site, host, port)
        ready(f"http://{_address(host)}:{port}/")
        _watch(site, worker)


def require_free(host: str, port: int) -> None:
    """Refuse with `web.port_taken` when something else listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Refused(
                "web.port_forbidden",
                say(
                    "Port {port} is not for ordinary users: choose one above 1023 with --port.",
                    port=port,
                ),
            ) from None
        except OSError:
            raise Refused(
                "web.port_taken",
                say(
                    "Something else is using port {port} on {host}: stop it, "
                    "or choose another port with --port.",
                    port=port,
                    host=host,
                ),
            ) from None


def _wait_until_healthy(site: Child, host: str, port: int) -> None:
    until = time.monotonic() + PATIENCE
    while (status := _health(host, port)) is None and not site.ended():
        if time.monotonic() > until:
            break
        time.sleep(0.1)
    if status != 200:
        raise Refused(
            "web.site_did_not_start", "The site could not start: the lines above say why."
        )


def _health(host: str, port: int) -> int | None:
    """Give the status the site answers with, or None while it does not answer."""
    asked = http.client.HTTPConnection(_address(host), port, timeout=10)
    try:
        asked.request("GET", "/healthz", headers={"Host": settings.ALLOWED_HOSTS[0]})
        return asked.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        asked.close()


def _address(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)


def _say_room(before: str) -> str:
    """Tend the reserve; tell the operator, once, when the disk runs full and when it has room."""
    room = here(tend)
    now = str(room) if room and room.is_low else ""
    if bool(now) != bool(before):
        print(now or f"The disk has room again. {room}", file=sys.stderr, flush=True)
    return now


def _watch(site: Child, worker: Child) -> None:
    pause, again, said = 1.0, None, ""
    while not site.ended():
        time.sleep(0.5)
        said = _say_room(said)
        if worker.ended() and again is None:
            pause = 1.0 if worker.lived() > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            again = time.monotonic() + pause
            print(f"The worker ended; it starts again in {pause:.0f} s.", file=sys.stderr)
        if again is not None and time.monotonic() > again:
            worker.start_again()
            again = None
    raise Refused("web.site_ended", "The site has ended: the lines above say why.")

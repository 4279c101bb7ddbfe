"""Do what a page does, then fail in the way that the request asks for, with all that was typed."""

import logging
import threading
import warnings
from collections.abc import Callable
from typing import Any

from django.db import connection, connections
from django.http import HttpRequest, HttpResponse

HEADER = "X-Break"


class Breaks:
    """Look at a request's header; let everything else be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Call the view itself, then break."""
        how = WAYS.get(request.headers.get(HEADER, ""))
        if how is None:
            return None
        response = view(request, *args, **kwargs)
        how(" ".join(word for _, words in request.POST.lists() for word in words))
        return response


def _raise(typed: str) -> None:
    try:
        raise KeyError(typed)
    except KeyError as first:
        raise ValueError(f"{typed} was wrong") from first


def _number(typed: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::integer", [typed])


def _row(typed: str) -> None:
    """A row that the database refuses, as its owner: its complaint holds the whole row."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO sharing_user (id, email, name) VALUES (gen_random_uuid(), %s, "
                       "%s)", [typed, typed])  # fmt: skip


def _statement(typed: str) -> None:
    """A statement that is none, with the words in it and not beside it."""
    with connection.cursor() as cursor:
        cursor.execute("SELEC '" + typed.replace("'", "").replace("%", "") + "'")


def _warn(typed: str) -> None:
    warnings.warn(typed, RuntimeWarning, stacklevel=2)


def _log(typed: str) -> None:
    logging.getLogger("tests.new").error("Could not do %s", typed, extra={"whom": typed})
    logging.error("%d", typed)  # not a number: the message itself cannot be made


def _odd(typed: str) -> None:
    """What is said of a request cannot be written as JSON, so that writing the line fails."""
    logging.error(typed, extra={"status_code": {typed}, "job": {"id": {typed}, "task_name": typed}})


def _thread(typed: str) -> None:
    thread = threading.Thread(target=_raise, args=[typed])
    thread.start()
    thread.join()


def _unraisable(typed: str) -> None:
    class Left:
        def __del__(self) -> None:
            raise ValueError(typed)

    Left()


WAYS = {
    "raise": _raise, "number": _number, "row": _row, "statement": _statement, "warn": _warn,
    "log": _log, "odd": _odd, "thread": _thread, "unraisable": _unraisable,
}  # fmt: skip

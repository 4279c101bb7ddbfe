"""The application that a server calls: Django's own, which reads every request as UTF-8.

Django takes the encoding from a request's content type and applies it to the address's query, too,
before any middleware is asked. One that is no text encoding, or a query with too many fields, then
broke outside of all that turns an error into an answer.
"""

from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters


class Request(WSGIRequest):
    """A request whose content type says what it is, and never how to read it."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            said = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except ValueError:  # a parameter that cannot be read: whatever it is, it is no form
            said = "", {}
        self.content_type, self.content_params = said


class Application(WSGIHandler):
    """What answers requests."""

    request_class = Request


def application() -> Application:
    """Set Django up and make the application."""
    django.setup(set_prefix=False)
    return Application()

"""Keep what is worked out from published figures for as long as nothing published changes.

Every transaction that changes anything published makes a new edition (policies.sql), and what is
kept is kept under the edition it was worked out from: after a load nobody is given an old answer.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.cache import caches
from django.db import connection

Asked = ParamSpec("Asked")
Given = TypeVar("Given")
EDITION = """
SELECT transaction || '-' || extract(epoch FROM began) FROM places_edition
WHERE (transaction, began)
    IS DISTINCT FROM (pg_current_xact_id_if_assigned()::text::bigint, transaction_timestamp())
"""


def edition() -> str | None:
    """Name the edition of everything published.

    None when nothing was ever loaded, and in a transaction that is changing it.
    """
    with connection.cursor() as cursor:
        cursor.execute(EDITION)
        found = cursor.fetchone()
    return found[0] if found else None


def kept(read: Callable[Asked, Given]) -> Callable[Asked, Given]:
    """Work out `read` once for each edition, in each process. It must depend on nothing else."""

    @wraps(read)
    def given(*asked: Asked.args, **named: Asked.kwargs) -> Given:
        before = edition()
        if before is None:
            return read(*asked, **named)
        key, shelf = _key(before, read.__name__, asked, named), caches["places"]
        found = shelf.get(key)
        if found is None:
            found = (read(*asked, **named),)  # in a tuple, as None is an answer too
            if edition() == before:  # no load ended between the first thing read and the last
                shelf.set(key, found)
        answer: Given = found[0]
        return answer

    return given


def _key(*parts: Any) -> str:
    """A name for a question; what it asks must be written as it is: codes, words, months."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()

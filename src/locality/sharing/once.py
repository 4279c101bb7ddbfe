"""What is sent twice is done once: a double tap, the browser's back, a connection that was lost.

A mark of the words as they were sent is written in the same transaction as what they do. Every page
proves itself with another token, so the same words are the same page's form sent again, and not
somebody who means to do the same thing twice.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from locality.sharing.acting import Actor


@dataclass(slots=True)
class Sent:
    """Some words that were sent: where they led before, if anywhere, and where they lead now."""

    before: str | None = None
    leads_to: str | None = None


@contextmanager
def sent(by: Actor, path: str, words: bytes) -> Iterator[Sent]:
    """Say whether somebody sent these words to this address before, and remember where they lead.

    Needs an acting transaction. Whoever sends them a second time meanwhile waits for the first to
    end. What leads nowhere (`leads_to` stays None) may be sent again.
    """
    mark = hashlib.sha256(b"\0".join([by.key.encode(), path.encode(), words])).digest()
    found = Sent(_ask("SELECT locality.sent_before(%s)", [mark]))
    yield found
    if found.before is None and not connection.needs_rollback:
        _ask("SELECT locality.answer_sent(%s, %s)", [mark, found.leads_to])


def forget() -> int:
    """Forget what was sent more than a day ago; say how much that was."""
    return int(_ask("SELECT locality.forget_answered()", []) or 0)


def _ask(sql: str, values: list[object]) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        (answer,) = cursor.fetchone()
    return answer

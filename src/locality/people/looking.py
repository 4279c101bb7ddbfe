"""What people tell the governance lead's pages about looks: names, and looks at one's own name."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from locality.kit.saying import say
from locality.people import reads
from locality.sharing.looks.words import Pair, Unusual
from locality.sharing.words import Sign


def called(ids: Sequence[UUID]) -> dict[UUID, str]:
    """What to call those of these people who show."""
    shown = [one for one, now in reads.who_now(ids).items() if now]
    return reads.names(shown)


def own_name(pairs: Sequence[Pair]) -> list[Unusual]:
    """Looks at somebody who has the looker's own family name, whether or not the lead sees it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT locality.own_name(%s::uuid[])", [[pair.look for pair in pairs]])
        found = {look for (look,) in cursor.fetchall()}
    why = say("the person has the looker’s own family name")
    return [
        Unusual(Sign.OWN_NAME, pair.look, pair.at, pair.post, why)
        for pair in pairs
        if pair.look in found
    ]

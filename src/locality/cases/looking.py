"""What cases tell the governance lead's pages: looks at people with whom somebody has no tie."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from locality.cases.models import Case
from locality.kit.saying import say
from locality.sharing.looks.words import Pair, Unusual
from locality.sharing.words import Sign


def called(ids: Sequence[UUID]) -> dict[UUID, str]:
    """The references of those of these cases that show."""
    return dict(Case.objects.filter(pk__in=ids).values_list("pk", "reference"))


def no_tie(pairs: Sequence[Pair]) -> list[Unusual]:
    """Looks at somebody by a colleague whom no concern, case, panel or referral joins to them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT post, whom FROM unnest(%s::uuid[], %s::uuid[]) AS pair(post, whom)"
            " WHERE NOT locality.tied(post, whom)",
            [[pair.post for pair in pairs], [pair.person for pair in pairs]],
        )
        untied = set(cursor.fetchall())
    why = say("no concern, case, panel or referral joins them to this person")
    return [
        Unusual(Sign.NO_TIE, pair.look, pair.at, pair.post, why)
        for pair in pairs
        if (pair.post, pair.person) in untied
    ]

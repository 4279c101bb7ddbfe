"""Take emergency access to somebody, whether or not anything is recorded about them."""

from datetime import date

from django.db import connection

from locality.people.rules import search_key
from locality.sharing import audit, duties
from locality.sharing.acting import Actor, acting
from locality.sharing.emergency import reads
from locality.sharing.models import EmergencyAccess
from locality.sharing.words import Duty


def take(
    *, by: Actor, given_names: str, family_name: str, born: date, reason: str
) -> EmergencyAccess:
    """Open what is recorded about whoever has this name and date of birth, for an hour at most.

    The leads of the agencies concerned are told in the same transaction. Nothing tells whether
    anybody was found. Refuses with `sharing.not_your_duty`.
    """
    with acting(by):
        duties.require(Duty.EMERGENCY)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT locality.take_emergency_access(%s, %s, %s, %s, %s)",
                [search_key(given_names), search_key(family_name), born, reason,
                 reads.limits().minutes],
            )  # fmt: skip
            (made,) = cursor.fetchone()
        access = reads.access(made)
        audit.record(by=by, did="sharing.emergency.taken", to=access, why=reason)
        return access

"""What is being brought into force: one transaction, every change said and written down."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import connections, transaction
from django.db.models import Model
from django.utils import timezone

from locality.kit.errors import Refused
from locality.sharing.entries import known
from locality.sharing.models import AuditEntry
from locality.sharing.partners.reads import OWNER
from locality.sharing.partners.words import FILE_NAMES
from locality.sharing.sealing.writing import vouched
from locality.sharing.words import NO_PURPOSE, OPERATOR

ONE_AT_A_TIME = 73_651_204  # the number of an advisory lock
NewId = Callable[[str, str], UUID]


def any_id(kind: str, name: str) -> UUID:
    """A key that cannot be guessed, whatever it is for."""
    return uuid4()


@dataclass
class Ledger:
    """What has been changed, in plain sentences, and what could not be."""

    today: date
    new_id: NewId = any_id
    says: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def yesterday(self) -> date:
        """The last day of whatever ends now: a last day still counts."""
        return self.today - timedelta(days=1)


@contextmanager
def ledger(*, keep: bool = True, new_id: NewId = any_id) -> Iterator[Ledger]:
    """Open the one transaction, as the owner and alone, in which an area's file comes into force.

    Nothing is kept unless `keep`. Refuses with `sharing.area_refused`, naming everything at once.
    """
    with transaction.atomic(using=OWNER):
        with connections[OWNER].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        opened = Ledger(timezone.localdate(), new_id)
        yield opened
        if opened.refused:
            raise Refused("sharing.area_refused", "\n".join(opened.refused))
        if not keep:
            transaction.set_rollback(True, using=OWNER)


def note(into: Ledger, says: str, *, did: str, to: Model, agencies: Iterable[int]) -> None:
    """Say one change, and write it into the audit trail of each agency it concerns."""
    into.says.append(says)
    for agency in sorted(set(agencies)):
        entry = AuditEntry(
            person=OPERATOR, post=OPERATOR, agency=agency, purpose=NO_PURPOSE, did=known(did),
            kind=to._meta.label_lower, record=to.pk if isinstance(to.pk, UUID) else None, why=says,
        )  # fmt: skip
        vouched(entry, using=OWNER).save(using=OWNER, force_insert=True)


def change(  # noqa: PLR0913 - what a change is
    into: Ledger,
    row: Model,
    wanted: dict[str, object],
    *,
    who: str,
    did: str,
    agencies: Iterable[int],
) -> None:
    """Give a row the values wanted, if it has others, and say what was and what is."""
    differs = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    if not differs:
        return
    was = {name: getattr(row, name) for name in differs}
    for name, value in differs.items():
        setattr(row, name, value)
    row.save(using=OWNER, update_fields=list(differs))
    told = "; ".join(
        f"{FILE_NAMES.get(name, name)} was {shown(was[name])} and is now {shown(value)}"
        for name, value in differs.items()
    )
    note(into, f"{who}: {told}.", did=did, to=row, agencies=agencies)


def shown(value: object) -> str:
    """A value as a sentence says it."""
    if value is None or value == "":
        return "not given"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return f"“{value}”" if isinstance(value, str) else str(value)


def day(value: date) -> str:
    """A date in words."""
    return f"{value.day} {value:%B %Y}"

"""Bring agencies into force: new, renamed, left, back. A number never changes hands."""

from collections.abc import Sequence

from locality.sharing.models import Agency, Post, Role, User
from locality.sharing.partners.rules import JOB
from locality.sharing.partners.services.ledger import OWNER, Ledger, change, note
from locality.sharing.partners.words import AgencyEntry
from locality.sharing.starting import starter_roles


def enter_roles() -> None:
    """Add the starter roles that are not there. What is there stays as it is."""
    there = set(Role.objects.using(OWNER).values_list("key", flat=True))
    Role.objects.using(OWNER).bulk_create(
        Role(**role) for role in starter_roles() if role["key"] not in there
    )


def enter_agencies(into: Ledger, entries: Sequence[AgencyEntry]) -> None:
    """Make the table of agencies what the file says; an agency that is left out has left."""
    there = Agency.objects.using(OWNER).in_bulk()
    for entry in entries:
        row = there.pop(entry.number, None)
        if row is None:
            _add(into, entry)
        elif row.name not in (entry.name, entry.was):
            into.refused.append(_taken(row, entry))
        else:
            _change(into, row, entry)
    for row in there.values():
        if row.until is None:
            _end(into, row)


def _add(into: Ledger, entry: AgencyEntry) -> None:
    row = Agency(id=entry.number, name=entry.name, sector=entry.sector, contact=entry.contact)
    row.save(using=OWNER, force_insert=True)
    says = f"{row.name} ({row.sector}) becomes a partner, with the number {row.id}."
    note(into, says, did="sharing.agency.added", to=row, agencies=[row.id])
    _give_job(into, row)


def _give_job(into: Ledger, agency: Agency) -> None:
    """Every agency has a named job, which tidies up for it at night."""
    name = "Nightly job"
    user = User(
        id=into.new_id("user", f"{name} {agency.id}"), name=name, is_job=True,
        email=f"nightly-job-{agency.id}@locality.invalid",
    )  # fmt: skip
    user.set_unusable_password()
    user.save(using=OWNER, force_insert=True)
    Post.objects.using(OWNER).create(
        id=into.new_id("post", f"{name} {agency.id}"), user=user, agency=agency, role_id=JOB,
        title="Named job", name=name, purposes=[1, 2, 3, 4], starts=into.today,
    )  # fmt: skip


def _taken(row: Agency, entry: AgencyEntry) -> str:
    was = f"was {row.name}’s" if row.until else f"is {row.name}’s"
    return (
        f"[[agencies]] {entry.label}: number {entry.number} {was}, and a number is never given to "
        f"another agency: choose a number that was never used. If {row.name} has only "
        f'changed its name, add: was = "{row.name}"'
    )


def _change(into: Ledger, row: Agency, entry: AgencyEntry) -> None:
    if row.until is not None:
        row.until = None
        row.save(using=OWNER, update_fields=["until"])
        Post.objects.using(OWNER).filter(agency=row.id, role=JOB).update(until=None)
        note(into, f"{row.name} is a partner again.", did="sharing.agency.back", to=row,
             agencies=[row.id])  # fmt: skip
    wanted = {"name": entry.name, "sector": entry.sector.value, "contact": entry.contact}
    change(into, row, wanted, who=row.name, did="sharing.agency.changed", agencies=[row.id])


def _end(into: Ledger, row: Agency) -> None:
    row.until = into.yesterday
    row.save(using=OWNER, update_fields=["until"])
    Post.objects.using(OWNER).filter(agency=row.id, role=JOB).update(until=into.yesterday)
    says = f"{row.name} is no longer a partner; what it owns stays its own."
    note(into, says, did="sharing.agency.ended", to=row, agencies=[row.id])

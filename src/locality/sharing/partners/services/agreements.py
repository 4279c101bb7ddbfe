"""Bring agreements into force: dates, parties, what they cover. Nothing in one is deleted.

What governance leads have agreed on the pages, the file may say again but not change.
"""

from collections.abc import Sequence

from locality.sharing.models import (
    Agency,
    Agreement,
    AgreementStep,
    Coverage,
    Party,
    Purpose,
)
from locality.sharing.partners.reads import agreement_entry, in_order
from locality.sharing.partners.services.ledger import OWNER, Ledger, change, day, note
from locality.sharing.partners.words import AgreementEntry
from locality.sharing.words import NOT_CLEARED, AgreementState, Category, Marking, Step

NEITHER = (False, False)  # neither gives nor gets: no longer a party


def enter_agreements(into: Ledger, entries: Sequence[AgreementEntry]) -> None:
    """Make the agreements what the file says; one that is left out ends now."""
    rows = Agreement.objects.using(OWNER).select_related("purpose").order_by("starts", "id")
    there: dict[tuple[str, str], Agreement] = {}
    for row in sorted(rows, key=_standing):
        there[row.name, row.purpose.key] = row
    for entry in entries:
        row = there.pop((entry.name, entry.purpose), None)
        if row is None:
            _add(into, entry)
        elif row.by_leads:
            _leave(into, row, entry)
        else:
            _change(into, row, entry)
    for row in there.values():
        _end(into, row)


def _standing(row: Agreement) -> int:
    """Of several with one name, the last is meant: what is in force before what is not."""
    if row.state == AgreementState.DRAFT:
        return 0 if row.by_leads else 2
    return 1 if row.state == AgreementState.ENDED else 3


def _leave(into: Ledger, row: Agreement, entry: AgreementEntry | None) -> None:
    """Refuse a file that says something else of what leads have agreed on the pages."""
    over = row.state == AgreementState.ENDED or row.until < into.today
    unsaid = over or row.state == AgreementState.DRAFT
    if unsaid if entry is None else in_order(entry) == agreement_entry(row):
        return
    into.refused.append(
        f"[[agreements]] {_who(row)} is {row.state} because governance leads have said so, and "
        "this file says something else. Write the file anew with locality area write, or let them "
        "change it on the page of the agreement."
    )


def _add(into: Ledger, entry: AgreementEntry) -> None:
    row = Agreement(
        id=into.new_id("agreement", f"{entry.name}/{entry.purpose}"), name=entry.name,
        purpose=Purpose.objects.using(OWNER).get(key=entry.purpose), gateway=entry.gateway,
        state=entry.state, starts=entry.starts, until=entry.until, review_by=entry.review_by,
        conditions=entry.conditions, document=entry.document,
    )  # fmt: skip
    row.save(using=OWNER, force_insert=True)
    Party.objects.using(OWNER).bulk_create(
        Party(
            agreement=row,
            agency_id=number,
            gives=gives,
            gets=gets,
            signatory=entry.signatories.get(str(number), ""),
        )
        for number, (gives, gets) in sorted(entry.directions.items())
    )
    Coverage.objects.using(OWNER).bulk_create(
        Coverage(
            agreement=row, category=category, up_to=up_to, needs_consent=category in _asked(entry)
        )
        for category, up_to in sorted(_covered(entry).items())
    )
    kinds = ", ".join(Category(one).says for one in sorted(_covered(entry)))
    says = (
        f"“{row.name}” for {entry.purpose} is {row.state}, from {day(row.starts)} to "
        f"{day(row.until)}, between {len(entry.directions)} agencies, for {kinds}."
    )
    note(into, says, did="sharing.agreement.added", to=row, agencies=entry.directions)
    _tell(row, Step.ENTERED, says)


def _tell(row: Agreement, step: Step, says: str) -> None:
    """Let the agreement's own page say what was done at the terminal."""
    AgreementStep.objects.using(OWNER).create(
        agreement=row, step=step, version=row.version, why=says
    )


def _change(into: Ledger, row: Agreement, entry: AgreementEntry) -> None:
    wanted = {
        "gateway": entry.gateway.value, "state": entry.state.value, "starts": entry.starts,
        "until": entry.until, "review_by": entry.review_by, "conditions": entry.conditions,
        "document": entry.document,
    }  # fmt: skip
    said = len(into.says)
    change(into, row, wanted, who=_who(row), did="sharing.agreement.changed",
           agencies=entry.directions)  # fmt: skip
    _parties(into, row, entry)
    _coverage(into, row, entry)
    for says in into.says[said:]:
        _tell(row, Step.CHANGED, says)


def _end(into: Ledger, row: Agreement) -> None:
    if row.by_leads:
        return _leave(into, row, None)
    if row.state == AgreementState.ENDED or row.until < into.today:
        return
    row.state, row.until = AgreementState.ENDED, max(row.starts, into.yesterday)
    row.save(using=OWNER, update_fields=["state", "until"])
    parties = Party.objects.using(OWNER).filter(agreement=row).values_list("agency", flat=True)
    says = f"{_who(row)} ends now: nothing more is shared under it, nor seen."
    note(into, says, did="sharing.agreement.ended", to=row, agencies=parties)
    _tell(row, Step.ENDED, says)


def _parties(into: Ledger, row: Agreement, entry: AgreementEntry) -> None:
    """Let each agency share in the directions the file says; who is left out shares in neither."""
    names = dict(Agency.objects.using(OWNER).values_list("id", "name"))
    there = {one.agency_id: one for one in Party.objects.using(OWNER).filter(agreement=row)}
    wanted = dict.fromkeys(there, NEITHER) | entry.directions
    for number, (gives, gets) in wanted.items():
        party = there.get(number) or Party(agreement=row, agency_id=number, gives=False, gets=False)
        signatory = entry.signatories.get(str(number), "")
        was = (party.gives, party.gets)
        if (*was, party.signatory) == (gives, gets, signatory):
            continue
        party.gives, party.gets, party.signatory = gives, gets, signatory
        party.save(using=OWNER)
        told = (
            _direction(gives, gets) if was != (gives, gets) else f"signs by {signatory or 'nobody'}"
        )
        says = f"{_who(row)}: {names[number]} {told}."
        note(into, says, did="sharing.agreement.party", to=row, agencies=[number])


def _direction(gives: bool, gets: bool) -> str:
    return {
        (True, True): "gives and gets", (True, False): "gives and does not get",
        (False, True): "gets and does not give", NEITHER: "is no longer a party",
    }[gives, gets]  # fmt: skip


def _coverage(into: Ledger, row: Agreement, entry: AgreementEntry) -> None:
    there = {one.category: one for one in Coverage.objects.using(OWNER).filter(agreement=row)}
    wanted = dict.fromkeys(there, NOT_CLEARED) | _covered(entry)
    for number, up_to in sorted(wanted.items()):
        covers = there.get(number) or Coverage(agreement=row, category=number, up_to=NOT_CLEARED)
        asked = number in _asked(entry)
        if (covers.up_to, covers.needs_consent) == (up_to, asked):
            continue
        covers.up_to, covers.needs_consent = up_to, asked
        covers.save(using=OWNER)
        kind = Category(number).says
        told = "no longer covered" if up_to == NOT_CLEARED else f"covered, up to {_held(up_to)}"
        told += ", only with consent" if asked else ""
        note(into, f"{_who(row)}: {kind} is {told}.", did="sharing.agreement.coverage", to=row,
             agencies=entry.directions)  # fmt: skip


def _covered(entry: AgreementEntry) -> dict[int, int]:
    """The highest marking of each category that an entry covers, as numbers."""
    return {
        int(Category[category.upper()]): int(Marking[marking.upper()])
        for category, marking in entry.covers.items()
    }


def _asked(entry: AgreementEntry) -> set[int]:
    """The categories that an entry covers only with consent, as numbers."""
    return {int(Category[category.upper()]) for category in entry.with_consent}


def _held(up_to: int) -> str:
    return Marking(up_to).name.lower()


def _who(row: Agreement) -> str:
    return f"“{row.name}” for {row.purpose.key}"

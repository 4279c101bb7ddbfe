"""Notes, and letting a case's team or a panel see what one's own agency holds."""

from datetime import date
from uuid import UUID, uuid4

from locality.cases import reads
from locality.cases.models import Case, Note
from locality.cases.services.lawful import require_agreement
from locality.cases.services.subjects import own_items
from locality.cases.words import SubjectKind, Subjects
from locality.kit.errors import NotHere, Refused
from locality.sharing import audit
from locality.sharing import reads as sharing
from locality.sharing import services as sharing_services
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import labelled
from locality.sharing.models import Disclosure, Received
from locality.sharing.services import Terms
from locality.sharing.words import Category, Marking


def write_note(  # noqa: PLR0913 - what it says, what kind it is, whether it is shared
    *,
    by: Actor,
    case_id: UUID,
    text: str,
    category: Category,
    marking: Marking,
    happened_on: date,
    share: Terms | None,
) -> Note:
    """Write a note, which is the writer's agency's own, and share it with the team if asked.

    On a sealed case every note is sealed, and so must be shared: otherwise nobody would see it.
    The same note sent twice is one note.
    """
    with acting(by):
        case = reads.case_to_change(case_id)
        sealed = case.marking == Marking.SEALED
        if sealed and share is None:
            raise Refused(
                "cases.sealed_notes_are_shared",
                "On a sealed case a note that is not shared with the team would show to nobody.",
            )
        twin = reads.notes(case_id).filter(
            made_by=by.post, text=text, happened_on=happened_on, category=category, request=None
        ).first()  # fmt: skip
        if twin:
            if share and twin.pk not in set(reads.shared_items(case)):
                _share(by, case, twin, share)
            return twin
        note = Note(
            id=uuid4(), case=case, text=text, happened_on=happened_on,
            made_by_id=by.post,
            **labelled(by.agency, category, Marking.SEALED if sealed else marking),
        )  # fmt: skip
        note.save(force_insert=True)
        audit.record(by=by, did="cases.note.written", to=note)
        if share:
            _share(by, case, note, share)
        return note


def share_note(*, by: Actor, note_id: UUID, terms: Terms) -> Disclosure:
    """Let a case's team see a note of one's own agency."""
    with acting(by):
        note = reads.note(note_id)
        case = reads.case_to_change(note.case_id)
        if note.pk in set(reads.shared_items(case)):
            raise Refused("cases.shared_already", "The team has been shown this note already.")
        return _share(by, case, note, terms)


def withdraw_information(*, by: Actor, case_id: UUID, disclosure_id: UUID, why: str) -> Disclosure:
    """Take back something one's own agency shared with a case's team.

    Refuses with `cases.team_needs_this` for what lets the team see the case at all.
    """
    with acting(by):
        case = reads.case(case_id)
        given = sharing.disclosure(disclosure_id)
        if given.circle_id != case.circle_id:
            raise NotHere(f"disclosure {disclosure_id}")
        if given.items.filter(item=case.pk).exists():
            raise Refused(
                "cases.team_needs_this",
                "This is what lets the team see the case. Remove people from the team, or close "
                "the case.",
            )
        return sharing_services.withdraw(by=by, disclosure_id=disclosure_id, why=why)


def receive_information(*, by: Actor, case_id: UUID, disclosure_id: UUID) -> Received:
    """Say that one has read what was shared with a case's team and will keep to its conditions."""
    with acting(by):
        case = reads.case(case_id)
        if sharing.disclosure(disclosure_id).circle_id != case.circle_id:
            raise NotHere(f"disclosure {disclosure_id}")
        return sharing_services.receive(by=by, disclosure_id=disclosure_id)


def disclose_case(*, by: Actor, case_id: UUID, circle_id: UUID, terms: Terms) -> Disclosure:
    """Let another circle, such as a panel's, see a case of one's own agency and who it is about.

    Doing it again while it still shows changes nothing.
    """
    with acting(by):
        case = reads.case_to_change(case_id)
        already = sharing.items_disclosed_to(circle_id, "cases.case").filter(item=case.pk).first()
        if already:
            return sharing.disclosure(already.disclosure_id)
        rows = list(reads.subjects(case.pk))
        about = Subjects(
            tuple(row.person_id for row in rows if row.kind == SubjectKind.PERSON),
            next((row.household_id for row in rows if row.kind == SubjectKind.HOUSEHOLD), None),
        )
        items = []
        if case.owner_id == by.agency:
            items = own_items(by, about, case.about, Marking(case.marking))
        return sharing_services.disclose(
            by=by, circle_id=circle_id, items=[case, *items], terms=terms
        )


def _share(by: Actor, case: Case, note: Note, terms: Terms) -> Disclosure:
    require_agreement(
        giver=sharing.agency(by.agency), getter=case.owner, purpose=case.purpose,
        category=Category(note.category), marking=Marking(note.marking), people=case.about,
    )  # fmt: skip
    return sharing_services.disclose(by=by, circle_id=case.circle_id, items=[note], terms=terms)

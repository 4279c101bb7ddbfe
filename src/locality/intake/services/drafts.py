"""Keep what somebody is writing, and throw it away. Each with its audit entry."""

from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from locality.intake import reads
from locality.intake.models import Draft
from locality.intake.words import Page
from locality.places import reads as places
from locality.places import services as place_services
from locality.sharing import audit, duties
from locality.sharing.acting import Actor, acting
from locality.sharing.words import Duty

PERSON = frozenset({"given_names", "family_name", "born", "postcode", "part", "known_as"})
PLACE = frozenset({"place_words"})
CLEAR = Path(__file__).parent.parent / "queries" / "clear_drafts.sql"


def save_draft(*, by: Actor, draft_id: UUID | None = None, answers: Mapping[str, Any]) -> Draft:
    """Keep what somebody has answered so far: these answers replace earlier ones of their name."""
    with acting(by):
        if draft_id is None:
            draft = Draft(id=uuid4(), post_id=by.post, answers=dict(answers))
            draft.save(force_insert=True)
            audit.record(by=by, did="intake.draft.begun", to=draft)
            return draft
        draft = reads.draft_to_change(draft_id)
        draft.answers = {**draft.answers, **answers}
        draft.saved_at = timezone.now()
        draft.save(update_fields=["answers", "saved_at"])
        audit.record(by=by, did="intake.draft.saved", to=draft)
        return draft


def keep_typing(*, by: Actor, draft_id: UUID, page: Page, typed: Mapping[str, Any]) -> Draft:
    """Keep what somebody is still writing on a page, unread, so that nothing is lost."""
    with acting(by):
        typing = reads.draft_to_change(draft_id).answers.get("typing") or {}
        written = {**(typing.get(page) or {}), **typed}
        return save_draft(by=by, draft_id=draft_id, answers={"typing": {**typing, page: written}})


def answer(*, by: Actor, draft_id: UUID, page: Page, answers: Mapping[str, Any]) -> Draft:
    """Keep the answers of one page, in place of what was still being written on it."""
    with acting(by):
        typing = dict(reads.draft_to_change(draft_id).answers.get("typing") or {})
        typing.pop(page, None)
        return save_draft(by=by, draft_id=draft_id, answers={**answers, "typing": typing})


def add_person(*, by: Actor, draft_id: UUID, person: Mapping[str, Any]) -> Draft:
    """Name one more person in a draft. Naming a record twice changes nothing."""
    with acting(by):
        already = reads.draft_to_change(draft_id).answers.get("people") or []
        same = person.get("record_id")
        if same and any(one.get("record_id") == same for one in already):
            return reads.draft(draft_id)
        answers = {"people": [*already, dict(person)], "sought": None}
        return _without(by, draft_id, PERSON, answers)


def remove_person(*, by: Actor, draft_id: UUID, number: int) -> Draft:
    """Take the person with this number (from 0) out of a draft; none with it changes nothing."""
    with acting(by):
        named = reads.draft_to_change(draft_id).answers.get("people") or []
        kept = [one for index, one in enumerate(named) if index != number]
        return save_draft(by=by, draft_id=draft_id, answers={"people": kept})


def choose_place(*, by: Actor, draft_id: UUID, place_id: UUID) -> Draft:
    """Say which named place a draft is about. Raises NotHere for a place that is not there."""
    with acting(by):
        chosen = places.place(place_id)
        return _without(by, draft_id, PLACE, {"place": str(chosen.pk)})


def choose_area(*, by: Actor, draft_id: UUID, area_code: str) -> Draft:
    """Say which whole ward or small area a draft is about."""
    with acting(by):
        named = place_services.name_area(by=by, area_code=area_code)
        return choose_place(by=by, draft_id=draft_id, place_id=named.pk)


def leave_place(*, by: Actor, draft_id: UUID) -> Draft:
    """Take the named place out of a draft."""
    with acting(by):
        return save_draft(by=by, draft_id=draft_id, answers={"place": ""})


def throw_draft_away(*, by: Actor, draft_id: UUID) -> None:
    """Delete a draft for good."""
    with acting(by):
        draft = reads.draft_to_change(draft_id)
        audit.record(by=by, did="intake.draft.thrown_away", to=draft)
        draft.delete()


def clear_old_drafts(*, by: Actor) -> int:
    """Delete, unread, the drafts of the job's agency that nobody touched for 14 days."""
    with acting(by):
        duties.require(Duty.OPERATE)
        with connection.cursor() as cursor:
            cursor.execute(CLEAR.read_text(encoding="utf-8"))
            cleared = cursor.rowcount
        audit.record(
            by=by, did="intake.draft.cleared", to=Draft(id=None), why=f"{cleared} after 14 days"
        )
        return cleared


def _without(by: Actor, draft_id: UUID, boxes: Set[str], answers: Mapping[str, Any]) -> Draft:
    """Keep answers, and empty the boxes of page 2 that led to them."""
    typing = dict(reads.draft(draft_id).answers.get("typing") or {})
    written = typing.get(Page.WHO) or {}
    typing[Page.WHO] = {name: value for name, value in written.items() if name not in boxes}
    return save_draft(by=by, draft_id=draft_id, answers={**answers, "typing": typing})

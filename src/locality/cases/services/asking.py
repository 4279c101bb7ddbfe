"""Ask another agency for information, answer, refuse with a reason, call it off."""

from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from locality.cases import reads
from locality.cases.models import Case, Note, Request
from locality.cases.services.lawful import require_agreement, require_own
from locality.cases.words import Answer, RefusedOn
from locality.kit.errors import NotHere, Refused
from locality.kit.saying import say
from locality.people import reads as people
from locality.sharing import audit
from locality.sharing import reads as sharing
from locality.sharing import services as sharing_services
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import as_labelled, labelled
from locality.sharing.models import Agency, Disclosure
from locality.sharing.services import Terms
from locality.sharing.words import Category, Marking


def ask(  # noqa: PLR0913 - whom, for what, why and by when
    *,
    by: Actor,
    case_id: UUID,
    agency_id: int,
    category: Category,
    question: str,
    why: str,
    answer_by: date,
) -> Request:
    """Ask another agency for one kind of information about the people of a case.

    The request says who it is about, so it needs an agreement both ways. Refuses, saying what
    is missing; refuses on a sealed case, which only its team may know of.
    """
    with acting(by):
        case = reads.case_to_change(case_id)
        asked = sharing.agency(agency_id)
        _require_may_ask(by, case, asked, category)
        same = {"agency": asked, "asked_category": category, "question": question}
        twin = reads.requests_of(case_id).filter(answer=Answer.WAITING, **same).first()
        if twin:
            return twin
        request = Request.objects.create(
            case=case, circle_id=case.circle_id, agency=asked, purpose=case.purpose,
            asked_category=category, whom=_whom(case), question=question,
            why=why, answer_by=answer_by, asked_by_id=by.post, **as_labelled(case),
        )  # fmt: skip
        audit.record(by=by, did="cases.request.asked", to=request, why=why)
        return request


def answer_request(  # noqa: PLR0913 - what is given on what terms, or why not
    *,
    by: Actor,
    request_id: UUID,
    answer: Answer,
    text: str = "",
    category: Category | None = None,
    marking: Marking = Marking.STANDARD,
    terms: Terms | None = None,
    refused_why: str = "",
    refused_on: RefusedOn = RefusedOn.OTHER,
) -> Request:
    """Answer what the actor's agency was asked: give it, refuse with a reason, or hold nothing.

    What is given becomes a note of the answering agency, disclosed to the case's team. That
    sharing would harm a child more than not sharing stands in the trail as an act of its own.
    """
    with acting(by):
        request = reads.request_to_change(request_id)
        _require_answers(by, request, answer, refused_why)
        if answer == Answer.GIVEN:
            if not text or terms is None:
                raise Refused("cases.answer_says_nothing", "Write what you are sharing, and why.")
            kind = Category(request.asked_category if category is None else category)
            label = labelled(by.agency, kind, marking)
            request.disclosure = _give(by, request, _note(by, request, text, label), terms)
        request.answer, request.refused_why = answer, refused_why
        request.refused_on = refused_on if answer == Answer.REFUSED else ""
        request.answered_by_id, request.answered_at = by.post, timezone.now()
        request.save(update_fields=[
            "answer", "refused_why", "refused_on", "disclosure", "answered_by", "answered_at",
        ])  # fmt: skip
        withheld = request.refused_on == RefusedOn.MORE_DETRIMENTAL
        did = "cases.request.withheld" if withheld else "cases.request.answered"
        audit.record(by=by, did=did, to=request, why=refused_why or answer)
        return request


def call_off_request(*, by: Actor, request_id: UUID, why: str) -> Request:
    """Say that information one's own agency asked for is no longer needed."""
    with acting(by):
        request = reads.request_to_change(request_id)
        require_own(request.owner, by.agency, "call this off")
        request.answer, request.answered_at = Answer.CALLED_OFF, timezone.now()
        request.answered_by_id = by.post
        request.save(update_fields=["answer", "answered_by", "answered_at"])
        audit.record(by=by, did="cases.request.called_off", to=request, why=why)
        return request


def _require_may_ask(by: Actor, case: Case, asked: Agency, category: Category) -> None:
    require_own(case.owner, by.agency, "ask for this")
    if case.marking == Marking.SEALED:
        raise Refused(
            "cases.sealed_asks_nobody",
            "This case is sealed: only its team knows of it. Add a named person of that agency "
            "to the team and ask them.",
        )
    if asked.pk == case.owner_id:
        raise Refused("cases.ask_another", "That is your own agency: look in your own records.")
    between = {"purpose": case.purpose, "marking": Marking.STANDARD}
    require_agreement(giver=case.owner, getter=asked, category=Category.IDENTITY, **between)
    require_agreement(giver=asked, getter=case.owner, category=category, **between)
    held = sharing.posts(agency_id=asked.pk).filter(purposes__contains=[case.purpose_id])
    if not any(post.role.clearances[category] >= Marking.STANDARD for post in held):
        raise Refused(
            "cases.nobody_to_answer",
            say(
                "Nobody at {agency} is cleared to answer about {category}.",
                agency=asked.name,
                category=say(category.says),
            ),
        )


def _require_answers(by: Actor, request: Request, answer: Answer, refused_why: str) -> None:
    if request.agency_id != by.agency:
        raise Refused(
            "cases.not_asked_of_you",
            say("Only {agency} may answer this.", agency=request.agency.name),
        )
    if answer not in (Answer.GIVEN, Answer.REFUSED, Answer.NOTHING_HELD):
        raise Refused("cases.no_answer", "Say whether you share it, refuse, or hold nothing.")
    if answer == Answer.REFUSED and not refused_why:
        raise Refused("cases.refusal_says_why", "Say why this is refused.")


def _note(by: Actor, request: Request, text: str, label: dict[str, int]) -> Note:
    note = Note(
        id=uuid4(), case_id=request.case_id, request=request, text=text,
        happened_on=sharing.today(), made_by_id=by.post, **label,
    )  # fmt: skip
    note.save(force_insert=True)
    audit.record(by=by, did="cases.note.written", to=note)
    return note


def _give(by: Actor, request: Request, note: Note, terms: Terms) -> Disclosure:
    require_agreement(
        giver=request.agency, getter=request.owner, purpose=request.purpose,
        category=Category(note.category), marking=Marking(note.marking),
    )  # fmt: skip
    return sharing_services.disclose(by=by, circle_id=request.circle_id, items=[note], terms=terms)


def _whom(case: Case) -> str:
    """Who a request is about, from the lead agency's own records; of a place, its case's title."""
    found = [people.my_record_of(one, case.owner_id) for one in case.about]
    said = [
        f"{one.full_name}, " + _("born %(day)s") % {"day": date_format(one.born, "j F Y")}
        if one.born
        else one.full_name
        for one in found
        if one
    ]
    if case.about and not said:
        raise NotHere(f"anybody in case {case.pk}")
    return "; ".join(said) or case.title

"""Ask each agency of a panel what it knows about a case, and answer for one's own."""

from uuid import UUID, uuid4

from django.utils import timezone

from locality.cases.services.lawful import require_agreement, require_cleared
from locality.kit.errors import Refused
from locality.kit.saying import say
from locality.panels import reads, rules
from locality.panels.models import Item, Research, Return
from locality.panels.services.allowed import meeting_to_run, require_purpose
from locality.panels.words import Held, Listed, MeetingState
from locality.sharing import audit
from locality.sharing import reads as sharing
from locality.sharing import services as sharing_services
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import as_labelled, labelled
from locality.sharing.services import Terms
from locality.sharing.words import Category, Gateway, Marking


def ask_research(*, by: Actor, item_id: UUID) -> list[Research]:
    """Ask every member agency what it knows, by a deadline. Asking again asks nobody twice.

    Refuses for a case the panel will not hear: nobody needs to know it then.
    """
    with acting(by):
        meeting_to_run(by=by, meeting_id=reads.item(item_id).meeting_id)
        item = reads.item_to_change(item_id)
        if item.listed == Listed.NOT_SELECTED:
            rules.require_listed(Listed(item.listed))
        panel = item.meeting.panel
        asked = set(item.research.values_list("agency", flat=True))
        agencies = {member.post.agency_id for member in reads.members(panel)} - asked
        due = rules.answer_by(timezone.now(), item.meeting.starts_at, panel.research_days)
        made = [
            Research.objects.create(
                item=item, case_id=item.case_id, agency_id=agency, answer_by=due,
                **as_labelled(item),
            )
            for agency in sorted(agencies)
        ]  # fmt: skip
        audit.record(by=by, did="panels.research.asked", to=item)
        return made


def return_research(  # noqa: PLR0913 - what was found, what kind it is, or why it is not shared
    *,
    by: Actor,
    research_id: UUID,
    held: Held,
    text: str = "",
    strengths: str = "",
    category: Category = Category.SOCIAL_CARE,
    refused_why: str = "",
) -> Research:
    """Answer for one's own agency. What is found stays the agency's, disclosed to the panel."""
    with acting(by):
        research = reads.research(research_id)
        if research.agency_id != by.agency:
            raise Refused(
                "panels.not_asked",
                say("{agency} was asked, not your agency.", agency=research.agency.name),
            )
        item = reads.item_to_change(research.item_id)
        research = reads.research(research_id)  # as it is now that nobody else can answer
        if research.held != Held.WAITING:
            raise Refused("panels.answered_already", "Your agency has answered this already.")
        rules.require_planned(MeetingState(item.meeting.state))
        require_purpose(by=by, panel=item.meeting.panel)
        rules.require_reply(held, text, refused_why)
        research.held = held
        research.refused_why = refused_why if held == Held.CANNOT_SAY else ""
        research.answered_by_id, research.answered_at = by.post, timezone.now()
        research.save(update_fields=["held", "refused_why", "answered_by", "answered_at"])
        if held == Held.FOUND:
            _give(by, research, item, category, (text, strengths))
        audit.record(
            by=by, did="panels.research.returned", to=research, why=research.refused_why or held
        )
        return research


def _give(
    by: Actor, research: Research, item: Item, category: Category, said: tuple[str, str]
) -> None:
    """Write what was found and show it to the panel for as long as the panel sees the case."""
    panel, (text, strengths) = item.meeting.panel, said
    marking = Marking.SEALED if item.marking == Marking.SEALED else Marking.STANDARD
    require_cleared(sharing.post(by.post), panel.purpose, category, marking)
    require_agreement(
        giver=sharing.agency(by.agency), getter=panel.agency, purpose=panel.purpose,
        category=category, marking=marking,
    )  # fmt: skip
    told = Return(
        id=uuid4(), research=research, case_id=item.case_id, text=text, strengths=strengths,
        **labelled(by.agency, category, marking),
    )  # fmt: skip
    told.save(force_insert=True)
    terms = Terms(
        gateway=Gateway.PUBLIC_TASK,
        necessity=f"{panel.name} asked in order to decide.",
        until=reads.shown_until(item),
    )
    sharing_services.disclose(by=by, circle_id=panel.circle_id, items=[told], terms=terms)

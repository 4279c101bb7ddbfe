"""Everything that happened in a case, with who and when, as far as the actor may see it."""

from collections.abc import Iterator
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.cases.models import Action, Case, Edit, Goal, Need
from locality.cases.reads.asked import requests_of
from locality.cases.reads.planned import notes, reviews
from locality.cases.words import ActionState, Answer, Happening
from locality.sharing import reads as sharing
from locality.sharing.models import Member
from locality.sharing.words import Category

KINDS = {
    "case": gettext_lazy("the case"),
    "plan": gettext_lazy("plan"),
    "note": gettext_lazy("note"),
    "review": gettext_lazy("review"),
    "team": gettext_lazy("team"),
    "sharing": gettext_lazy("sharing"),
}


def timeline(case: Case) -> list[Happening]:
    """Everything that happened in a case, latest first."""
    parts = (_case, _edits, _needs, _goals, _actions, _notes, _reviews, _team, _given, _asked)
    found = [line for part in parts for line in part(case)]
    return sorted(found, key=lambda line: line.at, reverse=True)


def _case(case: Case) -> Iterator[Happening]:
    yield Happening(case.opened_at, "case", _("Case opened"), case.opened_by_id, case.why)
    if case.closed_at:
        says = _("Case closed: %(closing)s") % {"closing": case.closing}
        yield Happening(case.closed_at, "case", says, case.closed_by_id, case.closing_says)


def _edits(case: Case) -> Iterator[Happening]:
    names = {
        "title": _("title"), "why": _("why this case exists"), "review_on": _("review date"),
        "own_words": _("their own words"), "going_well": _("what is going well"),
    }  # fmt: skip
    for one in Edit.objects.filter(case=case):
        what = ", ".join(names.get(name, name) for name in one.was)
        yield Happening(
            one.made_at, "case", _("Changed: %(what)s") % {"what": what}, one.made_by_id
        )


def _needs(case: Case) -> Iterator[Happening]:
    for one in Need.objects.filter(case=case):
        yield Happening(one.made_at, "plan", _("Need added"), one.made_by_id, one.says)
        if one.met_at:
            yield Happening(one.met_at, "plan", _("Need met"), None, one.says)


def _goals(case: Case) -> Iterator[Happening]:
    for one in Goal.objects.filter(case=case):
        yield Happening(one.made_at, "plan", _("Goal set"), one.made_by_id, one.says)
        if one.graded_at:
            says = _("Goal graded: %(grade)s") % {"grade": one.grade}
            yield Happening(one.graded_at, "plan", says, one.graded_by_id, one.says)


def _actions(case: Case) -> Iterator[Happening]:
    for one in Action.objects.filter(case=case).select_related("who"):
        says = _("Action agreed for %(who)s") % {"who": one.who.name}
        yield Happening(one.made_at, "plan", says, one.made_by_id, one.says)
        if one.ended_at:
            done = one.state == ActionState.DONE
            says = _("Action done") if done else _("Action no longer needed")
            text = one.says
            if one.result:
                text += "\n" + _("What came of it: %(result)s") % {"result": one.result}
            yield Happening(one.ended_at, "plan", says, one.ended_by_id, text)


def _notes(case: Case) -> Iterator[Happening]:
    for one in notes(case.pk):
        says = _("Note about %(kind)s") % {"kind": Category(one.category).says}
        at, whole = _when(one.happened_on, one.made_at)
        yield Happening(at, "note", says, one.made_by_id, one.text, one.owner.name, whole)


def _reviews(case: Case) -> Iterator[Happening]:
    for one in reviews(case.pk):
        at, whole = _when(one.held_on, one.made_at)
        yield Happening(at, "review", _("Review held"), one.made_by_id, one.says, whole_day=whole)


def _team(case: Case) -> Iterator[Happening]:
    for one in Member.objects.filter(circle=case.circle_id).select_related("post__agency"):
        who = {"who": one.post.name, "agency": one.post.agency.name}
        joined, says = _start_of(one.starts), _("%(who)s, %(agency)s, joined the team") % who
        whole = joined > case.opened_at
        at = joined if whole else case.opened_at
        yield Happening(at, "team", says, None, whole_day=whole)
        if one.left_at:
            yield Happening(
                one.left_at, "team", _("%(who)s, %(agency)s, left the team") % who, None
            )


def _given(case: Case) -> Iterator[Happening]:
    for one in sharing.disclosures_to(case.circle_id):
        kinds = sorted({item.category for item in one.items.all()})
        what = ", ".join(Category(kind).says for kind in kinds)
        says = _("%(agency)s shared: %(what)s") % {"agency": one.owner.name, "what": what}
        yield Happening(one.given_at, "sharing", says, one.given_by_id, one.necessity)
        if one.withdrawn_at:
            says = _("%(agency)s withdrew: %(what)s") % {"agency": one.owner.name, "what": what}
            yield Happening(one.withdrawn_at, "sharing", says, None, one.withdrawn_why)


def _asked(case: Case) -> Iterator[Happening]:
    for one in requests_of(case.pk):
        says = _("Asked %(agency)s about %(kind)s") % {
            "agency": one.agency.name, "kind": Category(one.asked_category).says,
        }  # fmt: skip
        yield Happening(one.asked_at, "sharing", says, one.asked_by_id, one.question)
        if one.answered_at and one.answer != Answer.GIVEN:
            says = f"{one.agency.name}: {one.answer}"
            yield Happening(one.answered_at, "sharing", says, one.answered_by_id, one.refused_why)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(0)))


def _when(day: date, written: datetime) -> tuple[datetime, bool]:
    """When something happened, and whether only its day is known: all but today's notes."""
    if day == timezone.localdate(written):
        return written, False
    return _start_of(day), True


def writers(lines: list[Happening]) -> dict[UUID, str]:
    """The names of everybody in a timeline, with their agencies, by post."""
    ids = {line.post for line in lines if line.post}
    found = sharing.posts_by_id(list(ids))
    return {key: f"{post.name}, {post.agency.name}" for key, post in found.items()}

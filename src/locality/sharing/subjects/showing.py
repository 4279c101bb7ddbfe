"""Requests, their clocks and their steps, as pages say them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.sharing.models import Post, SubjectItem, SubjectReader, SubjectRequest
from locality.sharing.subjects.words import Choice, Clock, How, Stage, Standing
from locality.sharing.words import NOT_CLEARED, Category, Handled, SubjectKind
from locality.ui.language import shown as in_words

COLOURS = {
    Standing.PROOF: "yellow", Standing.STOPPED: "yellow", Standing.UNDER_WAY: "blue",
    Standing.SOON: "orange", Standing.OVERDUE: "red", Standing.ENDED: "grey",
}  # fmt: skip
STAGE_COLOURS = {Stage.UNDECIDED: "yellow", Stage.TO_SIGN: "blue", Stage.SIGNED: "green"}
# What a page asks for each step, and what helps to answer it.
ASKS: dict[Handled, tuple[Promise, Promise | str]] = {
    Handled.PROOF_ASKED: (gettext_lazy("What did you ask them for?"), ""),
    Handled.PROOF_SEEN: (gettext_lazy("How did you check who they are?"),
                         gettext_lazy("Say what you saw. Keep no copy of it here.")),
    Handled.ACKNOWLEDGED: (gettext_lazy("How did you tell them that it came?"), ""),
    Handled.STOPPED: (
        gettext_lazy("What did you ask them to make clear?"),
        gettext_lazy("Only what you cannot do without. The clock stands still until they answer."),
    ),
    Handled.RESTARTED: (gettext_lazy("What did they say?"), ""),
    Handled.EXTENDED: (
        gettext_lazy("Why do you need longer, as you told them?"),
        gettext_lazy("Only where requests are complex or many. They must be told within the "
                     "first month."),
    ),
    Handled.ANSWERED: (gettext_lazy("What came of it, and how did you tell them?"), ""),
    Handled.REFUSED: (
        gettext_lazy("Why, as you told them?"),
        gettext_lazy("Tell them, too, that they can complain, and to whom."),
    ),
    Handled.TAKEN_BACK: (gettext_lazy("How did they tell you?"), ""),
}  # fmt: skip


def kind_says(kind: str) -> str:
    """What a request is called in a list."""
    return {
        SubjectKind.ACCESS: _("To see what we hold"),
        SubjectKind.CORRECTION: _("To have something corrected"),
        SubjectKind.COMPLAINT: _("Complaint"),
    }[SubjectKind(kind)]


def ways() -> dict[str, tuple[Handled, str]]:
    """Every step a lead takes on a page, by its word in the address: what its button says."""
    says = {
        Handled.PROOF_SEEN: _("Say that you have seen who they are"),
        Handled.ACKNOWLEDGED: _("Say that you told them it came"),
        Handled.RESTARTED: _("They answered: start the clock"),
        Handled.ANSWERED: _("Say what came of it"),
        Handled.PROOF_ASKED: _("Ask for proof of identity"),
        Handled.STOPPED: _("Ask them to make something clear"),
        Handled.EXTENDED: _("Take longer"),
        Handled.REFUSED: _("Refuse"),
        Handled.TAKEN_BACK: _("They took it back"),
    }
    return {step.replace(" ", "-"): (step, said) for step, said in says.items()}


def _done_says(step: Handled) -> str:
    return {
        Handled.PROOF_SEEN: _("Proof of identity seen"), Handled.ACKNOWLEDGED: _("Acknowledged"),
        Handled.RESTARTED: _("Clock started again"), Handled.ANSWERED: _("Answered"),
        Handled.PROOF_ASKED: _("Proof of identity asked for"),
        Handled.STOPPED: _("Clock stopped: asked to make something clear"),
        Handled.EXTENDED: _("Told that it takes longer"), Handled.REFUSED: _("Refused"),
        Handled.TAKEN_BACK: _("Taken back"),
    }[step]  # fmt: skip


def actions(row: SubjectRequest, allowed: set[Handled]) -> list[dict[str, object]]:
    """What a lead can do about a request now, what they most likely came for first."""
    found = [
        {"label": said, "href": reverse("sharing:subject-step", args=[row.pk, way])}
        for way, (step, said) in ways().items() if step in allowed
    ]  # fmt: skip
    return [one | {"main": number == 0} for number, one in enumerate(found)]


def history(row: SubjectRequest) -> list[dict[str, object]]:
    """What was done, newest first, for a timeline."""
    steps = [
        {"title": _done_says(Handled(one.step)), "at": one.on, "says": one.why, "by": one.by.name}
        for one in reversed(list(row.steps.all()))
    ]
    came = {
        "title": _("The request came"), "at": row.received_on, "says": row.wants,
        "by": row.asker or row.name,
    }  # fmt: skip
    return [*steps, came]


def lines(told: Iterable[tuple[SubjectRequest, Clock]]) -> list[dict[str, object]]:
    """Requests for a list: what is due soonest first, what stands still next, ended ones last."""
    rows = [
        {"row": row, "clock": one, "kind": kind_says(row.kind), "colour": COLOURS[one.standing],
         "ended": one.standing == Standing.ENDED}
        for row, one in told
    ]  # fmt: skip
    return sorted(rows, key=_soonest)


def _soonest(line: dict) -> tuple[bool, bool, object]:
    due = line["clock"].due
    return line["ended"], due is None, due or line["row"].received_on


def cleared(readers: Iterable[SubjectReader]) -> list[dict[str, object]]:
    """For each kind of information, which readers are cleared for it, at all or only in part.

    It says nothing of what is held: only whose eyes a kind of information would need.
    """
    held = [one.post for one in readers]
    return [{"kind": in_words(one.says), "who": _cleared_for(held, one)} for one in Category]


def _cleared_for(posts: Iterable[Post], kind: Category) -> list[str]:
    return [one.name for one in posts if one.role.clearances[kind] > NOT_CLEARED]


def choices_of(made: SubjectItem | None) -> dict[str, Choice]:
    """What was decided about each part of a row, as it is kept."""
    kept = made.choices if made else {}
    return {
        key: Choice(How(one["how"]), one["reason"], one["says"], tuple(one["leave_out"]))
        for key, one in kept.items()
    }

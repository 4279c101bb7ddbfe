"""Panels with their terms of reference, meetings, agenda, research, attendance, decisions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from locality.panels.words import Held, Listed, MeetingState, Outcome
from locality.sharing.models import Labelled, an_id, one_of


class Panel(models.Model):
    """A panel's terms of reference: who sits on it, who must be there, how often it meets."""

    id = an_id()
    key = models.TextField()
    name = models.TextField()
    about = models.TextField(help_text="what it is for, in a sentence")
    circle = models.ForeignKey("sharing.Circle", on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey("sharing.Purpose", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("sharing.Agency", on_delete=models.PROTECT, related_name="+")
    core = ArrayField(
        models.SmallIntegerField(), help_text="agencies without which it cannot decide"
    )
    quorum = models.SmallIntegerField(help_text="fewest agencies present")
    every_days = models.SmallIntegerField()
    longest_agenda = models.SmallIntegerField(default=12)
    research_days = models.SmallIntegerField(help_text="days each agency has to answer")
    terms = models.TextField(blank=True)
    review_by = models.DateField()

    class Handling:
        personal: set[str] = set()
        plain = {
            "key", "name", "about", "core", "quorum", "every_days", "longest_agenda",
            "research_days", "terms", "review_by",
        }  # fmt: skip
        keep = "governance"

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(quorum__gte=1), name="panel_quorum_at_least_one")
        ]

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """One meeting of a panel."""

    id = an_id()
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    where = models.TextField(blank=True)
    state = models.TextField(default=MeetingState.PLANNED)
    held_at = models.DateTimeField(null=True, blank=True)

    class Handling:
        personal: set[str] = set()
        plain = {"starts_at", "where", "state", "held_at"}
        keep = "case"

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=one_of("state", MeetingState), name="meeting_state")
        ]


class Item(Labelled):
    """One case put forward to a meeting. Carries the case's own label."""

    id = an_id()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    listed = models.TextField(default=Listed.PUT_FORWARD)
    order = models.SmallIntegerField(default=0)
    question = models.TextField(help_text="what the panel is asked to decide")
    not_selected_why = models.TextField(blank=True)
    chosen_by = models.ForeignKey(
        "sharing.Post", null=True, on_delete=models.PROTECT, related_name="+",
        help_text="who chose by hand that it is heard, or not; the rule leaves it so",
    )  # fmt: skip
    chosen_at = models.DateTimeField(null=True, blank=True)
    chosen_why = models.TextField(blank=True, db_default="")
    put_forward_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    put_forward_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"question", "not_selected_why", "chosen_why"}
        plain = {"listed", "order", "chosen_at", "put_forward_at"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["order", "put_forward_at"]
        indexes = [models.Index(fields=["meeting"]), models.Index(fields=["case"])]
        constraints = [
            *Labelled.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "case"], name="item_once_a_meeting"),
            models.CheckConstraint(condition=one_of("listed", Listed), name="item_listed"),
            models.CheckConstraint(
                condition=~Q(listed=Listed.NOT_SELECTED) | ~Q(not_selected_why=""),
                name="item_not_selected_says_why",
            ),
            models.CheckConstraint(
                condition=Q(chosen_by=None, chosen_at=None, chosen_why="")
                | (Q(chosen_by__isnull=False, chosen_at__isnull=False) & ~Q(chosen_why="")),
                name="item_chosen_says_who_when_and_why",
            ),
        ]


class Research(Labelled):
    """What one agency is asked about one item. Carries the case's own label."""

    id = an_id()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="research")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("sharing.Agency", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer_by = models.DateTimeField()
    held = models.TextField(default=Held.WAITING)
    answered_by = models.ForeignKey(
        "sharing.Post", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    refused_why = models.TextField(blank=True)

    class Handling:
        personal = {"refused_why"}
        plain = {"asked_at", "answer_by", "held", "answered_at"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["answer_by"]
        indexes = [models.Index(fields=["item"]), models.Index(fields=["agency", "held"])]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(condition=one_of("held", Held), name="research_held"),
            models.UniqueConstraint(fields=["item", "agency"], name="research_once_an_agency"),
        ]


class Return(Labelled):
    """What an agency told the panel: its own information, disclosed to the panel's circle."""

    id = an_id()
    research = models.OneToOneField(Research, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    strengths = models.TextField(blank=True)

    class Handling:
        personal = {"text", "strengths"}
        plain = Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        indexes = [models.Index(fields=["case"])]


class Present(models.Model):
    """Who was in the room, for which agency, and for which items they left it."""

    id = an_id()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="present")
    post = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("sharing.Agency", on_delete=models.PROTECT, related_name="+")

    class Handling:
        personal: set[str] = set()
        plain: set[str] = set()
        keep = "case"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "post"], name="present_once")]


class Interest(Labelled):
    """A conflict of interest somebody declared about one item. Carries the case's label."""

    id = an_id()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="interests")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    declared_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"why"}
        plain = {"declared_at"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        indexes = [models.Index(fields=["item"])]


class Decision(Labelled):
    """What the panel decided on one item. Written once: a change of mind is a new row."""

    id = an_id()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField()
    reasons = models.TextField()
    dissent = models.TextField(blank=True, help_text="who disagreed, and why")
    decided_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"reasons", "dissent"}
        plain = {"outcome", "decided_at"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["decided_at"]
        indexes = [models.Index(fields=["item"]), models.Index(fields=["case"])]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(condition=one_of("outcome", Outcome), name="decision_outcome"),
            models.CheckConstraint(condition=~Q(reasons=""), name="decision_says_why"),
        ]


class AgreedAction(Labelled):
    """Which of the case's actions a decision gave rise to."""

    id = an_id()
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="actions")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    action = models.ForeignKey("cases.Action", on_delete=models.PROTECT, related_name="+")

    class Handling:
        personal: set[str] = set()
        plain = Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        indexes = [models.Index(fields=["decision"])]

"""Concerns as they arrive. What somebody noticed is written once and never edited."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from locality.intake.words import DECIDED, NEEDS_NO_REASON, Stage, Told, Urgency, Why
from locality.sharing.models import Labelled, an_id, one_of


class Concern(Labelled):
    """What somebody noticed, about people and/or a place."""

    id = an_id()
    reference = models.TextField(help_text="what people quote, such as C-7KQ2-M9XD")
    purpose = models.ForeignKey("sharing.Purpose", on_delete=models.PROTECT, related_name="+")
    circle = models.ForeignKey(
        "sharing.Circle", on_delete=models.PROTECT, related_name="+",
        help_text="the front door that looks at it",
    )  # fmt: skip
    title = models.TextField(help_text="a few words for a list, without names")
    about = ArrayField(models.UUIDField(), default=list, help_text="the people it is about")
    place = models.UUIDField(null=True, blank=True, help_text="a place's id")
    place_says = models.TextField(blank=True, help_text="where, in the reporter's words")
    noticed_on = models.DateField()
    noticed_says = models.TextField(blank=True, help_text="when, more exactly")
    urgency = models.TextField()
    told = models.TextField()
    told_says = models.TextField(blank=True)
    without_agreement = models.TextField(blank=True, help_text="why it is shared all the same")
    raised_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    screen_by = models.DateTimeField(help_text="when somebody must have decided")
    # What the database notes of its disclosures, so that the rule need not look them up for each of
    # very many concerns (policies.sql). Nobody else writes them.
    at_door = models.BooleanField(
        default=False, editable=False, help_text="its front door is shown it, for good"
    )
    elsewhere = models.BooleanField(
        default=False, editable=False, help_text="it is disclosed in some other way, too"
    )

    class Handling:
        personal = {"title", "about", "place_says", "noticed_says", "told_says"}
        plain = {
            "reference", "place", "noticed_on", "urgency", "told", "without_agreement",
            "raised_at", "screen_by", "at_door", "elsewhere",
        } | Labelled.LABEL  # fmt: skip
        keep = "concern"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["screen_by"]
        indexes = [
            models.Index(fields=["circle", "screen_by"]),
            models.Index(fields=["place"]),
            models.Index(fields=["raised_at"]),
            models.Index(fields=["raised_by", "raised_at"]),
        ]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(condition=one_of("urgency", Urgency), name="concern_urgency"),
            models.CheckConstraint(condition=one_of("told", Told), name="concern_told"),
            models.CheckConstraint(
                condition=Q(told__in=sorted(NEEDS_NO_REASON)) | one_of("without_agreement", Why),
                name="concern_without_agreement_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(about=[]) | Q(place__isnull=False) | ~Q(place_says=""),
                name="concern_is_about_somebody_or_somewhere",
            ),
            models.CheckConstraint(
                condition=~Q(told=Told.NOBODY) | Q(about=[]),
                name="concern_that_names_nobody_is_about_nobody",
            ),
        ]


class Narrative(Labelled):
    """What was noticed, in the reporter's words. May be held more closely than the concern."""

    id = an_id()
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="narrative")
    text = models.TextField()
    seen_by = models.TextField(blank=True, help_text="who noticed it, if not the reporter")
    strengths = models.TextField(blank=True, help_text="what is going well")

    class Handling:
        personal = {"text", "seen_by", "strengths"}
        plain = Labelled.LABEL
        keep = "concern"

    class Meta(Labelled.Meta):
        abstract = False


class About(Labelled):
    """One person a concern is about, as its reporter described them."""

    id = an_id()
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(
        "people.Record", null=True, on_delete=models.PROTECT, related_name="+",
        help_text="the reporter's agency's record of them",
    )  # fmt: skip
    part = models.TextField(blank=True, help_text="such as child, parent, neighbour")

    class Handling:
        personal = {"part"}
        plain = Labelled.LABEL
        keep = "concern"

    class Meta(Labelled.Meta):
        abstract = False
        indexes = [models.Index(fields=["person"]), models.Index(fields=["concern"])]


class Addition(Labelled):
    """What its reporter added to a concern, or corrected, before it was decided. Written once."""

    id = an_id()
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="additions")
    text = models.TextField()
    added_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"text"}
        plain = {"added_at"} | Labelled.LABEL
        keep = "concern"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["added_at"]
        indexes = [models.Index(fields=["concern"])]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="addition_says_something"),
        ]


class Placed(models.Model):
    """Which named place a concern means, as the front door says. The last one counts."""

    id = an_id()
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    place = models.UUIDField(help_text="a place's id")
    placed_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal: set[str] = set()
        plain = {"place", "placed_at"}
        keep = "concern"

    class Meta:
        ordering = ["-placed_at"]
        indexes = [models.Index(fields=["concern", "placed_at"]), models.Index(fields=["place"])]


class Receipt(models.Model):
    """What the reporter may know of their concern, whether or not they may still read it.

    It has the concern's own identifier, which was its draft's: one draft makes one concern.
    """

    concern = models.OneToOneField(
        Concern, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    post = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    circle = models.ForeignKey("sharing.Circle", on_delete=models.PROTECT, related_name="+")
    reference = models.TextField()
    title = models.TextField()
    raised_at = models.DateTimeField()
    look_by = models.DateTimeField()

    class Handling:
        personal = {"title"}
        plain = {"reference", "raised_at", "look_by"}
        keep = "concern"

    class Meta:
        ordering = ["-raised_at"]
        indexes = [models.Index(fields=["post", "raised_at"])]

    @property
    def latest(self) -> "Reply | None":
        """The last thing the reporter was told."""
        return max(self.replies.all(), key=lambda reply: reply.told_at, default=None)

    @property
    def decision(self) -> "Reply | None":
        """The reply that told what was decided, once somebody has."""
        return next((reply for reply in self.replies.all() if reply.stage in DECIDED), None)

    @property
    def withdrawn(self) -> "Withdrawal | None":
        """How its reporter took it back, if they did."""
        return getattr(self, "withdrawal", None)

    @property
    def stage(self) -> Stage:
        """Where it stands, as the reporter was last told or as they left it."""
        if self.withdrawn:
            return Stage.WITHDRAWN
        return Stage(self.latest.stage) if self.latest else Stage.WAITING

    @property
    def changed_at(self) -> datetime:
        """When there was last something new."""
        return self.latest.told_at if self.latest else self.raised_at


class Reply(models.Model):
    """One thing the reporter was told about what became of their concern. Written once."""

    id = an_id()
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="replies")
    stage = models.TextField()
    says = models.TextField(blank=True)
    told_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=timezone.now)
    circle = models.ForeignKey(
        "sharing.Circle", null=True, on_delete=models.PROTECT, related_name="+",
        help_text="the circle that helps now, and may tell the reporter more",
    )  # fmt: skip

    class Handling:
        personal = {"says"}
        plain = {"stage", "told_at"}
        keep = "concern"

    class Meta:
        ordering = ["told_at"]
        indexes = [models.Index(fields=["receipt"])]
        constraints = [models.CheckConstraint(condition=one_of("stage", Stage), name="reply_stage")]


class Withdrawal(models.Model):
    """That its reporter took a concern back, and why. The concern itself stays."""

    id = an_id()
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="withdrawal")
    why = models.TextField()
    withdrawn_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"why"}
        plain = {"withdrawn_at"}
        keep = "concern"

    class Meta:
        indexes = [models.Index(fields=["withdrawn_at"])]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="withdrawal_says_why")]


class Draft(models.Model):
    """A concern being written. Only its writer sees it; gone when raised or after 14 days."""

    id = an_id()
    post = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)
    began_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"answers"}
        plain = {"saved_at", "began_at"}
        keep = "draft"

    class Meta:
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["post", "saved_at"])]

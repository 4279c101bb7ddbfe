"""A pathway under way: the offer, its steps with their clocks, sessions, and how it ended.

A referral belongs to the agency that makes it and is disclosed to a circle of its own, which the
provider's people join; what they write in it carries the referral's own label.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from locality.cases.words import Grade
from locality.referrals.words import Attendance, Declined, ReferralState, StepState
from locality.sharing.models import Labelled, an_id, one_of


class Referral(Labelled):
    """One offer of one pathway to one person, for a case, to a provider."""

    id = an_id()
    reference = models.TextField()
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey("cases.Goal", null=True, on_delete=models.PROTECT, related_name="+")
    circle = models.ForeignKey("sharing.Circle", on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey("sharing.Purpose", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    about = ArrayField(models.UUIDField(), default=list)
    pathway = models.TextField(help_text="the pathway's key in the catalogue")
    pathway_version = models.TextField()
    provider = models.ForeignKey("sharing.Agency", on_delete=models.PROTECT, related_name="+")
    why = models.TextField(help_text="what the help is for")
    needs = ArrayField(models.TextField(), default=list)
    agreed = models.BooleanField(help_text="the person (or parent) agreed to this referral")
    agreed_says = models.TextField(blank=True)
    known = ArrayField(
        models.TextField(), default=list, help_text="what the pathway wanted known, and is"
    )
    state = models.TextField(default=ReferralState.OFFERED)
    offered_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(default=timezone.now)
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    worker = models.ForeignKey(
        "sharing.Post", null=True, on_delete=models.PROTECT, related_name="+",
        help_text="who at the provider works with them",
    )  # fmt: skip
    declined = models.TextField(blank=True)
    declined_says = models.TextField(blank=True)
    withdrawn_why = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.TextField(blank=True, help_text="the key of one of the pathway's ends")
    grade = models.TextField(blank=True)
    end_report = models.JSONField(default=list, help_text="a list of {heading, says}")
    their_view = models.TextField(blank=True)
    access_until = models.DateField(
        null=True, blank=True,
        help_text="the last day on which the provider sees it; the database sees to it",
    )  # fmt: skip

    class Handling:
        personal = {
            "about", "why", "needs", "agreed", "agreed_says", "known", "declined_says",
            "withdrawn_why", "end_report", "their_view",
        }  # fmt: skip
        plain = {
            "reference", "pathway", "pathway_version", "state", "offered_at", "answer_by",
            "answered_at", "declined", "ended_at", "ended_how", "grade", "access_until",
        } | Labelled.LABEL  # fmt: skip
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["-offered_at"]
        indexes = [
            models.Index(fields=["case"]),
            models.Index(fields=["provider", "state"]),
            models.Index(fields=["offered_at"]),
        ]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(condition=one_of("state", ReferralState), name="referral_state"),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.DECLINED) | one_of("declined", Declined),
                name="referral_declined_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.ENDED)
                | (one_of("grade", Grade) & Q(ended_at__isnull=False) & ~Q(end_report=[])),
                name="referral_ended_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "withdrawn", "ended"])
                | Q(access_until__isnull=False),
                name="referral_over_says_until_when_it_is_read",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.WITHDRAWN) | ~Q(withdrawn_why=""),
                name="referral_withdrawn_says_why",
            ),
        ]


class ReferralPart(Labelled):
    """What every part of a referral has: the referral it belongs to."""

    id = an_id()
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta(Labelled.Meta):
        abstract = True


class Step(ReferralPart):
    """One step of the pathway, with its clock."""

    key = models.TextField()
    order = models.SmallIntegerField()
    state = models.TextField(default=StepState.TO_DO)
    due = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    says = models.TextField(blank=True)
    done_by = models.ForeignKey(
        "sharing.Post", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Handling:
        personal = {"says"}
        plain = {"key", "order", "state", "due", "made_at", "ended_at"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["order"]
        indexes = [models.Index(fields=["referral"])]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(condition=one_of("state", StepState), name="step_state"),
            models.CheckConstraint(
                condition=Q(state=StepState.TO_DO, ended_at=None)
                | (~Q(state=StepState.TO_DO) & Q(ended_at__isnull=False)),
                name="step_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=StepState.SKIPPED) | ~Q(says=""), name="step_not_taken_says_why"
            ),
            models.UniqueConstraint(fields=["referral", "order"], name="step_once_in_order"),
        ]


class Session(ReferralPart):
    """One meeting of the worker and the person."""

    held_on = models.DateField()
    attendance = models.TextField()
    says = models.TextField(blank=True)
    made_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"says", "attendance"}
        plain = {"held_on", "made_at"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["-held_on", "-made_at"]
        indexes = [models.Index(fields=["referral", "held_on"])]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(
                condition=one_of("attendance", Attendance), name="session_attendance"
            ),
        ]

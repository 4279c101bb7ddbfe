"""How long an agency keeps what, what must be kept all the same, and what went by whose word."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from locality.sharing.models.agencies import Agency, Post, an_id, one_of
from locality.sharing.words import Action, Verdict


class Hold(models.Model):
    """That all about one person, or one case, is kept until a governance lead says otherwise."""

    id = an_id()
    subject = models.UUIDField(help_text="a person's or a case's id")
    why = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    declared_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Handling:
        personal = {"subject", "why"}
        plain = {"declared_at", "lifted_at"}
        keep = "governance"

    class Meta:
        ordering = ["-declared_at"]
        indexes = [models.Index(fields=["subject"])]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="hold_says_why")]


class OwnSchedule(models.Model):
    """How long one agency keeps one kind of record, as its own lead says. The last one counts."""

    id = an_id()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(help_text="such as cases.case")
    years = models.SmallIntegerField(help_text="after it was closed")
    until_age = models.SmallIntegerField(
        null=True, help_text="and at least until each of its people is as old as this"
    )
    action = models.TextField()
    source = models.TextField(help_text="the agency's own paper that says so")
    review_by = models.DateField(help_text="nothing goes by it after this day")
    said_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal: set[str] = set()
        plain = {
            "kind", "years", "until_age", "action", "source", "review_by", "said_at",
        }  # fmt: skip
        keep = "governance"

    class Meta:
        ordering = ["-said_at", "id"]
        constraints = [
            models.CheckConstraint(condition=one_of("action", Action), name="own_action_known"),
            models.CheckConstraint(condition=~Q(source=""), name="own_schedule_says_source"),
            models.CheckConstraint(
                condition=Q(years__range=(1, 150))
                & (Q(until_age=None) | Q(until_age__range=(1, 150))),
                name="own_schedule_lasts",
            ),
        ]


class Disposal(models.Model):
    """One record whose time is over, until it went by people's word. Written by the owner alone.

    What is left of a slimmer row stays here.
    """

    id = an_id()
    schedule = models.ForeignKey(OwnSchedule, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(help_text="such as cases.case")
    record = models.UUIDField()
    reference = models.TextField(blank=True, help_text="what colleagues call it; then nothing")
    others = ArrayField(
        models.SmallIntegerField(), default=list, help_text="agencies that own a part of it"
    )
    since = models.DateField(help_text="when its time was over")
    asked_at = models.DateTimeField(help_text="what was agreed before does not count")
    done_at = models.DateTimeField(null=True)
    left = models.JSONField(null=True, help_text="what was done, about nobody")

    class Handling:
        personal = {"record", "reference"}
        plain = {"kind", "others", "since", "asked_at", "done_at", "left"}
        keep = "governance"

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["record"], name="disposal_once"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(reference=""), name="disposal_done_names_nobody"
            ),
        ]


class DisposalStep(models.Model):
    """What a lead said of a record whose time is over. Written once; the later counts."""

    id = an_id()
    disposal = models.ForeignKey(Disposal, on_delete=models.CASCADE, related_name="steps")
    verdict = models.TextField()
    keep_until = models.DateField(null=True)
    why = models.TextField(blank=True)
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"why"}
        plain = {"verdict", "keep_until", "at"}
        keep = "governance"

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=one_of("verdict", Verdict), name="verdict_known"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.MAY_GO, keep_until=None)
                | (Q(verdict=Verdict.KEEP, keep_until__isnull=False) & ~Q(why="")),
                name="keeping_says_until_when_and_why",
            ),
        ]

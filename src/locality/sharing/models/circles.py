"""Circles of named people, what was disclosed to them, and who is kept from what."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from locality.sharing.models.agencies import Agency, Labelled, Post, Purpose, User, an_id, one_of
from locality.sharing.words import CircleKind, Gateway


class Circle(Labelled):
    """Named people who work on one thing for one purpose: a case, a panel, the front door.

    Its owner is the agency that runs it; its label is that of what it works on.
    """

    id = an_id()
    kind = models.TextField()
    name = models.TextField(blank=True, help_text="public name; a case's circle has none")
    made_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True, help_text="last day open")

    class Handling:
        personal: set[str] = set()
        plain = {"kind", "name", "closed_on"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(condition=one_of("kind", CircleKind), name="circle_kind_known"),
        ]


class Member(models.Model):
    """One post in a circle, for a while. Both days count; who left, left at that moment."""

    id = an_id()
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="members")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    part = models.TextField(blank=True, help_text="what they do in it, such as lead")
    starts = models.DateField()
    until = models.DateField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Handling:
        personal: set[str] = set()
        plain = {"part", "starts", "until", "left_at"}
        keep = "case"

    class Meta:
        indexes = [models.Index(fields=["post", "circle"])]


class Disclosure(Labelled):
    """One agency's act of letting a circle see named information until a date.

    Its owner is the giver; its label is that of the most closely held item in it.
    """

    id = an_id()
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    gateway = models.TextField()
    necessity = models.TextField(help_text="why it is needed, in a sentence")
    handling = models.TextField(blank=True, help_text="conditions the recipients see, in words")
    conditions = ArrayField(
        models.TextField(), default=list, help_text="of handling.toml; none: handling code P"
    )
    recipients = ArrayField(
        models.UUIDField(), null=True, help_text="posts; none: everybody in the circle"
    )
    given_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    starts = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="last day")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True)

    class Handling:
        personal = {"necessity", "handling", "withdrawn_why"}
        plain = {
            "gateway", "given_at", "starts", "until", "withdrawn_at", "conditions", "recipients",
        } | Labelled.LABEL  # fmt: skip
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["-given_at"]
        indexes = [models.Index(fields=["circle", "given_at"])]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(
                condition=one_of("gateway", Gateway), name="disclosure_gateway_known"
            ),
            models.CheckConstraint(condition=~Q(necessity=""), name="disclosure_says_why"),
            models.CheckConstraint(
                condition=Q(recipients__isnull=True) | Q(recipients__len__gt=0),
                name="disclosure_to_somebody",
            ),
        ]


class Disclosed(models.Model):
    """One item within a disclosure. Its dates are its disclosure's, kept equal by a trigger."""

    id = an_id()
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="items")
    item = models.UUIDField(help_text="the record's id")
    kind = models.TextField(help_text="the record's kind, such as intake.concern")
    category = models.SmallIntegerField()
    giver = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    until = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    recipients = ArrayField(models.UUIDField(), null=True)

    class Handling:
        personal: set[str] = set()
        plain = {"item", "kind", "category", "starts", "until", "withdrawn_at", "recipients"}
        keep = "case"

    class Meta:
        indexes = [models.Index(fields=["item", "circle"]), models.Index(fields=["circle"])]


class Received(models.Model):
    """That somebody read a disclosure and will keep to its conditions. Proof for its giver."""

    id = an_id()
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="received")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal: set[str] = set()
        plain = {"at"}
        keep = "case"

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["disclosure", "post"], name="received_once")]


class Conflict(models.Model):
    """Somebody who must never see anything about one person or one case."""

    id = an_id()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    subject = models.UUIDField(help_text="a person's or a case's id")
    why = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    declared_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Handling:
        personal = {"subject", "why"}
        plain = {"declared_at", "lifted_at"}
        keep = "case"

    class Meta:
        indexes = [models.Index(fields=["user"])]

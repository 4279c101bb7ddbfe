"""What agencies have agreed to share, and the steps by which they did."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from locality.sharing.models.agencies import Agency, Post, Purpose, an_id, one_of
from locality.sharing.words import AgreementState, Gateway, Step


class Agreement(models.Model):
    """What some agencies have agreed to share with each other, for one purpose.

    Its terms change only while it is a draft: a change of what is in force is a new draft that
    replaces it. Its state changes by steps alone.
    """

    id = an_id()
    name = models.TextField()
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    gateway = models.TextField()
    conditions = models.TextField(blank=True, help_text="on what conditions, in words")
    document = models.TextField(blank=True, help_text="where the signed paper is: link or number")
    state = models.TextField(default=AgreementState.DRAFT)
    starts = models.DateField()
    until = models.DateField(help_text="last day in force")
    review_by = models.DateField()
    version = models.IntegerField(default=1, help_text="counts the changes of a draft")
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    by_leads = models.BooleanField(default=False, help_text="governance leads have taken a step")

    class Handling:
        personal: set[str] = set()
        plain = {
            "name", "gateway", "conditions", "document", "state", "starts", "until", "review_by",
            "version", "by_leads",
        }  # fmt: skip
        keep = "governance"

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=one_of("state", AgreementState), name="agreement_state_known"
            ),
            models.CheckConstraint(
                condition=one_of("gateway", Gateway), name="agreement_gateway_known"
            ),
            models.CheckConstraint(
                condition=Q(starts__lte=F("until")), name="agreement_starts_before_it_ends"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgreementStep(models.Model):
    """One step in the life of an agreement: who did what, when, why. Written once.

    What takes effect is done by the database when the row is written (sql/agreements.sql). A step
    by nobody was made by the area's administrator.
    """

    id = an_id()
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="steps")
    step = models.TextField()
    version = models.IntegerField(help_text="of the terms it speaks of")
    answers = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", help_text="the step asked"
    )
    why = models.TextField(blank=True)
    by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"why"}
        plain = {"step", "version", "at"}
        keep = "governance"

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=one_of("step", Step), name="agreement_step_known"),
            models.UniqueConstraint(fields=["answers"], name="agreement_answered_once"),
        ]


class Party(models.Model):
    """One agency in an agreement, and the directions in which it shares. Neither: it has left."""

    id = an_id()
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    gives = models.BooleanField(default=True)
    gets = models.BooleanField(default=True)
    signatory = models.TextField(blank=True, help_text="who signs for it: name and title")

    class Handling:
        personal = {"signatory"}
        plain = {"gives", "gets"}
        keep = "governance"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "agency"], name="party_once")]


class Coverage(models.Model):
    """One kind of information an agreement covers, up to a marking. NOT_CLEARED: no longer."""

    id = an_id()
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="covers")
    category = models.SmallIntegerField()
    up_to = models.SmallIntegerField()
    needs_consent = models.BooleanField(
        default=False, help_text="only with the consent of whom it is about"
    )

    class Handling:
        personal: set[str] = set()
        plain = {"category", "up_to", "needs_consent"}
        keep = "governance"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "category"], name="coverage_once")
        ]

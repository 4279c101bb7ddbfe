"""What people answered when an agency asked for their consent."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from locality.sharing.models.agencies import Labelled, Post, Purpose, an_id, one_of
from locality.sharing.words import AnsweredBy, ConsentAnswer, ConsentKind


class Consent(Labelled):
    """One answer of one person to one agency, its owner. The last answer counts; each ends once.

    A new answer ends the one before (sql/consent.sql). Only consent of the kind `confidentiality`
    opens anything, and only beside a disclosure under an agreement that asks for it.
    """

    id = an_id()
    person = models.UUIDField(help_text="the person whose consent it is")
    kind = models.TextField()
    answer = models.TextField()
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    receivers = ArrayField(models.SmallIntegerField(), help_text="agencies it may be shared with")
    categories = ArrayField(models.SmallIntegerField(), help_text="kinds of information")
    answered_by = models.TextField(help_text="who gave the answer, and why they could")
    who = models.TextField(blank=True, help_text="name and part of whoever answered for them")
    words = models.TextField(help_text="what they were told, and what they said")
    taken_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)
    starts = models.DateField()
    until = models.DateField(null=True, help_text="last day; a refusal has none")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    ended_why = models.TextField(blank=True)

    class Handling:
        personal = {"person", "who", "words", "ended_why"}
        plain = {
            "kind", "answer", "receivers", "categories", "answered_by", "taken_at", "starts",
            "until", "ended_at",
        } | Labelled.LABEL  # fmt: skip
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["-taken_at", "-id"]
        indexes = [models.Index(fields=["person", "owner"])]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(
                condition=one_of("kind", ConsentKind), name="consent_kind_known"
            ),
            models.CheckConstraint(
                condition=one_of("answer", ConsentAnswer), name="consent_answer_known"
            ),
            models.CheckConstraint(
                condition=one_of("answered_by", AnsweredBy), name="consent_answered_by_known"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=False, starts__lte=F("until"))
                | Q(answer=ConsentAnswer.REFUSED, until__isnull=True),
                name="consent_ends",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ConsentKind.CONFIDENTIALITY, answer=ConsentAnswer.AGREED)
                | (~Q(receivers=[]) & ~Q(categories=[])),
                name="consent_says_what_to_whom",
            ),
        ]

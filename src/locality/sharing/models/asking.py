"""Emergency access, and what leads found when they asked about a look or about its use."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from locality.sharing.models.agencies import Agency, Post, Purpose, an_id, one_of
from locality.sharing.words import Answer, Sign


class EmergencyAccess(models.Model):
    """One post's access to what is recorded about somebody, for a reason, an hour at most.

    Written by the database alone, whether or not anything is recorded; `owners` are told.
    """

    id = an_id()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField(help_text="who holds the post")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    subjects = ArrayField(models.UUIDField(), default=list, help_text="whom it is about")
    owners = ArrayField(models.SmallIntegerField(), default=list, help_text="who holds records")
    reason = models.TextField()
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    transaction = models.BigIntegerField(help_text="the transaction that gave it")

    class Handling:
        personal = {"subjects", "reason"}
        plain = {"person", "owners", "given_at", "until", "revoked_at", "transaction"}
        keep = "audit"

    class Meta:
        ordering = ["-given_at"]
        indexes = [models.Index(fields=["post", "until"])]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="emergency_says_why"),
            models.CheckConstraint(
                condition=Q(until__lte=F("given_at") + timedelta(hours=1)),
                name="emergency_lasts_an_hour_at_most",
            ),
        ]


class EmergencyReview(models.Model):
    """What a governance lead found about one use of emergency access. Written once."""

    id = an_id()
    access = models.OneToOneField(EmergencyAccess, on_delete=models.PROTECT, related_name="review")
    answer = models.TextField()
    words = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"words"}
        plain = {"answer", "at"}
        keep = "audit"

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=one_of("answer", Answer), name="emergency_answer_known"
            ),
        ]


class LookReview(models.Model):
    """What a governance lead found when they asked about a look that stood out. Written once."""

    id = an_id()
    look = models.UUIDField(help_text="the look's id")
    sign = models.TextField(help_text="what made it stand out")
    looker = models.UUIDField(help_text="the post that looked")
    answer = models.TextField()
    words = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"words"}
        plain = {"look", "sign", "looker", "answer", "at"}
        keep = "audit"

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["look", "sign"], name="look_reviewed_once"),
            models.CheckConstraint(condition=one_of("answer", Answer), name="look_answer_known"),
            models.CheckConstraint(condition=one_of("sign", Sign), name="look_sign_known"),
        ]

"""Decisions about concerns, and who is looking at one now."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from locality.sharing.models import Labelled, an_id, one_of
from locality.triage.words import Decided


class Screening(Labelled):
    """What the front door decided about one concern, and why. Written once."""

    id = an_id()
    concern = models.OneToOneField("intake.Concern", on_delete=models.PROTECT, related_name="+")
    circle = models.ForeignKey("sharing.Circle", on_delete=models.PROTECT, related_name="+")
    decided = models.TextField()
    reason = models.TextField()
    told_reporter = models.TextField(blank=True)
    route = models.TextField(blank=True, help_text="where it was signposted or sent urgently")
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    in_time = models.BooleanField(help_text="decided before the concern's clock ran out")

    class Handling:
        personal = {"reason", "told_reporter", "route"}
        plain = {"decided", "decided_at", "in_time"} | Labelled.LABEL
        keep = "concern"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["-decided_at"]
        indexes = [models.Index(fields=["circle", "decided_at"])]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(condition=one_of("decided", Decided), name="screening_decided"),
            models.CheckConstraint(condition=~Q(reason=""), name="screening_says_why"),
            models.CheckConstraint(
                condition=~Q(decided__in=[Decided.LINK, Decided.OPEN]) | Q(case__isnull=False),
                name="screening_names_its_case",
            ),
        ]


class Waiting(models.Model):
    """A concern not decided and not taken back. The database alone writes these (policies.sql).

    A queue is found by these few, and not by asking of every concern there ever was.
    """

    concern = models.OneToOneField(
        "intake.Concern", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    circle = models.ForeignKey("sharing.Circle", on_delete=models.PROTECT, related_name="+")

    class Handling:
        personal: set[str] = set()
        plain: set[str] = set()
        keep = "concern"


class Looking(models.Model):
    """Somebody who has a concern open to decide on it, so that two do not decide at once."""

    id = an_id()
    concern = models.ForeignKey("intake.Concern", on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Handling:
        personal: set[str] = set()
        plain = {"since"}
        keep = "draft"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concern", "post"], name="looking_once")]

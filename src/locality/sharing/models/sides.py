"""Two people who must be kept apart, and whom each circle works with."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from locality.sharing.models.agencies import Agency, Post, an_id
from locality.sharing.models.circles import Circle


class Apart(models.Model):
    """One person who must be kept safe from another. Whoever works with the one who is feared,
    and not with both together, sees nothing of the one who is kept safe.
    """

    id = an_id()
    protected = models.UUIDField(help_text="the person who is kept safe")
    feared = models.UUIDField(help_text="the person they are kept safe from")
    why = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    declared_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Handling:
        personal = {"protected", "feared", "why"}
        plain = {"declared_at", "ended_at"}
        keep = "case"

    class Meta:
        ordering = ["-declared_at"]
        indexes = [models.Index(fields=["feared"]), models.Index(fields=["protected"])]
        constraints = [
            models.CheckConstraint(condition=~Q(protected=F("feared")), name="apart_from_another")
        ]


class WorksWith(models.Model):
    """Somebody a circle works with. The rule asks it; nobody reads it."""

    id = an_id()
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField()

    class Handling:
        personal = {"person"}
        plain: set[str] = set()
        keep = "case"

    class Meta:
        indexes = [models.Index(fields=["circle"]), models.Index(fields=["person"])]

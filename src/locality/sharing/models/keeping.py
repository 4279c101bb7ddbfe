"""What must be kept whatever its schedule says: for an inquiry, a court, a complaint."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from locality.sharing.models.agencies import Agency, Post, an_id


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

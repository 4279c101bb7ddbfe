"""Board reports and the words in them, every version kept. Figures are never stored in a draft."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from locality.impact.words import State
from locality.sharing.models import Labelled, an_id, one_of


class Report(Labelled):
    """One report to a board about one area and period. Its agency's own.

    A draft's figures are counted each time it is read; signing it keeps the whole report as
    it stood, and after that nothing in it changes.
    """

    id = an_id()
    area_code = models.TextField()
    area_name = models.TextField()
    strategy = models.TextField(help_text="the strategy's key")
    first_month = models.DateField(help_text="first day of the first month")
    last_month = models.DateField(help_text="first day of the last month")
    state = models.TextField(default=State.DRAFT)
    author = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    signed = models.JSONField(null=True, blank=True, help_text="the report as it was signed")

    class Handling:
        personal: set[str] = set()
        plain = {
            "area_code", "area_name", "strategy", "first_month", "last_month", "state",
            "started_at", "finished_at", "signed",
        } | Labelled.LABEL  # fmt: skip
        keep = "governance"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["-started_at"]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(condition=one_of("state", State), name="report_state"),
            models.CheckConstraint(
                condition=Q(first_month__lte=F("last_month")), name="report_period_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, finished_at=None, signed=None)
                | Q(state=State.FINAL, finished_at__isnull=False, signed__isnull=False),
                name="report_final_is_kept_whole",
            ),
        ]


class Block(Labelled):
    """One place for words in a report. `current` is the number of its newest version."""

    id = an_id()
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="blocks")
    key = models.TextField(help_text="such as purpose, or priority.wellbeing")
    current = models.PositiveIntegerField(default=0)

    class Handling:
        personal: set[str] = set()
        plain = {"key", "current"} | Labelled.LABEL
        keep = "governance"

    class Meta(Labelled.Meta):
        abstract = False
        constraints = [
            *Labelled.Meta.constraints,
            models.UniqueConstraint(fields=["report", "key"], name="block_once_a_report"),
        ]


class BlockVersion(Labelled):
    """Words as somebody left them. Written once: a change is a new version."""

    id = an_id()
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    written_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"text"}
        plain = {"number", "written_at"} | Labelled.LABEL
        keep = "governance"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["-number"]
        constraints = [
            *Labelled.Meta.constraints,
            models.UniqueConstraint(fields=["block", "number"], name="version_once_a_block"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_counts_from_one"),
        ]

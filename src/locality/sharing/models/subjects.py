"""What people ask about what an agency holds on them, who reads for it, and what was done."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from locality.sharing.models.agencies import Agency, Post, an_id, one_of
from locality.sharing.words import AskedBy, Handled, Law, Nature, SubjectKind


class SubjectRequest(models.Model):
    """One person's request to one agency about what it holds on them, as it came.

    It shows to the agency's leads and to the colleagues they ask to read for it.
    """

    id = an_id()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField()
    law = models.TextField(default=Law.GENERAL)
    name = models.TextField(help_text="whom it is about, as the request says")
    born = models.DateField(null=True, blank=True)
    asked_by = models.TextField(default=AskedBy.THEMSELVES)
    asker = models.TextField(blank=True, help_text="who asks, if not the person")
    authority = models.TextField(blank=True, help_text="how their authority was shown")
    reach = models.TextField(help_text="how to answer them safely")
    wants = models.TextField(help_text="what they ask for, in their words")
    received_on = models.DateField()
    subjects = ArrayField(
        models.UUIDField(), default=list, help_text="who that is, as a reader found"
    )
    logged_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"name", "born", "asker", "authority", "reach", "wants", "subjects"}
        plain = {"kind", "law", "asked_by", "received_on", "logged_at"}
        keep = "governance"

    class Meta:
        ordering = ["received_on", "logged_at"]
        indexes = [models.Index(fields=["agency", "received_on"])]
        constraints = [
            models.CheckConstraint(
                condition=one_of("kind", SubjectKind), name="subject_request_kind"
            ),
            models.CheckConstraint(condition=one_of("law", Law), name="subject_request_law"),
            models.CheckConstraint(
                condition=one_of("asked_by", AskedBy), name="subject_request_asked_by"
            ),
            models.CheckConstraint(
                condition=Q(asked_by=AskedBy.THEMSELVES) | (~Q(asker="") & ~Q(authority="")),
                name="subject_request_shows_authority",
            ),
        ]


class SubjectReader(models.Model):
    """One colleague whom a lead asked to read for a request, with their own clearances."""

    id = an_id()
    request = models.ForeignKey(SubjectRequest, on_delete=models.PROTECT, related_name="readers")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Handling:
        personal: set[str] = set()
        plain = {"asked_at", "finished_at"}
        keep = "governance"

    class Meta:
        ordering = ["asked_at"]
        indexes = [models.Index(fields=["post"])]
        constraints = [
            models.UniqueConstraint(fields=["request", "post"], name="subject_reader_once")
        ]


class SubjectStep(models.Model):
    """One thing a lead did about a request, and on which day. Written once."""

    id = an_id()
    request = models.ForeignKey(SubjectRequest, on_delete=models.PROTECT, related_name="steps")
    step = models.TextField()
    on = models.DateField(help_text="the day that counts for the clock")
    why = models.TextField(blank=True)
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"why"}
        plain = {"step", "on", "at"}
        keep = "governance"

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["request", "at"])]
        constraints = [
            models.CheckConstraint(condition=one_of("step", Handled), name="subject_step_known")
        ]


class SubjectItem(models.Model):
    """What a reader decided about one row that is held: what of it is given, in which words.

    Written once: whoever decides otherwise adds another, and the last one counts. It shows to those
    of a request's people who see the row itself, and so does whatever a label, a circle or a
    conflict says of it.
    """

    id = an_id()
    request = models.ForeignKey(SubjectRequest, on_delete=models.PROTECT, related_name="items")
    kind = models.TextField(help_text="the record's kind, such as intake.concern")
    item = models.UUIDField(help_text="the record's id")
    seen = models.TextField(help_text="a mark of what the record said then")
    choices = models.JSONField(help_text="for each part: how, why, which words are left out")
    given = models.JSONField(help_text="a list of [label, words]")
    told = models.JSONField(help_text="the reasons that the answer names")
    says = models.TextField(help_text="what the answer calls it")
    on = models.DateField(null=True, blank=True)
    authors = ArrayField(models.UUIDField(), default=list, help_text="who wrote the record")
    decided_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField(help_text="who holds that post")
    decided_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"choices", "given"}
        plain = {
            "kind", "item", "seen", "told", "says", "on", "authors", "person", "decided_at",
        }  # fmt: skip
        keep = "governance"

    class Meta:
        ordering = ["decided_at"]
        indexes = [models.Index(fields=["request", "kind", "item"])]


class SubjectAnswer(models.Model):
    """What a second person signed off: the very words the person asked for gets. Written once."""

    id = an_id()
    request = models.ForeignKey(SubjectRequest, on_delete=models.PROTECT, related_name="answers")
    part = models.OneToOneField(SubjectItem, on_delete=models.PROTECT, related_name="answer")
    kind = models.TextField()
    item = models.UUIDField()
    given = models.JSONField()
    told = models.JSONField()
    says = models.TextField()
    on = models.DateField(null=True, blank=True)
    signed_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField(help_text="who holds that post")
    signed_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"given"}
        plain = {"kind", "item", "told", "says", "on", "person", "signed_at"}
        keep = "governance"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "kind", "item"], name="subject_answer_once")
        ]


class SubjectCorrection(models.Model):
    """What a person says is wrong in a record: the right fact, or their view of an opinion.

    Written once, beside the record; what it said before is kept here.
    """

    id = an_id()
    request = models.ForeignKey(
        SubjectRequest, on_delete=models.PROTECT, related_name="corrections"
    )
    kind = models.TextField()
    item = models.UUIDField()
    part = models.TextField(help_text="which column of the record")
    label = models.TextField(help_text="what that is called")
    nature = models.TextField()
    was = models.TextField(help_text="what the record said")
    says = models.TextField(help_text="the right fact, or the person’s view")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"was", "says"}
        plain = {"kind", "item", "part", "label", "nature", "at"}
        keep = "governance"

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["item"]), models.Index(fields=["at"])]
        constraints = [
            models.CheckConstraint(
                condition=one_of("nature", Nature), name="subject_correction_nature"
            )
        ]

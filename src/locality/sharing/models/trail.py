"""The trail: what was done, what was looked at, who signed in. Sealed in a tree."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from locality.sharing.models.agencies import an_id


class Sealed(models.Model):
    """What makes a row of the trail show that it was rewritten. The database's triggers fill most.

    `mac` is made by the process that wrote the row, with a key the database never holds. A look
    or a sign-in `closes` the entries that its writer has committed since the one before.
    """

    transaction = models.BigIntegerField(null=True, help_text="the transaction that committed it")
    writer = models.TextField(null=True, help_text="the process and thread that wrote it")
    turn = models.BigIntegerField(null=True, help_text="its place among the writer's looks")
    closes = ArrayField(models.UUIDField(), null=True, help_text="entries it vouches for, too")
    mac = models.BinaryField(null=True)
    salt = models.BinaryField(null=True, help_text="erased together with the personal detail")
    detail_hash = models.BinaryField(null=True)
    leaf = models.BinaryField(null=True, help_text="its hash in the tree")

    SEALING = {"transaction", "writer", "turn", "closes", "mac", "salt", "detail_hash", "leaf"}

    class Meta:
        abstract = True


class AuditEntry(Sealed):
    """One thing somebody did to one record. Written once, by the person it names.

    What was done at the server's terminal names the operator (`words.OPERATOR`).
    It holds names of records, not foreign keys, so that it outlives what it describes.
    """

    id = an_id()
    at = models.DateTimeField(default=timezone.now)
    person = models.UUIDField()
    post = models.UUIDField()
    agency = models.SmallIntegerField()
    purpose = models.SmallIntegerField()
    did = models.TextField(help_text="domain.record.verb, such as panels.decision.recorded")
    kind = models.TextField(help_text="the record's kind, such as cases.case")
    record = models.UUIDField(null=True)
    why = models.TextField(blank=True)

    class Handling:
        personal = {"why"}
        plain = {
            "at", "person", "post", "agency", "purpose", "did", "kind", "record",
        } | Sealed.SEALING  # fmt: skip
        keep = "audit"

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["record", "at"]),
            models.Index(fields=["agency", "at"]),
            models.Index(fields=["transaction"]),
        ]


class Consultation(Sealed):
    """One look, asked for before anything is read: its row is committed first, or there is none."""

    id = an_id()
    at = models.DateTimeField(default=timezone.now)
    person = models.UUIDField()
    post = models.UUIDField()
    agency = models.SmallIntegerField()
    purpose = models.SmallIntegerField()
    kind = models.TextField(help_text="page, search or job")
    route = models.TextField(help_text="the address's name, never the address")
    records = ArrayField(models.UUIDField(), default=list)
    sought = models.TextField(blank=True, help_text="what a search was for")

    class Handling:
        personal = {"sought"}
        plain = {
            "at", "person", "post", "agency", "purpose", "kind", "route", "records",
        } | Sealed.SEALING  # fmt: skip
        keep = "audit"

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["at"]), models.Index(fields=["transaction"])]


class SignIn(Sealed):
    """One attempt to sign in or out, and how it went. No password, no address typed wrongly."""

    id = an_id()
    at = models.DateTimeField(default=timezone.now)
    user = models.UUIDField(null=True)
    what = models.TextField(help_text="signed in, signed out, refused, locked out, …")
    method = models.TextField(blank=True)

    class Handling:
        personal = {"user"}
        plain = {"at", "what", "method"} | Sealed.SEALING
        keep = "audit"

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["transaction"])]

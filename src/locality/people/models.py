"""People as each agency has recorded them. One person may have several agencies' records."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from locality.people.words import UNKNOWN, ContactKind, Sex
from locality.sharing.models import Labelled, an_id, one_of


class Person(models.Model):
    """Somebody, by an identifier alone. Everything known about them is in some agency's record."""

    id = an_id()

    class Handling:
        personal: set[str] = set()
        plain: set[str] = set()
        keep = "person"


class Record(Labelled):
    """One agency's record of who somebody is. Corrected in place; the audit trail says when."""

    id = an_id()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    given_names = models.TextField(blank=True)
    family_name = models.TextField(blank=True)
    known_as = models.TextField(blank=True)
    born = models.DateField(null=True, blank=True)
    sex = models.TextField(default=Sex.NOT_KNOWN)
    postcode = models.TextField(blank=True)
    given_key = models.TextField(blank=True, help_text="given names, made searchable")
    family_key = models.TextField(blank=True, help_text="family name, made searchable")
    recorded_on = models.DateField()
    version = models.PositiveIntegerField(default=1, help_text="counts corrections")

    class Handling:
        personal = {
            "given_names", "family_name", "known_as", "born", "sex", "postcode",
            "given_key", "family_key",
        }  # fmt: skip
        plain = {"recorded_on", "version"} | Labelled.LABEL
        keep = "person"

    class Meta(Labelled.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["person"]),
            # The pattern class serves “begins with” whatever the database's collation.
            models.Index(
                fields=["family_key", "given_key"], name="record_by_name",
                opclasses=["text_pattern_ops", "text_pattern_ops"],
            ),
            models.Index(
                fields=["given_key", "family_key"], name="record_by_given_name",
                opclasses=["text_pattern_ops", "text_pattern_ops"],
            ),
            models.Index(fields=["born"], name="record_by_birth"),
            models.Index(fields=["postcode"], name="record_by_postcode"),
        ]  # fmt: skip
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(condition=one_of("sex", Sex), name="record_sex_is_a_word"),
        ]

    @property
    def full_name(self) -> str:
        """The name a page shows, or words that say there is none."""
        return " ".join(n for n in (self.given_names, self.family_name) if n) or UNKNOWN


class Contact(Labelled):
    """A way to reach somebody, or where they live. More closely held than their name."""

    id = an_id()
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="contacts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField()
    value = models.TextField()
    safe = models.BooleanField(null=True, help_text="safe to use; empty when nobody has asked")
    starts = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Handling:
        personal = {"value", "safe"}
        plain = {"kind", "starts", "until"} | Labelled.LABEL
        keep = "person"

    class Meta(Labelled.Meta):
        abstract = False
        indexes = [models.Index(fields=["record"])]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(
                condition=one_of("kind", ContactKind), name="contact_kind_is_a_word"
            ),
        ]


class Encounter(Labelled):
    """One time an agency had to do with somebody: its own history, not a concern."""

    id = an_id()
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="encounters")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    kind = models.TextField()
    summary = models.TextField()

    class Handling:
        personal = {"summary"}
        plain = {"on", "kind"} | Labelled.LABEL
        keep = "person"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["-on"]
        indexes = [models.Index(fields=["record", "on"]), models.Index(fields=["person", "on"])]


class Household(Labelled):
    """People who live together, as one agency knows it."""

    id = an_id()
    name = models.TextField(help_text="how the agency calls it, such as a family name and street")

    class Handling:
        personal = {"name"}
        plain = Labelled.LABEL
        keep = "person"

    class Meta(Labelled.Meta):
        abstract = False


class Living(Labelled):
    """One person living in a household, for a while."""

    id = an_id()
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Handling:
        personal: set[str] = set()
        plain = {"starts", "until"} | Labelled.LABEL
        keep = "person"

    class Meta(Labelled.Meta):
        abstract = False
        indexes = [models.Index(fields=["household"]), models.Index(fields=["person"])]


class SamePerson(models.Model):
    """A decision that two records are, or after all are not, of one person. Written once."""

    id = an_id()
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    was = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    now = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    decided_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="undone_by",
        help_text="the decision this one takes back",
    )  # fmt: skip

    class Handling:
        personal = {"why"}
        plain = {"decided_at"}
        keep = "person"

    class Meta:
        ordering = ["-decided_at"]
        indexes = [
            models.Index(fields=["record"]), models.Index(fields=["was"]),
            models.Index(fields=["now"]),
        ]  # fmt: skip
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="same_person_says_why")]

"""Agencies, people in posts, agreements, circles, disclosures, conflicts, audit. No behaviour."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from locality.sharing.words import (
    CATEGORIES,
    MARKINGS,
    MOST_AGENCIES,
    AgreementState,
    CircleKind,
    Gateway,
    Sector,
)


def one_of(field: str, words: type) -> Q:
    """Say that `field` holds one of these words, for a CHECK constraint."""
    return Q(**{f"{field}__in": [word.value for word in words]})


def an_id() -> models.UUIDField:
    """A key that cannot be guessed."""
    return models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)


class Agency(models.Model):
    """An organisation that owns information. Its small number is part of every label."""

    id = models.SmallIntegerField(primary_key=True)
    name = models.TextField()
    sector = models.TextField()
    contact = models.TextField(blank=True, help_text="how another agency reaches it")
    until = models.DateField(null=True, blank=True, help_text="last day as a partner, if it left")

    class Handling:
        personal: set[str] = set()
        plain = {"name", "sector", "contact", "until"}
        keep = "governance"

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(id__gte=1, id__lte=MOST_AGENCIES), name="agency_number_fits_a_label"
            ),
            models.CheckConstraint(condition=one_of("sector", Sector), name="agency_sector_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Labelled(models.Model):
    """What every sensitive row carries: who owns it, what kind it is, how closely it is held."""

    owner = models.ForeignKey("sharing.Agency", on_delete=models.PROTECT, related_name="+")
    category = models.SmallIntegerField()
    marking = models.SmallIntegerField()
    label_id = models.IntegerField()

    LABEL = {"category", "marking", "label_id"}  # plain, on every model that inherits

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    label_id=F("owner") * CATEGORIES * MARKINGS
                    + F("category") * MARKINGS
                    + F("marking"),
                    category__gte=0,
                    category__lt=CATEGORIES,
                    marking__gte=0,
                    marking__lt=MARKINGS,
                ),
                name="%(class)s_label_is_its_own",
            )
        ]


class Users(BaseUserManager["User"]):
    """Makes people who sign in; the framework's sign-in asks for these names."""

    def create_user(self, email: str, password: str | None = None, **extra: object) -> "User":
        """Add somebody who may sign in, with an unusable password when none is given."""
        user = self.model(email=self.normalize_email(email), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str) -> "User":
        """Find by e-mail address, whatever its capitals."""
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """Somebody who signs in, or a named job. What they may do hangs on their posts."""

    id = an_id()
    email = models.EmailField(unique=True)
    name = models.TextField()
    is_active = models.BooleanField(default=True)
    is_job = models.BooleanField(default=False)
    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Handling:
        personal = {"email", "name", "password"}
        plain = {"is_active", "is_job", "last_login"}
        keep = "staff"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name shown in the bar."""
        return self.name


class Role(models.Model):
    """What a kind of post is cleared for, one marking for each category, and its duties."""

    key = models.TextField(primary_key=True)
    name = models.TextField()
    clearances = ArrayField(
        models.SmallIntegerField(), size=CATEGORIES, help_text="highest marking, by category"
    )
    duties = ArrayField(models.TextField(), default=list)

    class Handling:
        personal: set[str] = set()
        plain = {"name", "clearances", "duties"}
        keep = "governance"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(clearances__len=CATEGORIES), name="role_is_cleared_by_category"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Purpose(models.Model):
    """Why somebody may look: purposes.toml, kept beside the records that name it."""

    id = models.SmallIntegerField(primary_key=True)
    key = models.TextField(unique=True)
    name = models.TextField()
    says = models.TextField()
    basis = models.TextField()
    source = models.TextField()
    review_by = models.DateField()

    class Handling:
        personal: set[str] = set()
        plain = {"key", "name", "says", "basis", "source", "review_by"}
        keep = "governance"

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A person in a role for an agency, from a date, for certain purposes."""

    id = an_id()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    title = models.TextField()
    name = models.TextField(help_text="the holder's name, as colleagues in other agencies see it")
    about = models.TextField(blank=True, help_text="who they are, for the demo's sign-in page")
    purposes = ArrayField(models.SmallIntegerField())
    starts = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="last day, if known")

    class Handling:
        personal = {"name"}
        plain = {"title", "about", "purposes", "starts", "until"}
        keep = "staff"

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["user"])]

    def __str__(self) -> str:
        return f"{self.name}, {self.title}"


class Agreement(models.Model):
    """What some agencies have agreed to share with each other, for one purpose."""

    id = an_id()
    name = models.TextField()
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    gateway = models.TextField()
    state = models.TextField(default=AgreementState.DRAFT)
    starts = models.DateField()
    until = models.DateField(help_text="last day in force")
    review_by = models.DateField()

    class Handling:
        personal: set[str] = set()
        plain = {"name", "gateway", "state", "starts", "until", "review_by"}
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


class Party(models.Model):
    """One agency in an agreement, and the directions in which it shares. Neither: it has left."""

    id = an_id()
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    gives = models.BooleanField(default=True)
    gets = models.BooleanField(default=True)

    class Handling:
        personal: set[str] = set()
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

    class Handling:
        personal: set[str] = set()
        plain = {"category", "up_to"}
        keep = "governance"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "category"], name="coverage_once")
        ]


class Circle(Labelled):
    """Named people who work on one thing for one purpose: a case, a panel, the front door.

    Its owner is the agency that runs it; its label is that of what it works on.
    """

    id = an_id()
    kind = models.TextField()
    name = models.TextField(blank=True, help_text="public name; a case's circle has none")
    made_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True, help_text="last day open")

    class Handling:
        personal: set[str] = set()
        plain = {"kind", "name", "closed_on"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(condition=one_of("kind", CircleKind), name="circle_kind_known"),
        ]


class Member(models.Model):
    """One post in a circle, for a while. Both days count; who left, left at that moment."""

    id = an_id()
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="members")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    part = models.TextField(blank=True, help_text="what they do in it, such as lead")
    starts = models.DateField()
    until = models.DateField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Handling:
        personal: set[str] = set()
        plain = {"part", "starts", "until", "left_at"}
        keep = "case"

    class Meta:
        indexes = [models.Index(fields=["post", "circle"])]


class Disclosure(Labelled):
    """One agency's act of letting a circle see named information until a date.

    Its owner is the giver; its label is that of the most closely held item in it.
    """

    id = an_id()
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    gateway = models.TextField()
    necessity = models.TextField(help_text="why it is needed, in a sentence")
    handling = models.TextField(blank=True, help_text="conditions the recipients see")
    given_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    starts = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="last day")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True)

    class Handling:
        personal = {"necessity", "handling", "withdrawn_why"}
        plain = {"gateway", "given_at", "starts", "until", "withdrawn_at"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["-given_at"]
        indexes = [models.Index(fields=["circle", "given_at"])]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(
                condition=one_of("gateway", Gateway), name="disclosure_gateway_known"
            ),
            models.CheckConstraint(condition=~Q(necessity=""), name="disclosure_says_why"),
        ]


class Disclosed(models.Model):
    """One item within a disclosure. Its dates are its disclosure's, kept equal by a trigger."""

    id = an_id()
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="items")
    item = models.UUIDField(help_text="the record's id")
    kind = models.TextField(help_text="the record's kind, such as intake.concern")
    category = models.SmallIntegerField()
    giver = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    until = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Handling:
        personal: set[str] = set()
        plain = {"item", "kind", "category", "starts", "until", "withdrawn_at"}
        keep = "case"

    class Meta:
        indexes = [models.Index(fields=["item", "circle"]), models.Index(fields=["circle"])]


class Conflict(models.Model):
    """Somebody who must never see anything about one person or one case."""

    id = an_id()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    subject = models.UUIDField(help_text="a person's or a case's id")
    why = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    declared_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Handling:
        personal = {"subject", "why"}
        plain = {"declared_at", "lifted_at"}
        keep = "case"

    class Meta:
        indexes = [models.Index(fields=["user"])]


class AuditEntry(models.Model):
    """One thing somebody did to one record. Written once, by the person it names.

    What was done at the server's terminal names the operator (`partners.words.OPERATOR`).
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
        plain = {"at", "person", "post", "agency", "purpose", "did", "kind", "record"}
        keep = "audit"

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["record", "at"]), models.Index(fields=["agency", "at"])]


class Consultation(models.Model):
    """One look, asked for before anything is read: its row is committed first, or there is none."""

    id = an_id()
    at = models.DateTimeField(default=timezone.now)
    transaction = models.BigIntegerField(help_text="the transaction that committed it")
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
            "at", "transaction", "person", "post", "agency", "purpose", "kind", "route", "records",
        }  # fmt: skip
        keep = "audit"

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["at"])]


class SignIn(models.Model):
    """One attempt to sign in or out, and how it went. No password, no address typed wrongly."""

    id = an_id()
    at = models.DateTimeField(default=timezone.now)
    user = models.UUIDField(null=True)
    what = models.TextField(help_text="signed in, signed out, refused, locked out, …")
    method = models.TextField(blank=True)

    class Handling:
        personal = {"user"}
        plain = {"at", "what", "method"}
        keep = "audit"

    class Meta:
        ordering = ["-at"]

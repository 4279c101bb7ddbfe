"""Agencies, the people who act for them, and what every sensitive row carries."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from locality.sharing.words import CATEGORIES, MARKINGS, MOST_AGENCIES, Sector


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

"""Areas, recorded crime, what was loaded from where, and named public places. No behaviour."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from locality.places.words import AreaKind, CoverageState, PlaceKind, Source


def one_of(field: str, words: type) -> Q:
    """Say that `field` holds one of these words, for a CHECK constraint."""
    return Q(**{f"{field}__in": [word.value for word in words]})


class Area(models.Model):
    """A statistical or administrative area, known by its national code."""

    code = models.TextField(primary_key=True)
    kind = models.TextField()
    name = models.TextField()
    msoa = models.TextField(blank=True, help_text="code of the MSOA it is in")
    ward = models.TextField(blank=True, help_text="code of the ward it is in, best fit")
    lad = models.TextField(blank=True, help_text="code of the borough or district it is in")
    vintage = models.SmallIntegerField(help_text="year of the boundaries")
    boundary = models.TextField(blank=True, help_text="GeoJSON geometry, WGS84")
    west = models.FloatField(null=True)
    south = models.FloatField(null=True)
    east = models.FloatField(null=True)
    north = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    population = models.IntegerField(null=True, help_text="usual residents, Census 2021")
    imd_rank = models.IntegerField(null=True, help_text="1 is the most deprived in England")
    imd_decile = models.SmallIntegerField(null=True, help_text="1 is the most deprived tenth")
    neighbours = ArrayField(models.TextField(), default=list)

    class Handling:
        personal: set[str] = set()
        plain = {
            "kind", "name", "msoa", "ward", "lad", "vintage", "boundary", "west", "south",
            "east", "north", "lat", "lon", "population", "imd_rank", "imd_decile", "neighbours",
        }  # fmt: skip
        keep = "reference"

    class Meta:
        ordering = ["name"]
        indexes = [
            models.Index(fields=["kind", "name"], name="area_by_kind"),
            models.Index(fields=["lad", "kind"], name="area_in_borough"),
        ]
        constraints = [
            models.CheckConstraint(condition=one_of("kind", AreaKind), name="area_kind_known"),
            models.CheckConstraint(
                condition=Q(population__isnull=True) | Q(population__gte=0),
                name="area_population_counts_people",
            ),
            models.CheckConstraint(
                condition=Q(imd_decile__isnull=True) | Q(imd_decile__gte=1, imd_decile__lte=10),
                name="area_decile_is_a_tenth",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CrimeCategory(models.Model):
    """A category of crime as police.uk publishes it."""

    id = models.SmallAutoField(primary_key=True)
    name = models.TextField(unique=True)

    class Handling:
        personal: set[str] = set()
        plain = {"name"}
        keep = "reference"

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Load(models.Model):
    """One file taken in, by whom, and what was found in it."""

    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    source = models.TextField()
    first_month = models.DateField(null=True)
    last_month = models.DateField(null=True)
    rows_read = models.IntegerField(default=0)
    rows_accepted = models.IntegerField(default=0)
    rows_duplicate = models.IntegerField(default=0)
    rows_rejected = models.IntegerField(default=0)
    rows_added = models.IntegerField(default=0)
    rows_revised = models.IntegerField(default=0)
    notes = models.JSONField(default=dict, help_text="what some accepted lines lack, and how many")
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    loaded_by = models.TextField()

    class Handling:
        personal: set[str] = set()
        plain = {
            "name", "sha256", "source", "first_month", "last_month", "rows_read",
            "rows_accepted", "rows_duplicate", "rows_rejected", "rows_added", "rows_revised",
            "notes", "started", "finished", "loaded_by",
        }  # fmt: skip
        keep = "reference"

    class Meta:
        ordering = ["-started", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "sha256"], name="file_is_loaded_once"),
            models.CheckConstraint(condition=one_of("source", Source), name="load_source_known"),
            models.CheckConstraint(
                condition=Q(
                    rows_read=models.F("rows_accepted")
                    + models.F("rows_duplicate")
                    + models.F("rows_rejected")
                ),
                name="load_accounts_for_every_row",
            ),
        ]


class RejectedRow(models.Model):
    """A line that was not taken in, and why."""

    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="rejects")
    line = models.IntegerField()
    column = models.TextField()
    value = models.TextField()
    reason = models.TextField()

    class Handling:
        personal: set[str] = set()
        plain = {"line", "column", "value", "reason"}
        keep = "reference"

    class Meta:
        ordering = ["line"]


class RecordedCrime(models.Model):
    """How many crimes of a category were recorded in a small area in a month."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField(help_text="its first day")
    category = models.ForeignKey(
        CrimeCategory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    count = models.IntegerField()
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Handling:
        personal: set[str] = set()
        plain = {"month", "count"}
        keep = "reference"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "month", "category"], name="recorded_crime_counted_once"
            ),
            models.CheckConstraint(condition=Q(count__gte=0), name="recorded_crime_not_negative"),
        ]


class StreetCrime(models.Model):
    """One line of a police.uk street file: a recorded crime at a point near where it happened.

    `copies` is how many lines of the file were exactly like this one. Lines without a crime
    number may be alike because two things happened, so copies are counted and not lost.
    """

    fingerprint = models.UUIDField(primary_key=True, editable=False)
    crime = models.TextField(help_text="the publisher's crime number; empty for some")
    month = models.DateField(help_text="its first day")
    reported_by = models.TextField()
    falls_within = models.TextField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    location = models.TextField()
    lsoa = models.TextField(help_text="code of the small area; empty for some")
    # The load takes both numbers from their tables in the same transaction; having the database
    # look each of them up again, line by line, would double the time.
    category = models.ForeignKey(
        CrimeCategory, on_delete=models.PROTECT, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    outcome = models.TextField()
    copies = models.IntegerField(default=1)
    load = models.ForeignKey(
        Load, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Handling:
        personal: set[str] = set()
        plain = {
            "crime", "month", "reported_by", "falls_within", "lon", "lat", "location", "lsoa",
            "outcome", "copies",
        }  # fmt: skip
        keep = "reference"

    class Meta:
        indexes = [models.Index(fields=["lsoa", "month"], name="street_crime_by_area")]
        constraints = [
            models.CheckConstraint(condition=Q(copies__gte=1), name="street_crime_was_there")
        ]


class Coverage(models.Model):
    """What one month of a source is worth for a borough or a force. Derived after every load."""

    source = models.TextField()
    name = models.TextField(help_text="of the borough or the force")
    code = models.TextField(blank=True, help_text="of the borough")
    month = models.DateField(help_text="its first day")
    state = models.TextField()
    rows = models.IntegerField()
    heard = models.IntegerField(help_text="small areas with any record")
    usual = models.IntegerField(help_text="small areas with any record in a usual month")
    silent = ArrayField(models.TextField(), default=list, help_text="small areas that are gaps")

    class Handling:
        personal: set[str] = set()
        plain = {"source", "name", "code", "month", "state", "rows", "heard", "usual", "silent"}
        keep = "reference"

    class Meta:
        ordering = ["name", "month"]
        constraints = [
            models.UniqueConstraint(fields=["source", "name", "month"], name="coverage_said_once"),
            models.CheckConstraint(
                condition=one_of("state", CoverageState), name="coverage_state_known"
            ),
        ]


class Edition(models.Model):
    """The state of everything published: the transaction that changed any of it last.

    The database keeps it (policies.sql). No two transactions have both in common, not even when
    an older copy of the database is put back.
    """

    only_one = models.BooleanField(primary_key=True, default=True)
    transaction = models.BigIntegerField(help_text="its number")
    began = models.DateTimeField()

    class Handling:
        personal: set[str] = set()
        plain = {"transaction", "began"}
        keep = "reference"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(only_one=True), name="there_is_one_edition")
        ]


class Place(models.Model):
    """A named public place that a concern or a case can be about. Never somebody's home."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField()
    kind = models.TextField()
    street = models.TextField(blank=True)
    area_code = models.TextField(blank=True, help_text="code of the small area it is in")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.UUIDField(help_text="the post that added it")

    class Handling:
        personal: set[str] = set()
        plain = {"name", "kind", "street", "area_code", "lat", "lon", "added_at", "added_by"}
        keep = "reference"

    class Meta:
        ordering = ["name", "street"]
        constraints = [
            models.CheckConstraint(condition=one_of("kind", PlaceKind), name="place_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="place_has_a_name"),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="place_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.street}" if self.street else self.name

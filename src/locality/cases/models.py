"""Who is being helped and by whom: subjects, needs, goals, actions, notes, reviews, requests.

The plan belongs to the case's lead agency and carries the case's own label, whoever writes in
it: the team sees it because the lead agency discloses the case to the case's circle. A note and
an answer belong to the agency of whoever wrote them, and show to the team only once disclosed.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from locality.cases.words import (
    ActionState,
    Answer,
    CaseState,
    Closing,
    Grade,
    RefusedOn,
    SubjectKind,
)
from locality.sharing.models import Labelled, an_id, one_of


class Case(Labelled):
    """Help for a person, a household or a place: a purpose, a lawful basis, a team and an end."""

    id = an_id()
    reference = models.TextField()
    title = models.TextField(help_text="a few words for a list")
    circle = models.ForeignKey("sharing.Circle", on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey("sharing.Purpose", on_delete=models.PROTECT, related_name="+")
    lawful_basis = models.TextField()
    why = models.TextField(help_text="why this case exists, in our words")
    own_words = models.TextField(blank=True, help_text="what they said they want, in their words")
    going_well = models.TextField(blank=True)
    lead = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    about = ArrayField(models.UUIDField(), default=list, help_text="the people it is about")
    concerns = ArrayField(models.UUIDField(), default=list, help_text="the concerns it came from")
    state = models.TextField(default=CaseState.OPEN)
    opened_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    review_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "sharing.Post", null=True, on_delete=models.PROTECT, related_name="+"
    )
    closing = models.TextField(blank=True)
    closing_says = models.TextField(blank=True)
    before = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+",
        help_text="the closed episode this one reopens",
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1, help_text="counts edits of its text")

    class Handling:
        personal = {"title", "why", "own_words", "going_well", "about", "closing_says"}
        plain = {
            "reference", "concerns", "lawful_basis", "state", "opened_at", "review_on", "closed_at",
            "closing", "version",
        } | Labelled.LABEL  # fmt: skip
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["-opened_at"]
        indexes = [
            models.Index(fields=["circle"]),
            models.Index(fields=["lead", "state"]),
            models.Index(fields=["state", "review_on"]),
            models.Index(fields=["opened_at"]),
        ]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(condition=one_of("state", CaseState), name="case_state"),
            models.CheckConstraint(
                condition=Q(state=CaseState.OPEN, closed_at=None, closing="")
                | (Q(state=CaseState.CLOSED, closed_at__isnull=False) & one_of("closing", Closing)),
                name="case_closed_says_when_and_why",
            ),
        ]


class CasePart(Labelled):
    """What every part of a case's plan has: the case it belongs to."""

    id = an_id()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta(Labelled.Meta):
        abstract = True


class Edit(CasePart):
    """One change of a case's own text: what it said before, who changed it and when."""

    version = models.PositiveIntegerField(help_text="the version that this change ended")
    was = models.JSONField(help_text="the old words, by field")
    made_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"was"}
        plain = {"version", "made_at"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["-version"]
        constraints = [
            *Labelled.Meta.constraints,
            models.UniqueConstraint(fields=["case", "version"], name="edit_once_a_version"),
        ]


class Subject(CasePart):
    """Whom or what a case is about."""

    kind = models.TextField()
    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    household = models.ForeignKey(
        "people.Household", null=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.UUIDField(null=True)
    part = models.TextField(blank=True, help_text="such as child, parent")

    class Handling:
        personal = {"part"}
        plain = {"kind", "place"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["case"]),
            models.Index(fields=["person"]),
            models.Index(fields=["place"]),
        ]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=SubjectKind.PERSON, person__isnull=False)
                | Q(kind=SubjectKind.HOUSEHOLD, household__isnull=False)
                | Q(kind=SubjectKind.PLACE, place__isnull=False),
                name="subject_is_what_it_says",
            ),
        ]


class Need(CasePart):
    """What is worrying, or what would help."""

    heading = models.TextField(help_text="one of the locality's outcome headings")
    says = models.TextField()
    met_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    @property
    def words(self) -> dict[str, object]:
        """What it says, as a form shows it."""
        return {"heading": self.heading, "says": self.says}

    class Handling:
        personal = {"says"}
        plain = {"heading", "met_at", "made_at"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["made_at"]
        indexes = [models.Index(fields=["case"])]


class Goal(CasePart):
    """What should be different, and how we will know."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="goals")
    says = models.TextField()
    measure = models.TextField(blank=True, help_text="how we will know")
    by = models.DateField(null=True, blank=True)
    grade = models.TextField(blank=True)
    grade_says = models.TextField(blank=True)
    graded_at = models.DateTimeField(null=True, blank=True)
    graded_by = models.ForeignKey(
        "sharing.Post", null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    @property
    def words(self) -> dict[str, object]:
        """What it says, as a form shows it."""
        return {"says": self.says, "measure": self.measure, "due": self.by}

    @property
    def graded(self) -> dict[str, object]:
        """How far it was reached, as a form shows it."""
        return {"grade": self.grade, "says": self.grade_says}

    class Handling:
        personal = {"says", "measure", "grade_says"}
        plain = {"by", "grade", "graded_at", "made_at"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["made_at"]
        indexes = [models.Index(fields=["case"])]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(
                condition=Q(grade="", graded_at=None)
                | (one_of("grade", Grade) & Q(graded_at__isnull=False)),
                name="goal_graded_says_when",
            ),
        ]


class Action(CasePart):
    """One thing one person will do by a day."""

    goal = models.ForeignKey(Goal, null=True, on_delete=models.PROTECT, related_name="actions")
    says = models.TextField()
    who = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    state = models.TextField(default=ActionState.TO_DO)
    result = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "sharing.Post", null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    @property
    def words(self) -> dict[str, object]:
        """What it says, as a form shows it."""
        return {"says": self.says, "who": self.who_id, "due": self.due}

    @property
    def ended(self) -> dict[str, object]:
        """What became of it, as a form shows it."""
        return {"state": self.state, "result": self.result}

    class Handling:
        personal = {"says", "result"}
        plain = {"due", "state", "ended_at", "made_at"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["due", "made_at"]
        indexes = [models.Index(fields=["case"]), models.Index(fields=["who", "state", "due"])]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(condition=one_of("state", ActionState), name="action_state"),
            models.CheckConstraint(
                condition=Q(state=ActionState.TO_DO, ended_at=None)
                | (~Q(state=ActionState.TO_DO) & Q(ended_at__isnull=False)),
                name="action_ended_says_when",
            ),
        ]


class Review(CasePart):
    """Looking together at how the plan goes."""

    held_on = models.DateField()
    says = models.TextField()
    their_view = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"says", "their_view"}
        plain = {"held_on", "next_on", "made_at"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["-held_on", "-made_at"]
        indexes = [models.Index(fields=["case"])]


class Note(CasePart):
    """What somebody wrote. Their agency's own until it is disclosed to the case's team."""

    request = models.ForeignKey(
        "cases.Request", null=True, on_delete=models.PROTECT, related_name="+",
        help_text="the request it answers",
    )  # fmt: skip
    text = models.TextField()
    happened_on = models.DateField()
    made_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"text"}
        plain = {"happened_on", "made_at"} | Labelled.LABEL
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["-happened_on", "-made_at"]
        indexes = [models.Index(fields=["case", "happened_on"])]


class Request(CasePart):
    """Information asked of another agency for this case, and how it answered.

    It carries what the agency needs to answer, because that agency does not see the case.
    """

    circle = models.ForeignKey(
        "sharing.Circle", on_delete=models.PROTECT, related_name="+",
        help_text="who would see the answer",
    )  # fmt: skip
    whom = models.TextField(help_text="who or where it is about, as the lead agency knows them")
    agency = models.ForeignKey("sharing.Agency", on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey("sharing.Purpose", on_delete=models.PROTECT, related_name="+")
    asked_category = models.SmallIntegerField(help_text="the kind of information asked for")
    question = models.TextField()
    why = models.TextField(help_text="why it is needed, in a sentence")
    answer_by = models.DateField()
    asked_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(default=Answer.WAITING)
    refused_why = models.TextField(blank=True)
    refused_on = models.TextField(blank=True, help_text="on which ground")
    disclosure = models.ForeignKey(
        "sharing.Disclosure", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_by = models.ForeignKey(
        "sharing.Post", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Handling:
        personal = {"whom", "question", "why", "refused_why"}
        plain = {
            "asked_category", "answer_by", "asked_at", "answer", "answered_at", "refused_on",
        } | Labelled.LABEL  # fmt: skip
        keep = "case"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["answer_by"]
        indexes = [models.Index(fields=["case"]), models.Index(fields=["agency", "answer"])]
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(condition=one_of("answer", Answer), name="request_answer"),
            models.CheckConstraint(
                condition=~Q(answer=Answer.REFUSED) | ~Q(refused_why=""),
                name="request_refused_says_why",
            ),
            models.CheckConstraint(
                condition=one_of("refused_on", RefusedOn) | Q(refused_on=""),
                name="request_refused_on_known",
            ),
        ]


class Telling(Labelled):
    """What one agency told somebody of another about a person, outside any case.

    With it goes who the person is, and what else was chosen: one disclosure to a circle of two.
    """

    id = an_id()
    record = models.ForeignKey(
        "people.Record", on_delete=models.PROTECT, related_name="+",
        help_text="who it is about, as the agency that tells knows them",
    )  # fmt: skip
    circle = models.ForeignKey("sharing.Circle", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    made_by = models.ForeignKey("sharing.Post", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Handling:
        personal = {"text"}
        plain = {"made_at"} | Labelled.LABEL
        keep = "person"

    class Meta(Labelled.Meta):
        abstract = False
        ordering = ["-made_at", "id"]
        indexes = [models.Index(fields=["to", "made_at"]), models.Index(fields=["record"])]

"""What people are asked about a case, and what to type instead when it cannot be read."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.cases.reads import laws
from locality.cases.words import ActionState, Answer, Closing, Grade
from locality.pathways import catalogue
from locality.sharing.services import Terms
from locality.sharing.words import CATEGORY_SAYS, Category, Gateway, Marking
from locality.ui.fields import ChoiceField, DateField, LongText, PlainText, keep_revealed

MARKINGS = [
    (Marking.STANDARD.value, gettext_lazy("Standard: everybody here who is cleared for its kind")),
    (Marking.RESTRICTED.value, gettext_lazy("Restricted: fewer people")),
]
PICK = [("", gettext_lazy("Choose one"))]


class OneOf(ChoiceField):
    """Radios that give back one of the locality's words."""

    def __init__(self, word: Callable[[Any], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.word = word

    def clean(self, value: Any) -> Any:
        """Give the word, or None when nothing was chosen and nothing need be."""
        chosen = super().clean(value)
        return self.word(chosen) if chosen else None


class Picked(forms.TypedChoiceField):
    """A list to pick one from, with nothing picked at first."""

    def __init__(self, choices: Iterable[tuple[Any, Any]] = (), **kwargs: Any) -> None:
        super().__init__(choices=[*PICK, *choices], empty_value=None, **kwargs)


def said(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """The locality's words as choices, each with a capital."""
    return [(word.value, word.value[:1].upper() + word.value[1:]) for word in words]


def kinds() -> list[tuple[int, str]]:
    """The kinds of information as choices."""
    return [(one.value, text[:1].upper() + text[1:]) for one, text in CATEGORY_SAYS.items()]


def _category(value: str) -> Category:
    return Category(int(value))


def _marking(value: str) -> Marking:
    return Marking(int(value))


class TermsForm(forms.Form):
    """On what terms information is shared: the law relied on, why, until when."""

    gateway = OneOf(Gateway, label=gettext_lazy("Which law lets you share this?"))
    necessity = PlainText(
        label=gettext_lazy("Why does the team need it?"), max_length=500,
        help_text=gettext_lazy("One sentence. Everybody on the team can read it."),
    )  # fmt: skip
    until = DateField(
        label=gettext_lazy("Last day they may see it"), required=False, earliest="today",
        help_text=gettext_lazy("Leave empty if it should last as long as the case."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["gateway"]
        field.choices = [(one.value, law.name) for one, law in laws().items()]
        field.hints = {one.value: law.says for one, law in laws().items()}

    def terms(self) -> Terms | None:
        """What was agreed to, or None where nothing is shared."""
        given = self.cleaned_data
        if not given.get("gateway"):
            return None
        return Terms(given["gateway"], given["necessity"], given.get("until"))


class EditForm(forms.Form):
    """What a case says. Knows when somebody else changed it in the meantime."""

    title = PlainText(label=gettext_lazy("A few words for lists, without names"), max_length=100)
    why = LongText(label=gettext_lazy("Why this case exists"))
    own_words = LongText(label=gettext_lazy("What they want, in their own words"), required=False)
    going_well = LongText(label=gettext_lazy("What is going well"), required=False)
    review_on = DateField(label=gettext_lazy("Date of the next review"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.fields["version"].initial = version, version
        self.overtaken = False

    def clean(self) -> dict[str, Any]:
        """Refuse what was written on an older version; sending it again is then deliberate."""
        given = self.cleaned_data
        if given.get("version") not in (None, self.now):
            self.overtaken = True
            self.data = self.data.copy()
            self.data["version"] = self.now
            raise ValidationError(
                _(
                    "Somebody changed this case while you were writing. Your text is kept below. "
                    "Compare it with what the case says now, then save."
                ),
                code="changed",
            )
        return given


class NeedForm(forms.Form):
    """Something worrying, or that would help."""

    heading = Picked(label=gettext_lazy("What is it about?"))
    says = LongText(
        label=gettext_lazy("What is worrying, or would help?"), max_length=1000,
        help_text=gettext_lazy("Say what happens, not what somebody is."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heading"].choices = [*PICK, *catalogue.need_names().items()]


class GoalForm(forms.Form):
    """What should be different, and how we will know."""

    says = PlainText(label=gettext_lazy("What should be different?"), max_length=500)
    measure = PlainText(label=gettext_lazy("How will we know?"), required=False, max_length=500)
    due = DateField(label=gettext_lazy("By when"), required=False, earliest="today")


class ActionForm(forms.Form):
    """One thing one person will do by a day."""

    says = PlainText(label=gettext_lazy("What will be done?"), max_length=500)
    who = Picked(label=gettext_lazy("Who will do it?"), coerce=UUID)
    due = DateField(label=gettext_lazy("By when"), earliest="today")

    def __init__(self, *args: Any, team: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [*PICK, *team]


class EndActionForm(forms.Form):
    """What became of an action."""

    state = OneOf(
        ActionState, label=gettext_lazy("What became of it?"),
        choices=said([ActionState.DONE, ActionState.NOT_NEEDED]), initial=ActionState.DONE.value,
    )  # fmt: skip
    result = LongText(label=gettext_lazy("What came of it?"), required=False, max_length=2000)


class GradeForm(forms.Form):
    """How far a goal was reached."""

    grade = OneOf(
        Grade, choices=said(Grade), label=gettext_lazy("How far was it reached?"),
        help_text=gettext_lazy("In their own view, where they gave one."),
    )  # fmt: skip
    says = LongText(label=gettext_lazy("How do we know?"), required=False, max_length=2000)


class ReviewForm(forms.Form):
    """Looking together at how the plan goes."""

    held_on = DateField(label=gettext_lazy("Day of the review"), latest="today")
    says = LongText(label=gettext_lazy("How is the plan going?"))
    their_view = LongText(label=gettext_lazy("What do they say about it?"), required=False)
    next_on = DateField(
        label=gettext_lazy("Day of the next review"), required=False, earliest="today",
        help_text=gettext_lazy("Leave empty only if the case is about to close."),
    )  # fmt: skip


class NoteForm(TermsForm):
    """A note, and whether the team is shown it."""

    happened_on = DateField(label=gettext_lazy("When was it?"), latest="today")
    text = LongText(label=gettext_lazy("What happened, and who said it?"))
    category = Picked(
        choices=kinds(), coerce=_category, label=gettext_lazy("What kind of information is it?")
    )
    marking = OneOf(
        _marking, choices=MARKINGS, label=gettext_lazy("How closely is it held?"),
        initial=Marking.STANDARD.value,
    )  # fmt: skip
    share = ChoiceField(
        label=gettext_lazy("Who may read it?"),
        choices=[
            ("own", gettext_lazy("Only my agency")),
            ("team", gettext_lazy("My agency and the team of this case")),
        ],
        reveals={"team": ("gateway", "necessity", "until")},
    )
    field_order = ("happened_on", "text", "category", "marking", "share")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("gateway", "necessity"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Terms are asked for only where the note is shared."""
        keep_revealed(self, "until")
        return self.cleaned_data


class AskForm(forms.Form):
    """What another agency is asked."""

    agency_id = Picked(coerce=int, label=gettext_lazy("Which agency do you ask?"))
    category = Picked(
        choices=kinds(), coerce=_category, label=gettext_lazy("What kind of information?")
    )
    question = LongText(
        label=gettext_lazy("What do you need to know?"), max_length=1000,
        help_text=gettext_lazy("Ask for no more than you need."),
    )  # fmt: skip
    why = PlainText(label=gettext_lazy("Why is it needed?"), max_length=500)
    answer_by = DateField(label=gettext_lazy("Answer by"), earliest="today")

    def __init__(self, *args: Any, agencies: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency_id"].choices = [*PICK, *agencies]


class AnswerForm(TermsForm):
    """Give it, refuse with a reason, or hold nothing."""

    answer = OneOf(
        Answer,
        label=gettext_lazy("How do you answer?"),
        choices=[
            (Answer.GIVEN.value, gettext_lazy("We share it")),
            (Answer.REFUSED.value, gettext_lazy("We do not share it")),
            (Answer.NOTHING_HELD.value, gettext_lazy("We hold nothing about this")),
        ],
        reveals={
            Answer.GIVEN.value: ("text", "gateway", "necessity", "until"),
            Answer.REFUSED.value: ("refused_why",),
        },
    )
    text = LongText(label=gettext_lazy("What do you share?"), required=False)
    refused_why = PlainText(
        label=gettext_lazy("Why not? Those who asked will read this."), required=False,
        max_length=500,
    )  # fmt: skip
    field_order = ("answer", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("gateway", "necessity"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Only what belongs to the chosen answer is asked for and kept."""
        keep_revealed(self, "until")
        return self.cleaned_data


class WhyForm(forms.Form):
    """A reason, for what cannot be undone."""

    why = PlainText(label=gettext_lazy("Why?"), max_length=500)


class MemberForm(forms.Form):
    """Somebody for the team."""

    post_id = Picked(coerce=UUID, label=gettext_lazy("Who joins the team?"))
    part = PlainText(label=gettext_lazy("What will they do in it?"), required=False, max_length=100)

    def __init__(self, *args: Any, posts: list[tuple[str, list]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post_id"].choices = [*PICK, *posts]


class HandOverForm(WhyForm):
    """The next lead."""

    post_id = Picked(coerce=UUID, label=gettext_lazy("Who leads the case from now on?"))
    field_order = ("post_id", "why")

    def __init__(self, *args: Any, posts: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post_id"].choices = [*PICK, *posts]


class CloseForm(forms.Form):
    """Why a case ends, and what whoever raised it is told."""

    closing = OneOf(Closing, choices=said(Closing), label=gettext_lazy("Why does it end?"))
    says = LongText(
        label=gettext_lazy("What was achieved, and what should happen if it starts again?"),
        max_length=2000,
    )
    tell = LongText(
        label=gettext_lazy("What may whoever raised the concern be told?"), required=False,
        max_length=1000,
        help_text=gettext_lazy("They may not know of the case. Write nothing they need not know."),
    )  # fmt: skip


class OpenForm(TermsForm):
    """Everything needed to open a case about somebody."""

    title = PlainText(label=gettext_lazy("A few words for lists, without names"), max_length=100)
    why = LongText(label=gettext_lazy("Why does this case exist?"))
    own_words = LongText(
        label=gettext_lazy("What do they want, in their own words?"), required=False
    )
    going_well = LongText(label=gettext_lazy("What is going well?"), required=False)
    category = Picked(
        choices=kinds(), coerce=_category, label=gettext_lazy("What kind of information is it?")
    )
    review_on = DateField(label=gettext_lazy("Date of the first review"), earliest="today")
    field_order = ("title", "why", "own_words", "going_well", "category", "review_on")


class Narrow(forms.Form):
    """What the list of cases can be narrowed to. Nothing personal: it is in the address."""

    quiet = True
    whose = forms.ChoiceField(
        label=gettext_lazy("Whose"), required=False,
        choices=[
            ("", gettext_lazy("Those I work on")),
            ("agency", gettext_lazy("My agency’s")),
            ("all", gettext_lazy("All I may see")),
        ],
    )  # fmt: skip
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False,
        choices=[
            ("", gettext_lazy("Open")),
            ("closed", gettext_lazy("Closed")),
            ("any", gettext_lazy("Open and closed")),
        ],
    )  # fmt: skip
    review = forms.ChoiceField(
        label=gettext_lazy("Review"), required=False,
        choices=[
            ("", gettext_lazy("Any")),
            ("late", gettext_lazy("Overdue")),
            ("soon", gettext_lazy("Due within a week")),
        ],
    )  # fmt: skip

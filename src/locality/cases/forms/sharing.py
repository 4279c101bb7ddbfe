"""What people are asked when information is written down, given or asked for."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from locality.cases.forms.fields import PICK, OneOf, Picked
from locality.cases.reads import laws
from locality.cases.words import Answer, RefusedOn
from locality.sharing.reads import handling_conditions
from locality.sharing.services import Terms
from locality.sharing.words import CATEGORY_SAYS, Category, Gateway, Marking
from locality.ui.fields import (
    ChoiceField,
    DateField,
    LongText,
    MultipleChoiceField,
    PlainText,
    keep_revealed,
)

MARKINGS = [
    (Marking.STANDARD.value, gettext_lazy("Standard: everybody here who is cleared for its kind")),
    (Marking.RESTRICTED.value, gettext_lazy("Restricted: fewer people")),
]


KEPT_TO = ("recipients", "conditions", "handling")


def kinds() -> list[tuple[int, str]]:
    """The kinds of information as choices."""
    return [(one.value, text[:1].upper() + text[1:]) for one, text in CATEGORY_SAYS.items()]


def as_category(value: str) -> Category:
    return Category(int(value))


def as_marking(value: str) -> Marking:
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


class ConditionsForm(TermsForm):
    """The same, with who of the team may see it, and what they are asked to keep to."""

    recipients = MultipleChoiceField(
        label=gettext_lazy("Who of the team may see it?"), required=False,
        help_text=gettext_lazy(
            "Leave empty for everybody on it who is cleared, those who join later too. Your own "
            "agency sees it anyway."
        ),
    )  # fmt: skip
    conditions = MultipleChoiceField(
        label=gettext_lazy("What must they keep to?"), required=False,
        help_text=gettext_lazy("It stands beside what you share, wherever they read it."),
    )  # fmt: skip
    handling = PlainText(
        label=gettext_lazy("Anything else they must keep to?"), required=False, max_length=500
    )

    def __init__(self, *args: Any, team: Sequence[tuple[Any, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conditions"].choices = list(handling_conditions().items())
        self.fields["recipients"].choices = [(str(post), name) for post, name in team]
        if not team:
            self.fields["recipients"].widget = forms.MultipleHiddenInput()

    def terms(self) -> Terms | None:
        """The terms with them."""
        plain, given = super().terms(), self.cleaned_data
        return plain and replace(
            plain, handling=given.get("handling") or "",
            conditions=tuple(given.get("conditions") or ()),
            recipients=tuple(UUID(one) for one in given.get("recipients") or ()),
        )  # fmt: skip


class NoteForm(ConditionsForm):
    """A note, and whether the team is shown it."""

    happened_on = DateField(label=gettext_lazy("When was it?"), latest="today")
    text = LongText(label=gettext_lazy("What happened, and who said it?"))
    category = Picked(
        choices=kinds(), coerce=as_category, label=gettext_lazy("What kind of information is it?")
    )
    marking = OneOf(
        as_marking, choices=MARKINGS, label=gettext_lazy("How closely is it held?"),
        initial=Marking.STANDARD.value,
    )  # fmt: skip
    share = ChoiceField(
        label=gettext_lazy("Who may read it?"),
        choices=[
            ("own", gettext_lazy("Only my agency")),
            ("team", gettext_lazy("My agency and the team of this case")),
        ],
        reveals={"team": ("gateway", "necessity", "until", *KEPT_TO)},
    )
    field_order = ("happened_on", "text", "category", "marking", "share")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("gateway", "necessity"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Terms are asked for only where the note is shared."""
        keep_revealed(self, "until", *KEPT_TO)
        return self.cleaned_data


class AskForm(forms.Form):
    """What another agency is asked."""

    agency_id = Picked(coerce=int, label=gettext_lazy("Which agency do you ask?"))
    category = Picked(
        choices=kinds(), coerce=as_category, label=gettext_lazy("What kind of information?")
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


class AnswerForm(ConditionsForm):
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
            Answer.GIVEN.value: ("text", "gateway", "necessity", "until", *KEPT_TO),
            Answer.REFUSED.value: ("refused_on", "refused_why"),
        },
    )
    text = LongText(label=gettext_lazy("What do you share?"), required=False)
    refused_on = OneOf(
        RefusedOn,
        label=gettext_lazy("On which ground?"),
        required=False,
        choices=[
            (RefusedOn.NOT_LAWFUL.value, gettext_lazy("No law or agreement lets us share it")),
            (RefusedOn.NOT_NEEDED.value, gettext_lazy("It is not needed for what they do")),
            (
                RefusedOn.NOT_AGREED.value,
                gettext_lazy("They do not agree, and nothing outweighs it"),
            ),
            (
                RefusedOn.MORE_DETRIMENTAL.value,
                gettext_lazy("It would harm a child more than not sharing it"),
            ),
            (RefusedOn.OTHER.value, gettext_lazy("Another reason")),
        ],
    )
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
        keep_revealed(self, "until", *KEPT_TO)
        return self.cleaned_data

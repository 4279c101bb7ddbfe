"""What people type about panels. Messages say how to fix it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from locality.panels.words import Held, Listed, NewAction, Outcome
from locality.sharing.services import Terms
from locality.sharing.words import CATEGORY_SAYS, Category, Gateway
from locality.ui.fields import DateField, LongText, PlainText

GATEWAYS = [(one.value, one.value[:1].upper() + one.value[1:]) for one in Gateway]


def words(of: type) -> list[tuple[str, str]]:
    """An enumeration as choices that begin with a capital letter."""
    return [(word.value, word.value[:1].upper() + word.value[1:]) for word in of]


class MeetingForm(forms.Form):
    """When and where the panel meets."""

    on = DateField(
        label=_("On which day?"),
        earliest="today",
        error_messages={"required": _("Enter the day of the meeting")},
    )
    at = forms.TimeField(
        label=_("At what time?"),
        help_text=_("For example, 9:30 or 14:00"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={
            "required": _("Enter the time of the meeting, such as 9:30"),
            "invalid": _("Time must be hours and minutes, such as 9:30 or 14:00"),
        },
    )
    where = PlainText(label=_("Where? (optional)"), required=False)

    def starts_at(self) -> datetime:
        """The moment in London."""
        day, hour = self.cleaned_data["on"], self.cleaned_data["at"]
        return timezone.make_aware(datetime.combine(day, hour))


class TermsForm(forms.Form):
    """On what terms information is shared."""

    gateway = forms.ChoiceField(
        label=_("Which law lets you share this?"),
        choices=GATEWAYS,
        error_messages={"required": _("Select the law you rely on")},
    )
    necessity = PlainText(
        label=_("Why is sharing it necessary? One sentence."),
        error_messages={"required": _("Enter why sharing it is necessary")},
    )

    def terms(self) -> Terms:
        """The terms of a valid form."""
        said = self.cleaned_data
        return Terms(gateway=Gateway(said["gateway"]), necessity=said["necessity"])


class ForwardForm(TermsForm):
    """Putting a case forward."""

    meeting = forms.ChoiceField(
        label=_("To which meeting?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Select the meeting")},
    )
    question = LongText(
        label=_("What should the panel decide?"),
        max_length=1000,
        error_messages={"required": _("Enter what the panel should decide")},
    )
    field_order = ["meeting", "question", "gateway", "necessity"]

    def __init__(self, *args: Any, meetings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = meetings


class ChooseForm(forms.Form):
    """Putting a case on the agenda, or leaving it off, by hand."""

    listed = forms.ChoiceField(
        label=_("What should happen with this case?"),
        widget=forms.RadioSelect,
        choices=[
            (Listed.ON_AGENDA.value, _("Put it on the agenda")),
            (Listed.NOT_SELECTED.value, _("Leave it off this agenda")),
        ],
        error_messages={"required": _("Select what should happen")},
    )
    why = PlainText(
        label=_("Why?"),
        help_text=_("Shown to whoever put the case forward."),
        error_messages={"required": _("Enter why")},
    )


class ReturnForm(forms.Form):
    """What an agency tells the panel."""

    held = forms.ChoiceField(
        label=_("What does your agency hold?"),
        widget=forms.RadioSelect,
        choices=[
            (Held.FOUND.value, _("Something the panel needs to know")),
            (Held.NOTHING.value, _("Nothing")),
            (Held.CANNOT_SAY.value, _("Something we cannot share")),
        ],
        error_messages={"required": _("Select what your agency holds")},
    )
    category = forms.TypedChoiceField(
        label=_("What kind of information is it?"),
        choices=[(int(one), CATEGORY_SAYS[one][:1].upper() + CATEGORY_SAYS[one][1:])
                 for one in Category],
        coerce=lambda value: Category(int(value)),
        initial=int(Category.SOCIAL_CARE),
    )  # fmt: skip
    text = LongText(
        label=_("What should the panel know? (if you hold something)"),
        help_text=_("Only what it needs in order to decide."),
        required=False,
    )
    strengths = LongText(label=_("What is going well? (optional)"), required=False)
    refused_why = PlainText(label=_("Why can you not share it? (if so)"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the words that go with each answer."""
        said = super().clean() or {}
        if said.get("held") == Held.FOUND and not said.get("text") and "text" not in self.errors:
            self.add_error("text", _("Enter what the panel should know"))
        if said.get("held") == Held.CANNOT_SAY and not said.get("refused_why"):
            self.add_error("refused_why", _("Enter why you cannot share it"))
        return said


class PresentForm(forms.Form):
    """Who is in the room."""

    post_ids = forms.TypedMultipleChoiceField(
        label=_("Who is here?"),
        widget=forms.CheckboxSelectMultiple,
        coerce=UUID,
        error_messages={"required": _("Select everybody who is here")},
    )

    def __init__(self, *args: Any, members: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post_ids"].choices = members


class InterestForm(forms.Form):
    """A conflict of interest."""

    post_id = forms.TypedChoiceField(
        label=_("Whose conflict of interest?"),
        coerce=UUID,
        error_messages={"required": _("Select the person")},
    )
    why = PlainText(
        label=_("What is it?"),
        help_text=_("They will not see this case again, in this meeting or anywhere else."),
        error_messages={"required": _("Enter what the conflict is")},
    )

    def __init__(self, *args: Any, members: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post_id"].choices = members


class DecisionForm(forms.Form):
    """What the panel decided, why, who disagreed, and one action to start with."""

    outcome = forms.TypedChoiceField(
        label=_("What did the panel decide?"),
        widget=forms.RadioSelect,
        choices=words(Outcome),
        coerce=Outcome,
        error_messages={"required": _("Select what the panel decided")},
    )
    reasons = LongText(label=_("Why?"), error_messages={"required": _("Enter the panel’s reasons")})
    dissent = LongText(
        label=_("Who disagreed, and why? (optional)"), max_length=1000, required=False
    )
    says = PlainText(label=_("An action the panel agreed (optional)"), required=False)
    who = forms.TypedChoiceField(
        label=_("Who will do it?"), coerce=UUID, required=False, empty_value=None
    )
    due = DateField(label=_("By when?"), earliest="today", required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", _("Choose somebody")), *people]

    def clean(self) -> dict[str, Any]:
        """An action says what, who and by when, or is not written at all."""
        said = super().clean() or {}
        if said.get("says"):
            if not said.get("who") and "who" not in self.errors:
                self.add_error("who", _("Select who will do it"))
            if not said.get("due") and "due" not in self.errors:
                self.add_error("due", _("Enter the day by which it will be done"))
        return said

    def actions(self) -> list[NewAction]:
        """The action of a valid form, if one was written."""
        said = self.cleaned_data
        if not said["says"]:
            return []
        return [NewAction(says=said["says"], who=said["who"], due=said["due"])]

"""What people type about panels. Messages say how to fix it."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from locality.panels.words import Held, Listed, NewAction, Outcome
from locality.sharing.services import Terms
from locality.sharing.words import CATEGORY_SAYS, Category, Gateway
from locality.ui.fields import (
    ChoiceField,
    DateField,
    LongText,
    PlainText,
    TimeField,
    keep_revealed,
)

SHOWN_DAYS = 183  # how long a panel is shown a case unless somebody says otherwise
Choices = list[tuple[str, str]]


def capital(says: str) -> str:
    """A word as a choice that begins with a capital letter."""
    return says[:1].upper() + says[1:]


class MeetingForm(forms.Form):
    """When and where the panel meets."""

    on = DateField(
        label=_("On which day?"),
        earliest="today",
        error_messages={"required": _("Enter the day of the meeting")},
    )
    at = TimeField(
        label=_("At what time?"),
        help_text=_("For example, 9:30 or 2pm"),
        error_messages={"required": _("Enter the time of the meeting, such as 9:30")},
    )
    where = PlainText(label=_("Where? (optional)"), required=False)

    def clean(self) -> dict[str, Any]:
        """A meeting is planned for a time still to come."""
        said = super().clean() or {}
        if {"on", "at"} <= said.keys() and self.starts_at() < timezone.now():
            self.add_error("at", _("Enter a time that is still to come"))
        return said

    def starts_at(self) -> datetime:
        """The moment in London."""
        day, hour = self.cleaned_data["on"], self.cleaned_data["at"]
        return timezone.make_aware(datetime.combine(day, hour))


class TermsForm(forms.Form):
    """On what terms information is shared."""

    gateway = forms.ChoiceField(
        label=_("Which law lets you share this?"),
        choices=[("", _("Choose the law")), *((one.value, capital(one.value)) for one in Gateway)],
        error_messages={"required": _("Select the law you rely on")},
    )
    necessity = PlainText(
        label=_("Why is sharing it necessary? One sentence."),
        error_messages={"required": _("Enter why sharing it is necessary")},
    )
    until = DateField(
        label=_("Until which day does the panel need to see it?"),
        help_text=_("After that day the panel sees nothing of the case."),
        earliest="today",
        error_messages={"required": _("Enter the last day on which the panel needs to see it")},
    )

    def terms(self) -> Terms:
        """The terms of a valid form."""
        said = self.cleaned_data
        return Terms(Gateway(said["gateway"]), said["necessity"], until=said["until"])


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
    field_order = ["meeting", "question", "gateway", "necessity", "until"]

    def __init__(self, *args: Any, meetings: Choices, days: dict[str, date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices, self.days = meetings, days
        self.initial.setdefault("until", timezone.localdate() + timedelta(days=SHOWN_DAYS))

    def clean(self) -> dict[str, Any]:
        """Whoever is to decide must still see the case on the day of the meeting."""
        said = super().clean() or {}
        if {"meeting", "until"} <= said.keys() and said["until"] < self.days[said["meeting"]]:
            self.add_error("until", _("Enter the day of the meeting, or a later day"))
        return said


class ChooseForm(forms.Form):
    """Putting a case on the agenda, or leaving it off, by hand."""

    listed = forms.ChoiceField(
        label=_("What should happen with this case?"),
        widget=forms.RadioSelect,
        choices=[
            (Listed.ON_AGENDA.value, _("Put it on the agenda")),
            (Listed.NOT_SELECTED.value, _("Leave it off this agenda")),
            (Listed.PUT_FORWARD.value, _("Let the panel’s own order decide")),
        ],
        error_messages={"required": _("Select what should happen")},
    )
    why = PlainText(
        label=_("Why?"),
        help_text=_("Shown with your name to everybody who sees the agenda."),
        error_messages={"required": _("Enter why")},
    )


class ReturnForm(forms.Form):
    """What an agency tells the panel. `kinds` are what its writer is cleared for."""

    held = ChoiceField(
        label=_("What does your agency hold?"),
        choices=[
            (Held.FOUND.value, _("Something the panel needs to know")),
            (Held.NOTHING.value, _("Nothing")),
            (Held.CANNOT_SAY.value, _("Something we cannot share")),
        ],
        reveals={
            Held.FOUND.value: ("text", "category", "strengths"),
            Held.CANNOT_SAY.value: ("refused_why",),
        },
        error_messages={"required": _("Select what your agency holds")},
    )
    text = LongText(
        label=_("What should the panel know?"),
        help_text=_("Only what it needs in order to decide."),
        required=False,
        error_messages={"required": _("Enter what the panel should know")},
    )
    category = forms.ChoiceField(
        label=_("What kind of information is it?"),
        required=False,
        error_messages={"required": _("Select what kind of information it is")},
    )
    strengths = LongText(label=_("What is going well? (optional)"), required=False)
    refused_why = PlainText(
        label=_("Why can you not share it?"),
        help_text=_("The panel reads this."),
        required=False,
        error_messages={"required": _("Enter why you cannot share it")},
    )

    def __init__(self, *args: Any, kinds: list[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(int(one)), capital(CATEGORY_SAYS[one])) for one in kinds]
        self.fields["category"].choices = [("", _("Choose a kind")), *named]

    def clean(self) -> dict[str, Any]:
        """Each answer needs its own words, and keeps no other."""
        super().clean()
        keep_revealed(self, "strengths")
        return self.cleaned_data

    def reply(self) -> dict[str, Any]:
        """The answer of a valid form, in the words of the service."""
        said = self.cleaned_data | {"held": Held(self.cleaned_data["held"])}
        kind = said.pop("category")
        return said | ({"category": Category(int(kind))} if kind else {})


class PresentForm(forms.Form):
    """Who is in the room."""

    post_ids = forms.TypedMultipleChoiceField(
        label=_("Who is here?"),
        widget=forms.CheckboxSelectMultiple,
        coerce=UUID,
        error_messages={"required": _("Select everybody who is here")},
    )

    def __init__(self, *args: Any, members: Choices, **kwargs: Any) -> None:
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

    def __init__(self, *args: Any, members: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post_id"].choices = members


class ActionForm(forms.Form):
    """One thing that one person will do by a day."""

    says = PlainText(
        label=_("What will be done?"), error_messages={"required": _("Enter what will be done")}
    )
    who = forms.TypedChoiceField(
        label=_("Who will do it?"),
        coerce=UUID,
        empty_value=None,
        error_messages={"required": _("Select who will do it")},
    )
    due = DateField(
        label=_("By when?"),
        earliest="today",
        error_messages={"required": _("Enter the day by which it will be done")},
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", _("Choose somebody")), *people]

    def action(self) -> NewAction:
        """The action of a valid form."""
        said = self.cleaned_data
        return NewAction(says=said["says"], who=said["who"], due=said["due"])


class DecisionForm(ActionForm):
    """What the panel decided, why, who disagreed, and one action to start with."""

    outcome = forms.TypedChoiceField(
        label=_("What did the panel decide?"),
        widget=forms.RadioSelect,
        choices=[(one.value, capital(one.value)) for one in Outcome],
        coerce=Outcome,
        error_messages={"required": _("Select what the panel decided")},
    )
    reasons = LongText(label=_("Why?"), error_messages={"required": _("Enter the panel’s reasons")})
    dissent = LongText(
        label=_("Who disagreed, and why? (optional)"), max_length=1000, required=False
    )
    says = PlainText(
        label=_("An action the panel agreed (optional)"),
        help_text=_("You can add more once the decision is recorded."),
        required=False,
        error_messages={"required": _("Enter what will be done")},
    )
    field_order = ["outcome", "reasons", "dissent", "says", "who", "due"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].required = self.fields["due"].required = False

    def clean(self) -> dict[str, Any]:
        """An action says what, who and by when, or is not written at all."""
        said = super().clean() or {}
        wanted = ("says", "who", "due")
        if any(said.get(name) for name in wanted):
            for name in wanted:
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return said

    def actions(self) -> list[NewAction]:
        """The action of a valid form, if one was written."""
        return [self.action()] if self.cleaned_data["says"] else []

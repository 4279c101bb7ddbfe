"""What somebody is asked who keeps records for an inquiry, and a lead who lets them go."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from locality.sharing.retention.rules import LONGEST
from locality.sharing.retention.words import NewSchedule, Schedule
from locality.sharing.words import Action, Verdict
from locality.ui.fields import (
    ChoiceField,
    DateField,
    LongText,
    MultipleChoiceField,
    PlainText,
    keep_revealed,
)

ACTIONS = {
    Action.ERASE: gettext_lazy("It is erased"),
    Action.SLIM: gettext_lazy("Only what was done is left, about nobody"),
}


def _tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


class HoldForm(forms.Form):
    """Why it must be kept."""

    why = LongText(
        label=gettext_lazy("Why must it be kept?"), max_length=500,
        help_text=gettext_lazy(
            "For example: a public inquiry, a court case, a complaint. Only you and the "
            "information-governance leads of your agency can read this."
        ),
    )  # fmt: skip


class LiftForm(forms.Form):
    """Why it need be kept no longer."""

    why = LongText(label=gettext_lazy("Why need it be kept no longer?"), max_length=500)


class DecideForm(forms.Form):
    """Which records may go, or are kept until when and why."""

    which = MultipleChoiceField(
        label=gettext_lazy("Which records?"),
        error_messages={
            "invalid_choice": gettext_lazy(
                "One of these is not here any more, or is asked about anew. Look at the list again."
            ),
            "required": gettext_lazy("Choose at least one record."),
        },
    )  # fmt: skip
    verdict = ChoiceField(
        label=gettext_lazy("What do you say of them?"),
        choices=[
            (Verdict.MAY_GO.value, gettext_lazy("They may go for good")),
            (Verdict.KEEP.value, gettext_lazy("They are still needed")),
        ],
        reveals={Verdict.KEEP: ("keep_until", "why")},
    )  # fmt: skip
    keep_until = DateField(
        label=gettext_lazy("Until which day?"), required=False, earliest=_tomorrow,
        help_text=gettext_lazy("After it they come back to this list."),
    )  # fmt: skip
    why = LongText(
        label=gettext_lazy("What are they needed for?"), required=False, max_length=500,
        help_text=gettext_lazy("Only the leads of your agency can read this."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, records: dict[str, str], hints: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = list(records.items())
        self.fields["which"].hints = hints

    def clean(self) -> dict[str, Any]:
        """Keep the day and the reason only of what is kept."""
        keep_revealed(self)
        return self.cleaned_data

    def which_ones(self) -> list[UUID]:
        """The records that were chosen."""
        return [UUID(one.partition(" ")[0]) for one in self.cleaned_data["which"]]

    def word(self) -> dict[str, Any]:
        """What is said of them."""
        said = {name: self.cleaned_data[name] for name in ("keep_until", "why")}
        return {"verdict": Verdict(self.cleaned_data["verdict"]), **said}


class ScheduleForm(forms.Form):
    """How long an agency keeps one kind of record."""

    years = forms.IntegerField(
        label=gettext_lazy("How many years after it was closed?"), min_value=1, max_value=LONGEST
    )
    until_age = forms.IntegerField(
        label=gettext_lazy("And at least until everybody it is about is how old?"),
        required=False, min_value=1, max_value=LONGEST,
        help_text=gettext_lazy("Leave this empty if age does not matter."),
    )  # fmt: skip
    action = ChoiceField(label=gettext_lazy("What happens then?"), choices=list(ACTIONS.items()))
    source = PlainText(
        label=gettext_lazy("Which paper of your agency says so?"),
        help_text=gettext_lazy("For example: Retention schedule 2026, section 4."),
    )  # fmt: skip
    review_by = DateField(
        label=gettext_lazy("By when is this looked at again?"), earliest=_tomorrow,
        help_text=gettext_lazy("After this day nothing goes until somebody has."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, now: Schedule | None, slims: bool, **kwargs: Any
    ) -> None:  # fmt: skip
        initial = {} if now is None else {
            "years": now.years, "until_age": now.until_age, "action": now.action,
            "source": now.source if now.own else "",
        }  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)
        if not slims:
            self.fields["action"].choices = [(Action.ERASE.value, ACTIONS[Action.ERASE])]

    def asked(self) -> NewSchedule:
        """What the lead says."""
        return NewSchedule(**{**self.cleaned_data, "action": Action(self.cleaned_data["action"])})

"""What a lead writes down about a request: how it came, and each step."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from locality.sharing.subjects.showing import ASKS
from locality.sharing.subjects.words import NewRequest
from locality.sharing.words import AskedBy, Handled, Law, SubjectKind
from locality.ui.fields import ChoiceField, DateField, LongText, PlainText, YesNo, keep_revealed


class LogForm(forms.Form):
    """A request as it came."""

    kind = ChoiceField(
        label=gettext_lazy("What do they ask?"),
        choices=[
            (SubjectKind.ACCESS.value, gettext_lazy("To see what we hold about them")),
            (SubjectKind.CORRECTION.value, gettext_lazy("To have something corrected")),
            (SubjectKind.COMPLAINT.value, gettext_lazy("They complain about how we handle it")),
        ],
    )  # fmt: skip
    name = PlainText(label=gettext_lazy("Whom is it about?"), help_text=gettext_lazy("Full name."))
    born = DateField(label=gettext_lazy("Their date of birth"), required=False, latest="today")
    asked_by = ChoiceField(
        label=gettext_lazy("Who asks?"),
        choices=[
            (AskedBy.THEMSELVES.value, gettext_lazy("The person themselves")),
            (AskedBy.REPRESENTATIVE.value, gettext_lazy("Somebody who acts for them")),
            (AskedBy.PARENT.value, gettext_lazy("A parent, for a child")),
        ],
    )  # fmt: skip
    asker = PlainText(label=gettext_lazy("Name of whoever asks, if not the person"), required=False)
    authority = LongText(
        label=gettext_lazy("How did somebody else show that they may ask?"), required=False,
        max_length=1000,
        help_text=gettext_lazy(
            "For example a signed authority. Of a parent: that they have parental responsibility, "
            "and that the child is too young to ask or agrees."
        ),
    )  # fmt: skip
    wants = LongText(label=gettext_lazy("What did they ask for, in their words?"), max_length=2000)
    reach = PlainText(
        label=gettext_lazy("How can they be answered safely?"),
        help_text=gettext_lazy("Somebody else may open their post or read their messages."),
    )
    received_on = DateField(label=gettext_lazy("Day it came"), latest="today")
    seen = YesNo(
        label=gettext_lazy("Have you seen proof of who they are?"),
        reveals={"yes": "checked"},
        hints={"no": gettext_lazy("The clock begins once you have. Ask without delay.")},
    )  # fmt: skip
    checked = LongText(
        label=gettext_lazy("How did you check?"), required=False, max_length=500,
        help_text=gettext_lazy("Say what you saw. Keep no copy of it here."),
    )  # fmt: skip
    law = ChoiceField(
        label=gettext_lazy("Which law’s clock runs?"), initial=Law.GENERAL.value,
        choices=[
            (Law.GENERAL.value, gettext_lazy("UK GDPR: nearly always")),
            (Law.LAW_ENFORCEMENT.value,
             gettext_lazy("Law enforcement: records held to prevent or prosecute crime")),
        ],
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for what was revealed, and for whoever asks in somebody's place."""
        super().clean()
        keep_revealed(self)
        other = self.cleaned_data.get("asked_by") != AskedBy.THEMSELVES
        for name in ("asker", "authority"):
            if not other:
                self.cleaned_data[name] = ""
            elif not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return self.cleaned_data

    def given(self) -> NewRequest:
        """What was written, as the service takes it."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        words = {"kind": SubjectKind, "law": Law, "asked_by": AskedBy}
        return NewRequest(**said | {name: word(said[name]) for name, word in words.items()})


class StepForm(forms.Form):
    """On which day something was done, and what belongs with it."""

    on = DateField(label=gettext_lazy("On which day?"), latest="today")
    why = LongText(max_length=2000)

    def __init__(self, *args: Any, step: Handled, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].label, self.fields["why"].help_text = ASKS[step]


class ReaderForm(forms.Form):
    """Which colleague is asked to read."""

    post = forms.ChoiceField(label=gettext_lazy("Whom do you ask?"))

    def __init__(self, *args: Any, posts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", gettext_lazy("Choose one")), *posts]

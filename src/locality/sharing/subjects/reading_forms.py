"""What whoever reads for a request is asked: who it is about, and what of each row is given."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.sharing.subjects.doors import Candidate
from locality.sharing.subjects.redacting import missing
from locality.sharing.subjects.words import (
    Choice,
    Exemption,
    Found,
    How,
    NewCorrection,
    Part,
    Stage,
)
from locality.sharing.words import Nature
from locality.ui.fields import (
    ChoiceField,
    LongText,
    MultipleChoiceField,
    PlainText,
    keep_revealed,
)
from locality.ui.language import first_up
from locality.ui.language import shown as in_words


class WhoForm(forms.Form):
    """Who is meant, among the people the reader may see."""

    people = MultipleChoiceField(label=gettext_lazy("Who is it?"))

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(str(one.person), one.says) for one in candidates]


class ChosenForm(forms.Form):
    """Rows of a list, and what is done with all of them."""

    do = forms.ChoiceField(choices=[("give", ""), ("sign", ""), ("withhold", "")])
    item = forms.MultipleChoiceField(
        error_messages={"required": gettext_lazy("Choose at least one.")}
    )

    reason = forms.ChoiceField(label=gettext_lazy("Why?"), required=False)
    says = PlainText(label=gettext_lazy("In your words"), required=False)

    def __init__(
        self, *args: Any, found: Sequence[Found], exemptions: Sequence[Exemption], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [(one.key, one.says) for one in found]
        self.fields["reason"].choices = reasons_of(exemptions)

    def clean(self) -> dict[str, Any]:
        """Ask why several are withheld."""
        given = super().clean() or {}
        for name in ("reason", "says"):
            if given.get("do") == "withhold" and not given.get(name) and name not in self.errors:
                self.add_error(name, _("Say why they are not given"))
        return given


class NarrowForm(forms.Form):
    """Which rows of what is held are listed."""

    quiet = True
    stage = forms.ChoiceField(label=gettext_lazy("How far"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [
            ("", _("Any")), *((one.value, in_words(one.value)) for one in Stage),
        ]  # fmt: skip
        self.fields["kind"].choices = [("", _("Any")), *kinds]


class CorrectForm(forms.Form):
    """What is wrong in one row, and what is right."""

    part = ChoiceField(label=gettext_lazy("What is wrong?"))
    nature = ChoiceField(
        label=gettext_lazy("Is that a fact, or somebody’s opinion?"),
        choices=[(Nature.FACT.value, gettext_lazy("A fact, and they have shown what is right")),
                 (Nature.OPINION.value, gettext_lazy("An opinion: their view is set beside it"))],
    )  # fmt: skip
    says = LongText(
        label=gettext_lazy("What is right, or what is their view?"),
        max_length=2000,
        help_text=gettext_lazy("What the record said is kept. Whoever sees it sees this, too."),
    )

    def __init__(self, *args: Any, found: Found, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [
            (part.key, f"{first_up(part.label)}: {Truncator(part.words).words(30)}")
            for part in found.parts
        ]

    def given(self) -> NewCorrection:
        """What was written, as the service takes it."""
        given = self.cleaned_data
        return NewCorrection(given["part"], Nature(given["nature"]), given["says"])


class DecideForm(forms.Form):
    """Part by part, what of one row is given."""

    def __init__(
        self, *args: Any, found: Found, exemptions: Sequence[Exemption],
        choices: Mapping[str, Choice], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.found = found
        reasons = reasons_of(exemptions)
        unsaid = Choice(How.WITHHOLD) if found.careful else None
        for number, part in enumerate(found.parts):
            was = choices.get(part.key, unsaid)
            for name, field in _part_fields(number, part, reasons).items():
                field.initial = _was(was, name)
                self.fields[f"{name}_{number}"] = field

    def clean(self) -> dict[str, Any]:
        """Ask why whatever is not given in full, and which words are left out."""
        super().clean()
        keep_revealed(self)
        for number, part in enumerate(self.found.parts):
            if self._how(number) == How.REDACT and missing(part.words, self._leave_out(number)):
                self.add_error(
                    f"out_{number}",
                    _("Write the words as they stand in it, one piece on each line"),
                )
        return self.cleaned_data

    def choices(self) -> dict[str, Choice]:
        """What was decided about each part."""
        return {part.key: self._choice(number) for number, part in enumerate(self.found.parts)}

    def _choice(self, number: int) -> Choice:
        how = How(self._how(number))
        if how == How.DISCLOSE:
            return Choice(how)
        why, says = ("why_some", "says_some") if how == How.REDACT else ("why_all", "says_all")
        given = self.cleaned_data
        words = self._leave_out(number) if how == How.REDACT else ()
        return Choice(how, given[f"{why}_{number}"], given[f"{says}_{number}"], words)

    def _how(self, number: int) -> str:
        return self.cleaned_data.get(f"how_{number}", "")

    def _leave_out(self, number: int) -> tuple[str, ...]:
        lines = (self.cleaned_data.get(f"out_{number}") or "").splitlines()
        return tuple(line.strip() for line in lines if line.strip())


def reasons_of(exemptions: Sequence[Exemption]) -> list[tuple[str, str]]:
    """The reasons one may choose among, in words."""
    return [("", _("Choose one")), *((one.key, in_words(one.says)) for one in exemptions)]


def _part_fields(
    number: int, part: Part, reasons: list[tuple[str, str]]
) -> dict[str, forms.Field]:  # fmt: skip
    """What is asked about one part. Its words stand above the question."""
    why = {"label": _("Why?"), "required": False, "choices": reasons}
    says = {"label": _("In your words"), "required": False}
    return {
        "how": ChoiceField(
            label=first_up(part.label), help_text=part.words,
            choices=[(How.DISCLOSE.value, _("Give all of it")),
                     (How.REDACT.value, _("Leave some words out")),
                     (How.WITHHOLD.value, _("Give none of it"))],
            reveals={
                How.REDACT.value: [f"{name}_{number}" for name in ("out", "why_some", "says_some")],
                How.WITHHOLD.value: [f"{name}_{number}" for name in ("why_all", "says_all")],
            },
        ),
        "out": LongText(
            label=_("Which words?"), required=False, max_length=2000,
            help_text=_("One piece on each line, as they stand in it."),
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
        "why_some": forms.ChoiceField(**why), "says_some": PlainText(**says),
        "why_all": forms.ChoiceField(**why), "says_all": PlainText(**says),
    }  # fmt: skip


def _was(choice: Choice | None, name: str) -> str:
    if choice is None:
        return ""
    kept = {"how": choice.how, "out": "\n".join(choice.leave_out)}
    kept |= dict.fromkeys(("why_some", "why_all"), choice.reason)
    return kept.get(name, choice.says)

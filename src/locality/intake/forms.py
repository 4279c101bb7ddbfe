"""What people are asked when they raise a concern: four short pages."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.intake.rules import title
from locality.intake.words import (
    LONGEST_TEXT,
    NEEDS_NO_REASON,
    Danger,
    Matter,
    Page,
    Told,
    Why,
)
from locality.ui import text
from locality.ui.fields import ChoiceField, DateField, LongText, PlainText

DANGERS = [
    (Danger.NOW.value, gettext_lazy("Yes, somebody may be hurt now")),
    (Danger.TODAY.value, gettext_lazy("No, but it cannot wait until tomorrow")),
    (Danger.SOON.value, gettext_lazy("No, but somebody should look within a working day")),
    (Danger.NO.value, gettext_lazy("No, there is no hurry")),
]
MATTERS = [(matter.value, title(matter)) for matter in Matter]
TOLD = [(told.value, told[0].upper() + told[1:]) for told in Told]
WHYS = [(why.value, why[0].upper() + why[1:]) for why in Why]


class DangerForm(forms.Form):
    """Page 1: danger first."""

    danger = ChoiceField(
        label=gettext_lazy("Is anyone in danger right now?"), choices=DANGERS,
        hints={Danger.NOW.value: gettext_lazy("Call 999 before you go on.")},
    )  # fmt: skip


class FindForm(forms.Form):
    """Page 2: who. A search comes before anybody new."""

    given_names = PlainText(label=gettext_lazy("First names"), required=False, max_length=100)
    family_name = PlainText(label=gettext_lazy("Family name"), required=False, max_length=100)
    born = DateField(label=gettext_lazy("Date of birth"), required=False, latest="today")
    postcode = PlainText(label=gettext_lazy("Postcode"), required=False, max_length=10)
    part = PlainText(
        label=gettext_lazy("Who are they in this?"), required=False, max_length=60,
        help_text=gettext_lazy("Such as child, parent or neighbour."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for enough of a name to look for."""
        given = super().clean()
        named = [c for name in ("given_names", "family_name") for c in given.get(name, "") if
                 c.isalnum()]  # fmt: skip
        if not self.errors and len(named) < 2:
            raise ValidationError(
                _("Type at least two letters of a name, or choose “I do not know their name”.")
            )
        return given


class NamelessForm(forms.Form):
    """Page 2: somebody whose name is not known."""

    known_as = PlainText(
        label=gettext_lazy("What do you know of them?"), max_length=200,
        help_text=gettext_lazy("Such as: a boy of about nine, in year 4, with a red coat."),
    )  # fmt: skip


class FindPlaceForm(forms.Form):
    """Page 2: which place. A search comes before describing it in words."""

    place_words = PlainText(
        label=gettext_lazy("What is the place called?"), max_length=100,
        help_text=gettext_lazy("Its name, its street, or the name of the neighbourhood."),
    )  # fmt: skip

    def clean_place_words(self) -> str:
        """Ask for enough to look for."""
        words: str = self.cleaned_data["place_words"]
        if sum(c.isalnum() for c in words) < 2:
            raise ValidationError(_("Type at least two letters of the place’s name or street"))
        return words


class WhereForm(forms.Form):
    """Page 2: where, in words."""

    place_says = PlainText(
        label=gettext_lazy("Where, in your own words"), required=False, max_length=200,
        help_text=gettext_lazy(
            "If the place is not found, or to say where in it: “behind the shops, by the bins”."
        ),
    )  # fmt: skip


class NoticedForm(forms.Form):
    """Page 3: what somebody noticed. `unseen` says why a matter cannot be raised here."""

    text = LongText(
        label=gettext_lazy("What did you notice?"), max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("What you saw and heard, in your own and in their words."),
    )  # fmt: skip
    strengths = LongText(
        label=gettext_lazy("What goes well?"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What or who helps them, and what they are good at."),
    )  # fmt: skip
    noticed_on = DateField(label=gettext_lazy("When was it noticed?"), latest="today")
    noticed_says = PlainText(label=gettext_lazy("What time, or since when?"), required=False)
    seen_by = PlainText(label=gettext_lazy("Who noticed it, if not you?"), required=False)
    matter = ChoiceField(label=gettext_lazy("What is it mostly about?"), choices=MATTERS)

    def __init__(
        self, *args: Any, unseen: Callable[[Matter], str] = lambda _: "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.unseen = unseen
        self.fields["noticed_on"].label = _("When was it noticed?")

    def clean_matter(self) -> str:
        """Refuse what nobody at the front door would see, saying whom to ring."""
        chosen = Matter(self.cleaned_data["matter"])
        if says := self.unseen(chosen):
            raise ValidationError(says, code="unseen")
        return chosen.value


class AgreedForm(forms.Form):
    """Page 4: what they know and have agreed to, and if not, why it is right all the same."""

    told = ChoiceField(
        label=gettext_lazy("What do they know about you raising this?"), choices=TOLD,
        help_text=gettext_lazy(
            "The person it is about, or the parent of a young child. Tell them unless that would "
            "put somebody at risk."
        ),
    )  # fmt: skip
    told_says = LongText(
        label=gettext_lazy("What did they say?"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    without_agreement = ChoiceField(
        label=gettext_lazy("Why is it right to share this without their agreement?"),
        choices=WHYS, required=False,
        help_text=gettext_lazy("Only if they do not agree, or do not know."),
    )  # fmt: skip

    def __init__(self, *args: Any, names: bool = True, **kwargs: Any) -> None:
        """`names` says whether the concern names anybody; one that does must say what they know."""
        super().__init__(*args, **kwargs)
        nobody = Told.NOBODY.value
        if names:
            self.fields["told"].choices = [one for one in TOLD if one[0] != nobody]
        else:
            self.fields["told"].choices = sorted(TOLD, key=lambda one: one[0] != nobody)
            self.fields["told"].initial = nobody

    def clean(self) -> dict[str, Any]:
        """Ask why, unless they agree; forget why, when they do."""
        given = super().clean()
        if given.get("told") in NEEDS_NO_REASON:
            given["without_agreement"] = ""
        elif given.get("told") and given.get("without_agreement") == "":
            self.add_error(
                "without_agreement",
                _("Select why it is right to share this without their agreement"),
            )
        return given


class MoreForm(forms.Form):
    """Something noticed since, or a correction."""

    text = LongText(
        label=gettext_lazy("What do you want to add or correct?"), max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("It shows beneath what you wrote before, with the time."),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Why a concern is taken back."""

    why = LongText(
        label=gettext_lazy("Why do you withdraw it?"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Such as: raised twice, or about the wrong person."),
    )  # fmt: skip


PAGES: dict[Page, tuple[type[forms.Form], ...]] = {
    Page.WHO: (FindForm, NamelessForm, FindPlaceForm, WhereForm),
    Page.NOTICED: (NoticedForm,),
    Page.AGREED: (AgreedForm,),
}


def kept(form: forms.Form) -> dict[str, Any]:
    """The answers of a valid form, as a draft keeps them."""
    given = form.cleaned_data.items()
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in given}


def typed(page: Page, given: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody is still writing, cut to what its box may hold, without hidden characters."""
    boxes = [form[name] for form in (kind(given) for kind in PAGES[page]) for name in form.fields]
    sent = [box for box in boxes if any(key.startswith(box.html_name) for key in given)]
    return {box.name: _plain(box.data) for box in sent}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(part): _plain(one) for part, one in value.items()}
    words = text.cleaned(str(value or ""), lines=True)[:LONGEST_TEXT]
    return "".join(c for c in words if c not in text.unwanted(words))

"""What a governance lead writes into an agreement, and says when they take a step with it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.sharing.agreements.rules import between_two
from locality.sharing.partners.rules import CATEGORIES, MARKINGS
from locality.sharing.partners.words import AgreementEntry
from locality.sharing.words import GATEWAY_NAMES, AgreementState, Category, Gateway
from locality.ui.fields import DateField, LongText, MultipleChoiceField, PlainText
from locality.ui.language import first_up_lazy

SHARES = {
    "none": gettext_lazy("Not part of it"), "both": gettext_lazy("Gives and gets"),
    "gives": gettext_lazy("Gives only"), "gets": gettext_lazy("Gets only"),
}  # fmt: skip
DIRECTIONS = {"both": (True, True), "gives": (True, False), "gets": (False, True)}
UP_TO = {
    "none": gettext_lazy("Not covered"), "open": gettext_lazy("Only what is open"),
    "standard": gettext_lazy("Up to standard"), "restricted": gettext_lazy("Up to restricted"),
    "sealed": gettext_lazy("Even when sealed"),
}  # fmt: skip


class TermsForm(forms.Form):
    """The terms of an agreement. Its fields for agencies and kinds are made from what there is."""

    name = PlainText(label=gettext_lazy("What is it called?"))
    purpose = forms.ChoiceField(label=gettext_lazy("For which purpose?"))
    gateway = forms.ChoiceField(
        label=gettext_lazy("On which law does it rest?"),
        choices=[
            ("", gettext_lazy("Choose one")),
            *((one.value, first_up_lazy(says)) for one, says in GATEWAY_NAMES.items()),
        ],
    )  # fmt: skip
    conditions = LongText(
        label=gettext_lazy("On what conditions?"), required=False,
        help_text=gettext_lazy(
            "For example: how long it is kept, who is told, what is not passed on."
        ),
    )  # fmt: skip
    document = PlainText(
        label=gettext_lazy("Where is the signed document?"), required=False,
        help_text=gettext_lazy("A link or a file number. The document itself stays where it is."),
    )  # fmt: skip
    with_consent = MultipleChoiceField(
        label=gettext_lazy("Which of these only with consent?"), required=False,
        choices=[(word, first_up_lazy(Category(n).says)) for n, word in enumerate(CATEGORIES)],
        help_text=gettext_lazy(
            "What you tick here shows to the others only while everybody it is about has agreed to "
            "it, on record, and has not taken that back. Do not tick what must be shared to keep "
            "somebody safe."
        ),
    )  # fmt: skip
    starts = DateField(label=gettext_lazy("First day"))
    until = DateField(label=gettext_lazy("Last day"))
    review_by = DateField(label=gettext_lazy("Date of review"))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def __init__(
        self, *args: Any, purposes: Mapping[str, str], agencies: Mapping[int, str], mine: int,
        entry: AgreementEntry | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.agencies, self.mine, self.entry = agencies, mine, entry
        initial = _initial(entry) if entry else {f"party_{mine}": "both"}
        super().__init__(*args, initial=initial | (kwargs.pop("initial", None) or {}), **kwargs)
        self.fields["purpose"].choices = [("", _("Choose one")), *purposes.items()]
        for number, name in agencies.items():
            self.fields[f"party_{number}"] = forms.ChoiceField(
                label=name, choices=list(SHARES.items())
            )
        for number, word in enumerate(CATEGORIES):
            self.fields[f"covers_{word}"] = forms.ChoiceField(
                label=first_up_lazy(Category(number).says), choices=list(UP_TO.items()),
            )  # fmt: skip

    def groups(self) -> Iterator[tuple[str, str, list[BoundField]]]:
        """Its questions by what they are about: a heading, a hint and fields."""
        yield _("What it is"), "", [self["name"], self["purpose"]]
        yield (
            _("Who gives and who gets"), _("An agreement lets an agency share; it never makes it."),
            [self[f"party_{number}"] for number in self.agencies],
        )  # fmt: skip
        yield (
            _("What may be shared"), _("Up to which point, for each kind of information."),
            [*(self[f"covers_{word}"] for word in CATEGORIES), self["with_consent"]],
        )  # fmt: skip
        yield _("On what ground"), "", [self[one] for one in ("gateway", "conditions", "document")]
        yield _("From when to when"), "", [self[one] for one in ("starts", "until", "review_by")]

    def clean(self) -> dict[str, Any]:
        """Say what does not fit together."""
        given = super().clean() or {}
        shares = self._shares(given)
        if self.mine in self.agencies and self.mine not in shares:
            self.add_error(f"party_{self.mine}", _("Your own agency must be part of it"))
        elif not between_two(shares.values()):
            self.add_error(f"party_{next(iter(self.agencies))}",
                           _("One agency must give and another must get"))  # fmt: skip
        if not self._covers(given):
            self.add_error(f"covers_{CATEGORIES[0]}", _("Choose at least one kind of information"))
        self._asked(given)
        self._dates(given.get("starts"), given.get("until"), given.get("review_by"))
        return given

    def terms(self) -> AgreementEntry:
        """What was written, as an entry of an area's file."""
        given = self.cleaned_data
        shares = self._shares(given)
        who = {how: tuple(n for n, both in shares.items() if both == way)
               for how, way in DIRECTIONS.items()}  # fmt: skip
        names = self.entry.signatories if self.entry else {}
        return AgreementEntry(
            name=given["name"], purpose=given["purpose"], gateway=Gateway(given["gateway"]),
            starts=given["starts"], until=given["until"], review_by=given["review_by"],
            covers=self._covers(given),
            parties=who["both"], gives_only=who["gives"], gets_only=who["gets"],
            state=AgreementState.DRAFT, conditions=given["conditions"], document=given["document"],
            signatories={n: name for n, name in names.items() if int(n) in shares},
            with_consent=tuple(w for w in CATEGORIES if w in given["with_consent"]),
        )  # fmt: skip

    def _shares(self, given: Mapping[str, Any]) -> dict[int, tuple[bool, bool]]:
        said = {number: given.get(f"party_{number}") for number in self.agencies}
        return {number: DIRECTIONS[how] for number, how in said.items() if how in DIRECTIONS}

    def _covers(self, given: Mapping[str, Any]) -> dict[str, str]:
        said = {word: given.get(f"covers_{word}") for word in CATEGORIES}
        return {word: up_to for word, up_to in said.items() if up_to in MARKINGS}

    def _asked(self, given: Mapping[str, Any]) -> None:
        covers, asked = self._covers(given), set(given.get("with_consent") or ())
        if asked - covers.keys():
            self.add_error("with_consent", _("Tick only what is covered above"))
        elif given.get("gateway") == Gateway.CONSENT and covers.keys() - asked:
            self.add_error(
                "with_consent", _("An agreement that rests on consent asks for it for everything")
            )

    def _dates(self, starts: date | None, until: date | None, review_by: date | None) -> None:
        if starts and until and until < starts:
            self.add_error("until", _("The last day must not be before the first"))
        if review_by and until and review_by > until:
            self.add_error("review_by", _("Review it before it ends"))


class SignatoriesForm(forms.Form):
    """Who signs for each agency that is part of an agreement."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, parties: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in parties.items():
            self.fields[f"party_{number}"] = PlainText(label=name, required=False)

    def names(self) -> dict[str, str]:
        """The names by the agency's number, as an area's file has them."""
        given = {name.removeprefix("party_"): said for name, said in self.cleaned_data.items()}
        return {number: said for number, said in given.items() if number != "seen" and said}


class StepForm(forms.Form):
    """Why somebody takes a step, about the terms as they saw them."""

    why = LongText(label=gettext_lazy("Why?"), max_length=1000)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, must_say: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not must_say:
            self.fields["why"].required = False
            self.fields["why"].label = _("Anything to say with it?")


class ChooseForm(forms.Form):
    """Whose rights to show."""

    quiet = True
    agency = forms.ChoiceField(label=gettext_lazy("Agency"))
    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"))
    role = forms.ChoiceField(label=gettext_lazy("Role"))

    def __init__(
        self, *args: Any, agencies: Mapping[int, str], purposes: Mapping[int, str],
        roles: Mapping[str, str], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        for name, choices in (("agency", agencies), ("purpose", purposes), ("role", roles)):
            self.fields[name].choices = [(str(key), said) for key, said in choices.items()]


def _initial(entry: AgreementEntry) -> dict[str, Any]:
    ways = {way: how for how, way in DIRECTIONS.items()}
    plain = ("name", "purpose", "conditions", "document", "starts", "until", "review_by",
             "with_consent")  # fmt: skip
    return (
        {name: getattr(entry, name) for name in plain}
        | {"gateway": entry.gateway.value}
        | {f"party_{number}": ways[way] for number, way in entry.directions.items()}
        | {f"covers_{word}": up_to for word, up_to in entry.covers.items() if up_to in MARKINGS}
    )

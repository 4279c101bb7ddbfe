"""What people are asked to find, record and link somebody."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.people import rules, services
from locality.people.words import ContactKind, Sex
from locality.ui.fields import ChoiceField, DateField, LongText, PlainText, YesNo

SEXES = [
    (Sex.FEMALE.value, gettext_lazy("Female")),
    (Sex.MALE.value, gettext_lazy("Male")),
    (Sex.OTHER.value, gettext_lazy("Other")),
    (Sex.NOT_KNOWN.value, gettext_lazy("Not known")),
]
KINDS = [
    (ContactKind.ADDRESS.value, gettext_lazy("Address")),
    (ContactKind.PHONE.value, gettext_lazy("Telephone")),
    (ContactKind.EMAIL.value, gettext_lazy("E-mail")),
]


class NameForm(forms.Form):
    """Who somebody may be."""

    given_names = PlainText(label=gettext_lazy("First names"), required=False, max_length=100)
    family_name = PlainText(label=gettext_lazy("Family name"), required=False, max_length=100)
    born = DateField(label=gettext_lazy("Date of birth"), required=False, latest="today")
    postcode = PlainText(label=gettext_lazy("Postcode"), required=False, max_length=10)


class SearchForm(NameForm):
    """Who is sought. Asks for enough to search by."""

    def clean(self) -> dict[str, Any]:
        """Ask for more when there is too little to search by."""
        given = super().clean()
        if not self.errors and not rules.is_enough(services.sought_by(**given)):
            raise ValidationError(
                _("Type at least two letters of a name, or a date of birth and a postcode.")
            )
        return given


class RecordForm(NameForm):
    """One agency's record of who somebody is."""

    known_as = PlainText(
        label=gettext_lazy("Known as"), required=False,
        help_text=gettext_lazy("Another name they use, or a few words if you know no name."),
    )  # fmt: skip
    sex = ChoiceField(
        label=gettext_lazy("Sex, as you have it recorded"), choices=SEXES,
        initial=Sex.NOT_KNOWN.value, inline=True,
    )  # fmt: skip
    field_order = ["given_names", "family_name", "known_as", "born", "sex", "postcode"]

    def clean(self) -> dict[str, Any]:
        """Ask for something to know them by."""
        given = super().clean()
        if not self.errors and not any(
            given.get(name) for name in ("given_names", "family_name", "known_as")
        ):
            self.add_error("known_as", _("Say who it is: a name, or a few words in “Known as”."))
        return given


class CorrectForm(RecordForm):
    """A correction. Knows when somebody else corrected the record in the meantime."""

    why = PlainText(label=gettext_lazy("Why is this right?"), max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    field_order = [*RecordForm.field_order, "why", "version"]

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.fields["version"].initial = version, version

    def clean(self) -> dict[str, Any]:
        """Refuse what was written on an older version; sending it again is then deliberate."""
        given = super().clean()
        if given.get("version") not in (None, self.now):
            self.data = self.data.copy()
            self.data["version"] = self.now
            raise ValidationError(
                _(
                    "A colleague has just corrected this record. Your text is kept below: compare "
                    "it with theirs, then save."
                )
            )
        return given


class ContactForm(forms.Form):
    """A way to reach somebody, and whether it is safe."""

    kind = ChoiceField(label=gettext_lazy("What is it?"), choices=KINDS)
    value = PlainText(label=gettext_lazy("The address, number or e-mail"), max_length=200)
    safe = YesNo(
        label=gettext_lazy("Have they said it is safe to use?"), required=False,
        help_text=gettext_lazy("Leave it if nobody has asked them."),
    )  # fmt: skip


class WhyForm(forms.Form):
    """A reason, that others can judge."""

    why = LongText(label=gettext_lazy("Why do you think so?"), max_length=1000)

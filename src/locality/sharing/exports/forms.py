"""What somebody is asked before a file leaves."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.sharing.exports.services import Leaving, shortest_passphrase
from locality.ui.fields import ChoiceField, PlainText, keep_revealed


class LeavingForm(forms.Form):
    """Why a file leaves, for whom, and whether it is locked."""

    why = PlainText(label=gettext_lazy("Why must it leave Locality?"), max_length=300)
    whom = PlainText(
        label=gettext_lazy("Who gets it?"), max_length=200,
        help_text=gettext_lazy("Yourself, or a name and where they work."),
    )  # fmt: skip
    lock = ChoiceField(
        label=gettext_lazy("Is it locked?"),
        choices=[
            ("yes", gettext_lazy("Yes, with a passphrase")),
            ("no", gettext_lazy("No: it stays on a computer of ours that is locked itself")),
        ],
        reveals={"yes": ["passphrase"]},
        hints={
            "yes": gettext_lazy(
                "It opens with any program for age files. Tell the passphrase by telephone, never "
                "in the same message."
            ),
        },
    )  # fmt: skip
    passphrase = forms.CharField(  # as it is typed: it is typed again to open the file
        label=gettext_lazy("Passphrase"), required=False, max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("A sentence that nobody could guess. It is kept nowhere."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A passphrase that is asked for is long enough to hold."""
        given = super().clean() or {}
        keep_revealed(self)
        phrase, least = given.get("passphrase") or "", shortest_passphrase()
        if given.get("lock") == "yes" and phrase and len(phrase) < least:
            says = _("The passphrase must have at least %(least)s characters")
            self.add_error("passphrase", says % {"least": least})
        return given

    def leaving(self) -> Leaving:
        """What was said, as the service takes it."""
        given = self.cleaned_data
        return Leaving(given["why"], given["whom"], given["passphrase"] or "")

"""Naming a new passkey."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NewPasskey(forms.Form):
    """A name to know the passkey by, and what the device answered."""

    name = forms.CharField(
        label=_("A name to know it by"),
        help_text=_("Such as “work laptop”, “my phone” or “key on my lanyard”."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
        error_messages={"required": _("Give it a name, such as “work laptop”")},
    )
    answer = forms.CharField(required=False, widget=forms.HiddenInput)

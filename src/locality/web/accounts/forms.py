"""Choosing a password."""

from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.forms import ResetPasswordKeyForm
from django.utils.translation import gettext_lazy as _


class ChoosePassword(ResetPasswordKeyForm):
    """A password, typed twice."""

    password1 = SetPasswordField(
        label=_("Password"),
        help_text=_("At least 12 characters. Three words that have nothing to do with each other "
                    "are easy to remember and hard to guess."),
        error_messages={"required": _("Choose a password")},
    )  # fmt: skip
    password2 = PasswordField(
        label=_("The same password again"),
        autocomplete="new-password",
        error_messages={"required": _("Type the same password again")},
    )

"""Choosing the post and the purpose to act in, and typing a code."""

from typing import TYPE_CHECKING

from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base import forms as framework
from django import forms
from django.utils.translation import gettext_lazy as _

from locality.sharing import sessions
from locality.web.lockout import LOCKED, locked_out
from locality.web.sealed import Unreadable

if TYPE_CHECKING:
    from locality.sharing.models import Post, Purpose


class ActForm(forms.Form):
    """Which post, for which purpose. One radio for each pair that is allowed."""

    acting = forms.ChoiceField(
        label=_("What are you here to do?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select what you are here to do"),
            "invalid_choice": _("Select one of the purposes listed"),
        },
    )

    def __init__(
        self, *args: object, posts: "list[Post]", purposes: "dict[int, Purpose]", **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        several = len(posts) > 1
        self.pairs = {
            f"{post.pk}:{number}": (post, purposes[number])
            for post in posts
            for number in post.purposes
            if number in purposes
        }
        self.fields["acting"].choices = [
            (key, f"{why.name} ({post.title}, {post.agency})" if several else why.name)
            for key, (post, why) in self.pairs.items()
        ]
        if len(self.pairs) == 1:
            (self.fields["acting"].initial,) = self.pairs

    def chosen(self) -> "tuple[Post, Purpose]":
        """The post and purpose of a valid form."""
        return self.pairs[self.cleaned_data["acting"]]


class NewPassword(ChangePasswordForm):
    """A new password, once the one somebody has now is typed."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("The password you have now")
        self.fields["password1"].label = _("Your new password")
        self.fields["password2"].label = _("Your new password again")


class _CountedCode(framework.BaseAuthenticateForm):
    """A code from an app or a recovery code. Too many wrong ones lock the person out a while."""

    code = forms.CharField(
        label=_("Code from your app, or a recovery code"),
        error_messages={"required": _("Type the 6 numbers your app shows, or a recovery code")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """Refuse a wrong code; after too many, say when to try again."""
        try:
            return super().clean_code()
        except Unreadable:  # the secret key was renewed, and the old one is not set any more
            raise forms.ValidationError(
                _("Your app and your codes do not work here any more. Ask whoever runs Locality "
                  "in your area to let you start over.")
            ) from None  # fmt: skip
        except forms.ValidationError as stopped:
            if stopped.code != LOCKED:
                raise
            sessions.note_sign_in(self.user.pk, "locked out", "code")
            page = locked_out(context.request, f"mfa-auth-user-{self.user.pk}")
            raise ImmediateHttpResponse(page) from None


class SignInCode(_CountedCode, framework.AuthenticateForm):
    """The second step of signing in."""


class ConfirmCode(_CountedCode, framework.ReauthenticateForm):
    """Showing again that it is you."""

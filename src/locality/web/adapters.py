"""How sign-in fits our house: no sign-up, sealed second factors, partners’ own providers."""

import time
from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.sharing import passkeys, sessions
from locality.sharing.models import User
from locality.web import devices, sealed
from locality.web.beginning import begin_the_only_one
from locality.web.jobs import queue_link
from locality.web.lockout import LOCKED, locked_out
from locality.web.middleware import SINCE
from locality.web.outbound import Outbound
from locality.web.users import user_with_email


class Accounts(DefaultAccountAdapter):
    """Nobody signs up: an agency gives somebody a post."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "The email address or the password is not right. Type both again."
        ),
        "incorrect_password": gettext_lazy("That is not your password now. Type it again."),
        "enter_current_password": gettext_lazy("Type the password you have now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """After signing in, choose the post and purpose."""
        return reverse("web:act")

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Let the link be sent as a job: whether a mail server is there tells nobody anything."""
        queue_link(user.pk)

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        """Once somebody has signed in, begin to act where there is nothing to choose."""
        then = begin_the_only_one(request, super().post_login(request, user, **how))
        return devices.remember(request, then)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count tries for one person from a browser of theirs apart from all others' tries."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        user = user_with_email(str(credentials.get("email") or ""))
        browser = devices.known(request, user and user.pk)
        return f"{key}:from:{browser}" if browser else str(key)

    def get_login_stages(self) -> list[str]:
        """Before an app's code is asked for, stop a password alone where there are passkeys."""
        stages = super().get_login_stages()
        code = stages.index("allauth.mfa.stages.AuthenticateStage")
        return [*stages[:code], "locality.web.passkeys.flow.PasskeyStage", *stages[code:]]

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """How somebody can show again that it is them: with a passkey first, if they have one."""
        others = super().get_reauthentication_methods(user)
        if not passkeys.of_user(user.pk):
            return others
        own = {
            "id": "passkey",
            "description": _("Use your passkey"),
            "url": reverse("passkey_confirm"),
        }
        return [own, *others]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a new password, back to how you sign in."""
        return reverse("mfa_index")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask somebody to show again that it is them, unless they signed in a moment ago."""
        fresh = time.time() - self.request.session.get(SINCE, 0)
        return fresh > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def set_password(self, user: User, password: str) -> None:
        """Change a password: the one thing about a person that the login role may write."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try; after too many wrong ones, say when to try again."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as stopped:
            if stopped.code != LOCKED:
                raise
            known = user_with_email(str(credentials.get("email") or ""))
            sessions.note_sign_in(known and known.pk, "locked out", "password")
            key = self._get_login_attempts_cache_key(request, **credentials)
            raise ImmediateHttpResponse(locked_out(request, key)) from None


class Partners(DefaultSocialAccountAdapter):
    """Sign-in through a partner's identity provider, for people who already have a post."""

    def get_requests_session(self) -> Outbound:
        """Ask a provider by the one way out."""
        return Outbound()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: whoever has no post here is told so."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect to the person with that verified address, or say whom to ask."""
        if sociallogin.is_existing:
            return
        stated = [address for address in sociallogin.email_addresses if address.email]
        verified = [address.email for address in stated if address.verified]
        if stated and not verified:
            _turn_away(
                request,
                _(
                    "Your organisation has not confirmed that your email address is yours, so we "
                    "cannot tell who you are. Ask your organisation’s IT help desk to confirm it."
                ),
            )
        found = (user_with_email(address) for address in verified)
        user = next((one for one in found if one and one.is_active), None)
        if user is None:
            _turn_away(
                request,
                _(
                    "Your organisation knows you, but you have no post in Locality yet. "
                    "Ask your agency’s information-governance lead."
                ),
            )
        sociallogin.user = sociallogin.account.user = user
        sociallogin.account.save()

    def on_authentication_error(self, request: HttpRequest, *_: Any, **__: Any) -> None:
        """Write down that a partner's provider did not vouch for somebody."""
        sessions.note_sign_in(None, "refused", "socialaccount")


class SecondFactor(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "That code is not right. Type the 6 numbers your app shows now: they change every 30 "
            "seconds."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret in the newest way, with the newest key."""
        return sealed.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret that was sealed in any way, with any key, that is known."""
        return sealed.unseal(encrypted_text)


def _turn_away(request: HttpRequest, says: str) -> NoReturn:
    """Go back to the sign-in page, which says why once."""
    sessions.note_sign_in(None, "refused", "socialaccount")
    request.session["sign_in_problem"] = says
    raise ImmediateHttpResponse(redirect("account_login"))

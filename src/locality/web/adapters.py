"""How sign-in fits our house: no sign-up, sealed second factors, partners’ own providers."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from locality.sharing.models import User


class Accounts(DefaultAccountAdapter):
    """Nobody signs up: an agency gives somebody a post."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """After signing in, choose the post and purpose."""
        return reverse("web:act")


class Partners(DefaultSocialAccountAdapter):
    """Sign-in through a partner's identity provider, for people who already have a post."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: whoever has no post here is told so."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect to the person with that verified address, or say whom to ask."""
        if sociallogin.is_existing:
            return
        verified = [a.email for a in sociallogin.email_addresses if a.verified]
        user = User.objects.filter(email__in=verified, is_active=True, is_job=False).first()
        if user is None:
            request.session["sign_in_problem"] = _(
                "Your organisation knows you, but you have no post in Locality yet. "
                "Ask your agency’s information-governance lead."
            )
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, user)


class SecondFactor(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted in the database."""

    def encrypt(self, text: str) -> str:
        """Seal a secret with a key made from SECRET_KEY."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    key = hashlib.sha256(b"second factors" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))

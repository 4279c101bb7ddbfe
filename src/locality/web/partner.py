"""OpenID Connect, stricter than the framework: who somebody is comes from a token we checked.

The framework trusts a token it fetched itself. We also check its signature, its audience, its
issuer and its nonce, and take the address from the token, or from a userinfo answer about the
same subject.
"""

import secrets
import time
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse

from locality.web.outbound import Failed

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
CLOCKS_DIFFER = 60  # seconds


class Checked(OpenIDConnectOAuth2Adapter):
    """Asks the provider, and believes only a token that is signed, for us, and for this sign-in."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself, if it is the one that is set."""
        said: dict[str, Any] = super().openid_config
        wanted, _, _ = self.get_provider().server_url.partition("/.well-known/")
        if str(said.get("issuer")).rstrip("/") != wanted.rstrip("/"):
            raise OAuth2Error("The provider describes another one than the one that is set.")
        return said

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Make the sign-in of whom the checked token names, or raise OAuth2Error."""
        said = self._claims(app.client_id, str(kwargs["response"].get("id_token", "")))
        if "email" not in said:
            said |= self._address_of(said["sub"], token.token)
        said["email_verified"] = said.get("email_verified") is True
        found = self.get_provider().sociallogin_from_response(request, {"id_token": said})
        found.account.extra_data = {}  # whom it names is enough to keep
        return found

    def _claims(self, client_id: str, id_token: str) -> dict[str, Any]:
        try:
            said = jwt.decode(
                id_token, self._key(id_token), algorithms=ALGORITHMS, audience=client_id,
                issuer=self.openid_config["issuer"], leeway=CLOCKS_DIFFER,
                options={"require": REQUIRED},
            )  # fmt: skip
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as wrong:
            raise OAuth2Error("The identity token is not one we can believe.") from wrong
        if not self.nonce or not secrets.compare_digest(str(said["nonce"]), self.nonce):
            raise OAuth2Error("The identity token belongs to another sign-in.")
        _require_strong(said)
        return said

    def _key(self, id_token: str) -> jwt.PyJWK:
        """The provider's key that the token names; its type decides the algorithm."""
        keys = jwt.PyJWKSet.from_dict(self._ask(self.openid_config["jwks_uri"]))
        return keys[jwt.get_unverified_header(id_token)["kid"]]

    def _address_of(self, subject: str, access_token: str) -> dict[str, Any]:
        """The address in the userinfo answer, if it is about the same subject."""
        answer = self._ask(self.profile_url, Authorization=f"Bearer {access_token}")
        if answer.get("sub") != subject:
            raise OAuth2Error("The provider answered about somebody else.")
        return {name: answer[name] for name in ("email", "email_verified") if name in answer}

    def _ask(self, address: str, **headers: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(address, headers=headers)
        response.raise_for_status()
        return response.json()


def _require_strong(said: dict[str, Any]) -> None:
    """Raise OAuth2Error unless somebody signed in at the provider strongly and lately enough."""
    if settings.OIDC_ACR and said.get("acr") not in settings.OIDC_ACR:
        raise OAuth2Error("The provider did not ask for enough to sign in.")
    if settings.OIDC_MINUTES:
        oldest = time.time() - 60 * settings.OIDC_MINUTES - CLOCKS_DIFFER
        signed_in = said.get("auth_time")
        if isinstance(signed_in, bool) or not isinstance(signed_in, int) or signed_in < oldest:
            raise OAuth2Error("They signed in at the provider too long ago, or it does not say.")


def _asked_for() -> dict[str, str]:
    """What the provider is asked for beyond who it is."""
    asked = {}
    if settings.OIDC_ACR:
        asked["acr_values"] = " ".join(settings.OIDC_ACR)
    if settings.OIDC_MINUTES:
        asked["max_age"] = str(60 * settings.OIDC_MINUTES)
    return asked


class Partner(OpenIDConnectProvider):
    """A partner organisation's identity provider. Signs people in and does nothing else."""

    oauth2_adapter_class = Checked

    def redirect(
        self, request: HttpRequest, process: str, next_url: Any = None, data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:  # fmt: skip
        """Send somebody to the provider with a nonce of this one sign-in."""
        nonce = secrets.token_urlsafe(24)
        kwargs["auth_params"] = self.get_auth_params() | {"nonce": nonce} | _asked_for()
        kwargs["scope"] = self.get_scope()
        return super().redirect(request, AuthProcess.LOGIN, next_url, data, nonce=nonce, **kwargs)


class Callback(OAuth2CallbackView):
    """Where the provider sends somebody back to."""

    adapter: Checked

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the partner's identity provider, after a button was pressed."""
    return _answer(OAuth2LoginView, request, provider_id)


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from it."""
    return _answer(Callback, request, provider_id)


def _answer(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    asks = Checked(request, provider_id)
    try:
        return view.adapter_view(asks)(request)
    except ObjectDoesNotExist:
        raise Http404 from None
    except (OAuth2Error, Failed) as wrong:
        return render_authentication_error(request, asks.get_provider(), exception=wrong)

"""Addresses of sign-in. Only these: nobody signs up, changes an address or joins accounts here."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as socialaccount
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.urls import path, re_path
from django.views.generic import RedirectView

from locality.web import partner
from locality.web.accounts import signed_in
from locality.web.accounts.views import choose_password
from locality.web.beginning import renewing
from locality.web.passkeys import views as passkeys
from locality.web.recovery import showing_new_codes

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="mfa_index"), name="account"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", renewing(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    # A link to choose a password: the operator hands it over, or an email brings it.
    re_path(
        r"^password/link/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        choose_password,
        name="account_reset_password_from_key",
    ),
    path("passkeys/sign-in/", passkeys.sign_in, name="passkey_sign_in"),
    path("passkeys/sign-in/ask/", passkeys.ask_to_sign_in, name="passkey_ask_to_sign_in"),
    path("passkeys/add/", passkeys.add, name="passkey_add"),
    path("passkeys/add/ask/", passkeys.ask_to_add, name="passkey_ask_to_add"),
    path("passkeys/confirm/", renewing(passkeys.confirm), name="passkey_confirm"),
    path("passkeys/confirm/ask/", passkeys.ask_to_confirm, name="passkey_ask_to_confirm"),
    path("passkeys/<uuid:handle>/remove/", passkeys.remove, name="passkey_remove"),
    path("signed-in/", signed_in.signed_in, name="signed_in"),
    path("signed-in/elsewhere/end/", signed_in.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("signed-in/<slug:handle>/end/", signed_in.sign_out_of, name="sign_out_of"),
    path("2fa/", passkeys.how_you_sign_in, name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", renewing(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "2fa/totp/activate/",
        login_required(showing_new_codes(totp.activate_totp)),
        name="mfa_activate_totp",
    ),
    path("2fa/totp/deactivate/", login_required(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "2fa/recovery-codes/",
        login_required(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/generate/",
        login_required(showing_new_codes(recovery_codes.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path("oidc/cancelled/", socialaccount.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/<slug:provider_id>/login/", partner.login, name="openid_connect_login"),
    path(
        "oidc/<slug:provider_id>/login/callback/", partner.callback, name="openid_connect_callback"
    ),
]
if settings.EMAIL_HOST:  # a forgotten password is chosen anew through a link sent by email
    urlpatterns += [
        path("password/reset/", account.password_reset, name="account_reset_password"),
        path(
            "password/reset/done/", account.password_reset_done, name="account_reset_password_done"
        ),
    ]

"""Settings for the sign-in pages alone: `bare` with allauth and a database in memory."""

from locality.ui.tests.bare import *  # noqa: F403
from locality.ui.tests.bare import INSTALLED_APPS as BARE_APPS
from locality.ui.tests.bare import MIDDLEWARE as BARE_MIDDLEWARE
from locality.ui.tests.bare import TEMPLATES

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "file:signin?mode=memory&cache=shared",
        "OPTIONS": {"uri": True},
    }
}
INSTALLED_APPS = [
    *BARE_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    *BARE_MIDDLEWARE[:-2],
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    BARE_MIDDLEWARE[-1],
]
TEMPLATES[0]["OPTIONS"]["context_processors"].append("django.contrib.auth.context_processors.auth")
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGIN_REDIRECT_URL = "/accounts/2fa/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "locality.ui.tests.account_addresses"

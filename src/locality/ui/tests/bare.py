"""Settings for `ui` alone: no database, the same policy on content as the real thing."""

SECRET_KEY = "tests only"
DEBUG = False
ALLOWED_HOSTS = ["*"]
DATABASES: dict[str, object] = {}
INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "locality.ui",
]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "locality.ui.tests.addresses.Somebody",
    "locality.ui.middleware.Endings",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["locality.ui.templatetags.said"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "locality.ui.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "locality.ui.renderer.GovukRenderer"
ROOT_URLCONF = "locality.ui.tests.addresses"
CSRF_FAILURE_VIEW = "locality.ui.endings.csrf_failure"
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("ar", "Arabic")]
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "/static/"
LOCALITY_GALLERY = True
LOCALITY_AREA = "Walsall"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        name: ["'self'"] for name in ("script-src", "style-src", "font-src", "connect-src")
    }
    | {
        "default-src": ["'none'"],
        "img-src": ["'self'", "data:"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

"""The site's own settings, with a part that breaks when it is asked to. For tests alone."""

from locality.web.settings import *  # noqa: F403
from locality.web.settings import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "tests.canaries.breaking"]
MIDDLEWARE = [*MIDDLEWARE, "tests.canaries.breaking.middleware.Breaks"]

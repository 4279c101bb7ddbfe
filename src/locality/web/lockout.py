"""After too many wrong tries: how long somebody must wait, and the page that tells them."""

import time
from datetime import UTC, datetime

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from locality.ui.pages import page

LOCKED = "too_many_login_attempts"  # the framework's code for it
ACTION = {"app": "allauth.account", "action": "login_failed"}


def try_again_at(request: HttpRequest, key: str) -> datetime:
    """Say when the next try is allowed for `key` from this address, by every limit there is."""
    rates = ratelimit.get_rates(**ACTION)
    return max((_free_at(request, rate, key) for rate in rates), default=timezone.now())


def locked_out(request: HttpRequest, key: str) -> HttpResponse:
    """Answer 429: too many wrong tries, and when to try again. The same for unknown addresses."""
    again = try_again_at(request, key)
    response = page(request, "web/locked_out.html", status=429, again=again)
    response["Retry-After"] = str(max(1, int((again - timezone.now()).total_seconds())))
    return response


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer 429: anything else about signing in that was asked for too often."""
    response = page(request, "web/locked_out.html", status=429, again=None)
    response["Retry-After"] = "60"
    return response


def _free_at(request: HttpRequest, rate: ratelimit.Rate, key: str) -> datetime:
    """When the try that fills this limit is forgotten. Tries are kept newest first."""
    kept = cache.get(ratelimit.get_cache_key(request, **ACTION, rate=rate, key=key), [])
    live = [tried for tried in kept if tried > time.time() - rate.duration]
    if len(live) < rate.amount:
        return timezone.now()
    return datetime.fromtimestamp(live[rate.amount - 1] + rate.duration, tz=UTC)

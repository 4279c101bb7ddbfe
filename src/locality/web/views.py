"""Choosing a post and a purpose, the demo's one-click sign-in, and whether the server is well."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from locality.sharing import reads
from locality.ui.pages import page
from locality.web.access import free
from locality.web.beginning import begin, needs_second_factor
from locality.web.forms import ActForm
from locality.web.running.room import here

if TYPE_CHECKING:
    from locality.sharing.models import Post, Purpose

PASSWORD = "allauth.account.auth_backends.AuthenticationBackend"


@free
@never_cache
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest) -> HttpResponse:
    """Ask for which post and purpose; begin to act; go on to where they were going."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    if needs_second_factor(request):
        return redirect("passkey_add")
    posts = reads.posts_of_user(request.user.pk)
    if not posts:
        return page(request, "web/no_post.html")
    form = ActForm(request.POST or None, posts=posts, purposes=reads.all_purposes())
    if form.is_valid():
        return begin(request, *form.chosen(), redirect(_next(request) or "web:home"))
    return page(request, "web/act.html", form=form, next=_next(request), current=_current(request))


@free
@require_POST
def demo_sign_in(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Sign in as one of the story's people. Exists in the demo only."""
    if not settings.DEMO:
        raise Http404
    login(request, reads.user(user_id), backend=PASSWORD)
    (post, *_rest) = reads.posts_of_user(user_id)
    why = reads.all_purposes()[post.purposes[0]]
    return begin(request, post, why, redirect(_next(request) or "web:home"))


@never_cache
@require_safe
def still_here(request: HttpRequest) -> JsonResponse:
    """Say to a page that was left who is signed in now, with the token that its form needs."""
    by = request.actor
    return JsonResponse(
        {"writer": str(by.post), "purpose": by.purpose, "token": get_token(request)}
    )


@free
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say whether the server and its database answer, and what room the disk has.

    Answers 503 when the disk is so full that nobody is shown anything.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    room = here()
    if room is None:
        return HttpResponse("well\n", content_type="text/plain")
    said = str(room) if room.is_low else f"well\n{room}"
    return HttpResponse(f"{said}\n", content_type="text/plain", status=503 if room.is_none else 200)


def _current(request: HttpRequest) -> "tuple[Post, Purpose] | None":
    """The post and purpose somebody acts in now, if they have begun."""
    held, why = getattr(request, "post_held", None), getattr(request, "acting_purpose", None)
    return (held, why) if held and why else None


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    # A word without a slash would be taken for a page's name, and there is none of that name.
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}
    )
    return wanted if safe else ""

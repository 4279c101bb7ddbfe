"""The pages of passkeys: signing in, adding, removing, and showing again that it is you."""

from typing import Any
from uuid import UUID

from allauth.core.internal import ratelimit
from allauth.mfa.base.views import IndexView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from locality.kit.errors import NotHere, Refused
from locality.sharing import passkeys
from locality.ui.pages import page
from locality.web.lockout import too_many
from locality.web.passkeys import flow, services
from locality.web.passkeys.forms import NewPasskey
from locality.web.passkeys.sentences import Wanted

JSON = "application/json"


@method_decorator(login_required, name="dispatch")
class HowYouSignIn(IndexView):
    """Passkeys, the app and its codes, and the password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add somebody's passkeys to what the framework shows."""
        mine = passkeys.of_user(self.request.user.pk)
        more = {"passkeys_of_mine": "web/_passkeys.html", "passkeys": mine}
        return super().get_context_data(**kwargs) | more


how_you_sign_in = HowYouSignIn.as_view()


@require_POST
def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Put a question to whatever passkey there is."""
    if not ratelimit.consume(request, app="allauth.account", action="login"):
        return too_many(request)
    return HttpResponse(services.ask_to_sign_in(request), content_type=JSON)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("answer")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in whoever's passkey answers, or say on the sign-in page why not."""
    if request.method == "GET" or request.user.is_authenticated:
        return redirect("web:act" if request.user.is_authenticated else "account_login")
    answer = request.POST.get("answer", "")
    try:
        counted = flow.count_try(request, services.whose_claimed(answer))
        user = services.prove(request, answer=answer, wanted=Wanted.SIGN_IN)
    except Refused as refused:
        request.session["sign_in_problem"] = refused.reason
        return redirect("account_login")
    counted.rollback()
    return flow.let_in(request, user)


@require_POST
@login_required
def ask_to_add(request: HttpRequest) -> HttpResponse:
    """Ask the device to make a passkey."""
    return HttpResponse(services.ask_to_add(request), content_type=JSON)


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("answer")
@flow.shown_again
def add(request: HttpRequest) -> HttpResponse:
    """Add a passkey. Whoever has nothing but a password is offered it first, and an app second."""
    first = not flow.has_way_in(request.user)
    form = NewPasskey(request.POST or None)
    if form.is_valid():
        try:
            services.add(request, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Your passkey is added. Next time, sign in with it."))
            return redirect("web:act" if first else "mfa_index")
    return page(
        request, "web/passkey_add.html", form=form, first=first, passkey_host=settings.PASSKEY_HOST,
        passkey_origin=settings.PASSKEY_ORIGINS[0], has_app=flow.has_app(request.user),
        status=422 if form.errors else 200,
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
@flow.shown_again
def remove(request: HttpRequest, handle: UUID) -> HttpResponse:
    """Ask whether to remove a passkey; remove it, unless nothing else would let them in."""
    mine = {one.handle: one for one in passkeys.of_user(request.user.pk)}
    if handle not in mine:
        raise NotHere("There is no such passkey.")
    if request.method == "POST":
        services.remove(request, handle)
        messages.success(request, _("The passkey is removed. It no longer lets anybody in."))
        return redirect("mfa_index")
    last = len(mine) == 1 and not flow.has_app(request.user)
    return page(request, "web/passkey_remove.html", passkey=mine[handle], last=last)


@require_POST
@login_required
def ask_to_confirm(request: HttpRequest) -> HttpResponse:
    """Put a question to a passkey of whoever is signed in."""
    return HttpResponse(services.ask_to_confirm(request), content_type=JSON)


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("answer")
@login_required
def confirm(request: HttpRequest) -> HttpResponse:
    """Let somebody show again that it is them, with a passkey of their own."""
    user, problem = request.user, ""
    if request.method == "POST":
        try:
            counted = flow.count_try(request, user.pk)
            services.prove(
                request, answer=request.POST.get("answer", ""), wanted=Wanted.CONFIRM, user=user.pk
            )
        except Refused as refused:
            problem = refused.reason
        else:
            counted.rollback()
            return flow.confirm(request)
    mine = passkeys.of_user(user.pk)
    if not mine and user.has_usable_password():
        return redirect(flow.by_password(request))
    return page(
        request, "web/passkey_confirm.html", problem=problem, passkeys=mine,
        next=flow.wanted(request), by_password=flow.by_password(request),
        passkey_host=settings.PASSKEY_HOST,
        status=422 if problem else 200,
    )  # fmt: skip

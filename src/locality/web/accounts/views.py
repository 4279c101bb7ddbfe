"""Choosing a password through a link that works once."""

from allauth.account.internal.flows.password_reset import finalize_password_reset
from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from locality.ui.pages import page
from locality.web.accounts.forms import ChoosePassword
from locality.web.accounts.links import whose


@never_cache
@sensitive_post_parameters()
@sensitive_variables("key")
@require_http_methods(["GET", "POST"])
def choose_password(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """Ask for a password, twice; keep it; sign them in, to set up their second factor next.

    Two uses at once wait for each other, and the second finds that the link is over.
    """
    with transaction.atomic():
        person = whose(uidb36, key)
        if person is None:
            return page(request, "web/link_over.html", status=410, hours=settings.LINK_HOURS)
        form = ChoosePassword(request.POST or None, user=person, temp_key=key)
        if not form.is_valid():
            return page(request, "web/choose_password.html", form=form, person=person)
        form.save()
    if request.user.is_authenticated:
        logout(request)
    return finalize_password_reset(request, person) or redirect("account_login")

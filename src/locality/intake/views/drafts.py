"""A draft on every page: fetched, kept as it is written, thrown away."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from locality.intake import forms, reads, services
from locality.intake.words import Page
from locality.ui.pages import page

STEPS = list(Page)


def of_a_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view its draft; once that is raised, show what became of it instead."""

    @wraps(view)
    def wrapped(request: HttpRequest, draft_id: UUID, **more: str) -> HttpResponse:
        if reads.is_raised(request.actor.post, draft_id):
            return redirect("intake:receipt", draft_id)
        return view(request, reads.draft(draft_id), **more)

    return wrapped


@require_POST
def save(request: HttpRequest, draft_id: UUID, *, on: str) -> HttpResponse:
    """Keep what is still being written on a page. Answers nothing: the page says when."""
    if on not in forms.PAGES:
        raise Http404
    typed = forms.typed(Page(on), request.POST)
    services.keep_typing(by=request.actor, draft_id=draft_id, page=Page(on), typed=typed)
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
@of_a_draft
def throw_away(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    """Ask once more, then throw a draft away."""
    if request.method == "POST":
        services.throw_draft_away(by=request.actor, draft_id=draft.pk)
        messages.success(request, _("The draft is thrown away."))
        return redirect("intake:raised")
    return page(request, "intake/throw_away.html", draft=draft)


def keep(
    request: HttpRequest, draft: reads.Draft, on: Page, answers: dict[str, Any]
) -> HttpResponse:  # fmt: skip
    """Keep a page's answers and go to the next, or back to the check it was changed from."""
    services.answer(by=request.actor, draft_id=draft.pk, page=on, answers=answers)
    if request.GET.get("from") == "check" or on == STEPS[-1]:
        return redirect("intake:check", draft.pk)
    return redirect(f"intake:{STEPS[STEPS.index(on) + 1]}", draft.pk)


def so_far(draft: reads.Draft, on: Page) -> dict[str, Any]:
    """What was answered on a page, with what was being written on it when it was left."""
    typing = draft.answers.get("typing") or {}
    return {**(draft.answers.get(on) or {}), **(typing.get(on) or {})}

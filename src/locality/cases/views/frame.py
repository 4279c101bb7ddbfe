"""What every page of one case shows around it: who it is about, and where else to go."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.cases import reads
from locality.sharing import reads as sharing
from locality.ui.pages import page

TABS = [
    ("cases:case", gettext_lazy("Overview")),
    ("cases:plan", gettext_lazy("Plan")),
    ("cases:knows", gettext_lazy("Who knows what")),
    ("cases:notes", gettext_lazy("Notes")),
    ("cases:timeline", gettext_lazy("Timeline")),
    ("cases:reviews", gettext_lazy("Reviews")),
    ("cases:team", gettext_lazy("Team")),
]


def given(request: HttpRequest) -> QueryDict | None:
    """What was sent, even when it is empty; nothing when a page is only asked for."""
    return request.POST if request.method == "POST" else None


def show(request: HttpRequest, template: str, case: Any, **context: Any) -> HttpResponse:
    """Answer with one page of a case, in the frame of that case."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    tabs = [
        {"label": label, "href": reverse(name, args=[case.pk]), "current": name == here}
        for name, label in TABS
    ]
    return page(
        request, template, case=case, tabs=tabs, identity=reads.identity(case),
        ours=case.owner_id == request.actor.agency, **context,
    )  # fmt: skip


def ask(request: HttpRequest, case: Any, form: Any, **words: str) -> HttpResponse:
    """Answer with one question about a case: `title`, `action` (the button), `back`; `says`."""
    return show(request, "cases/ask.html", case, form=form, **words)


def done(request: HttpRequest, says: str, to: str, *args: UUID) -> HttpResponse:
    """Say what was done and go on."""
    messages.success(request, says)
    return redirect(to, *args)


def team(case: Any) -> list[tuple[UUID, str]]:
    """The people on a case's team, as choices; none for whoever is not shown the team."""
    return [
        (one.post_id, f"{one.post.name}, {one.post.agency.name}")
        for one in sharing.members(case.circle_id)
    ]


def back_to(name: str, case: Any) -> dict[str, str]:
    """Where the back link and Cancel go."""
    labels = dict(TABS)
    return {"back": reverse(name, args=[case.pk]), "back_label": _("Back to: ") + str(labels[name])}

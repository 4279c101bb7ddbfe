"""What several panel pages need: what was sent, who may run a panel, who may be given an action."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format

from locality.panels import reads
from locality.sharing.words import Duty

Choices = list[tuple[str, str]]


def given(request: HttpRequest) -> QueryDict | None:
    """What was sent, even when it is empty; nothing when a page is only asked for."""
    return request.POST if request.method == "POST" else None


def done(request: HttpRequest, says: str, to: str, *args: object) -> HttpResponse:
    """Say what was done and go on."""
    messages.success(request, says)
    return redirect(to, *args)


def may_run(request: HttpRequest, panel: Any) -> bool:
    """Whether to offer what only who runs a panel may do; the services decide for themselves."""
    may = bool({Duty.COORDINATE, Duty.CHAIR} & request.duties)
    return may and reads.sits_on(panel, request.actor)


def sitting(panel: Any) -> Choices:
    """Whoever sits on a panel, as choices."""
    return [(str(m.post_id), f"{m.post.name}, {m.post.agency}") for m in reads.members(panel)]


def people(item: Any) -> Choices:
    """Whoever may be given an action: the panel and the case's team."""
    found = {m.post_id: m.post for m in reads.team_of(item)}
    found |= {m.post_id: m.post for m in reads.members(item.meeting.panel)}
    named = [(str(key), f"{post.name}, {post.agency}") for key, post in found.items()]
    return sorted(named, key=lambda pair: pair[1])


def moment(when: Any) -> str:
    """A moment in words."""
    return date_format(timezone.localtime(when), "l j F Y, H:i")

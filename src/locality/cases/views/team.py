"""Who is on a case's team."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from locality.cases import reads, services
from locality.cases.forms import HandOverForm, MemberForm, WhyForm
from locality.cases.views.frame import ask, back_to, done, given, show
from locality.sharing import reads as sharing

either = require_http_methods(["GET", "POST"])


@require_safe
def team(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show who is on the team, for which agency, and since when."""
    one = reads.case(case_id)
    return show(request, "cases/team.html", one, team=sharing.members(one.circle_id))


@either
def add_member(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask who joins the team."""
    one = reads.case(case_id)
    form = MemberForm(given(request), posts=reads.who_may_join(one))
    if form.is_valid():
        services.add_team_member(by=request.actor, case_id=case_id, **form.cleaned_data)
        return done(request, _("They are on the team and see the case."), "cases:team", case_id)
    words = {
        "title": _("Who joins the team?"), "action": _("Add to the team"),
        "says": _("They will see the case, its plan, and what was shared with its team."),
    }  # fmt: skip
    return ask(request, one, form, **words, **back_to("cases:team", one))


@either
def remove_member(request: HttpRequest, case_id: UUID, post_id: UUID) -> HttpResponse:
    """Ask why somebody leaves the team."""
    one = reads.case(case_id)
    form = WhyForm(given(request))
    if form.is_valid():
        services.remove_team_member(
            by=request.actor, case_id=case_id, post_id=post_id, **form.cleaned_data
        )
        return done(request, _("They are off the team."), "cases:team", case_id)
    who = sharing.post(post_id)
    title = _("Why does %(who)s leave the team?") % {"who": who.name}
    words = {"title": title, "action": _("Take off the team")}
    return ask(request, one, form, **words, **back_to("cases:team", one))


@either
def hand_over(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask who leads the case from now on."""
    one = reads.case(case_id)
    form = HandOverForm(given(request), posts=reads.who_may_lead(one))
    if form.is_valid():
        services.hand_over(by=request.actor, case_id=case_id, **form.cleaned_data)
        return done(request, _("The case has a new lead."), "cases:team", case_id)
    words = {"title": _("Who leads this case from now on?"), "action": _("Hand over")}
    return ask(request, one, form, **words, **back_to("cases:team", one))

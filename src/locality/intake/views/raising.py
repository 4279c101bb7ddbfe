"""Pages on which a concern is raised: danger, what was noticed, what was agreed, and a check."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from locality.intake import forms, reads, rules, services
from locality.intake.views.drafts import keep, of_a_draft, so_far
from locality.intake.words import Page
from locality.ui.pages import page


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask about danger before anything else; the answer begins a draft."""
    form = forms.DangerForm(request.POST or None)
    if form.is_valid():
        draft = services.save_draft(by=request.actor, answers=form.cleaned_data)
        return redirect("intake:who", draft.pk)
    return page(request, "intake/danger.html", form=form, door=reads.front_door(request.actor))


@require_http_methods(["GET", "POST"])
@of_a_draft
def danger(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    """Ask about danger again."""
    form = forms.DangerForm(request.POST or None, initial=draft.answers)
    if form.is_valid():
        return keep(request, draft, Page.DANGER, form.cleaned_data)
    return page(request, "intake/danger.html", form=form, draft=draft)


@require_http_methods(["GET", "POST"])
@of_a_draft
def noticed(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    """Ask what was noticed."""
    initial = {"noticed_on": timezone.localdate(), **so_far(draft, Page.NOTICED)}
    form = forms.NoticedForm(
        request.POST or None, initial=initial,
        unseen=lambda matter: services.unseen(request.actor, matter),
    )  # fmt: skip
    if form.is_valid():
        return keep(request, draft, Page.NOTICED, {Page.NOTICED: forms.kept(form)})
    return page(request, "intake/noticed.html", form=form, draft=draft)


@require_http_methods(["GET", "POST"])
@of_a_draft
def agreed(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    """Ask what they know and have agreed to."""
    form = forms.AgreedForm(
        request.POST or None, initial=so_far(draft, Page.AGREED),
        names=bool(draft.answers.get("people")),
    )  # fmt: skip
    if form.is_valid():
        return keep(request, draft, Page.AGREED, {Page.AGREED: forms.kept(form)})
    return page(request, "intake/agreed.html", form=form, draft=draft)


@require_http_methods(["GET", "POST"])
@of_a_draft
def check(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    """Show every answer, and raise the concern; or say what it lacks."""
    lacks = rules.missing(draft.answers, timezone.localdate())
    if request.method == "POST" and not lacks:
        concern = rules.concern_from(draft.answers)
        made = services.raise_concern(by=request.actor, concern=concern, draft_id=draft.pk)
        return redirect("intake:receipt", made.pk)
    noticed = draft.answers.get(Page.NOTICED) or {}
    matter = dict(forms.MATTERS).get(noticed.get("matter"), "")
    return page(
        request, "intake/check.html", status=422 if request.method == "POST" else 200,
        draft=draft, answers=draft.answers, lacks=lacks, people=reads.people_in(draft),
        danger=dict(forms.DANGERS).get(draft.answers.get("danger")),
        named_place=reads.place_in(draft), matter=matter, door=reads.front_door(request.actor),
        advice=rules.advice(matter),
        noticed_on=rules.day_of(noticed.get("noticed_on")),
    )  # fmt: skip

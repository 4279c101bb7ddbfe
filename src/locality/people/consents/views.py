"""Pages of what somebody agreed to and refused, as one's own agency heard it."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from locality.people import reads
from locality.people.consents.forms import ANSWERED_BY, ANSWERS, KINDS, SaidForm, WithdrawForm
from locality.sharing import reads as sharing
from locality.sharing.consents import reads as consents
from locality.sharing.consents import services
from locality.sharing.words import AnsweredBy, Category, ConsentAnswer, ConsentKind
from locality.ui.language import shown as in_words
from locality.ui.pages import page

if TYPE_CHECKING:
    from locality.sharing.models import Consent


@require_safe
def answers(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show what somebody agreed to and refused, what counts now before what is over."""
    rows = list(consents.of_person(reads.person(person_id).pk))
    names, today = {one.pk: one.name for one in sharing.agencies()}, sharing.today()
    live = [one for one in rows if _counts(one, today)]
    return page(
        request, "people/consents/answers.html", name=reads.names([person_id])[person_id],
        person_id=person_id, live=[_shown(one, names) for one in live],
        over=[_shown(one, names) for one in rows if one not in live],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def write_down(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Ask what somebody was asked, and what they said."""
    name = reads.names([reads.person(person_id).pk])[person_id]
    others = {one.pk: one.name for one in sharing.agencies() if one.pk != request.actor.agency}
    cleared = sharing.post(request.actor.post).role.clearances
    form = SaidForm(request.POST or None, agencies=others, cleared=cleared)
    if form.is_valid():
        services.write_down(by=request.actor, person_id=person_id, said=form.said())
        messages.success(request, _("Their answer is written down and counts from now on."))
        return redirect("people:consents", person_id)
    return page(
        request, "people/consents/write_down.html", form=form, name=name, person_id=person_id,
        purpose=sharing.purpose(request.actor.purpose),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Ask how somebody took back what they had agreed to."""
    one = consents.one(consent_id)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        services.withdraw(by=request.actor, consent_id=consent_id, **form.cleaned_data)
        messages.success(request, _("It is taken back, and nothing shows because of it any more."))
        return redirect("people:consents", one.person)
    names = {each.pk: each.name for each in sharing.agencies()}
    return page(
        request, "people/consents/withdraw.html", form=form, one=_shown(one, names),
        name=reads.names([one.person])[one.person], person_id=one.person,
    )  # fmt: skip


def _counts(one: "Consent", today: object) -> bool:
    return one.ended_at is None and (one.until is None or one.until >= today)


def _shown(one: "Consent", names: dict[int, str]) -> dict[str, object]:
    return {
        "consent": one, "kind": KINDS[ConsentKind(one.kind)],
        "answer": ANSWERS[ConsentAnswer(one.answer)],
        "agreed": one.answer == ConsentAnswer.AGREED,
        "answered_by": ANSWERED_BY[AnsweredBy(one.answered_by)],
        "what": [in_words(Category(each).says) for each in one.categories],
        "whom": sorted(names[each] for each in one.receivers if each in names),
    }  # fmt: skip

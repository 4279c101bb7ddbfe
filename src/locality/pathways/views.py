"""The catalogue as pages a practitioner can read."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from locality.pathways import catalogue, rules
from locality.pathways.words import Pathway
from locality.ui.pages import page


@require_safe
def pathways(request: HttpRequest) -> HttpResponse:
    """Show every pathway of the locality."""
    today = timezone.localdate()
    cards = [
        {
            "pathway": one,
            "ages": rules.ages_in_words(one),
            "needs": rules.needs_in_words(one.eligible.any_need, catalogue.need_names(), "or"),
            "overdue": rules.is_review_overdue(one, today),
        }
        for one in catalogue.all()
    ]
    return page(request, "pathways/pathways.html", cards=cards)


@require_safe
def pathway(request: HttpRequest, key: str) -> HttpResponse:
    """Show one pathway whole: who it is for, its steps, examples, sources and review date."""
    one, today = catalogue.get(key), timezone.localdate()
    return page(
        request,
        "pathways/pathway.html",
        pathway=one,
        ages=rules.ages_in_words(one),
        needs=[
            name for key, name in catalogue.need_names().items() if key in one.eligible.any_need
        ],
        steps=_steps(one),
        overdue=rules.is_review_overdue(one, today),
        unconfirmed=catalogue.to_be_confirmed(one),
        sources=[(source, source.review_by < today) for source in one.sources],
    )


def _steps(one: Pathway) -> list[dict[str, object]]:
    """Each step with what may follow it, in names."""
    names = {step.key: step.name for step in one.steps} | {end.key: end.name for end in one.ends}
    return [{"step": step, "then": [names[key] for key in step.then]} for step in one.steps]

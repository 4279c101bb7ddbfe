"""Pages for everybody: what is done with information here, and which tools compute something."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from locality.sharing import reads as sharing
from locality.sharing.register import reads
from locality.sharing.words import Category
from locality.ui.pages import page


@require_safe
def processing(request: HttpRequest) -> HttpResponse:
    """Show the record of processing: purposes, agencies, kinds of information, who gets what."""
    agreements = [one for one in sharing.agreements() if one.state == "in force"]
    return page(
        request, "sharing/register/processing.html", purposes=sharing.all_purposes().values(),
        partners=sharing.partners(), categories=[one.says for one in Category],
        agreements=agreements, kinds=reads.kinds_of_record(),
    )  # fmt: skip


@require_safe
def algorithms(request: HttpRequest) -> HttpResponse:
    """Show the algorithmic-transparency register."""
    return page(request, "sharing/register/algorithms.html", tools=reads.tools())

"""Home: what needs you now."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from locality.ui.pages import page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show who is acting."""
    return page(request, "web/home.html")

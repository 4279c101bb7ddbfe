"""What the sign-in page needs beyond its form."""

from django.conf import settings
from django.http import HttpRequest

from locality.sharing import reads


def sign_in(request: HttpRequest) -> dict[str, object]:
    """The story's people in the demo, the passkey, and what went wrong before."""
    match = request.resolver_match
    if match is None or match.view_name != "account_login":
        return {}
    return {
        "problem": request.session.pop("sign_in_problem", ""),
        "demo_sign_in": "web/_story_people.html" if settings.DEMO else None,
        "story_people": reads.story_people() if settings.DEMO else [],
        "passkey_sign_in": "web/_passkey_sign_in.html",
        "passkey_host": settings.PASSKEY_HOST,
    }

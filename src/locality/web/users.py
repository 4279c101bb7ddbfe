"""Finding who signs in. Read by the sign-in pages, where nobody acts yet."""

from locality.sharing.models import User


def user_with_email(email: str) -> User | None:
    """Fetch the person whose work address this is, whatever its capitals. Never a named job."""
    return User.objects.filter(email__iexact=email, is_job=False).first() if email else None

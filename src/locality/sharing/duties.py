"""Whether the post that is acting has a duty. Seeing is another matter: the database's."""

from django.db import connection

from locality.kit.errors import Refused
from locality.kit.saying import in_words, say
from locality.sharing.words import Duty

SAYS = {
    Duty.RAISE: "raise concerns",
    Duty.SCREEN: "screen concerns",
    Duty.LEAD: "lead cases",
    Duty.COORDINATE: "coordinate a panel",
    Duty.CHAIR: "chair a panel",
    Duty.PROVIDE: "provide help that others refer to",
    Duty.ANALYSE: "analyse places",
    Duty.REPORT: "write board reports",
    Duty.GOVERN: "govern how information is shared",
    Duty.OPERATE: "run the system",
    Duty.EMERGENCY: "use emergency access",
    Duty.EXPORT_CSV: "take tables out as files",
    Duty.EXPORT_DOCX: "take Word documents out as files",
    Duty.EXPORT_PDF: "take PDF documents out as files",
    Duty.EXPORT_JSON: "take data out as files",
}


def require(*any_of: Duty) -> None:
    """Refuse with `sharing.not_your_duty` unless the acting post has one of these duties."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT locality.duties()")
        (held,) = cursor.fetchone()
    if not set(any_of) & set(held or ()):
        wanted = in_words([say(SAYS[duty]) for duty in any_of], "or")
        raise Refused(
            "sharing.not_your_duty",
            say(
                "Your post is not one that may {wanted}. "
                "Your agency’s information-governance lead can change what your post may do.",
                wanted=wanted,
            ),
        )

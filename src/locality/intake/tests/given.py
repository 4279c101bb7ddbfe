"""What the tests of intake start from: an invented concern, ready to raise."""

from dataclasses import replace
from uuid import UUID

from locality.intake import services
from locality.intake.models import Concern
from locality.intake.words import Matter, NewConcern, NewPerson, Told, Urgency
from locality.sharing.acting import Actor
from tests.world import today

ASH = NewPerson(given_names="Ash", family_name="Fielding")


def new_concern(**changes: object) -> NewConcern:
    """A concern about somebody invented."""
    asked = NewConcern(
        urgency=Urgency.SOON, matter=Matter.LEARNING, people=(ASH,), told=Told.AGREED,
        text="Has missed eleven days since half-term and is hungry when here.",
        strengths="Loves football.", noticed_on=today(),
    )  # fmt: skip
    return replace(asked, **changes)


def raised(by: Actor, draft_id: UUID | None = None, **changes: object) -> Concern:
    """A concern, raised."""
    return services.raise_concern(by=by, concern=new_concern(**changes), draft_id=draft_id)


def answers(**changes: object) -> dict[str, object]:
    """What a draft holds when every page has been answered."""
    return {
        "danger": "soon",
        "people": [{"given_names": "Ash", "family_name": "Fielding"}],
        "noticed": {
            "text": "Has missed eleven days.", "matter": Matter.LEARNING,
            "noticed_on": today().isoformat(),
        },
        "agreed": {"told": Told.AGREED},
        **changes,
    }  # fmt: skip

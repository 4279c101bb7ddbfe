"""Who stands where while the stories are acted out, and what has been made so far."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from locality.demo.services.partners import JOB, House
from locality.demo.words.stories import CastIds
from locality.sharing import sessions
from locality.sharing.acting import Actor


@dataclass
class Stage:
    """Actors by staff key and purpose; things made by story and key."""

    house: House
    cast: dict[tuple[str, str], CastIds]
    today: date
    story: str = ""
    made: dict[tuple[str, str], UUID] = field(default_factory=dict)
    purposes: dict[tuple[str, str], str] = field(default_factory=dict)
    openers: dict[tuple[str, str], str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sign everybody in while the clock still tells the real time."""
        for who, post in self.house.posts.items():
            if who != JOB:
                self.keys[who] = sessions.start(user=self.house.users[who], post=post)

    def actor(self, who: str, purpose: str) -> Actor:
        """Somebody of the staff, acting for a purpose."""
        return Actor(
            post=self.house.posts[who], person=self.house.users[who],
            agency=self.house.agency_of[who], purpose=purpose, key=self.keys[who],
        )  # fmt: skip

    def of(self, key: str) -> UUID:
        """What was made under a key of this story."""
        return self.made[self.story, key]

    def keep(self, key: str, made: UUID, purpose: str) -> None:
        """Remember what was made, and for which purpose."""
        self.made[self.story, key] = made
        self.purposes[self.story, key] = purpose

    def purpose(self, key: str) -> str:
        """The purpose for which something was made."""
        return self.purposes[self.story, key]

    def person(self, key: str) -> CastIds:
        """Where somebody of this story is found."""
        return self.cast[self.story, key]

    def post(self, key: str) -> UUID:
        """The post of somebody of the staff."""
        return self.house.posts[key]

    def until(self, day: date) -> date | None:
        """A last day, if it is still to come: what ended in the past was ended by closing."""
        return day if day > self.today else None

"""The words of people: how somebody is recorded, and where they live."""

from enum import StrEnum


class Sex(StrEnum):
    """As recorded by the agency; never guessed."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    NOT_KNOWN = "not known"


class ContactKind(StrEnum):
    """A way to reach somebody."""

    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"

"""Agencies, people in posts, agreements, circles, disclosures, conflicts, audit. No behaviour."""

from locality.sharing.models.agencies import (
    Agency,
    Labelled,
    Post,
    Purpose,
    Role,
    User,
    Users,
    an_id,
    one_of,
)
from locality.sharing.models.agreements import Agreement, AgreementStep, Coverage, Party
from locality.sharing.models.asking import EmergencyAccess, EmergencyReview, LookReview
from locality.sharing.models.circles import (
    Circle,
    Conflict,
    Disclosed,
    Disclosure,
    Member,
    Received,
)
from locality.sharing.models.consents import Consent
from locality.sharing.models.keeping import Disposal, DisposalStep, Hold, OwnSchedule
from locality.sharing.models.sides import Apart, WorksWith
from locality.sharing.models.subjects import (
    SubjectAnswer,
    SubjectCorrection,
    SubjectItem,
    SubjectReader,
    SubjectRequest,
    SubjectStep,
)
from locality.sharing.models.trail import AuditEntry, Consultation, Sealed, SignIn

__all__ = [
    "Agency",
    "Agreement",
    "AgreementStep",
    "Apart",
    "AuditEntry",
    "Circle",
    "Conflict",
    "Consent",
    "Consultation",
    "Coverage",
    "Disclosed",
    "Disclosure",
    "EmergencyAccess",
    "EmergencyReview",
    "Hold",
    "OwnSchedule",
    "DisposalStep",
    "Disposal",
    "Labelled",
    "LookReview",
    "Member",
    "Party",
    "Post",
    "Purpose",
    "Received",
    "Role",
    "Sealed",
    "SignIn",
    "SubjectAnswer",
    "SubjectCorrection",
    "SubjectItem",
    "SubjectReader",
    "SubjectRequest",
    "SubjectStep",
    "User",
    "Users",
    "WorksWith",
    "an_id",
    "one_of",
]

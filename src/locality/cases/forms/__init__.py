"""What people are asked about a case, and what to type instead when it cannot be read."""

from locality.cases.forms.case import (
    CloseForm,
    EditForm,
    HandOverForm,
    MemberForm,
    Narrow,
    OpenForm,
)
from locality.cases.forms.fields import (
    WhyForm,
)
from locality.cases.forms.planning import (
    ActionForm,
    EndActionForm,
    GoalForm,
    GradeForm,
    NeedForm,
    ReviewForm,
)
from locality.cases.forms.sharing import (
    AnswerForm,
    AskForm,
    ConditionsForm,
    NoteForm,
    TermsForm,
)
from locality.cases.forms.telling import TellForm

__all__ = [
    "ActionForm",
    "AnswerForm",
    "AskForm",
    "CloseForm",
    "EditForm",
    "EndActionForm",
    "GoalForm",
    "GradeForm",
    "HandOverForm",
    "MemberForm",
    "Narrow",
    "NeedForm",
    "NoteForm",
    "OpenForm",
    "ReviewForm",
    "ConditionsForm",
    "TellForm",
    "TermsForm",
    "WhyForm",
]

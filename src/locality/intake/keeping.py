"""How concerns end: when they were decided or taken back."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from locality.intake.models import Reply, Withdrawal
from locality.intake.words import DECIDED
from locality.sharing.retention.doors import Relation, Root, answer, ends, leave_alone
from locality.sharing.retention.going import PERSON
from locality.sharing.retention.words import Answer

LEAVES = frozenset({"noticed_on", "urgency", "told", "raised_at", "category"})


def answer_for() -> None:
    """Answer for every relation of intake."""
    ends(Root("intake.concern", _("A concern"), _decided, "about", leaves=LEAVES))
    leave_alone("Nobody but its writer sees it, and it is gone after 14 days.", "intake.draft")
    answer(
        intake__concern__circle=Answer.KEEPS,
        intake__concern__about=Relation(Answer.KEEPS, PERSON),
        intake__concern__place=Relation(Answer.STAYS, "places.place"),
        intake__narrative__concern=Answer.GOES,
        intake__about__concern=Answer.GOES,
        intake__about__person=Answer.KEEPS,
        intake__about__record=Answer.KEEPS,
        intake__addition__concern=Answer.GOES,
        intake__placed__concern=Answer.GOES,
        intake__placed__place=Relation(Answer.STAYS, "places.place"),
        intake__receipt__concern=Answer.GOES,
        intake__receipt__circle=Answer.KEEPS,
        intake__reply__receipt=Answer.GOES,
        intake__reply__circle=Answer.KEEPS,
        intake__withdrawal__receipt=Answer.GOES,
    )


def _decided() -> Coalesce:
    """When it was taken back, or the last time that whoever raised it was told what was decided."""
    back = Withdrawal.objects.filter(receipt=OuterRef("pk")).values("withdrawn_at")[:1]
    told = Reply.objects.filter(receipt=OuterRef("pk"), stage__in=[one.value for one in DECIDED])
    return Coalesce(Subquery(back), Subquery(told.order_by("-told_at").values("told_at")[:1]))

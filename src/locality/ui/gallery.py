"""Invented words and forms for the gallery page, which shows every component once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from locality.ui import fields
from locality.ui.paging import paginate, sorting

WHERE = [("home", "At home"), ("school", "At school"), ("street", "In the street or a park")]


class Everything(forms.Form):
    """One of each kind of question."""

    noticed_on = fields.DateField(
        label="Date noticed", help_text="For example, 27 3 2026", latest="today"
    )
    at = fields.TimeField(label="Time", help_text="For example, 2:30pm", required=False)
    place = fields.PlainText(label="Where it was", help_text="A street, a school, a park")
    what = fields.LongText(
        label="What did you notice?",
        help_text="Write what you saw and heard, in the person’s own words where you can.",
        max_length=400,
    )
    email = forms.EmailField(label="Your email address")
    people = forms.IntegerField(label="How many people were there?", min_value=1, required=False)
    where = forms.ChoiceField(label="Kind of place", choices=[("", "Choose one"), *WHERE])
    told = fields.ChoiceField(
        label="Have you told the family?",
        choices=[("yes", "Yes"), ("no", "No"), ("unsafe", "No, it would not be safe")],
        hints={"unsafe": "For example, when somebody at home may cause harm"},
        reveals={"no": "why_not", "unsafe": "why_unsafe"},
    )
    why_not = fields.PlainText(label="Why not?", required=False)
    why_unsafe = fields.PlainText(label="What makes it unsafe?", required=False)
    seen = fields.MultipleChoiceField(
        label="What have you seen?",
        choices=[
            ("missing", "Missing from home"),
            ("gifts", "New things nobody can explain"),
            ("hurt", "Hurt, more than once"),
        ],
        hints={"gifts": "Phones, trainers, money"},
        required=False,
    )
    again = fields.YesNo(label="Has this happened before?")
    password = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    letter = forms.FileField(label="A letter or a photograph", required=False)
    sure = forms.BooleanField(label="I have written what I know, not what I guess")

    def clean(self) -> dict[str, Any]:
        """A revealed question must be answered."""
        fields.keep_revealed(self)
        return self.cleaned_data


class Narrow(forms.Form):
    """What a list can be narrowed to."""

    quiet = True
    kind = forms.ChoiceField(label="Kind of place", required=False, choices=[("", "All"), *WHERE])
    late = fields.MultipleChoiceField(
        label="Clock", required=False, choices=[("late", "Overdue"), ("soon", "Due within a day")]
    )


@dataclass(frozen=True)
class Row:
    """One line of the sample queue."""

    reference: str
    what: str
    where: str
    due: datetime
    times: int


SOME = [
    ("Child of 14 not seen at school for 9 days", "Birchills", -30, 3),
    ("Neighbour heard shouting and crying, twice this week", "Palfrey", -2, 5),
    ("Young man sleeping in the bus station", "St Matthew’s", 3, 1),
    ("Resident’s flat used by people he does not know", "Blakenall", 26, 2),
    ("Older woman worried about a new “friend” and her bank card", "Pleck", 75, 1),
]
NOW = timezone.now()
ROWS = [
    Row(f"C-{2417 + i}", SOME[i % 5][0], SOME[i % 5][1],
        NOW + timedelta(hours=SOME[i % 5][2] + 24 * (i // 5)), SOME[i % 5][3])
    for i in range(62)
]  # fmt: skip


def everything(request: HttpRequest) -> dict[str, Any]:
    """Gather what the gallery's template shows."""
    order = sorting(request, {"due": "due", "what": "what", "times": "times"}, "due")
    rows = sorted(ROWS, key=lambda row: getattr(row, order.key), reverse=order.descending)
    now = timezone.now()
    return {
        "sorting": order,
        "listing": paginate(request, rows, 8),
        "filters": Narrow(request.GET or None),
        "chosen": [{"label": "Overdue", "href": "?"}],
        "now": now,
        "late": now - timedelta(days=2),
        "soon": now + timedelta(hours=20),
        "later": now + timedelta(days=16),
        "today": timezone.localdate(),
        "crumbs": [("Home", "/"), ("Cases", "#cases")],
        "tabs": [
            {"label": "Overview", "href": "#", "current": True},
            {"label": "Plan", "href": "#plan", "count": 4},
            {"label": "Who knows what", "href": "#who"},
            {"label": "Timeline", "href": "#timeline"},
            {"label": "Referrals", "href": "#referrals", "count": 1},
        ],
        "tasks": _tasks(),
        "answers": _answers(),
        "entries": _entries(now),
        "markings": [{"text": "Early help", "colour": "green"}],
        "agencies": ["Walsall Council", "the school", "West Midlands Police"],
    }


def _tasks() -> list[dict[str, str]]:
    return [
        {"title": "Who or where", "href": "#who", "status": "Done"},
        {"title": "What you noticed", "href": "#what", "hint": "About two minutes",
         "status": "Begun", "colour": "blue"},
        {"title": "Check your answers", "status": "Cannot begin yet"},
    ]  # fmt: skip


def _answers() -> list[dict[str, Any]]:
    return [
        {"key": "About whom", "value": "Leila Ahmadi, 14", "href": "#who", "change": "whom"},
        {"key": "What you noticed", "href": "#what", "change": "what you noticed",
         "value": "Not at school since Monday.\nA neighbour saw her with older boys."},
        {"key": "What they know", "value": "", "href": "#told", "change": "what they know"},
    ]  # fmt: skip


def _entries(now: datetime) -> list[dict[str, Any]]:
    return [
        {"title": "Panel decided", "at": now - timedelta(hours=5), "by": "Ruth Okafor, chair",
         "says": "Mentor to be offered. School to keep the place open.",
         "tag": "Decision", "colour": "purple", "href": "#decision", "link": "Reasons"},
        {"title": "Information shared with the school", "at": now - timedelta(days=3),
         "by": "Amina Khan, Walsall Council",
         "says": "Attendance and contact, for early help, until 30 June."},
        {"title": "Concern raised", "at": now - timedelta(days=9), "by": "Tom Bright, Elm Academy"},
    ]  # fmt: skip

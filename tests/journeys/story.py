"""The story, step by step: each function is what one person does about one concern."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from tests.journeys.visitor import Visitor

TOLD = "Thank you. Somebody will ring you this week."
ENDED = "He has finished with his mentor and it went well."


@dataclass
class Young:
    """Whom the story is about; the family name tells one telling from another."""

    family: str
    given: str = "Tomasz"
    born: date = date(2011, 5, 14)

    @property
    def title(self) -> str:
        """What the case is called."""
        return f"Tired at school {self.family[:4]}"


def raise_concern(teacher: Visitor, young: Young) -> str:
    """Raise a concern in four short pages; give its reference."""
    teacher.go("/")
    teacher.menu("Concerns")
    teacher.press("Raise a concern")
    teacher.sees("999")
    teacher.choose("No, but somebody should look within a working day")
    teacher.press("Go on")
    _say_whom(teacher, young)
    teacher.write("What did you notice?", "He fell asleep twice and would not say why.")
    teacher.write("What goes well?", "He loves art.")
    teacher.choose("School, learning or being missing from it")
    teacher.press("Go on")
    teacher.choose("They know and agree")
    teacher.press("Check your answers")
    teacher.sees("He fell asleep twice")
    teacher.press("Raise this concern")
    teacher.sees("Concern raised")
    return teacher.reference()


def _say_whom(teacher: Visitor, young: Young) -> None:
    """Look for him first; nobody of that name is known, so he is named anew."""
    teacher.write("First names", young.given)
    teacher.write("Family name", young.family)
    teacher.day("Date of birth", young.born)
    teacher.press("Find this person")
    teacher.press("None of these: use the name I typed")
    teacher.sees(f"{young.given} {young.family}")
    teacher.press("Go on")


def screen(screener: Visitor, reference: str, young: Young, lead: str) -> None:
    """Open a case from the queue."""
    screener.go("/")
    screener.menu("Queue")
    find_in_list(screener, reference)
    screener.sees("He fell asleep twice")
    screener.press("Open a case")
    screener.write("A few words for lists, without names", young.title)
    screener.write("Why should there be a case?", "Very tired; something keeps him up at night.")
    screener.pick("What is needed first?", "Getting a good education")
    screener.write("The first need, in a sentence", "He misses what is taught.")
    screener.pick("Who leads it?", lead)
    screener.choose("Children Act 2004", inside="Which law")
    screener.write("Why do you decide this?", "A plan is needed, and his mother agrees.")
    screener.write("What do you tell the reporter?", TOLD)
    screener.press("Open a case")
    screener.sees("is decided")


def find_in_list(visitor: Visitor, reference: str) -> None:
    """Follow the link in the row that shows `reference`, on whichever page of the list it is."""
    row = visitor.page.locator("tr, article, li").filter(has_text=reference).last
    while not row.count():
        visitor.press("Next")
    visitor.activate(row.get_by_role("link").first)


def plan(lead: Visitor, young: Young) -> None:
    """Add a need, a goal and an action."""
    open_case(lead, young)
    lead.press("Plan")
    lead.press("Add a need")
    lead.pick("What is it about?", "Children safe from abuse")
    lead.write("What is worrying, or would help?", "Older people wait for him at the gate.")
    lead.press("Add")
    lead.press("Add a goal", "Older people")
    lead.write("What should be different?", "He goes home the way he chooses.")
    lead.write("How will we know?", "Four calm weeks.")
    lead.press("Set goal")
    lead.press("Add an action", "He goes home")
    lead.write("What will be done?", "Ask him who could meet him.")
    lead.pick("Who will do it?", "Marek Oldacre")
    lead.day("By when", timezone.localdate() + timedelta(days=7))
    lead.press("Agree this action")
    lead.sees("Ask him who could meet him.")


def open_case(visitor: Visitor, young: Young) -> None:
    """Find the case in the list of one's own."""
    visitor.go("/cases/")
    find_in_list(visitor, young.title)


def share(lead: Visitor, young: Young, names: list[str]) -> None:
    """Let people of other agencies onto the team, and so see the case."""
    open_case(lead, young)
    lead.press("Team")
    for name in names:
        lead.press("Add somebody")
        lead.pick("Who joins the team?", name)
        lead.press("Add to the team")
        lead.sees(name)


def ask(lead: Visitor, young: Young, agency: str) -> None:
    """Ask one agency for information."""
    open_case(lead, young)
    lead.press("Who knows what")
    lead.press("Ask an agency")
    lead.pick("Which agency do you ask?", agency)
    lead.pick("What kind of information?", "ncident")
    lead.write("What do you need to know?", f"Was he ({young.family[:4]}) seen out at night?")
    lead.write("Why is it needed?", "To plan his way home.")
    lead.day("Answer by", timezone.localdate() + timedelta(days=5))
    lead.press("Ask")
    lead.sees("seen out at night")


def answer(officer: Visitor, young: Young) -> None:
    """Answer for the agency that was asked."""
    officer.go("/cases/asked/")
    find_in_list(officer, f"({young.family[:4]})")
    officer.choose("We share it")
    officer.write("What do you share?", "Seen twice by the canal, well and polite.")
    officer.choose("Crime and Disorder Act 1998", inside="Which law")
    officer.write("Why does the team need it?", "It shows when he is out.")
    officer.press("Answer")


def put_forward(lead: Visitor, young: Young, panel: str) -> None:
    """Put the case forward to the panel."""
    open_case(lead, young)
    lead.sees("Panels")
    link = lead.page.get_by_role("link", name="Put this case forward")
    if not lead.scripts:
        lead.press("See what panels decided")
    lead.activate(link.first)
    lead.choose(panel)
    lead.write("What should the panel decide?", "Is a mentor the right help?")
    lead.pick("Which law lets you share this?", "hildren")
    lead.write("Why is sharing it necessary?", "Several agencies must act together.")
    lead.press("Put the case forward")
    lead.sees("Is a mentor the right help?")


def decide(coordinator: Visitor, young: Young, panel: str, present: list[str]) -> None:
    """Build the agenda, mark who is here, record the decision with an action."""
    coordinator.go("/panels/")
    row = coordinator.page.locator("p").filter(has_text=panel)
    coordinator.activate(row.get_by_role("link").nth(1))
    coordinator.press("Build the agenda")
    coordinator.press("Mark who is here")
    for name in present:
        coordinator.choose(name)
    coordinator.press("Save who is here")
    coordinator.press(young.title)
    coordinator.choose("Agree the plan")
    coordinator.write("Why?", "His own words are in it, and his mother agrees.")
    coordinator.write("An action the panel agreed", "Have somebody near the gate at three.")
    coordinator.pick("Who will do it?", "Dev Harrow")
    coordinator.day("By when?", timezone.localdate() + timedelta(days=14))
    coordinator.press("Record the decision")
    coordinator.sees("His own words are in it")


def refer(lead: Visitor, young: Young, provider: str) -> str:
    """Offer a mentoring referral; give its reference."""
    open_case(lead, young)
    if not lead.scripts:
        lead.press("See what they were referred to")
    lead.press("Refer to a pathway")
    lead.press("Offer this", "Mentoring")
    lead.choose(provider)
    lead.pick("Which goal of the plan does it serve?", "He goes home")
    lead.write("What is the help for?", "Somebody to talk to who likes drawing.")
    lead.choose("There is a safe way")
    lead.choose("There is a place to meet")
    lead.choose("Yes", inside="Is there agreement by")
    lead.write("Who said so, and when?", "Both said yes on Monday.")
    lead.write("Why does the provider need to know this?", "To match him well.")
    lead.press("Ask them to help")
    lead.sees("was asked")
    return lead.reference()


def mentor(mentor: Visitor, reference: str) -> None:
    """Say yes, write down a session, end with a grade."""
    mentor.go("/referrals/")
    find_in_list(mentor, reference)
    mentor.press("Say yes")
    mentor.press("Say yes and start")
    mentor.press("Write down a session")
    mentor.choose("Came")
    mentor.write("What happened?", "Talked about drawing.")
    mentor.press("Save the session")
    mentor.sees("Talked about drawing.")
    mentor.press("End this help")
    mentor.choose("Completed as planned")
    mentor.choose("Mostly reached")
    mentor.write("What do they say about it", "It was good to draw.")
    for part in ("did together", "different now", "good at", "worries anyone", "there for them"):
        mentor.write(part, "Written with him.")
    mentor.press("End this help and send the report")
    mentor.sees("has your report")


def close(lead: Visitor, young: Young) -> None:
    """Grade the goal and close the case; say what the reporter may know."""
    open_case(lead, young)
    lead.press("Plan")
    lead.press("Grade it", "He goes home")
    lead.choose("Reached")
    lead.press("Save grade")
    lead.press("Overview")
    lead.press("Close this case")
    lead.choose("goal", inside="Why does it end?")
    lead.write("What was achieved", "He walks home with a friend.")
    lead.write("What may whoever raised the concern be told?", ENDED)
    lead.press("Close")
    lead.sees("closed")


def read_receipt(teacher: Visitor, reference: str, says: str) -> None:
    """See what became of what was raised."""
    teacher.go("/")
    teacher.menu("Concerns")
    find_in_list(teacher, reference)
    teacher.sees(says)

"""Stories for the public: at the desk, with the legal ally, in a campaign."""

from typing import Any

from casework.cases import kinds
from casework.web import questions
from tests.browser.look.pages.cases import _around
from tests.browser.look.pages.register import shows

WORDS = "أخذوا جواز سفري في اليوم الأول. عملت تسعة أشهر بلا أجر.\n\nI want my wages, and I want nobody else to go there."
TITLE = "Nine months without wages, شركة الميناء الذهبي"
DOWN = ("Taken back", "red")
THINKING = ("They are thinking it over", "amber")
PLACE = "The Daily, page 4, and its page on the web: daily.example/2031/05/nine-months-without-wages"
USE = {
    "where": PLACE,
    "who": "Newsroom, لطيفة",
    "at": "4 May 2031, 10:20",
    "by": "Cara Lind",
    "result": "Asked, nobody answered yet",
    "text": "We ask again on Friday.",
}
STORY = {
    "title": TITLE,
    "text": WORDS,
    "lang": "ar",
    "language": "Arabic",
    "mark": THINKING,
    "missing": "They are still thinking it over. Ask again when those hours have passed.",
    "needs_two": True,
    "waits_for_others": True,
    "steps": [
        ("Written down", "2 May 2031, 9:00, أمينة ديالو"),
        ("Read back and approved", "2 May 2031, 9:40, أمينة ديالو"),
        ("Thinking it over until", "4 May 2031, 9:40"),
        ("Signed by the legal ally", "3 May 2031, 18:05, Luz Ortega"),
        ("What could happen", "Her brother still works there. The story names no place, and he knows of it."),
        ("The lawyer", "No proceeding is harmed by it."),
    ],
    "wanted": True,
    "passed": [
        {"campaign": "Pay us by spring", "at": "5 May 2031", "ended": "", "amiss": False, "uses": [USE]},
        {"campaign": "أجورنا", "at": "6 May 2031", "ended": "9 May 2031", "amiss": True, "uses": []},
    ],
    "withdrawn": "",
}


def _ask(name: str) -> Any:
    return questions.ask(kinds.page(name))


def _row(mark: tuple[str, str]) -> dict[str, Any]:
    return {"href": "#", "title": TITLE, "mark": mark, "at": "2 May 2031, 9:00", "down": 2}


@shows("case/stories", "cases/stories")
def stories() -> dict[str, Any]:
    return _around() | {"stories": [_row(THINKING), _row(DOWN)], "new_href": "#"}


@shows("case/stories/none", "cases/stories")
def no_stories() -> dict[str, Any]:
    return _around() | {"stories": [], "new_href": None}


def _story(form: str, asked: str = "", **story: Any) -> dict[str, Any]:
    return _around() | {
        "story": STORY | story,
        "form": form,
        "form_href": "#",
        "rev": 3,
        "questions": _ask(asked) if asked else (),
        "campaigns": [("1", "Pay us by spring", False), ("2", "أجورنا", False)],
        "campaign_error": [],
        "edit_href": "#",
        "back_story_href": "#",
        "closed": False,
    }


@shows("case/story", "cases/story")
def story() -> dict[str, Any]:
    return _story("approve", "story/approval")


@shows("case/story/second", "cases/story")
def second() -> dict[str, Any]:
    return _story("second", "story/second")


@shows("case/story/give", "cases/story")
def give() -> dict[str, Any]:
    return _story("give", mark=("May be told", "green"), missing="", waits_for_others=False)


@shows("case/story/back", "cases/story")
def taken_back() -> dict[str, Any]:
    return _story("", withdrawn="9 May 2031", mark=DOWN) | {"edit_href": None}


@shows("case/story/words", "cases/story_words")
def words() -> dict[str, Any]:
    told = {"title": "Other words", "rev": 3, "voids": True, "given": True}
    return _around() | told | {"theirs": [("The exact words", WORDS)], "questions": _ask("story/text")}


@shows("review/stories", "review/stories")
def for_ally() -> dict[str, Any]:
    one = {"title": TITLE, "text": WORDS, "lang": "ar", "language": "Arabic", "approved": "2 May 2031, 9:40"}
    asked = {"rev": 3, "action": "#", "questions": _ask("story/ally")}
    told = {
        "ref": "K7QD-2MXR",
        "called": "أمينة عبد الرحمن",
        "back_href": "#",
        "form_token": "t",
        "errors": [],
    }
    states = ((False, True), (False, False), (True, False))
    return told | {"stories": [one | asked | {"signed": signed, "open": open_} for signed, open_ in states]}


@shows("campaign/stories", "campaigns/stories")
def of_campaign() -> dict[str, Any]:
    may = ("May be used until 11 May 2031, 9:40", "green")
    return {"campaign": "Pay us by spring", "back_href": "#", "stories": [_row(may), _row(DOWN)]}


def _used(state: str, **more: Any) -> dict[str, Any]:
    uses = [
        USE | {"open": number == 0, "down_href": "#", "questions": _ask("story/down")} for number in range(2)
    ]
    told = {"campaign": "أجورنا", "back_href": "#", "spoken": "Arabic", "state": state, "wanted": False}
    told |= {"use_href": "#", "want_href": "#", "form_token": "t", "errors": [], "uses": uses}
    return told | {"story": _row(DOWN) | {"text": WORDS, "lang": "ar"}, "questions": _ask("story/use")} | more


@shows("campaign/story", "campaigns/story")
def usable() -> dict[str, Any]:
    return _used("usable", uses=[])


@shows("campaign/story/waits", "campaigns/story")
def waits() -> dict[str, Any]:
    return _used("waits", uses=[])


@shows("campaign/story/back", "campaigns/story")
def to_take_down() -> dict[str, Any]:
    return _used("ended")

"""The indicator sheet: what was done, how and what for, and the signs of forced labour. It finds nobody to be anything."""

from collections.abc import Mapping
from typing import Any

from casework import codes
from casework.cases.questions import stored_key
from casework.papers.blocks import Paper
from casework.papers.contents import Contents
from casework.papers.sheets import head
from casework.vault import Section

_KIND = "trafficking"
_SIGNS = "ilo_indicators"
_ELEMENTS = (
    ("acts", "trafficking_acts"),
    ("means", "trafficking_means"),
    ("purposes", "trafficking_purposes"),
)
_THERE = ("strong", "some")
_NOT_KNOWN = ("unknown", "not_asked")


def sheet(c: Contents) -> Paper:
    """Facts under act, means and purpose, then the eleven signs with their strength, then what is missing."""
    paper = head(c, c.say("Indicator sheet"))
    paper.text(
        c.say(
            "As the person describes it. This sheet is no finding about anybody, and counts nothing up to one."
        ),
        "note",
    )
    paper.text(_in_short(c), "strong")
    for key, listed in _ELEMENTS:
        _element(paper, c, key, listed)
    paper.heading(c.say("Signs of forced labour"))
    paper.table([c.say("Sign"), c.say("How strong")], _signs(c), [3, 2], [])
    _facts(paper, c)
    paper.sign(c.say("Talked through with the person by"), c.say("Day"))
    return paper


def _said(c: Contents, key: str) -> Any:
    """An answer of the story, if the story may be told."""
    if Section.STORY not in c.sections:
        return None
    return c.case.section(Section.STORY).values.get(stored_key(_KIND, key))


def _answers(c: Contents, key: str, listed: str) -> Mapping[str, str]:
    """Every code of a list with its answer; what nobody asked is not asked."""
    said = _said(c, key) or {}
    return {code.key: said.get(code.key, "not_asked") for code in codes.load(listed)}


def _in_short(c: Contents) -> str:
    signs = _answers(c, "indicators", _SIGNS)
    there = sum(answer in _THERE for answer in signs.values())
    strong = sum(answer == "strong" for answer in signs.values())
    parts = [
        c.say("Signs described: %(there)s of %(all)s, strong: %(strong)s.")
        % {"there": c.figure(there), "all": c.figure(len(signs)), "strong": c.figure(strong)}
    ]
    for key, listed in _ELEMENTS:
        present = sum(answer == "present" for answer in _answers(c, key, listed).values())
        parts.append(f"{_title(c, key)}: {c.figure(present)}.")
    return " ".join(parts)


def _title(c: Contents, key: str) -> str:
    return {"acts": c.say("What was done"), "means": c.say("How it was done"), "purposes": c.say("What for")}[
        key
    ]


def _element(paper: Paper, c: Contents, key: str, listed: str) -> None:
    answers = _answers(c, key, listed)
    paper.heading(_title(c, key))
    paper.facts(
        [
            (
                c.word("presence", answer),
                ", ".join(c.word(listed, one) for one in answers if answers[one] == answer),
            )
            for answer in dict.fromkeys(answers.values())
        ]
    )


def _signs(c: Contents) -> list[list[str]]:
    """The strongest first; what is not known stands at the end, so that it is asked."""
    answers = _answers(c, "indicators", _SIGNS)
    strengths = codes.load("indicator_strength")
    ranked = sorted(answers, key=lambda one: strengths.order(answers[one]))
    return [[c.word(_SIGNS, one), c.word("indicator_strength", answers[one])] for one in ranked]


def _facts(paper: Paper, c: Contents) -> None:
    rows = [
        [str(row.get("what", "")), str(row.get("from", "")), str((row.get("on") or {}).get("written", ""))]
        for row in _said(c, "facts") or ()
    ]
    if rows:
        paper.heading(c.say("Facts"))
        paper.table([c.say("What is known"), c.say("From whom or what"), c.say("When")], rows, [5, 3, 2], [])
    missing = [one for one, answer in _answers(c, "indicators", _SIGNS).items() if answer in _NOT_KNOWN]
    if missing:
        paper.heading(c.say("Still to be asked"))
        paper.points([c.word(_SIGNS, one) for one in missing])

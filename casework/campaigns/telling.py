"""Papers of a campaign: its brief, its plan, drafts of complaints. No person stands in one, and no case.

What a campaign writes in free words about those affected (risks, reports, who speaks) goes on no paper.
"""

from casework import clock, codes
from casework.campaigns import due
from casework.campaigns import parts as parts_of
from casework.campaigns.complaints import Procedure
from casework.campaigns.teller import Teller
from casework.deadlines.words import msgid
from casework.papers.blocks import Paper

#: Parts that whoever makes a brief chooses from; none is chosen beforehand.
PARTS = ("target", "demand", "action", "reply", "outcome", "endorsement")


def brief(teller: Teller, parts: frozenset[str]) -> Paper:
    """What a campaign is, for an ally.

    Args:
        teller: the campaign.
        parts: of `PARTS`: what it may tell beside what it is about.
    """
    told, say = teller.book.told, teller.say
    paper = Paper(str(told["name"]), say("Campaign brief"))
    paper.facts(
        [
            (say("Level"), teller.word("campaign_levels", told.get("level"))),
            (say("Goals"), teller.words("campaign_goals", told.get("goals"))),
            (say("As of"), teller.day(clock.today())),
        ]
    )
    paper.text(str(told.get("about") or ""))
    for part in PARTS:
        if part in parts:
            _PARTS[part](paper, teller)
    return paper


def plan(teller: Teller, parts: frozenset[str]) -> Paper:
    """What is planned and by when, and what was done, the oldest first."""
    say = teller.say
    paper = Paper(str(teller.book.told["name"]), say("Plan and timeline"))
    if "due" in parts:
        paper.heading(say("What is due"))
        lines = [one for one in due.dues(teller.book) if one.what in _PLANNED]
        rows = [[teller.day(one.day), say(_PLANNED[one.what]), _titled(teller, one)] for one in lines]
        paper.table([say("Day"), say("Why"), say("What")], rows, [2, 3, 6], [])
    if "done" in parts:
        paper.heading(say("What was done"))
        rows = [[teller.day(day), what] for day, what in parts_of.timeline(teller)]
        paper.table([say("Day"), say("What")], rows, [2, 9], [])
    return paper


def complaint(teller: Teller, procedure: Procedure, instruments: frozenset[str]) -> Paper:
    """A draft of a complaint, with what has to be so before it is received.

    Args:
        teller: the campaign.
        procedure: which.
        instruments: conventions that it is about (`instruments`).
    """
    say = teller.say
    paper = Paper(say(procedure.title), say("Draft"))
    paper.text(
        say(
            "A draft, made from what the campaign wrote down. Somebody who knows this procedure reads it before it"
            " is sent. No person stands in it: what a person says is added by their desk, each with a consent for this."
        ),
        "note",
    )
    paper.facts([(say("To"), say(procedure.to)), (say("Day"), teller.day(clock.today()))])
    paper.blank(say("From (organisation, address, who signs)"), 2)
    paper.text(say(procedure.lead))
    _named(paper, teller, instruments)
    paper.heading(say("What happened"))
    paper.text(str(teller.book.told.get("about") or ""))
    paper.blank(say("What it breaches, article by article"), 4)
    parts_of.demands(paper, teller)
    _tried(paper, teller)
    paper.sign(say("Signature"), say("Place and day"))
    _checklist(paper, teller, procedure)
    return paper


def _named(paper: Paper, teller: Teller, instruments: frozenset[str]) -> None:
    named = [
        teller.word("instruments", one.key) for one in codes.load("instruments") if one.key in instruments
    ]
    parts_of.targets(paper, teller)
    if named:
        paper.heading(teller.say("Conventions"))
        paper.points(named)


def _checklist(paper: Paper, teller: Teller, procedure: Procedure) -> None:
    say = teller.say
    paper.blocks.append({"is": "break"})
    paper.heading(say("Before it is sent"))
    for one in procedure.checks:
        paper.boxes("", [f"{say(one.text)} ({say(one.source)})"])
    paper.text(say(procedure.waits), "note")
    said = {"source": procedure.source, "day": procedure.source_date}
    if procedure.checked_on is None:
        source = say("Source: %(source)s, %(day)s; nobody has held this list against it yet.")
    else:
        source = say("Source: %(source)s, %(day)s; checked on %(checked)s.")
        said["checked"] = teller.day(procedure.checked_on)
    paper.text(source % said, "note")


def _tried(paper: Paper, teller: Teller) -> None:
    """What was tried before, and what came back: one table, so that the signature stands on the page of the letter."""
    say, lines = teller.say, parts_of.timeline(teller, ("action", "reply"))
    paper.heading(say("What was done") if lines else "")
    paper.table([say("Day"), say("What")], [[teller.day(day), what] for day, what in lines], [2, 9], [])


def _titled(teller: Teller, one: due.Due) -> str:
    return teller.word(one.titled, one.title) if one.titled else one.title


_PARTS = {
    "target": parts_of.targets,
    "demand": parts_of.demands,
    "action": parts_of.actions,
    "reply": parts_of.replies,
    "outcome": parts_of.outcomes,
    "endorsement": parts_of.endorsements,
}
_PLANNED = {
    "demand": msgid("Demand to be met"),
    "planned": msgid("Planned"),
    "answer": msgid("An answer is due"),
    "check": msgid("Look whether it is kept"),
    "review": msgid("Look at the campaign again"),
}

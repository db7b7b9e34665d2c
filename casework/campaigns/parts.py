"""What papers of a campaign are made of: a table or a list each, nothing where nothing was written."""

from collections.abc import Iterable, Mapping
from datetime import date

from casework.campaigns import outcomes as counting
from casework.campaigns.due import day_of
from casework.campaigns.teller import Teller
from casework.papers.blocks import Paper

#: By sort of item: the list and the answer in which it says what it is.
_TOLD: Mapping[str, tuple[str, str]] = {
    "action": ("campaign_actions", "rung"),
    "reply": ("reply_sorts", "sort"),
    "outcome": ("outcome_sorts", "sort"),
}


def targets(paper: Paper, teller: Teller) -> None:
    """Who is answerable, and what each can grant."""
    say, lines = teller.say, teller.rows("target")
    paper.heading(say("Who is answerable") if lines else "")
    rows = [
        [
            str(one.told["name"]),
            teller.word("respondent_kinds", one.told.get("kind")),
            teller.word("countries", one.told.get("country")),
            str(one.told.get("grants") or ""),
        ]
        for one in lines
    ]
    paper.table(
        [say("Name"), say("What they are"), say("Country"), say("What they can grant")],
        rows,
        [3, 2, 2, 4],
        [],
    )


def demands(paper: Paper, teller: Teller) -> None:
    """What is demanded, when it is met, by when."""
    say, lines = teller.say, teller.rows("demand")
    paper.heading(say("Demands") if lines else "")
    rows = [
        [
            str(one.told["what"]),
            str(one.told.get("measure") or ""),
            teller.day(day_of(one.told, "until")),
            teller.word("demand_states", one.told.get("state", "open")),
        ]
        for one in lines
    ]
    paper.table([say("What"), say("Met when"), say("Until"), say("State")], rows, [4, 4, 2, 2], [])


def actions(paper: Paper, teller: Teller) -> None:
    """What was done, without who took part."""
    lines = [one for one in teller.rows("action") if one.told.get("state") == "done"]
    paper.heading(teller.say("What was done") if lines else "")
    rows = [
        [teller.day(day_of(one.told, "on")), teller.word("campaign_actions", one.told["rung"])]
        for one in lines
    ]
    paper.table([teller.say("Day"), teller.say("What")], rows, [2, 9], [])


def replies(paper: Paper, teller: Teller) -> None:
    """What came back."""
    lines = teller.rows("reply")
    paper.heading(teller.say("What came back") if lines else "")
    rows = [
        [teller.day(day_of(one.told, "on")), teller.word("reply_sorts", one.told["sort"])] for one in lines
    ]
    paper.table([teller.say("Day"), teller.say("What")], rows, [2, 9], [])


def outcomes(paper: Paper, teller: Teller) -> None:
    """What was won."""
    lines = won(teller)
    paper.heading(teller.say("What was won") if lines else "")
    paper.points(lines)


def won(teller: Teller) -> list[str]:
    """What was won, a sentence each: paid before awarded, awarded before claimed; few people are never counted."""
    found = counting.won(teller.book.of_sort("outcome"))
    say = teller.say
    lines = [
        say("Paid %(paid)s, of %(awarded)s awarded and %(claimed)s claimed")
        % {basis: teller.money(getattr(one, basis), one.currency) for basis in counting.BASES}
        for one in found.sums
    ]
    lines += [f"{teller.word('outcome_sorts', one.sort)}: {say('three or more')}" for one in found.people]
    return lines + [teller.word("outcome_sorts", sort) for sort in found.other]


def endorsements(paper: Paper, teller: Teller) -> None:
    """Which organisations stand with it."""
    lines = teller.rows("endorsement")
    paper.heading(teller.say("Who stands with it") if lines else "")
    paper.points(
        [f"{one.told['name']} ({teller.word('endorsement_sorts', one.told['as_what'])})" for one in lines]
    )


def timeline(teller: Teller, sorts: Iterable[str] = ("action", "reply", "outcome")) -> list[tuple[date, str]]:
    """What was done, came back and was won, by day.

    Args:
        teller: the campaign.
        sorts: of items that are told.
    """
    found: list[tuple[date | None, str]] = [
        (day_of(one.told, "on"), teller.word(listed, one.told[key]))
        for sort, (listed, key) in _TOLD.items()
        if sort in sorts
        for one in teller.rows(sort)
        if sort != "action" or one.told.get("state") == "done"
    ]
    return sorted((day, what) for day, what in found if day is not None)

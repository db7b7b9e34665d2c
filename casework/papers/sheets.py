"""Sheets about the case: for the person, a lawyer, another organisation."""

from casework.cases import around
from casework.papers.blocks import BETWEEN, Paper
from casework.papers.contents import Contents, write_answers
from casework.vault import Section

#: What a case sheet can tell of.
TOLD = (
    Section.HEADER,
    Section.IDENTITY,
    Section.STORY,
    Section.LEGAL,
    Section.MONEY,
    Section.HEALTH,
    Section.EVIDENCE,
    Section.PLAN,
)


def head(c: Contents, title: str) -> Paper:
    """A paper with the reference and, where it may be told, the name at its top."""
    paper = Paper(title, BETWEEN.join(one for one in (c.called, c.case.row.ref) if one))
    paper.text(c.own("letterhead"))
    return paper


def case_sheet(c: Contents) -> Paper:
    """Everything that may be told, section by section."""
    paper = head(c, c.say("Case sheet"))
    kinds = ", ".join(c.kind(key) for key in c.case.kinds)
    paper.facts([(c.say("What it is about"), kinds), (c.say("Printed on"), c.day(c.on))])
    write_answers(paper, c, *TOLD)
    _others(paper, c)
    if c.entries:
        paper.heading(c.say("What happened since"))
        _moments(paper, c)
    return paper


def _others(paper: Paper, c: Contents) -> None:
    """Who is around the person: by name only who knows of the case; nobody reads here how they are reached."""
    if Section.IDENTITY not in c.sections:
        return
    told = [_other(c, one) for one in around.listed(c.case)]
    if told:
        paper.heading(c.say("People around"))
        paper.facts(told)


def _other(c: Contents, one: around.Around) -> tuple[str, str]:
    role = c.word("around_roles", one.told.get("role"))
    knows = one.told.get("knows") == "yes"
    return role, (one.told.get("name") if knows else None) or c.say("no name is given here")


def chronology(c: Contents) -> Paper:
    """What happened, the oldest first."""
    paper = head(c, c.say("Chronology"))
    write_answers(paper, c, Section.STORY)
    if not c.entries:
        paper.text(c.say("Nothing was noted yet."))
    _moments(paper, c)
    return paper


def _moments(paper: Paper, c: Contents) -> None:
    paper.table([c.say("When"), c.say("What"), c.say("In words")], c.moments(), [3, 2, 8], [])


def emergency(c: Contents) -> Paper:
    """One page for a lawyer who has an hour."""
    paper = head(c, c.say("Emergency sheet"))
    paper.text(c.say("Time is short. What is known, and what is not, stands below."), "strong")
    write_answers(paper, c, Section.IDENTITY, Section.LEGAL, Section.HEALTH, Section.HEADER)
    paper.heading(c.say("To be done now"))
    paper.boxes(
        "",
        [
            c.say("Lawyer reached"),
            c.say("Stay or release asked for"),
            c.say("Medicine known to the facility"),
            c.say("Family told, if the person wants it"),
        ],
    )
    paper.blank(c.say("Who did what, and when"), 4)
    return paper


def locator(c: Contents) -> Paper:
    """For looking for somebody who was taken: every spelling, and what was tried."""
    paper = head(c, c.say("Locator sheet"))
    paper.text(
        c.say("A locator that finds nothing proves nothing: try every spelling, and write down each try."),
        "note",
    )
    write_answers(paper, c, Section.IDENTITY, Section.LEGAL)
    paper.heading(c.say("What was tried"))
    columns = [c.say("Day and hour"), c.say("Where"), c.say("Spelling, number, country"), c.say("Answer")]
    paper.table(columns, [["\u00a0"] * 4 for _ in range(10)], [2, 3, 4, 3], [])
    return paper


def authority(c: Contents) -> Paper:
    """The person lets somebody act for them; signed by hand."""
    paper = head(c, c.say("Authority to act"))
    paper.text(
        c.own("authority")
        or c.say(
            "I ask the desk named here to act for me in this matter: to ask for papers about me, to speak and write"
            " in my name, and to receive answers. I can take this back at any time, also by word of mouth."
        )
    )
    paper.facts([(c.say("Name"), c.called), (c.say("Reference"), c.case.row.ref)])
    if not c.called:
        paper.blank(c.say("Name"))
    paper.blank(c.say("Whom I give this authority to"))
    paper.boxes(
        c.say("For"),
        [
            c.say("wages and money owed to me"),
            c.say("my belongings and papers"),
            c.say("my legal case"),
            c.say("talking to my family"),
        ],
    )
    paper.blank(c.say("Not for"), 2)
    paper.blank(c.say("Until (day)"))
    paper.text(c.say("This was read to me in a language that I understand."))
    paper.sign(c.say("Signature or thumb print"), c.say("Place and day"))
    paper.sign(c.say("Witness or interpreter"), c.say("Place and day"))
    return paper


def checklist(c: Contents) -> Paper:
    """Before a settlement is signed."""
    paper = head(c, c.say("Before you sign a settlement"))
    for title, items in (
        (
            c.say("The money"),
            [
                c.say("The sum is written in figures and in words, with its currency."),
                c.say(
                    "The day and the way of payment are written down; nothing is signed as received before it is."
                ),
                c.say("It says for which months and for what it is paid."),
                c.say("What happens if it is not paid in time is written down."),
            ],
        ),
        (
            c.say("What is given up"),
            [
                c.say("Only this claim is settled; no other claim is given up."),
                c.say("Nothing forbids speaking to a union, an authority or a lawyer."),
                c.say("Nothing is said about leaving the country, or about a complaint to the police."),
            ],
        ),
        (
            c.say("The person"),
            [
                c.say("It was read in a language that they understand, without the employer in the room."),
                c.say("Passport and papers are given back, and it says so."),
                c.say("A lawyer has seen it, or it can wait until one has."),
                c.say("They keep a signed copy."),
            ],
        ),
    ):
        paper.heading(title)
        for item in items:
            paper.boxes("", [item])
    paper.sign(c.say("Read through with the person by"), c.say("Day"))
    return paper

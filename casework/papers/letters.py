"""Letters that ask for money: for the whole of it the first time, later for what is left."""

from dataclasses import replace

from casework.errors import Invalid
from casework.money.account.outstanding import RECRUITMENT, WAGES, Basis, Outstanding, Paid, outstanding
from casework.papers import proofs
from casework.papers.blocks import Paper
from casework.papers.contents import Contents
from casework.papers.sheets import head
from casework.papers.workings import OF_RECRUITMENT, OF_WAGES, counted, counts


def demand(c: Contents) -> Paper:
    """A letter to the employer that asks for the wages owed."""
    asked = _asked(c, WAGES)
    c = _with_sum(c, asked)
    paper = _letter(c, c.say("Demand for wages"))
    paper.text(c.own("demand") or _of_a_part(c, asked) or _for_wages(c, asked))
    calculations = ("wages",) if counts(c, "wages") else ("substitution",)
    return _finished(paper, c, asked, calculations, OF_WAGES)


def refund(c: Contents) -> Paper:
    """A letter to the agency or the employer that asks for recruitment money back."""
    # What the letter says is the zero standard: all that was paid, with what the loans cost, less what came back.
    asked = _asked(c, RECRUITMENT)
    c = _with_sum(c, asked)
    paper = _letter(c, c.say("Demand for a refund"))
    paper.text(c.own("refund") or _of_a_part(c, asked) or _for_refund(c, asked))
    return _finished(paper, c, asked, ("recruitment",), OF_RECRUITMENT)


def _for_wages(c: Contents, asked: Outstanding | None) -> str:
    if asked and asked.paid:
        return c.say(
            "I worked for you and was not paid all that is due to me. What was paid of it stands below. Please pay the"
            " rest within fourteen days, and confirm the day and the way of payment in writing."
        )
    return c.say(
        "I worked for you and was not paid all that is due to me. The calculation stands below. Please pay"
        " the sum within fourteen days, and confirm the day and the way of payment in writing."
    )


def _for_refund(c: Contents, asked: Outstanding | None) -> str:
    if asked and asked.paid:
        return c.say(
            "No worker should pay for a job. I was made to pay for mine. What came back stands below. Please pay back"
            " the rest within fourteen days, and confirm the day and the way of payment in writing."
        )
    return c.say(
        "No worker should pay for a job. I was made to pay for mine, as listed below. Please pay it back within"
        " fourteen days, and confirm the day and the way of payment in writing."
    )


def _of_a_part(c: Contents, asked: Outstanding | None) -> str:
    """What a letter says of a sum that was settled; empty where none was."""
    if asked is None or asked.basis is not Basis.AWARDED:
        return ""
    return c.say(
        "It was decided or agreed what is to be paid to me. It is not all paid, as stands below. Please pay what is open"
        " within fourteen days, and confirm the day and the way of payment in writing."
    )


def _asked(c: Contents, subject: str) -> Outstanding | None:
    """What a letter asks for; None where no sum is known, or it may not be told: then it is written in by hand.

    Why something cannot be counted yet stands on the page and the sheets of the case, and is not meant for a letter.

    Raises:
        Invalid: by these figures it would ask for nothing.
    """
    if c.account is None:
        return None
    found = outstanding(c.account, subject)
    if found is None:
        return None
    if found.rest.minor <= 0:
        raise Invalid(
            "By these figures nothing is owed, so there is nothing to ask for. Look at the ledger first."
        )
    return found


def _with_sum(c: Contents, asked: Outstanding | None) -> Contents:
    """The same, with the sum for the desk's own words."""
    return replace(c, places={"sum": c.figure(asked.rest) if asked else ""})


def _letter(c: Contents, title: str) -> Paper:
    paper = head(c, title)
    paper.facts([(c.say("To"), c.recipient), (c.say("Day"), c.day(c.on))])
    return paper


def _finished(
    paper: Paper,
    c: Contents,
    asked: Outstanding | None,
    calculations: tuple[str, ...],
    proved: tuple[str, ...],
) -> Paper:
    """The sum, how it came about, what proves it, and the signature."""
    if asked is None:
        paper.blank(c.say("Sum, in figures and currency"))
    else:
        paper.text(c.figure(asked.rest), "big")
        _left_of_it(paper, c, asked)
        if asked.basis is Basis.COUNTED:
            counted(paper, c, calculations, letter=True)
            proofs.listed(paper, c, *proved)
    paper.text(c.say("I keep every other right that I have."))
    paper.sign(c.say("Signature"), c.say("Place and day"))
    return paper


def _left_of_it(paper: Paper, c: Contents, asked: Outstanding) -> None:
    """The sum, each payment of it, and what is left; nothing where the calculation says it all."""
    if asked.paid or asked.basis is not Basis.COUNTED:
        whole = (_basis(c, asked.basis), asked.whole)
        rest = ("= " + c.say("Still to be paid"), asked.rest)
        lines = [whole, *(("− " + _payment(c, one), one.amount) for one in asked.paid), rest]
        rows = [[words, c.figure(amount)] for words, amount in lines]
        paper.table([c.say("Line"), c.say("Amount")], rows, [5, 2], [1])
    for one in asked.elsewhere:
        said = {"payment": _payment(c, one), "sum": c.quoted(c.figure(one.amount))}
        paper.text(
            c.say("%(payment)s: %(sum)s. It is in another currency, and is not taken off this sum.") % said,
            "note",
        )


def _basis(c: Contents, basis: Basis) -> str:
    return {
        Basis.AWARDED: c.say("Awarded or agreed"),
        Basis.COUNTED: c.say("Owed, as counted below"),
        Basis.CLAIMED: c.say("Claimed"),
    }[basis]


def _payment(c: Contents, one: Paid) -> str:
    return c.say("Paid on %(day)s") % {"day": c.quoted(c.day(one.day))} if one.day else c.say("Paid")

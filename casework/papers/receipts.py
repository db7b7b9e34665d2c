"""The receipt of payment: filled from what was written down as paid, signed by hand."""

from collections.abc import Iterator
from datetime import date

from casework.money.account.ledger import Ledger
from casework.money.account.outstanding import RECRUITMENT, WAGES, Paid, line_of, outstanding
from casework.money.amounts import Money
from casework.money.ledger import PayPeriod, Work
from casework.papers.blocks import Paper
from casework.papers.contents import Contents
from casework.papers.sheets import head


def receipt(c: Contents) -> Paper:
    """What was received; whatever is not known, or may not be told, is a line to be filled in by hand."""
    paper = head(c, c.say("Receipt of payment"))
    paper.facts([(c.say("Name"), c.called), (c.say("Reference"), c.case.row.ref)])
    payment = line_of(c.account.ledger, c.payment) if c.account and c.payment else None
    for label, said in _told(c, payment):
        if said:
            paper.facts([(label, said)])
        else:
            paper.blank(label)
    if payment:
        paper.facts(list(_beside(c, payment)))
    paper.text(c.say("This receipt settles only what is named here. No other claim is given up."), "note")
    paper.sign(c.say("Signature or thumb print"), c.say("Place and day"))
    paper.sign(c.say("Witness"), c.say("Place and day"))
    return paper


def _told(c: Contents, payment: Paid | None) -> Iterator[tuple[str, str]]:
    """What a receipt needs; empty where it is written by hand. A sum in words always is: nobody changes that later."""
    said = payment.line.said if payment else {}
    yield c.say("Received from"), c.word("chain_roles", _known(said.get("paid_by")))
    yield c.say("Sum, in figures and currency"), c.figure(payment.amount) if payment else ""
    yield c.say("Sum, in words"), ""
    yield c.say("For which months, and for what"), _for_what(c, payment) if payment else ""
    yield c.say("How it was paid"), c.word("payment_methods", _known(said.get("method")))


def _known(code: str | None) -> str | None:
    return None if code == "unknown" else code


def _for_what(c: Contents, payment: Paid) -> str:
    """The subject, and the time of the work where it is about wages."""
    span = _span(c.account.ledger, payment) if c.account else None
    days = f"{c.day(span[0])} – {c.day(span[1])}" if span else ""
    return c.among([c.word("money_subjects", payment.subject), days])


def _span(ledger: Ledger, payment: Paid) -> tuple[date, date] | None:
    """The pay period that a payment was for; else all the time that the ledger tells of."""
    if payment.subject != WAGES:
        return None
    period = ledger.period(str(payment.line.said.get("period") or ""))
    times: list[PayPeriod | Work] = [period] if period else [*ledger.of(PayPeriod), *ledger.of(Work)]
    return (min(one.start for one in times), max(one.end for one in times)) if times else None


def _beside(c: Contents, payment: Paid) -> Iterator[tuple[str, str]]:
    """When it came, and what is still open, so that nobody can take a part for the whole."""
    yield c.say("Received on"), c.day(payment.day) if payment.day else ""
    rest = _rest(c, payment)
    if rest is not None:
        yield c.say("Still to be paid on %(day)s") % {"day": c.quoted(c.day(c.on))}, c.figure(rest)


def _rest(c: Contents, payment: Paid) -> Money | None:
    """What is left of the same sum today; None where that is not known in this currency."""
    if c.account is None or payment.subject not in (WAGES, RECRUITMENT):
        return None
    found = outstanding(c.account, payment.subject)
    if found is None or found.elsewhere or found.whole.currency != payment.amount.currency:
        return None
    return max(found.rest, Money.zero(found.whole.currency))

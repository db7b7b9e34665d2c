"""Answers about recruitment and loans as the values that calculators take."""

from decimal import Decimal

from casework.money.account.answers import Answers
from casework.money.debt import DebtQuestion
from casework.money.ledger import Instalment, Loan, RecruitmentPayment, Refund, Told


def fee(of: Answers, _name: str) -> RecruitmentPayment:
    """Money paid for the job."""
    return RecruitmentPayment(
        of.amount("amount"),
        of.that_day("on"),
        item=of.code("item", "undisclosed"),
        paid_to=of.code("paid_to", "unknown"),
        payee=of.code("payee"),
        receipt=of.code("receipt", "unknown"),
        receipt_amount=of.money("receipt_amount"),
        asked_by_recruiter=of.code("asked", "unknown"),
        lawful=of.code("lawful", "unknown"),
        rate=of.exchange(of.that_day("on")),
    )


def refund(of: Answers, _name: str) -> Refund:
    """Money given back."""
    by = of.code("paid_by", "unknown")
    return Refund(
        of.amount("amount"), of.that_day("on"), of.code("state"), by, of.exchange(of.that_day("on"))
    )


def loan(of: Answers, _name: str) -> Loan:
    """A loan, with what was really received of it."""
    stated = of.amount("stated")
    return Loan(
        stated.currency,
        stated,
        tuple(_instalment(row) for row in of.rows("instalments")),
        kept_back=of.money("kept_back"),
        received=of.money("received"),
        every=of.code("every"),
        day=of.day("on"),
        outstanding=of.money("outstanding"),
        told=_told(of),
        lender=of.code("lender", "unknown"),
        collateral=of.codes("collateral"),
        pressures=of.codes("pressures"),
    )


def _instalment(row: Answers) -> Instalment:
    return Instalment(row.amount("amount"), row.count("after"), row.count("times"), row.day("on"))


def _told(of: Answers) -> Told | None:
    percent = of.number("told_percent")
    if percent is None:
        return None
    return Told(percent, of.code("told_every", "month"), of.code("told_terms", "unknown"))


def budget(of: Answers, _name: str) -> DebtQuestion:
    """A debt and what is left to pay it with."""
    contract = of.number("contract")
    return DebtQuestion(
        of.amount("debt"),
        of.number("percent") or Decimal(0),
        of.amount("income"),
        of.money("living"),
        of.money("remittance"),
        of.code("every"),
        None if contract is None else int(contract),
    )

"""The sorts of lines that a ledger has: which questions each asks, and what calculators take it for.

A line is stored as answers, under keys that are never renamed; so an edit form starts with what was
typed, days of other calendars too. What calculators take is made anew each time it is opened.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from casework import codes
from casework.cases import kinds
from casework.cases.fields import Field
from casework.errors import Invalid, NotFound
from casework.money.account.answers import Answers
from casework.money.account.terms import Terms, terms_of
from casework.money.debt import DebtQuestion
from casework.money.ledger import (
    Deduction,
    Entitlement,
    Instalment,
    Loan,
    Payment,
    PayPeriod,
    PayRate,
    RecruitmentPayment,
    Refund,
    Stage,
    StageAmount,
    Told,
    Work,
)
from casework.money.ledger.hours import MINIMUM
from casework.money.substitution import Stretch

LIST: Final = "ledger_lines"

#: Of these there is one a case.
ONCE: Final = ("terms",)

#: What belongs to a pay period says to which.
IN_PERIODS: Final = ("hours", "received", "deduction", "entitlement")

Value = (
    Deduction
    | DebtQuestion
    | Entitlement
    | Loan
    | Payment
    | PayPeriod
    | PayRate
    | RecruitmentPayment
    | Refund
    | StageAmount
    | Stretch
    | Terms
    | Work
)


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of line.

    Attributes:
        key: what is stored, inside the seal; never renamed or reused.
        part: `wages`, `recruitment`, `loans`, `standing` or `terms`.
        build: makes what calculators take of the answers, given the name that other lines know it by.
        fields: what is called otherwise in the questions than in the value, for complaints.
    """

    key: str
    part: str
    build: Callable[[Answers, str], Value]
    fields: Mapping[str, str]

    @property
    def questions(self) -> tuple[Field, ...]:
        """What a form asks for it."""
        return kinds.page(f"ledger/{self.key}")

    def value(self, said: Mapping[str, Any], name: str) -> Value:
        """What calculators take.

        Args:
            said: the answers.
            name: of the line, by which others refer to it.

        Raises:
            Invalid: with the key of the question.
        """
        try:
            return self.build(Answers(said), name)
        except Invalid as refused:
            field = self.fields.get(refused.field or "", refused.field)
            raise Invalid(refused.message, field, **refused.params) from None


def _rate(of: Answers, _name: str) -> PayRate:
    return _pay(of, of.code("contract", "home"))


def _minimum(of: Answers, _name: str) -> PayRate:
    return _pay(of, MINIMUM)


def _pay(of: Answers, basis: str) -> PayRate:
    amount = of.number("amount") or Decimal(0)
    return PayRate(amount, of.code("currency"), of.code("per"), basis, of.day("from"), of.day("to"))


def _work(of: Answers, _name: str) -> Work:
    start = of.that_day("from")
    unit = of.code("unit", "hour")
    return Work(
        quantity=of.number("quantity") or Decimal(0),
        start=start,
        end=of.day("to") or start,
        unit=unit,
        band=of.code("band", "worked" if unit == "hour" else "ordinary"),
        period=of.code("period"),
        multiplier=of.number("multiplier"),
        hours_taken=of.number("hours_taken"),
        source=of.code("source", "memory"),
        confidence=of.code("confidence", "unknown"),
    )


def _period(of: Answers, name: str) -> PayPeriod:
    return PayPeriod(name, of.that_day("from"), of.that_day("to"), of.day("pay_day"), of.money("shown"))


def _received(of: Answers, _name: str) -> Payment:
    method = of.code("method", "unknown")
    return Payment(of.amount("amount"), of.day("on"), of.code("period"), of.money("given_back"), method)


def _deduction(of: Answers, _name: str) -> Deduction:
    return Deduction(
        of.amount("amount"),
        of.yes("lawful"),
        of.code("reason", "unknown"),
        of.day("on"),
        of.code("period"),
        of.code("in_writing", "unknown"),
    )


def _entitlement(of: Answers, _name: str) -> Entitlement:
    amount, what = of.amount("amount"), of.code("what")
    return Entitlement(amount, what, of.day("on"), of.code("period"), of.yes("documented"))


def _stretch(of: Answers, _name: str) -> Stretch:
    return Stretch(
        of.amount("promised"),
        of.amount("paid"),
        of.number("periods") or Decimal(0),
        of.number("promised_hours"),
        of.number("real_hours"),
    )


def _fee(of: Answers, _name: str) -> RecruitmentPayment:
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
        rate=of.exchange(),
    )


def _refund(of: Answers, _name: str) -> Refund:
    by = of.code("paid_by", "unknown")
    return Refund(of.amount("amount"), of.that_day("on"), of.code("state"), by, of.exchange())


def _loan(of: Answers, _name: str) -> Loan:
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


def _budget(of: Answers, _name: str) -> DebtQuestion:
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


def _stage(of: Answers, _name: str) -> StageAmount:
    return StageAmount(
        Stage(of.code("stage")), of.amount("amount"), of.that_day("on"), of.code("subject", "wages")
    )


def _terms(of: Answers, _name: str) -> Terms:
    return terms_of(of)


_SPAN = {"start": "from", "end": "to"}
_RATE = {"rate": "rate_value", "source": "rate_source"}

_BUILT: Mapping[str, tuple[Callable[[Answers, str], Value], Mapping[str, str]]] = {
    "rate": (_rate, {**_SPAN, "unit": "per", "basis": "contract"}),
    "minimum": (_minimum, {**_SPAN, "unit": "per"}),
    "hours": (_work, {**_SPAN, "hours": "quantity"}),
    "period": (_period, {**_SPAN, "gross_shown": "shown"}),
    "received": (_received, {}),
    "deduction": (_deduction, {}),
    "entitlement": (_entitlement, {}),
    "stretch": (_stretch, {"currency": "paid"}),
    "fee": (_fee, {"asked_by_recruiter": "asked", **_RATE}),
    "refund": (_refund, _RATE),
    "loan": (_loan, {"percent": "told_percent", "currency": "stated", "times": "instalments"}),
    "budget": (_budget, {"currency": "income"}),
    "stage": (_stage, {}),
    "terms": (_terms, {**_RATE, "gross_shown": "shown", "day_b": "talks_to"}),
}


def all() -> tuple[Sort, ...]:  # noqa: A001 - it is read as `sorts.all()`
    """Every sort, in the order of their list."""
    return tuple(get(code.key) for code in codes.load(LIST))


def get(key: str) -> Sort:
    """The sort of this key.

    Raises:
        NotFound: there is none.
    """
    if key not in _BUILT:
        raise NotFound
    build, fields = _BUILT[key]
    return Sort(key, str(codes.load(LIST).fact(key, "part")), build, fields)


def code_of(sort: Sort) -> codes.Code:
    """A sort with its name and a sentence about it."""
    return codes.load(LIST).code(sort.key)

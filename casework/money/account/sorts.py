"""The sorts of lines that a ledger has: which questions each asks, and what calculators take it for.

A line is stored as answers, under keys that are never renamed; so an edit form starts with what was
typed, days of other calendars too. What calculators take is made anew each time it is opened.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from casework import codes
from casework.cases import kinds
from casework.cases.fields import Field
from casework.errors import Invalid, NotFound
from casework.money.account import of_loans, of_wages
from casework.money.account.answers import Answers
from casework.money.account.terms import Terms, terms_of
from casework.money.debt import DebtQuestion
from casework.money.ledger import (
    Deduction,
    Entitlement,
    Loan,
    Payment,
    PayPeriod,
    PayRate,
    RecruitmentPayment,
    Refund,
    Stage,
    StageAmount,
    Work,
)
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


def _stage(of: Answers, _name: str) -> StageAmount:
    return StageAmount(
        Stage(of.code("stage")), of.amount("amount"), of.that_day("on"), of.code("subject", "wages")
    )


def _terms(of: Answers, _name: str) -> Terms:
    return terms_of(of)


_SPAN = {"start": "from", "end": "to"}
_RATE = {"rate": "rate_value", "source": "rate_source", "into": "rate_into"}

_BUILT: Mapping[str, tuple[Callable[[Answers, str], Value], Mapping[str, str]]] = {
    "rate": (of_wages.rate, {**_SPAN, "unit": "per", "basis": "contract"}),
    "minimum": (of_wages.minimum, {**_SPAN, "unit": "per"}),
    "hours": (of_wages.work, {**_SPAN, "hours": "quantity"}),
    "period": (of_wages.period, {**_SPAN, "gross_shown": "shown"}),
    "received": (of_wages.received, {}),
    "deduction": (of_wages.deduction, {}),
    "entitlement": (of_wages.entitlement, {}),
    "stretch": (of_wages.stretch, {"currency": "paid"}),
    "fee": (of_loans.fee, {"asked_by_recruiter": "asked", **_RATE}),
    "refund": (of_loans.refund, _RATE),
    "loan": (of_loans.loan, {"percent": "told_percent", "times": "instalments"}),
    "budget": (of_loans.budget, {}),
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

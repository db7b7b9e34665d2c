"""How the lines of a case are counted: rules, contract, days. One line of the ledger says it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from casework import codes
from casework.errors import Invalid
from casework.money import checks
from casework.money.account.answers import Answers
from casework.money.amounts import Money
from casework.money.clocks import Conciliation
from casework.money.exchange import ExchangeRate
from casework.money.ledger.lending import percent
from casework.money.wages import Way

#: Questions that are answered with rules of the book, and the kind of rule; several may be chosen of some.
RULES: Final = {
    "overtime": "overtime",
    "limitation": "limitation",
    "deduction_cap": "deduction_cap",
    "recruitment_caps": "recruitment_cap",
    "interest_caps": "interest_cap",
    "extras": "extra",
}
SEVERAL: Final = ("recruitment_caps", "interest_caps", "extras")


@dataclass(frozen=True, slots=True)
class Terms:
    """How the lines are counted.

    Attributes:
        contract: code of `contract_versions` that the claim rests on, or empty.
        way: from which side wages are counted.
        week_starts: 0 is Monday; None for what the entered weeks say.
        gross_shown: all payslips together, where only their sum is known.
        left: last day of the job.
        filed: the day for which time limits are counted; None for today.
        conciliation: its two days, if there was one.
        late_percent: yearly interest on late pay.
        income: monthly income in the job.
        income_day: the day of its exchange rate.
        income_rate: into the currency of the count.
        count_in: currency of the recruitment costs; empty for the one that most are in.
        overtime, limitation, deduction_cap: ids of rules, or empty.
        recruitment_caps, interest_caps, extras: ids of rules.
    """

    contract: str = ""
    way: Way = Way.NET
    week_starts: int | None = None
    gross_shown: Money | None = None
    left: date | None = None
    filed: date | None = None
    conciliation: Conciliation | None = None
    late_percent: Decimal | None = None
    income: Money | None = None
    income_day: date | None = None
    income_rate: ExchangeRate | None = None
    count_in: str = ""
    overtime: str = ""
    limitation: str = ""
    deduction_cap: str = ""
    recruitment_caps: tuple[str, ...] = ()
    interest_caps: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()


def terms_of(of: Answers) -> Terms:
    """The terms that were answered.

    Raises:
        Invalid: with the key of the question.
    """
    late = of.number("late_percent")
    if late is not None:
        percent(late, "late_percent")
    income = of.money("income")
    if income is not None and income.minor <= 0:
        raise Invalid("This must be more than zero.", "income")
    if (shown := of.money("shown")) is not None:
        checks.amount(shown, "shown")
    return Terms(
        contract=of.code("contract"),
        way=Way(of.code("way", "net")),
        week_starts=_week(of),
        gross_shown=shown,
        left=of.day("left_on"),
        filed=of.day("filed_on"),
        conciliation=_talks(of),
        late_percent=late,
        income=income,
        income_day=of.day("income_on"),
        income_rate=of.exchange(of.day("income_on")),
        count_in=of.code("count_in"),
        overtime=of.code("overtime"),
        limitation=of.code("limitation"),
        deduction_cap=of.code("deduction_cap"),
        recruitment_caps=of.codes("recruitment_caps"),
        interest_caps=of.codes("interest_caps"),
        extras=of.codes("extras"),
    )


def _week(of: Answers) -> int | None:
    key = of.code("week_starts")
    return int(codes.load("weekdays").fact(key, "number")) if key else None


def _talks(of: Answers) -> Conciliation | None:
    asked, answered = of.day("talks_from"), of.day("talks_to")
    if asked is None and answered is None:
        return None
    if asked is None or answered is None:
        raise Invalid("Conciliation has two days: when it was asked for, and the certificate.", "talks_to")
    return Conciliation(asked, answered)

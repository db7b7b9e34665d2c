"""Pay period by pay period: what was due, what came, and when the rest fell due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.money.amounts import Money, total
from casework.money.ledger import Entitlement, PayPeriod
from casework.money.rule_parsers import overtime
from casework.money.rule_terms import Overtime
from casework.money.sentences import Sentence, say
from casework.money.term_reader import Terms
from casework.money.wages.claim import WageClaim
from casework.money.wages.due import Due, due_lines
from casework.money.wages.overtime import divide
from casework.money.wages.ways import Flow, flows
from casework.money.working import Sheet


@dataclass(frozen=True, slots=True)
class Balance:
    """One pay period, or what is tied to none.

    Attributes:
        period: None for what is tied to none.
        due: lines of what was due for work.
        entitlements: owed besides.
        flow: what came and what was taken off.
    """

    period: PayPeriod | None
    due: tuple[Due, ...]
    entitlements: tuple[Entitlement, ...]
    flow: Flow

    @property
    def key(self) -> str:
        """The key of the pay period, or empty."""
        return self.period.key if self.period else ""

    def total_due(self, currency: str) -> Money:
        """All that was due."""
        work = total((line.amount for line in self.due), currency)
        return work + total((part.amount for part in self.entitlements), currency)

    def documented(self, currency: str) -> Money:
        """The part of what was due that rests on documents."""
        work = total((line.documented for line in self.due), currency)
        return work + total((part.amount for part in self.entitlements if part.documented), currency)


def balances_of(claim: WageClaim, sheet: Sheet) -> list[Balance]:
    """What was due and what came, period by period; what is tied to none comes last.

    Raises:
        Invalid: as `wages`.
    """
    terms = _terms(claim, sheet)
    due = due_lines(claim, divide(claim, terms, sheet), terms, sheet)
    by_key: dict[str, list[Due]] = {}
    for line in due:
        by_key.setdefault(line.group.period, []).append(line)
    periods: list[PayPeriod | None] = [*claim.in_order(), None]
    moved = flows(claim)
    made = [_balance(claim, period, by_key, moved) for period in periods]
    return [balance for balance in made if balance.period or _holds(balance)]


def _balance(
    claim: WageClaim, period: PayPeriod | None, due: Mapping[str, list[Due]], moved: Mapping[str, Flow]
) -> Balance:
    key = period.key if period else ""
    besides = sorted(
        (part for part in claim.entitlements if part.period == key),
        key=lambda part: (part.what, part.day or date.min, part.amount.minor, part.documented),
    )
    return Balance(period, tuple(due.get(key, ())), tuple(besides), moved[key])


def _holds(balance: Balance) -> bool:
    return bool(balance.due or balance.entitlements or balance.flow.moves)


def _terms(claim: WageClaim, sheet: Sheet) -> Overtime | None:
    if not claim.overtime:
        return None
    rule = sheet.rule(claim.overtime, "overtime")
    outside = [work.start for work in claim.work if not rule.covers(work.start)]
    if outside:
        sheet.warn(
            say(
                "“%(rule)s” does not cover all days of the work, such as %(day)s.",
                rule=Sentence(rule.title),
                day=min(outside),
            )
        )
    return overtime(Terms(rule.terms))

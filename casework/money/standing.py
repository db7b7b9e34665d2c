"""Where the money stands: claimed, documented, awarded, paid. Paid comes first, because an award feeds nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casework.errors import Invalid
from casework.money.amounts import Money, total
from casework.money.ledger import Stage, StageAmount
from casework.money.records import versioned
from casework.money.rules import RuleBook
from casework.money.sentences import Value, label, say
from casework.money.working import Sheet, Working

NAME: Final = "standing"
VERSION: Final = 1

_ORDER: Final = (Stage.PAID, Stage.AWARDED, Stage.DOCUMENTED, Stage.CLAIMED)
_FORMULA: Final = say(
    "Each stage is added for itself, for each subject and currency. Still to come = awarded − paid, or claimed − paid "
    "while nothing is awarded. The stages are never added to each other."
)


@versioned("standing_question")
@dataclass(frozen=True, slots=True)
class StandingQuestion:
    """What is asked: all sums with their stages, in any currency and on any subject."""

    amounts: tuple[StageAmount, ...]

    def __post_init__(self) -> None:
        if not self.amounts:
            raise Invalid("Nothing was entered yet.", "amounts")


def standing(question: StandingQuestion, book: RuleBook) -> Working:
    """Sums by subject, currency and stage, and what is still to come.

    A stage that nothing was entered for has no sum: not awarded yet is something else than awarded nothing.
    """
    sheet = Sheet(book)
    results: dict[str, Value] = {}
    for subject, currency in sorted({(item.subject, item.amount.currency) for item in question.amounts}):
        mine = [i for i in question.amounts if (i.subject, i.amount.currency) == (subject, currency)]
        sums = by_stage(mine, currency)
        for stage in _ORDER:
            results[f"{subject} {currency} {stage}"] = sums[stage]
            words = say(
                "%(stage)s: %(sum)s %(currency)s",
                stage=label("money_stages", stage),
                sum=sums[stage] if sums[stage] is not None else say("nothing yet"),
                currency=currency,
            )
            sheet.sum(stage, words, sums[stage], subject)
        results[f"{subject} {currency} to come"] = _to_come(sheet, sums, subject, currency)
    return sheet.working(NAME, VERSION, question, _FORMULA, results)


def by_stage(amounts: Iterable[StageAmount], currency: str) -> dict[Stage, Money | None]:
    """The sum of each stage; None where nothing was entered.

    Raises:
        Invalid: two currencies.
    """
    amounts = list(amounts)
    sums: dict[Stage, Money | None] = {}
    for stage in Stage:
        found = [item.amount for item in amounts if item.stage is stage]
        sums[stage] = total(found, currency) if found else None
    return sums


def _to_come(sheet: Sheet, sums: dict[Stage, Money | None], subject: str, currency: str) -> Money | None:
    base = sums[Stage.CLAIMED] if sums[Stage.AWARDED] is None else sums[Stage.AWARDED]
    paid = sums[Stage.PAID] or Money.zero(currency)
    if base is None:
        return None
    if paid > base:
        sheet.warn(
            say("More was paid than the other sums say. Check whether all of it is about the same thing.")
        )
    left = max(base - paid, Money.zero(currency))
    sheet.sum(
        "to_come", say("Still to come: %(left)s %(currency)s", left=left, currency=currency), left, subject
    )
    return left

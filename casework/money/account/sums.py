"""How far the money of a case came, for its card: claimed, shown, awarded, paid, in one currency."""

from collections import Counter

from casework.cases.cards import Money as CardMoney
from casework.cases.cards import Stages
from casework.cases.opening import OpenCase
from casework.money.account import reading
from casework.money.account.ledger import Ledger
from casework.money.ledger import Stage, StageAmount
from casework.money.standing import by_stage


def on_card(case: OpenCase) -> Stages:
    """What lists filter and sort by.

    Args:
        case: opened by whoever saves it.
    """
    return stages(reading.of_case(case))


def stages(ledger: Ledger) -> Stages:
    """The sums of each stage in the currency that most of them are in; other currencies stay on the page of the case."""
    amounts = ledger.of(StageAmount)
    if not amounts:
        return Stages()
    counted = Counter(one.amount.currency for one in amounts)
    currency = min(counted, key=lambda code: (-counted[code], code))
    sums = by_stage((one for one in amounts if one.amount.currency == currency), currency)
    found = {stage: CardMoney(sum_.minor, currency) for stage, sum_ in sums.items() if sum_ is not None}
    return Stages(
        claimed=found.get(Stage.CLAIMED),
        documented=found.get(Stage.DOCUMENTED),
        awarded=found.get(Stage.AWARDED),
        paid=found.get(Stage.PAID),
    )

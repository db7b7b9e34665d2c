"""The calculator of wages: from hours and rates to what is owed, period by period."""

from collections.abc import Mapping
from typing import Final

from casework.errors import Invalid
from casework.money.amounts import Money, total
from casework.money.rules import RuleBook
from casework.money.sentences import Value, label, say
from casework.money.wages.balances import Balance, balances_of
from casework.money.wages.claim import WageClaim, Way
from casework.money.wages.ways import Flow, explain, together
from casework.money.working import Sheet, Working

NAME: Final = "wages"
VERSION: Final = 1

_FORMULA: Final = say(
    "Due = hours × rate × multiplier, added up, with allowances and entitlements; the rate is the higher one of "
    "contract and statutory minimum. Owed (net way) = due − lawful deductions − money received. Owed (gross way) "
    "= due − pay on the payslips + unlawful deductions. Unlawful deductions are never added in the net way."
)


def wages(claim: WageClaim, book: RuleBook) -> Working:
    """What is owed in wages.

    Args:
        claim: all that was entered.
        book: where the rule about overtime is looked up.

    Raises:
        Invalid: with the field, when figures cannot be counted with.
    """
    sheet = Sheet(book)
    balances = balances_of(claim, sheet)
    whole = together(claim, (balance.flow for balance in balances))
    for balance in balances:
        _write_period(sheet, balance, claim.currency)
    results = _results(claim, balances, whole)
    _write_whole(sheet, claim, whole, results)
    return sheet.working(NAME, VERSION, claim, _FORMULA, results)


def _write_period(sheet: Sheet, balance: Balance, currency: str) -> None:
    _write_head(sheet, balance)
    for line in balance.due:
        sheet.line("work", line.words, line.amount, balance.key)
    for part in balance.entitlements:
        words = say("%(what)s: %(amount)s", what=label("entitlements", part.what), amount=part.amount)
        sheet.line("entitlement", words, part.amount, balance.key)
    due, moved = balance.total_due(currency), balance.flow
    sheet.sum("due", say("Due: %(due)s", due=due), due, balance.key)
    words = say(
        "%(due)s − %(lawful)s lawful deductions − %(kept)s received = %(owed)s",
        due=due,
        lawful=moved.lawful,
        kept=moved.kept,
        owed=moved.net(due),
    )
    sheet.sum("owed", words, moved.net(due), balance.key)


def _write_head(sheet: Sheet, balance: Balance) -> None:
    if balance.period is None:
        sheet.step("no_period", say("Tied to no pay period:"), group=balance.key)
        return
    words = say("Pay period %(start)s – %(end)s", start=balance.period.start, end=balance.period.end)
    sheet.step("period", words, balance.period.fell_due, balance.key)


def _results(claim: WageClaim, balances: list[Balance], whole: Flow) -> dict[str, Value]:
    due = total((balance.total_due(claim.currency) for balance in balances), claim.currency)
    net, gross = whole.net(due), whole.gross(due)
    if claim.way is Way.GROSS and gross is None:
        raise Invalid("To count from payslips, enter what they show before deductions.", "gross_shown")
    shown = total((balance.documented(claim.currency) for balance in balances), claim.currency)
    return {
        "due": due,
        "received": whole.received,
        "given_back": whole.given_back,
        "lawful": whole.lawful,
        "unlawful": whole.unlawful,
        "shown": whole.shown,
        "owed_net": net,
        "owed_gross": gross,
        "owed": gross if claim.way is Way.GROSS else net,
        "agree": None if gross is None else int(net == gross),
        "documented": max(whole.net(shown), Money.zero(claim.currency)),
        **_both(claim, balances),
    }


def _both(claim: WageClaim, balances: list[Balance]) -> dict[str, Value]:
    """What was due by the contract alone and by the law alone, where there are such rates."""
    lines = [line for balance in balances for line in balance.due]
    contract = [line.by_contract for line in lines if line.by_contract is not None]
    minimum = [line.by_minimum for line in lines if line.by_minimum is not None]
    return {
        "due_by_contract": total(contract, claim.currency) if contract else None,
        "due_by_minimum": total(minimum, claim.currency) if minimum else None,
    }


def _write_whole(sheet: Sheet, claim: WageClaim, whole: Flow, results: Mapping[str, Value]) -> None:
    net = say(
        "Net way: %(due)s − %(lawful)s − %(kept)s = %(owed)s",
        due=results["due"],
        lawful=whole.lawful,
        kept=whole.kept,
        owed=results["owed_net"],
    )
    sheet.sum("owed_net", net, results["owed_net"])
    if whole.unlawful:
        words = say(
            "Unlawful deductions of %(amount)s are not added again: they are already missing from what was received.",
            amount=whole.unlawful,
        )
        sheet.note("unlawful", words, whole.unlawful)
    if whole.given_back:
        words = say("%(amount)s was given back and does not count as received.", amount=whole.given_back)
        sheet.note("given_back", words, whole.given_back)
    _write_gross(sheet, claim, whole, results)
    _warn_of_result(sheet, results)


def _write_gross(sheet: Sheet, claim: WageClaim, whole: Flow, results: Mapping[str, Value]) -> None:
    gross, net = results["owed_gross"], results["owed_net"]
    if not isinstance(gross, Money) or not isinstance(net, Money):
        return
    back = whole.unlawful + whole.given_back
    words = say(
        "Gross way: %(due)s − %(shown)s + %(back)s = %(owed)s",
        due=results["due"],
        shown=whole.shown,
        back=back,
        owed=gross,
    )
    sheet.sum("owed_gross", words, gross)
    if net != gross:
        sheet.warn_all(explain(claim, whole, net - gross))


def _warn_of_result(sheet: Sheet, results: Mapping[str, Value]) -> None:
    owed = results["owed"]
    if isinstance(owed, Money) and owed.minor < 0:
        sheet.warn(say("By these figures more was paid than was due. Check hours, rates and payments."))

"""What is read aloud to the person: you are owed so much, because of this. One idea a line, no arithmetic."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from casework.errors import Invalid
from casework.money.account.counting import Calculation
from casework.money.account.counts import Count
from casework.money.account.outstanding import WAGES, outstanding
from casework.money.amounts import Money
from casework.money.ledger import Work
from casework.money.sentences import Sentence, Value, label, say
from casework.money.working import Working

#: The lines of one calculation; the first is the one that is said loudest.
Told = list[Sentence]


def aloud(calculation: Calculation) -> list[Told]:
    """What a calculation says, in groups of lines; nothing of what cannot be counted yet.

    Args:
        calculation: of a case.
    """
    told = [
        list(_SAID[count.name](calculation, count.working))
        for count in calculation.counts
        if count.working is not None and count.name in _SAID
    ]
    return [lines for lines in told if lines]


def closing(calculation: Calculation) -> Told:
    """What is said at the end, whatever the figures are."""
    rules = any(_unsure(count) for count in calculation.counts)
    end = [
        say("These figures come from what you told us and from your papers. Tell us if something is wrong.")
    ]
    return [say("A lawyer still has to check the rules that we counted with."), *end] if rules else end


def _unsure(count: Count) -> bool:
    return count.working is not None and bool(count.working.rules)


def _with(money: Value) -> Sentence:
    """An amount with its currency."""
    if not isinstance(money, Money):
        return say("nothing")
    return say("%(sum)s %(currency)s", sum=money, currency=money.currency)


def _some(value: Value) -> bool:
    return isinstance(value, Money) and value.minor > 0


def _wages(calculation: Calculation, working: Working) -> Iterator[Sentence]:
    found = working.results
    if not _some(found["owed"]):
        yield say("By what was entered, nothing is owed for your work. Tell us if something is missing.")
        return
    yield say("You are owed %(sum)s for your work.", sum=_with(found["owed"]))
    yield from _since(calculation)
    hours = sum((work.quantity for work in calculation.ledger.of(Work) if work.unit == "hour"), Decimal(0))
    if hours:
        yield say("Because you worked %(hours)s hours.", hours=hours)
    yield say("For your work you should have had %(sum)s.", sum=_with(found["due"]))
    yield say("You received %(sum)s.", sum=_with(found["received"]))
    if _some(found["given_back"]):
        yield say("You were made to give back %(sum)s of it.", sum=_with(found["given_back"]))
    if _some(found["lawful"]):
        yield say("%(sum)s was taken off, and may be taken off.", sum=_with(found["lawful"]))
    if _some(found["unlawful"]):
        yield say("%(sum)s was taken off although it may not be.", sum=_with(found["unlawful"]))


def _since(calculation: Calculation) -> Iterator[Sentence]:
    """What of it was paid after it was counted, so that nobody hears a sum that a letter no longer asks for."""
    try:
        found = outstanding(calculation, WAGES)
    except Invalid:
        return
    if found is None or not found.paid:
        return
    yield say("You were paid %(sum)s of it since.", sum=_with(found.whole - found.rest))
    if _some(found.rest):
        yield say("%(sum)s is still to be paid to you.", sum=_with(found.rest))


def _limitation(_calculation: Calculation, working: Working) -> Iterator[Sentence]:
    found = working.results
    yield say("%(sum)s of it can still be claimed in time.", sum=_with(found["claimable"]))
    if found["next_lost"] is not None:
        yield say("After %(day)s a part of it can no longer be claimed.", day=found["next_lost"])


def _substitution(_calculation: Calculation, working: Working) -> Iterator[Sentence]:
    found = working.results
    yield say("You are owed %(sum)s of what you were promised.", sum=_with(found["owed"]))
    yield say("Because you were promised %(sum)s.", sum=_with(found["promised"]))
    yield say("You were paid %(sum)s.", sum=_with(found["paid"]))


def _recruitment(_calculation: Calculation, working: Working) -> Iterator[Sentence]:
    found = working.results
    yield say("You paid %(sum)s to get the job.", sum=_with(found["cost"]))
    if found["months"] is not None:
        yield say("That is %(months)s months of your income in the job.", months=found["months"])
    yield say("Receipts show %(sum)s of it.", sum=_with(found["documented"]))
    if _some(found["refunded"]):
        yield say("%(sum)s came back to you.", sum=_with(found["refunded"]))


def _interest(_calculation: Calculation, working: Working) -> Iterator[Sentence]:
    found = working.results
    yield say("The loan costs you %(sum)s.", sum=_with(found["cost"]))
    yield say("Because %(sum)s came into your hands.", sum=_with(found["cash"]))
    yield say("You have to pay back %(sum)s.", sum=_with(found["repaid"]))
    if found["effective"] is not None:
        yield say("That is %(rate)s %% a year, whatever you were told.", rate=found["effective"])


def _debt(_calculation: Calculation, working: Working) -> Iterator[Sentence]:
    found = working.results
    if found["never"]:
        yield say("From this income the debt is never paid off.")
        yield say("Because each payment is not more than the interest. This is not your fault.")
        return
    every = label("pay_periods", working.inputs.every)
    yield say("The debt is paid off after %(count)s payments.", count=found["payments"])
    yield say("One payment each: %(every)s.", every=every)
    if _some(found["at_contract_end"]):
        yield say("When your contract ends, you still owe %(sum)s.", sum=_with(found["at_contract_end"]))


def _standing(_calculation: Calculation, working: Working) -> Iterator[Sentence]:
    words = {
        "paid": say("was really paid to you"),
        "awarded": say("was awarded or agreed, and is not all paid"),
        "claimed": say("was claimed"),
    }
    for line in working.lines:
        if line.key in words and _some(line.value):
            about = label("money_subjects", line.group)
            yield say(
                "%(about)s: %(sum)s %(what)s.", about=about, sum=_with(line.value), what=words[line.key]
            )


_SAID: Final[Mapping[str, Callable[[Calculation, Working], Iterator[Sentence]]]] = {
    "wages": _wages,
    "limitation": _limitation,
    "substitution": _substitution,
    "recruitment": _recruitment,
    "interest": _interest,
    "debt": _debt,
    "standing": _standing,
}

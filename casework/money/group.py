"""A schedule for several people with one opponent, and the sharing out of what they win."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Final

from casework.errors import Invalid
from casework.money import checks
from casework.money.amounts import Money, total
from casework.money.records import versioned
from casework.money.rule_parsers import forum
from casework.money.rules import Rule, RuleBook
from casework.money.sentences import Sentence, Value, label, say
from casework.money.term_reader import Terms
from casework.money.working import Sheet, Working

NAME: Final = "group"
VERSION: Final = 1

_STAGES: Final = ("claimed", "documented", "awarded", "paid")
_FORMULA: Final = say(
    "Each column is added for itself and for each currency. The middle claim is the median. A sum that is shared out "
    "goes to each in proportion to the claim; coins that are left over go to the largest remainders."
)


@versioned("group_member")
@dataclass(frozen=True, slots=True)
class Member:
    """One person of a group.

    Args:
        reference: of the case; never a name.
        claimed: by this person.
        documented, awarded, paid: the other stages, where something was entered.
    """

    reference: str
    claimed: Money
    documented: Money | None = None
    awarded: Money | None = None
    paid: Money | None = None

    def __post_init__(self) -> None:
        checks.one_currency(self.claimed.currency, self.documented, self.awarded, self.paid)
        for stage in _STAGES:
            if (value := getattr(self, stage)) is not None:
                checks.amount(value, stage)


@versioned("group_question")
@dataclass(frozen=True, slots=True)
class GroupQuestion:
    """What the calculator of group schedules is given.

    Args:
        members: each reference once.
        forum: id of the rule on what a board takes, or empty.
        share: a sum to be shared out among the members of its currency, if any.
    """

    members: tuple[Member, ...]
    forum: str = ""
    share: Money | None = None

    def __post_init__(self) -> None:
        if not self.members:
            raise Invalid("A group needs at least one person.", "members")
        references = [member.reference for member in self.members]
        if len(set(references)) != len(references):
            raise Invalid("One person stands in the schedule twice.", "members")
        if self.share is not None:
            checks.amount(self.share, "share")


def schedule(question: GroupQuestion, book: RuleBook) -> Working:
    """One row for each person, sums for each currency and stage, and shares of a sum if one is given.

    Raises:
        Invalid: nobody claims in the currency of the sum that is shared out.
    """
    sheet = Sheet(book)
    members = sorted(question.members, key=lambda member: member.reference)
    for member in members:
        _write_member(sheet, member)
    results: dict[str, Value] = {"members": len(members)}
    for currency in sorted({member.claimed.currency for member in members}):
        results |= _sums(sheet, [m for m in members if m.claimed.currency == currency], currency)
    if question.forum:
        _check_forum(sheet, members, sheet.rule(question.forum, "forum"))
    if question.share is not None:
        results |= _shares(sheet, members, question.share)
    return sheet.working(NAME, VERSION, question, _FORMULA, results)


def share_out(amount: Money, claims: Mapping[str, Money]) -> dict[str, Money]:
    """A sum in proportion to claims; the parts make exactly the sum.

    Args:
        amount: to be shared out.
        claims: by reference, in the same currency, not all of them nothing.

    Raises:
        Invalid: two currencies, or nothing is claimed.
    """
    whole = total(claims.values(), amount.currency)
    if not whole:
        raise Invalid("Nobody claims anything in this currency.", "share")
    exact = {name: Fraction(amount.minor * claim.minor, whole.minor) for name, claim in claims.items()}
    coins = {name: int(part) for name, part in exact.items()}
    left = amount.minor - sum(coins.values())
    for name in sorted(exact, key=lambda name: (coins[name] - exact[name], name))[:left]:
        coins[name] += 1
    return {name: Money(part, amount.currency) for name, part in coins.items()}


def _write_member(sheet: Sheet, member: Member) -> None:
    for stage in _STAGES:
        if (value := getattr(member, stage)) is not None:
            words = say(
                "%(stage)s: %(sum)s %(currency)s",
                stage=label("money_stages", stage),
                sum=value,
                currency=value.currency,
            )
            sheet.line(stage, words, value, member.reference)


def _sums(sheet: Sheet, members: list[Member], currency: str) -> dict[str, Value]:
    found: dict[str, Value] = {f"people {currency}": len(members)}
    for stage in _STAGES:
        amounts = [value for m in members if (value := getattr(m, stage)) is not None]
        if amounts:
            found[f"{stage} {currency}"] = summed = total(amounts, currency)
            words = say(
                "%(stage)s, %(people)s people: %(sum)s %(currency)s",
                stage=label("money_stages", stage),
                people=len(amounts),
                sum=summed,
                currency=currency,
            )
            sheet.sum(stage, words, summed)
    middle = Money.rounded(median(member.claimed.exact for member in members), currency)
    words = say("Middle claim of %(people)s people: %(middle)s", people=len(members), middle=middle)
    sheet.note("middle", words, middle)
    return found | {f"middle {currency}": middle}


def _check_forum(sheet: Sheet, members: list[Member], rule: Rule) -> None:
    terms = forum(Terms(rule.terms))
    if terms.most_claimants is not None and len(members) > terms.most_claimants:
        sheet.warn(
            say(
                "“%(rule)s” takes at most %(most)s people in one claim; here are %(people)s.",
                rule=Sentence(rule.title),
                most=terms.most_claimants,
                people=len(members),
            )
        )
    for member in members:
        most = terms.most_each
        if most is not None and member.claimed.currency == most.currency and member.claimed > most:
            sheet.warn(
                say(
                    "“%(rule)s” takes at most %(most)s %(currency)s for each person; %(reference)s claims more.",
                    rule=Sentence(rule.title),
                    most=most,
                    currency=most.currency,
                    reference=member.reference,
                )
            )


def _shares(sheet: Sheet, members: list[Member], amount: Money) -> dict[str, Value]:
    claims = {m.reference: m.claimed for m in members if m.claimed.currency == amount.currency}
    found: dict[str, Value] = {}
    for reference, part in share_out(amount, claims).items():
        words = say(
            "Share of %(reference)s: %(amount)s × %(claim)s ÷ %(whole)s = %(part)s",
            reference=reference,
            amount=amount,
            claim=claims[reference],
            whole=total(claims.values(), amount.currency),
            part=part,
        )
        sheet.line("share", words, part, reference)
        found[f"share {reference}"] = part
    return found

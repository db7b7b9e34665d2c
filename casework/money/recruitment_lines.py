"""Payments of a recruitment in one currency, and their lines on the sheet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework import codes
from casework.errors import Invalid
from casework.money.amounts import Money, total
from casework.money.exchange import ExchangeRate
from casework.money.ledger import RecruitmentPayment
from casework.money.sentences import Sentence, label, say
from casework.money.working import Sheet


@dataclass(frozen=True, slots=True)
class Counted:
    """A payment in the currency of the count.

    Attributes:
        payment: as it was entered.
        amount: really paid.
        documented: the part that a receipt shows.
    """

    payment: RecruitmentPayment
    amount: Money
    documented: Money


def counted(payments: Iterable[RecruitmentPayment], currency: str, sheet: Sheet) -> list[Counted]:
    """All payments in one currency, in the order of their days.

    Raises:
        Invalid: one is in another currency and has no rate, or a rate of another time.
    """
    ordered = sorted(
        payments, key=lambda p: (p.day, p.item, p.paid_to, p.payee, p.amount.currency, p.amount.minor)
    )
    return [
        Counted(
            payment,
            into(payment.amount, payment.rate, payment.day, currency, sheet),
            into(payment.documented, payment.rate, payment.day, currency, sheet),
        )
        for payment in ordered
    ]


def into(money: Money, rate: ExchangeRate | None, day: date, currency: str, sheet: Sheet) -> Money:
    """An amount in the currency of the count; what must be said of the rate becomes a warning.

    Raises:
        Invalid: there is no rate for it, or one of another time.
    """
    if money.currency == currency:
        return money
    if rate is None or currency not in (rate.currency, rate.into):
        raise Invalid(
            "%(amount)s %(currency)s needs an exchange rate into %(into)s, with its day and source.",
            "rate",
            amount=money.major,
            currency=money.currency,
            into=currency,
        )
    sheet.warn_all(rate.cautions(day))
    return rate.convert(money, day)


def write_payments(sheet: Sheet, theirs: Iterable[Counted], own: Iterable[Counted]) -> None:
    """A line for each payment; what nobody asked for stands beside."""
    for item in theirs:
        sheet.line("payment", _words(item), item.amount, item.payment.item)
        if item.payment.asked_by_recruiter in ("unknown", "not_asked"):
            sheet.warn(
                say(
                    "For some payments it is not known whether the recruiter asked for them. They are counted; ask again."
                )
            )
    for item in own:
        words = say("%(payment)s (not asked for by a recruiter: not counted)", payment=_words(item))
        sheet.note("own_choice", words, item.amount, item.payment.item)


def _words(item: Counted) -> Sentence:
    payment = item.payment
    words = say(
        "%(day)s, %(item)s, to “%(role)s”: %(amount)s",
        day=payment.day,
        item=label("recruitment_costs", payment.item),
        role=label("chain_roles", payment.paid_to),
        amount=item.amount,
    )
    if payment.amount.currency != item.amount.currency and payment.rate is not None:
        words = say(
            "%(payment)s = %(paid)s %(currency)s at %(rate)s",
            payment=words,
            paid=payment.amount,
            currency=payment.amount.currency,
            rate=payment.rate.words(),
        )
    if item.documented < item.amount:
        words = say("%(payment)s; receipts show %(documented)s", payment=words, documented=item.documented)
    return words


def write_groups(sheet: Sheet, items: Iterable[Counted], currency: str) -> None:
    """Sums by item of the ILO definition and by link of the chain."""
    by_item: dict[str, list[Money]] = defaultdict(list)
    by_role: dict[str, list[Money]] = defaultdict(list)
    for item in items:
        by_item[item.payment.item].append(item.amount)
        by_role[item.payment.paid_to].append(item.amount)
    for list_name, key, sums in (("recruitment_costs", "item", by_item), ("chain_roles", "paid_to", by_role)):
        for code in codes.load(list_name):
            if code.key in sums:
                amount = total(sums[code.key], currency)
                words = say("%(what)s: %(amount)s", what=Sentence(code.label), amount=amount)
                sheet.note(key, words, amount, code.key)

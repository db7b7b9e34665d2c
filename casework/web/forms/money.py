"""Questions of a ledger line whose choices are not in a list: pay periods of the case, rules of the book."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from casework.cases.fields import Field, Type
from casework.cases.values import Texts, row_prefix
from casework.errors import Invalid
from casework.money import rule_files
from casework.money.account.ledger import Ledger
from casework.money.account.sorts import IN_PERIODS, Sort
from casework.money.account.terms import RULES, SEVERAL
from casework.money.ledger import PayPeriod
from casework.web import money_shown
from casework.web.questions import Box, Choice, Question, sentence

PERIOD: Final = "period"

#: Every question that this file asks.
Chosen: Final = (PERIOD, *RULES)

_LABELS: Final = {
    PERIOD: (_("For which pay period"), _("Leave it empty if nobody can say.")),
    "overtime": (
        _("Rule about overtime"),
        _("Divides the hours worked, and says how pay by the month becomes pay by the hour."),
    ),
    "limitation": (_("Rule about time limits"), ""),
    "deduction_cap": (
        _("Rule about deductions"),
        _("Shows what is above the most that is allowed; it does not decide what is lawful."),
    ),
    "recruitment_caps": (_("The most that a worker may be asked to pay"), ""),
    "interest_caps": (_("The most interest that may be taken"), ""),
    "extras": (
        _("Damages and interest on late pay"),
        _("Shown apart, and counted only when a legal ally has verified the rule."),
    ),
}


def with_currency(fields: Collection[Field], ledger: Ledger) -> Texts:
    """What a new form starts with: the currency that most amounts of this ledger are in, chosen already."""
    usual = ledger.usual_currency
    if not usual:
        return {}
    alone = {field.key: usual for field in fields if field.key == "currency"}
    return {**alone, **dict.fromkeys(_currency_inputs(fields), usual)}


def _currency_inputs(fields: Iterable[Field], prefix: str = "") -> Iterator[str]:
    for field in fields:
        if field.type is Type.MONEY:
            yield f"{prefix}{field.key}-currency"
        yield from _currency_inputs(field.fields, row_prefix(field.key, 0))


def extra_questions(
    sort: Sort, ledger: Ledger, said: Mapping[str, Any], texts: Texts | None, problems: Mapping[str, Invalid]
) -> list[Question]:
    """The questions beside those of a sort's file.

    Args:
        sort: of line.
        ledger: whose pay periods can be chosen.
        said: what was answered, for an edit form.
        texts: the form as it was sent, when it comes back wrong; it wins over what was answered.
        problems: by the names of the inputs.
    """
    return [
        _question(name, _choices(name, ledger, _chosen(name, said, texts)), problems.get(name))
        for name in _asked(sort, ledger)
    ]


def chosen_rules(sort: Sort, ledger: Ledger, texts: Texts) -> tuple[dict[str, Any], dict[str, Invalid]]:
    """What was chosen, and what is no choice, by the names of the inputs."""
    found: dict[str, Any] = {}
    wrong: dict[str, Invalid] = {}
    for name in _asked(sort, ledger):
        offered = {key for key, *_rest in _choices(name, ledger, ())}
        picked = [one for one in _chosen(name, {}, texts) if one]
        if not set(picked) <= offered:
            wrong[name] = Invalid("This is not one of the choices. Choose one from the list.", name)
        elif picked:
            found[name] = picked if name in SEVERAL else picked[0]
    return found, wrong


def _asked(sort: Sort, ledger: Ledger) -> Iterator[str]:
    if sort.key in IN_PERIODS and ledger.of(PayPeriod):
        yield PERIOD
    if sort.key == "terms":
        yield from RULES


def _chosen(name: str, said: Mapping[str, Any], texts: Texts | None) -> tuple[str, ...]:
    found = said.get(name) if texts is None else texts.get(name)
    return (found,) if isinstance(found, str) else tuple(found or ())


def _choices(name: str, ledger: Ledger, chosen: tuple[str, ...]) -> tuple[Choice, ...]:
    if name == PERIOD:
        periods = sorted(ledger.of(PayPeriod), key=lambda one: one.start)
        return tuple((one.key, money_shown.span(one), one.key in chosen, {}) for one in periods)
    rules = rule_files.house().choose(RULES[name])
    named: tuple[Choice, ...] = tuple(
        (rule.id, str(gettext(rule.title)), rule.id in chosen, {}) for rule in rules
    )
    # Where one of few is chosen by a round button, taking the choice back needs a button too.
    return named if name in SEVERAL else (("", str(gettext("No rule")), not chosen, {}), *named)


def _question(name: str, choices: tuple[Choice, ...], problem: Invalid | None) -> Question:
    label, help_ = _LABELS[name]
    kind = "many" if name in SEVERAL else "one"
    return Question(
        name=name,
        label=str(label),
        help=str(help_),
        required=False,
        folded=False,
        error=sentence(problem) if problem else "",
        inputs=(Box(name, kind, "", "", choices),),
    )

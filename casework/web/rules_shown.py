"""A rule of time as it stands, in the reader's language: all that somebody who vouches for it has to have read."""

from collections.abc import Iterator

from flask_babel import get_locale, gettext, ngettext

from casework import codes
from casework.cases.values import label
from casework.deadlines import lists
from casework.deadlines.choices import AppliesBy, Direction, Filing, MonthEnd, Roll, Start, Unit
from casework.deadlines.records import Extension, Rule
from casework.web.cases_shown import day, kind_word
from casework.web.questions import voice


def facts(rule: Rule) -> list[tuple[str, str]]:
    """What a rule says, as names and words; what it does not say is left out.

    Args:
        rule: as it is shipped.
    """
    said = [
        (gettext("Counted"), " · ".join(_counted(rule))),
        (gettext("Then"), " · ".join(_steps(rule))),
        (gettext("Fulfilled or ended by"), ", ".join(_ends(rule))),
        (gettext("What moves it"), " · ".join(map(_moved, rule.extension))),
        (gettext("On days off"), _days_off(rule)),
        (gettext("What counts"), _filing(rule)),
        (gettext("What the date is"), gettext(lists.load("meanings").label(rule.meaning))),
        (gettext("Kinds of case"), ", ".join(kind_word(one)[1] for one in rule.case_types)),
        (gettext("Whose day"), _zone(rule)),
        (gettext("How well it is founded"), gettext(lists.load("sure").label(rule.sure))),
        (gettext("In force from"), day(rule.effective_from)),
        (gettext("In force until"), day(rule.effective_to)),
        (gettext("Version by"), _applies(rule)),
        (gettext("Checked on"), f"{day(rule.checked_on)}: {rule.checked_by}"),
        (gettext("Look again after"), day(rule.recheck_after)),
    ]
    return [(str(name), str(words)) for name, words in said if words]


def amount(count: int, unit: Unit) -> str:
    """So many of a unit.

    Args:
        count: how many.
        unit: of what.
    """
    match unit:
        case Unit.HOUR:
            text = ngettext("%(num)s hour", "%(num)s hours", count)
        case Unit.WORKING_HOUR:
            text = ngettext("%(num)s hour, days off left out", "%(num)s hours, days off left out", count)
        case Unit.CALENDAR_DAY:
            text = ngettext("%(num)s calendar day", "%(num)s calendar days", count)
        case Unit.WORKING_DAY:
            text = ngettext("%(num)s working day", "%(num)s working days", count)
        case Unit.MONTH:
            text = ngettext("%(num)s month", "%(num)s months", count)
    return str(text)


def _event(code: str) -> str:
    return str(gettext(lists.events().label(code)))


def _counted(rule: Rule) -> Iterator[str]:
    words = {"amount": amount(rule.count, rule.unit), "event": _event(rule.trigger_event)}
    if rule.count == 0:
        yield gettext("at the same time as: %(event)s", event=words["event"])
    elif rule.direction is Direction.BEFORE:
        yield gettext("%(amount)s before: %(event)s", **words)
    else:
        yield gettext("%(amount)s from: %(event)s", **words)
    if rule.start is Start.SAME_DAY:
        yield gettext("that day is day 1")
    if rule.minus_one_day:
        yield gettext("less one day")
    if rule.month_arithmetic is MonthEnd.CARRY:
        yield gettext("a day that the month lacks goes on into the next month")
    if rule.spells:
        yield gettext("times in detention, added up three ways")


def _steps(rule: Rule) -> Iterator[str]:
    for term in rule.then:
        text = amount(term.count, term.unit)
        yield gettext("again and again: %(amount)s", amount=text) if term.repeats else text


def _ends(rule: Rule) -> Iterator[str]:
    for code in (rule.fulfilled_by, *rule.ended_by):
        if code:
            yield _event(code)


def _moved(part: Extension) -> str:
    event = _event(part.event)
    if not part.until:
        return str(gettext("%(event)s: %(amount)s more", event=event, amount=amount(part.count, part.unit)))
    text = gettext("not counted from %(event)s to %(until)s", event=event, until=_event(part.until))
    if part.least_months:
        left = amount(part.least_months, Unit.MONTH)
        text += " · " + gettext("at least %(amount)s left after it", amount=left)
    return str(text)


def _days_off(rule: Rule) -> str:
    if not rule.looks_at_days_off:
        return ""
    rolls = {
        Roll.NEXT: gettext("then the next working day"),
        Roll.PREVIOUS: gettext("then the working day before"),
    }
    names = [str(get_locale().days["format"]["wide"][number]) for number in rule.weekend]
    off = [*names, gettext("holidays: %(calendar)s", calendar=rule.holidays) if rule.holidays else ""]
    return " · ".join(filter(None, (", ".join(filter(None, off)), rolls.get(rule.roll, ""))))


def _filing(rule: Rule) -> str:
    found = {
        Filing.RECEIVED: gettext("received by then; sending it by then is not enough"),
        Filing.SENT: gettext("sent by then"),
    }
    return str(found.get(rule.filing, ""))


def _zone(rule: Rule) -> str:
    """Whose midnight ends the day; a rule without a zone counts where the event was."""
    if not rule.zone:
        return str(gettext("of the place where it happened"))
    return label(codes.load("zones"), rule.zone, voice())


def _applies(rule: Rule) -> str:
    if not (rule.effective_from or rule.effective_to):
        return ""
    by_filing = rule.applies_by is AppliesBy.FILING_DATE
    return str(gettext("the day of filing") if by_filing else gettext("the day of the event"))

"""One page to read aloud to the person, in their language where the interface speaks it."""

from flask import g, render_template
from flask_babel import force_locale, gettext

from casework.access.policy import Action
from casework.cases.asking import Section
from casework.money import rule_files
from casework.money.account import results, spoken
from casework.web import languages, money_shown
from casework.web.access import needs
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.money import back_to_money


@pages.get("/<ref>/money/aloud")
@needs(Action.CASE_OPEN, writes=True)
def money_aloud(ref: str) -> str:
    """You are owed …, because …; opening it is recorded."""
    case, found = results.count(g.actor, ref, rule_files.house())
    language = _language(case.section(Section.HEADER).values.get("language", ""))
    with force_locale(language):
        groups = [[money_shown.sentence(one) for one in told] for told in spoken.aloud(found)]
        closing = [money_shown.sentence(one) for one in spoken.closing(found)]
        title = gettext("What the figures say")
    return render_template(
        "cases/money_aloud.html",
        title=title,
        groups=groups,
        closing=closing,
        spoken=language,
        spoken_direction=languages.direction_of(language),
        **back_to_money(case),
    )


def _language(of_person: str) -> str:
    """The person's language where our words are translated into it; else that of the page."""
    offered = [code for code, *_rest in languages.offered()]
    return of_person if of_person in offered else languages.current()

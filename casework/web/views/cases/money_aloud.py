"""One page to read aloud to the person, in their language where we have the words for it."""

from functools import partial
from typing import Any

from flask import current_app, g, render_template, request, url_for
from flask_babel import force_locale

from casework.access.policy import Action
from casework.cases.asking import Section
from casework.deadlines.words import msgid
from casework.money import rule_files
from casework.money.account import results, spoken
from casework.money.account.counting import Calculation
from casework.money.sentences import Sentence
from casework.web import languages, money_shown, paper_languages
from casework.web.access import needs
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.money import back_to_money

_TITLE = msgid("What the figures say")
_NOTHING = msgid("Nothing can be counted yet.")


@pages.get("/<ref>/money/aloud")
@needs(Action.CASE_OPEN, writes=True)
def money_aloud(ref: str) -> str:
    """You are owed …, because …; opening it is recorded."""
    case, found = results.count(g.actor, ref, rule_files.house())
    of_person = str(case.section(Section.HEADER).values.get("language", ""))
    language = _language(request.args.get("spoken", of_person))
    return render_template(
        "cases/money_aloud.html",
        **_told(found, language),
        spoken=language,
        spoken_direction=languages.direction_of(language),
        unread=paper_languages.from_a_file(language, _of_pages()),
        other_href=None
        if language == languages.current()
        else url_for("cases.money_aloud", ref=ref, spoken=languages.current()),
        **back_to_money(case),
    )


def _told(found: Calculation, language: str) -> dict[str, Any]:
    """All that is said, in that language; its numbers and days too."""
    voice = paper_languages.voice_in(language)
    with force_locale(language):
        read = partial(_read, voice.gettext)
        return {
            "title": voice.gettext(_TITLE),
            "nothing": voice.gettext(_NOTHING),
            "groups": [[read(one) for one in told] for told in spoken.aloud(found)],
            "closing": [read(one) for one in spoken.closing(found)],
        }


def _read(translate: Any, words: Sentence) -> str:
    return words.text(translate, money_shown.figure)


def _language(wanted: str) -> str:
    """The language that is wanted, where there are words in it; else that of the page."""
    offered = [code for code, _name in paper_languages.offered(_of_pages())]
    return wanted if wanted in offered else languages.current()


def _of_pages() -> tuple[str, ...]:
    return tuple(current_app.config["CASEWORK"].languages)

"""Which language a page speaks, and in which direction it runs."""

from typing import Any

from babel import Locale
from flask import Flask, current_app, g, request, session
from flask_babel import Babel, get_locale, get_translations

_CHOICE = "language"


def install(app: Flask) -> None:
    """Let every request choose: what was chosen before, else what the browser asks for."""
    Babel(
        app,
        locale_selector=_select,
        timezone_selector=zone,
        default_translation_directories="web/translations",
    )
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined] # Babel's extension of Jinja adds it
        gettext=lambda text: _translations().ugettext(text),
        ngettext=lambda one, many, count: _translations().ungettext(one, many, count),
        newstyle=True,
    )


def _translations() -> Any:
    """The catalogue of this page. Flask-Babel looks it up for every word, a fifth of the time of a page."""
    if "translations" not in g:
        g.translations = get_translations()
    return g.translations


def _select() -> str:
    offered = current_app.config["CASEWORK"].languages
    chosen = session.get(_CHOICE)
    return str(chosen if chosen in offered else request.accept_languages.best_match(offered) or offered[0])


def zone() -> str:
    """Where the clock of this page stands: at its desk."""
    desk = g.get("desk")
    return desk.zone if desk else "UTC"


def choose(code: str) -> None:
    """Keep a choice; anything that is not offered is passed over."""
    if code in current_app.config["CASEWORK"].languages:
        session[_CHOICE] = code


def current() -> str:
    """The code of the language of this page."""
    return str(get_locale() or "en")


def direction() -> str:
    """`rtl` for a language that is written from right to left."""
    return direction_of(current())


def direction_of(code: str) -> str:
    """In which direction a language is written."""
    return "rtl" if Locale.parse(code, sep="_").text_direction == "rtl" else "ltr"


def offered() -> list[tuple[str, str]]:
    """Each language on offer with its own name for itself."""
    return [
        (code, (Locale.parse(code).display_name or code).capitalize())
        for code in current_app.config["CASEWORK"].languages
    ]

"""A desk's own words on its papers: named blocks with places, written by coordinators."""

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.errors import Conflict, Invalid
from casework.papers import texts
from casework.papers.places import PLACES
from casework.papers.texts import BLOCKS, Own
from casework.web import paper_languages
from casework.web.access import needs
from casework.web.forms import typed
from casework.web.forms.papers import Words

pages = Blueprint("paper_texts", __name__, url_prefix="/desk/<desk>/paper-words")


@pages.get("/")
@needs(Action.PAPER_WORD)
def listing() -> str:
    """Every block in every language, and which of them this desk wrote itself."""
    own = {(one.name, one.language) for one in texts.listing(g.actor) if one.text}
    return render_template(
        "desk/paper_texts.html",
        blocks=[
            (
                gettext(where),
                [
                    (words, url_for("paper_texts.one", name=name, language=code), (name, code) in own)
                    for code, words in _languages()
                ],
            )
            for name, where in BLOCKS.items()
        ],
    )


@pages.get("/<name>/<language>")
@needs(Action.PAPER_WORD)
def one(name: str, language: str) -> str:
    """A form with what stands there."""
    own = texts.get(g.actor, name, _known(language))
    return _page(own, typed(Words, text=own.text, rev=own.rev))


@pages.post("/<name>/<language>")
@needs(Action.PAPER_WORD)
def save(name: str, language: str) -> Response | tuple[str, int]:
    """Write it anew; what somebody else wrote meanwhile is shown beside it."""
    form: Words = typed(Words)
    own = Own(name, _known(language), (form.text.data or "").strip(), form.revision)
    try:
        texts.save(g.actor, own)
    except Invalid as refused:
        form.refuse(refused)
        return _page(own, form), 422
    except Conflict:
        there = texts.get(g.actor, name, language)
        form.rev.data = str(there.rev)
        return _page(own, form, theirs=there.text), 409
    flash(gettext("Saved."))
    return redirect(url_for("paper_texts.listing"))


def _page(own: Own, form: Words, theirs: str | None = None) -> str:
    return render_template(
        "desk/paper_text.html",
        title=gettext(BLOCKS[own.name]),
        in_language=dict(_languages())[own.language],
        action=url_for("paper_texts.save", name=own.name, language=own.language),
        form=form,
        theirs=theirs,
        places=[(f"{{{name}}}", gettext(words)) for name, words in PLACES.items()],
    )


def _languages() -> list[tuple[str, str]]:
    return paper_languages.offered(current_app.config["CASEWORK"].languages)


def _known(language: str) -> str:
    if language not in dict(_languages()):
        abort(404)
    return language

"""The directory of organisations, and formations of All Workers United."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import values
from casework.cases.changing import Differing
from casework.cases.values import Texts
from casework.errors import Invalid, NotFound
from casework.formations import service, sorts
from casework.teams.records import Book, Item
from casework.web import formations_shown, given_back, questions, teams_shown, tokens
from casework.web.access import drafted, needs

pages = Blueprint("formations", __name__, url_prefix="/desk/<desk>/formations")

Answer = Response | str | tuple[str, int]
Problems = dict[str, Invalid]


@pages.get("/")
@needs(Action.FORMATION_VIEW, writes=True)
def listing() -> str:
    """Formations and the directory; whoever comes newly to the network is let in by the next who looks."""
    book = service.look(g.actor)
    every = book.of_sort("formation") if book else []
    known = sorted(
        book.of_sort("organisation") if book else [], key=lambda one: str(one.told["name"]).casefold()
    )
    return render_template(
        "formations/list.html",
        waits=book is None,
        formations=[formations_shown.formation(book, one) for one in every] if book else [],
        organisations=[formations_shown.organisation(one) for one in known],
    )


@pages.get("/<uuid:formation_id>")
@needs(Action.FORMATION_VIEW, writes=True)
def one(formation_id: UUID) -> str:
    """A formation: how it stands, its council, its core group, what it did."""
    book, found = service.item(g.actor, formation_id, "formation")
    return render_template(
        "formations/one.html",
        one=formations_shown.whole(book, found),
        edit_href=url_for("formations.item", item_id=formation_id),
        adding={
            sort: (
                formations_shown.WORDS[sort],
                url_for("formations.new_of", formation_id=formation_id, sort=sort),
            )
            for sort in sorts.OF_FORMATION
        },
    )


@pages.get("/new/<sort>")
@needs(Action.FORMATION_WORK, writes=True)
def new(sort: str) -> str:
    """A form for an organisation or a formation."""
    return _page(_alone(sort), None, None, None, given_back.texts(), {})


@pages.post("/new/<sort>")
@drafted(_("An organisation or a formation"))
@needs(Action.FORMATION_WORK)
def add(sort: str) -> Answer:
    """Write it down, once."""
    return _added(_alone(sort), None)


@pages.get("/<uuid:formation_id>/new/<sort>")
@needs(Action.FORMATION_WORK, writes=True)
def new_of(formation_id: UUID, sort: str) -> str:
    """A form for something of a formation."""
    book, formation = service.item(g.actor, formation_id, "formation")
    return _page(_of(sort), book, formation, None, given_back.texts(), {})


@pages.post("/<uuid:formation_id>/new/<sort>")
@drafted(_("Something of a formation"))
@needs(Action.FORMATION_WORK)
def add_of(formation_id: UUID, sort: str) -> Answer:
    """Write it down, once."""
    return _added(_of(sort), formation_id)


@pages.get("/item/<uuid:item_id>")
@needs(Action.FORMATION_VIEW, writes=True)
def item(item_id: UUID) -> str:
    """An organisation, a formation, or something of one, to read and to correct."""
    book, found = service.item(g.actor, item_id)
    return _page(_ours(found), book, book.item(found.of), found, given_back.texts(), {})


@pages.post("/item/<uuid:item_id>")
@drafted(_("An organisation or a formation"))
@needs(Action.FORMATION_WORK)
def correct(item_id: UUID) -> Answer:
    """Keep what is different."""
    book, found = service.item(g.actor, item_id)
    fields, texts = sorts.fields(_ours(found)), questions.typed_texts()
    told = values.read(fields, texts, locale=get_locale())
    formation = book.item(found.of)
    if not told.problems:
        try:
            service.correct(g.actor, item_id, told.values, teams_shown.sent_rev(), teams_shown.chosen_of())
        except Differing as differing:
            theirs = questions.say(fields, differing.theirs)
            book, found = service.item(g.actor, item_id)
            meanwhile = Invalid(
                "Somebody else changed this meanwhile. Compare, then save again what is right."
            )
            return _page(found.sort, book, formation, found, texts, {"": meanwhile}, theirs=theirs), 409
        except Invalid as refused:
            told.problems[refused.field or ""] = refused
        else:
            flash(gettext("Saved."))
            return redirect(_home_of(found.of or (item_id if found.sort == "formation" else None)))
    return _page(found.sort, book, formation, found, texts, told.problems), 422


@pages.post("/item/<uuid:item_id>/strike")
@needs(Action.FORMATION_WORK)
def strike(item_id: UUID) -> Response:
    """Let something count no more, or again."""
    service.strike(g.actor, item_id, struck=request.form.get("struck") != "no")
    flash(gettext("Saved."))
    return redirect(url_for("formations.listing"))


def _added(sort: str, formation_id: UUID | None) -> Answer:
    texts = questions.typed_texts()
    told = values.read(sorts.fields(sort), texts, locale=get_locale())
    if not told.problems:
        try:
            made = service.add(
                g.actor, sort, told.values, tokens.sent(), formation_id, teams_shown.chosen_of()
            )
        except Invalid as refused:
            told.problems[refused.field or ""] = refused
        else:
            flash(gettext("Saved."))
            return redirect(_home_of(formation_id or (made if sort == "formation" else None)))
    book, formation = service.item(g.actor, formation_id, "formation") if formation_id else (None, None)
    return _page(sort, book, formation, None, texts, told.problems), 422


def _home_of(formation_id: UUID | None) -> str:
    if formation_id is None:
        return url_for("formations.listing")
    return url_for("formations.one", formation_id=formation_id)


def _alone(sort: str) -> str:
    if sort not in sorts.ALONE:
        raise NotFound
    return sort


def _of(sort: str) -> str:
    if sort not in sorts.OF_FORMATION:
        raise NotFound
    return sort


def _ours(found: Item) -> str:
    """Lessons lie in the same body, and are written in their campaigns."""
    if found.sort not in (*sorts.ALONE, *sorts.OF_FORMATION):
        raise NotFound
    return found.sort


def _page(
    sort: str,
    book: Book | None,
    formation: Item | None,
    found: Item | None,
    texts: Texts | None,
    problems: Problems,
    theirs: Any = None,
) -> str:
    now = found.told.get("organisation") if found else None
    listed = [(one.id, str(one.told["name"])) for one in book.of_sort("organisation")] if book else []
    back = (url_for("formations.listing"), gettext("Organisations and formations"))
    if formation is not None:
        back = (url_for("formations.one", formation_id=formation.id), str(formation.told["name"]))
    return render_template(
        "teams/item.html",
        title=formations_shown.WORDS[sort],
        sort=sort,
        back=back,
        everybody=True,
        belongs=teams_shown.choices(listed, UUID(now) if now else None) if sort == "member" else [],
        must=True,
        theirs=theirs,
        written=teams_shown.written(book, found) if book and found else "",
        struck=found.struck if found else False,
        lacking=[],
        strike_href=url_for("formations.strike", item_id=found.id) if found else "",
        **teams_shown.form(
            sorts.fields(sort), found.told if found else None, texts, problems, found.rev if found else 0
        ),
    )

"""The review room of a legal ally: what they were given, and nothing else."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from casework import clock
from casework.access.policy import Action, can
from casework.cases.asking import asked, section_named
from casework.errors import Conflict, Invalid
from casework.sharing import conflicts, heard, reading, talking, undertaking
from casework.sharing.reading import Reading
from casework.store import Store
from casework.stories import signing
from casework.web import questions, tokens
from casework.web.access import needs
from casework.web.cases_shown import day, moment, word
from casework.web.forms import typed
from casework.web.forms.sharing import Conflicts, Promise, Say
from casework.web.grants_shown import sections_in_words, spoken
from casework.web.views.cases.evidence import sent_file

pages = Blueprint("review", __name__, url_prefix="/desk/<desk>/review")

#: A day is called soon from here on.
_SOON = 7
_ENDINGS = {"image/jpeg": "jpg", "application/pdf": "pdf"}


@pages.get("/")
@needs(Action.REVIEW_READ)
def home() -> str:
    """What somebody was given, what ends first on top."""
    found = reading.home(g.actor)
    return render_template(
        "review/home.html",
        cases=[_card(one) for one in found.open],
        lead=_lead(found.open),
        waiting=found.waiting,
        ended=[day(one) for one in found.ended],
        promised=found.promised,
        listed=found.listed,
    )


def _lead(every: tuple[Reading, ...]) -> str:
    """Everything in one sentence: "two cases, one ends on Friday"."""
    if not every:
        return str(gettext("Nothing is given to you now."))
    text = ngettext("One case is given to you.", "%(num)s cases are given to you.", len(every))
    soon = [one for one in every if (one.ends_on - clock.today()).days <= _SOON]
    if not soon:
        return str(text)
    first = gettext("The next one ends on %(day)s.", day=day(soon[0].ends_on))
    return f"{text} {first}"


def _card(one: Reading) -> dict[str, Any]:
    return {
        "ref": one.ref,
        "called": one.called,
        "href": url_for("review.case", ref=one.ref),
        "until": day(one.ends_on),
        "iso": one.ends_on.isoformat(),
        "soon": (one.ends_on - clock.today()).days <= _SOON,
        "parts": sections_in_words(one.sections),
        "files": len(one.files),
    }


@pages.get("/promise")
@needs(Action.REVIEW_READ)
def promise() -> str:
    """What is promised."""
    return _promise(Promise())


@pages.post("/promise")
@needs(Action.REVIEW_READ)
def accept() -> Response | tuple[str, int]:
    """The ally promises, once."""
    form: Promise = typed(Promise)
    if not form.validate():
        return _promise(form), 422
    undertaking.accept(g.actor)
    flash(gettext("Thank you."))
    return redirect(url_for("review.home" if conflicts.has_list(g.actor) else "review.conflict_list"))


def _promise(form: Promise) -> str:
    return render_template("review/promise.html", form=form, accepted=day(undertaking.accepted_on(g.actor)))


@pages.get("/conflicts")
@needs(Action.REVIEW_READ)
def conflict_list() -> str:
    """Whom they act for or against."""
    now = conflicts.own(g.actor)
    return _conflicts(typed(Conflicts, data={"names": "\n".join(now.names), "rev": str(now.rev)}))


@pages.post("/conflicts")
@needs(Action.REVIEW_READ)
def name_conflicts() -> Response | tuple[str, int]:
    """Keep the list; what is new makes what they read wait."""
    form: Conflicts = typed(Conflicts)
    if not form.validate():
        return _conflicts(form), 422
    try:
        waits = conflicts.save(g.actor, form.names.data or "", _number(form.rev.data))
    except Invalid as refused:
        form.refuse(refused)
        return _conflicts(form), 422
    except Conflict:
        now = conflicts.own(g.actor)
        form.rev.data = str(now.rev)
        form.form_errors.append(
            gettext(
                "You saved another list meanwhile: %(theirs)s. Yours stands below; save again to keep it.",
                theirs=", ".join(now.names) or "-",
            )
        )
        return _conflicts(form), 409
    flash(
        gettext("Saved. The desk compares it first; until then nothing opens.")
        if waits
        else gettext("Saved.")
    )
    return redirect(url_for("review.home"))


def _conflicts(form: Conflicts) -> str:
    return render_template("review/conflicts.html", form=form)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else -1


@pages.get("/<ref>")
@needs(Action.REVIEW_READ)
def case(ref: str) -> str:
    """What was given of one case."""
    return _case(ref)


@pages.get("/<ref>/part/<section>")
@needs(Action.REVIEW_READ, writes=True)
def part(ref: str, section: str) -> str:
    """One part that was given; opening it is recorded."""
    which = section_named(section)
    found, values, notes = reading.section(g.actor, ref, which)
    return render_template(
        "review/part.html",
        case=_card(found),
        title=sections_in_words((section,))[0],
        blocks=_blocks(which, found, values),
        notes=[{"sort": _sort(one.type), "when": moment(one.when), "text": one.text} for one in notes],
    )


def _sort(key: str) -> str:
    found = word("entry_types", key)
    return found[1] if found else ""


def _blocks(section: Any, found: Reading, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Questions and answers in words, a block a kind; kinds that came later are known by their answers."""
    later = [key.split(".", 1)[0] for key in values if "." in key]
    return [
        {
            "title": gettext(group.title) if group.title else None,
            "facts": questions.say(
                group.fields,
                {
                    key.removeprefix(group.prefix): one
                    for key, one in values.items()
                    if key.startswith(group.prefix)
                },
            ),
        }
        for group in asked(section, dict.fromkeys([*found.kinds, *later]))
    ]


@pages.get("/<ref>/file/<uuid:piece_id>")
@needs(Action.REVIEW_READ, writes=True)
def file(ref: str, piece_id: UUID) -> Response:
    """A file to read: shown here, where nothing in it runs."""
    return _sent(ref, piece_id, take=False)


@pages.get("/<ref>/file/<uuid:piece_id>/take")
@needs(Action.REVIEW_READ, writes=True)
def take_file(ref: str, piece_id: UUID) -> Response:
    """A copy to take along, with its mark; it is written down as something that left."""
    return _sent(ref, piece_id, take=True)


def _sent(ref: str, piece_id: UUID, *, take: bool) -> Response:
    store: Store = current_app.extensions["casework.store"]
    _, one, opened = reading.file(g.actor, store, ref, piece_id, take=take)
    answer = sent_file(opened.parts, one["mime"], _ENDINGS.get(one["mime"], "bin"), opened.size)
    if not take:
        answer.headers["Content-Disposition"] = "inline"
    return answer


@pages.post("/<ref>/ask")
@needs(Action.REVIEW_READ)
def ask(ref: str) -> Response | tuple[str, int]:
    """A question to the desk."""
    return _say(ref, "ask")


@pages.post("/<ref>/note")
@needs(Action.REVIEW_READ)
def note(ref: str) -> Response | tuple[str, int]:
    """A note of their own, which the desk cannot open."""
    return _say(ref, "note")


def _say(ref: str, sort: str) -> Response | tuple[str, int]:
    form: Say = typed(Say)
    if not form.validate():
        return _case(ref, **{sort: form}), 422
    try:
        keep = talking.ask if sort == "ask" else talking.note
        keep(g.actor, ref, form.text.data, tokens.sent())
    except Invalid as refused:
        form.refuse(refused)
        return _case(ref, **{sort: form}), 422
    flash(gettext("Sent to the desk, sealed.") if sort == "ask" else gettext("Kept. Only you can open it."))
    return redirect(url_for("review.case", ref=ref))


@pages.post("/<ref>/note/<uuid:note_id>/share")
@needs(Action.REVIEW_READ)
def share(ref: str, note_id: UUID) -> Response:
    """Give the desk one of their notes."""
    talking.share(g.actor, ref, note_id)
    flash(gettext("The desk can read it now."))
    return redirect(url_for("review.case", ref=ref))


def _case(ref: str, ask: Say | None = None, note: Say | None = None) -> str:
    found, row = reading.open_one(g.actor, ref)
    talk = heard.by_ally(g.actor, found, row)
    return render_template(
        "review/case.html",
        case=_card(found),
        parts=[
            (title, url_for("review.part", ref=ref, section=one.value), one.value)
            for one, title in zip(found.sections, sections_in_words(found.sections), strict=True)
        ],
        files=[_file(ref, one) for one in found.files],
        said=[spoken(one) for one in talk.said],
        unsaid=talk.missing,
        notes=[_note(ref, one) for one in talking.notes(g.actor, ref)],
        stories_href=_stories(found),
        ask=ask or Say(prefix=""),
        note=note or Say(),
        form_token=tokens.for_form(),
    )


def _stories(found: Reading) -> str | None:
    if not can(g.actor, Action.STORY_SIGN) or not signing.to_approve(found):
        return None
    return url_for("review_stories.listing", ref=found.ref)


def _note(ref: str, one: talking.Noted) -> dict[str, Any]:
    href = None if one.shared else url_for("review.share", ref=ref, note_id=one.id)
    return {"at": moment(one.at), "text": one.text, "shared": one.shared, "share_href": href}


def _file(ref: str, one: Mapping[str, Any]) -> dict[str, Any]:
    found = word("proofs", one["what"])
    href = url_for("review.file", ref=ref, piece_id=one["id"])
    return {
        "name": one["name"] or (found[1] if found else ""),
        "what": found[1] if found else "",
        "href": href,
        "take_href": url_for("review.take_file", ref=ref, piece_id=one["id"]) if one["download"] else None,
    }

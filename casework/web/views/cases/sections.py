"""One section of a case: reading it, changing it, and choosing where two people changed it at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from casework import codes
from casework.access.policy import Action
from casework.cases import authors, legal_status, opening, sections, values
from casework.cases.asking import Section, asked, section_named
from casework.cases.changing import Differing
from casework.cases.fields import Field, Type
from casework.cases.opening import OpenCase
from casework.cases.values import Texts
from casework.deadlines import following
from casework.deadlines.starts import DATES
from casework.errors import Invalid
from casework.plans import reviewing
from casework.search import duplicates
from casework.web import (
    checklist_shown,
    days_in_order,
    given_back,
    languages,
    plan_shown,
    profile_shown,
    questions,
    sheets,
)
from casework.web.access import drafted, needs
from casework.web.alike import alike_rows, confirmed
from casework.web.meanwhile import told
from casework.web.questions import Around
from casework.web.rows import rearranged
from casework.web.sheets import Sheet
from casework.web.versions import WAS, carried, chosen, differing_answers, marks, without_question
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.evidence import named_pieces, pieces_of
from casework.web.views.cases.frame import back_to, section_head, show

_NEVER_SEEN = -1


@dataclass(frozen=True)
class Sent:
    """A section's form as it came back.

    Attributes:
        texts: everything that was typed.
        rev: the revision that it was typed over.
        was: marks of what stood there then.
    """

    texts: Texts
    rev: int
    was: str


@pages.get("/<ref>/part/<section>")
@needs(Action.CASE_OPEN, writes=True)
def section(ref: str, section: str) -> str:
    """What a section says; opening it is recorded."""
    which = section_named(section)
    case, seen = sections.look(g.actor, ref, which)
    body: dict[str, Any] = {"refused": seen.state.value == "refused", "add": ways_on(case, which)}
    if seen.state.value == "removed":
        body["add"] = _removed(case)
    if which is Section.EVIDENCE:
        body |= pieces_of(case, body["refused"])
        body["checklists"] = checklist_shown.of_case(case, seen.values, named_pieces(case))
    if which is Section.PLAN and not body["refused"]:
        body |= plan_shown.body(case)
    return show(
        case,
        section,
        blocks=_blocks(which, case, seen.values),
        **body,
        edit_href=None if case.row.status == "closed" else url_for("cases.edit", ref=ref, section=section),
    )


@pages.get("/<ref>/part/<section>/edit", defaults={"number": 1})
@pages.get("/<ref>/part/<section>/edit/<int:number>")
@needs(Action.CASE_WORK, writes=True)
def edit(ref: str, section: str, number: int) -> str:
    """The questions of a section with what was answered; of one kind at a time, where there are several."""
    which = section_named(section)
    case, seen = sections.look(g.actor, ref, which)
    if (begun := given_back.texts()) is not None:
        shown = sheets.sent(case, which, number, begun)
        lost = without_question(list(shown.groups), begun)
        return _again(case, shown, _sent(begun, given_back.shown()), {}, lost=lost)
    shown = sheets.sheet(case, which, number)
    blocks = [
        {"title": gettext(group.title) if group.title else None, "questions": group_questions}
        for group in shown.groups
        if (
            group_questions := questions.ask(
                group.fields,
                _own(seen.values, group.prefix),
                prefix=group.prefix,
                around=_around(case, shown),
            )
        )
    ]
    return _page(case, shown, seen.rev, blocks, was=marks(list(shown.groups), seen.values))


@pages.post("/<ref>/part/<section>/edit", defaults={"number": 1})
@pages.post("/<ref>/part/<section>/edit/<int:number>")
@drafted(_("A change"))
@needs(Action.CASE_WORK)
def save(ref: str, section: str, number: int) -> Response | str | tuple[str, int]:
    """Keep the answers; where something cannot be read, everything comes back as it was typed."""
    which, case = section_named(section), opening.load(g.actor, ref)
    texts = questions.typed_texts()
    shown, sent = sheets.sent(case, which, number, texts), _sent(texts, request.form)
    if (answer := _not_meant_to_save(case, shown, sent)) is not None:
        return answer
    found, problems = _read(shown, texts)
    alike = [] if problems else _known_already(case, which, found)
    if problems or alike:
        return _again(case, shown, sent, problems, alike=alike), 409 if alike else 422
    then = sheets.next_of(request.form)
    untouched = then is not None and sent.was == marks(list(shown.groups), found)
    if not untouched and (answer := _not_kept(case, shown, sent, found)) is not None:
        return answer
    if then is not None:
        return redirect(url_for("cases.edit", ref=ref, section=section, number=then))
    return redirect(url_for("cases.section", ref=ref, section=section))


def _not_meant_to_save(case: OpenCase, shown: Sheet, sent: Sent) -> str | tuple[str, int] | None:
    """A row more or less, or questions that are not asked any more: the form comes back as it was typed."""
    if (other := rearranged(request.form, sent.texts)) is not None:
        return _again(case, shown, replace(sent, texts=other), {})
    if lost := without_question(list(shown.groups), sent.texts):
        return _again(case, shown, sent, {}, lost=lost), 409
    return None


def _not_kept(case: OpenCase, shown: Sheet, sent: Sent, found: dict[str, Any]) -> tuple[str, int] | None:
    """Save; what is answered where that was not possible, else None."""
    ref = case.row.ref
    try:
        sections.save(g.actor, ref, shown.section, chosen(found, request.form), _seen(case, shown, sent))
    except Differing as differing:
        return _both(case, shown, sent, differing, found), 409
    except Invalid as refused:
        return _again(case, shown, sent, {refused.field or "": refused}), 422
    if shown.section is Section.SAFETY:
        words = gettext("Go through the safety plan again")
        reviewing.follow(g.actor, ref, words, gettext("Planned anew"))
    flash(gettext("Saved."))
    return None


def _seen(case: OpenCase, shown: Sheet, sent: Sent) -> int:
    """The revision that this page has seen; the newest, where all that it asks still stands as it was shown.

    So two people on two sheets, or on a sheet and something else of a section, are not asked to choose.
    """
    now = case.section(shown.section)
    return now.rev if marks(list(shown.groups), now.values) == sent.was else sent.rev


def _sent(texts: Texts, form: MultiDict[str, str]) -> Sent:
    return Sent(texts, form.get("rev", _NEVER_SEEN, type=int), form.get(WAS, ""))


def _known_already(case: OpenCase, section: Section, found: dict[str, Any]) -> list[dict[str, Any]]:
    """Other cases of a person who may be the same, where a name or a number was added."""
    if section is not Section.IDENTITY or confirmed():
        return []
    known = case.section(section).values
    fresh = {key: value for key, value in found.items() if value and value != known.get(key)}
    if not fresh:
        return []
    header = case.section(Section.HEADER).values
    told = {key: header.get(key) for key in ("home", "language")} | fresh
    return alike_rows(duplicates.known_already(g.actor, told, besides=case.id), join=case.row.ref)


def _read(shown: Sheet, texts: Texts) -> tuple[dict[str, Any], dict[str, Invalid]]:
    """Every answer of the form, empty ones too, by stored key; and what cannot be read, by input."""
    found: dict[str, Any] = {}
    problems: dict[str, Invalid] = {}
    for group in shown.groups:
        answers = values.read(group.fields, texts, group.prefix, get_locale())
        found |= {f"{group.prefix}{field.key}": answers.values.get(field.key) for field in group.fields}
        problems |= answers.problems
        for name, wrong in days_in_order.problems(group, texts, answers.values.get(DATES)):
            problems.setdefault(name, wrong)
    return found, problems


def _again(case: OpenCase, shown: Sheet, sent: Sent, problems: Mapping[str, Invalid], **more: Any) -> str:
    """The form as it was typed, with what is wrong beside it."""
    blocks = [
        {
            "title": gettext(group.title) if group.title else None,
            "questions": questions.ask(
                group.fields, None, sent.texts, problems, group.prefix, _around(case, shown)
            ),
        }
        for group in shown.groups
    ]
    more |= {"errors": questions.general(problems), "was": sent.was}
    return _page(case, shown, sent.rev, blocks, **more)


def _both(case: OpenCase, shown: Sheet, sent: Sent, differing: Differing, mine: dict[str, Any]) -> str:
    """Both versions of each answer that differs, and everything else carried along."""
    theirs, groups = differing.theirs, list(shown.groups)
    meanwhile = told(authors.of_section(case, shown.section))
    return _page(
        case,
        shown,
        theirs.rev,
        [],
        conflict=differing_answers(groups, theirs.values, mine, sent.was, meanwhile.by),
        meanwhile=meanwhile,
        was=marks(groups, theirs.values),
        kept=carried(sent.texts),
    )


def _page(case: OpenCase, shown: Sheet, rev: int, blocks: list[dict[str, Any]], **more: Any) -> str:
    name, ref = shown.section.value, case.row.ref
    head = section_head(case, name)
    return render_template(
        "cases/section_edit.html",
        section=head | {"fold_href": head["href"]},
        action=url_for("cases.save", ref=ref, section=name, number=shown.number),
        rev=rev,
        blocks=blocks,
        sheet=shown,
        fragment="X-Fragment" in request.headers,
        distinct=confirmed(),
        **back_to(case),
        **more,
    )


def _blocks(section: Section, case: OpenCase, stored: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Questions and answers in words: a block a kind, then one for each of its parts; what other abuses may breach."""
    blocks: list[dict[str, Any]] = [
        {
            "title": gettext(part or group.title) if part or group.title else None,
            "facts": questions.say(
                [f for f in group.fields if f.part == part and not checklist_shown.is_one(f)],
                _own(stored, group.prefix),
            ),
        }
        for group in asked(section, case.kinds)
        for part in dict.fromkeys(("", *(f.part for f in group.fields)))
    ]
    if section is Section.PROFILE and (breached := profile_shown.breached(stored)):
        blocks[0]["facts"].append((gettext("May breach"), breached))
    if section is Section.HEADER and (breached := profile_shown.breached_by(case.kinds)):
        blocks[0]["facts"].append((gettext("May breach"), breached))
    return blocks


def _around(case: OpenCase, shown: Sheet) -> Around:
    """How far the case has come, where it happens, and its files where a question lets one choose among them."""
    step = codes.load("statuses").fact(case.row.status, "step", "")
    offered = any(asks_for_piece(f) for group in shown.groups for f in group.fields)
    return Around(
        step, named_pieces(case) if offered else (), following.zone_to_offer(case, languages.zone())
    )


def asks_for_piece(field: Field) -> bool:
    """Whether a question, or one inside it, is answered with a file of the case."""
    return field.type is Type.PIECE or any(asks_for_piece(inner) for inner in field.fields)


def _own(stored: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """The stored answers of one group under its questions' own keys."""
    return {key.removeprefix(prefix): value for key, value in stored.items() if key.startswith(prefix)}


def ways_on(case: OpenCase, section: Section) -> list[tuple[str, str, str]]:
    """What belongs to a section and has a page of its own."""
    ref = case.row.ref
    if section is Section.IDENTITY:
        return [(gettext("Reach them"), url_for("cases.reach", ref=ref), "phone")]
    if section is Section.LEGAL and legal_status.assigned(case):
        return [(gettext("Status for a legal step"), url_for("cases.legal_status", ref=ref), "legal")]
    if section is Section.PLAN:
        return plan_shown.doing(case)
    if section is Section.PROFILE and case.row.status != "closed":
        return [
            (gettext("Ask first, or take it back"), url_for("cases.consents", ref=ref), "consent"),
            (gettext("I want to organise"), url_for("cases.organising", ref=ref), "person"),
        ]
    return []


def _removed(case: OpenCase) -> list[tuple[str, str, str]]:
    text = gettext("The emergency ended without consent, so this was removed. Ask for consent")
    return [(text, url_for("cases.consents", ref=case.row.ref), "consent")]

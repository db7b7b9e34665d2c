"""Today: what is urgent, what waits for me, what nobody has taken."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework import clock, codes
from casework.access import invitations, leaving, record, renewing
from casework.access.policy import Action, can
from casework.cases import exceptions, first_contact, heads_up, oversight
from casework.cases.cards import ends_on
from casework.drafts import service as drafts
from casework.search import desk_lists
from casework.search.card import Card
from casework.search.listing import Filters, Sort
from casework.sharing import settling
from casework.sharing import waiting as allies_wait
from casework.web import export_shown, given_back, kept_shown, packets_shown, today_shown
from casework.web.access import needs
from casework.web.cases_shown import day, moment, workers
from casework.web.events_shown import line
from casework.web.lists_shown import cards, made_whole, row
from casework.web.pages_of import Pages
from casework.web.signals_shown import tell_weekly
from casework.web.views import review

pages = Blueprint("desk", __name__, url_prefix="/desk/<desk>")

_MOST = 10
_LINES = 50
_DRAFTS = 3
#: Lines that go when something was done about them; the others, when they were seen.
_LEADS_TO = {heads_up.What.RELEASE: "cases.outside", heads_up.What.AMISS: "cases.damage"}
#: Days ahead in which a consent that ends has to be asked for again.
_SOON = 14
_LATELY = timedelta(days=7)


@pages.get("/")
@needs(Action.DESK_VIEW)
def today() -> str | Response:
    """The start of a shift; allies and campaign teams see what will be here for them."""
    if g.actor.at_network and can(g.actor, Action.MEMBER_VIEW):
        return redirect(url_for("members.page"))
    if can(g.actor, Action.REVIEW_READ):
        return review.home()
    if can(g.actor, Action.CAMPAIGN_VIEW):
        return redirect(url_for("campaigns.home"))
    if not can(g.actor, Action.CASE_LIST):
        return render_template("desk/outside.html")
    working = frozenset(code.key for code in codes.load("statuses")) - {"closed"}
    mine = Filters(users=frozenset({g.actor.user_id}), statuses=working)
    free = Filters(unassigned=True, statuses=working)
    lately = Filters(changed=(clock.today() - _LATELY, None))
    urgent = Sort("risk", descending=False, order=tuple(code.key for code in codes.load("risk")))
    if not made_whole():
        tell_weekly()
    lists = desk_lists.several(g.actor, [(mine, urgent), (free, urgent), (lately, Sort())], _MOST, cards())
    shown = [[row(card) for card in page.cards] for page in lists]
    return render_template(
        "desk/home.html",
        mine=shown[0],
        unassigned=shown[1],
        changed=[one for one in shown[2] if one not in shown[0] and one not in shown[1]],
        waiting=_waiting(),
        dates=today_shown.dates(),
        live=first_contact.takes_cases(g.actor),
        note=today_shown.last_note(),
        load=today_shown.load() if can(g.actor, Action.LOAD_VIEW) else None,
        keeping=kept_shown.for_today() if can(g.actor, Action.RETENTION_DECIDE) else None,
        expiring=_expiring(working),
        opened=_opened(),
        told=[*export_shown.told(), *(_told(one) for one in heads_up.waiting(g.actor))],
        problems=any(page.problems or page.missing for page in lists),
    )


@pages.get("/about/record")
@needs(Action.DESK_AUDIT, writes=True)
def record_page() -> str:
    """What happened at this desk and belongs to no case, newest first."""
    seen = record.of_desk(g.actor)
    part = Pages(len(seen), _LINES, request.args.get("page", 1, type=int))
    return render_template(
        "desk/record.html",
        lines=[line(one) for one in seen[part.first : part.last]],
        **part.links(lambda number: url_for("desk.record_page", page=number)),
    )


def _waiting() -> list[tuple[str, str, str]]:
    """What waits for this person: words, address, sort."""
    begun = [given_back.line(one) for one in drafts.listing(g.actor)]
    found = [(one.sentence, one.href or one.read_href, "draft") for one in begun[:_DRAFTS]]
    if len(begun) > _DRAFTS:
        found.append((gettext("Everything that you began"), url_for("drafts.listing"), "draft"))
    kept = Filters(flags=frozenset({"exception"}))
    (ending,) = desk_lists.several(g.actor, [(kept, Sort())], _MOST, cards())
    ends = exceptions.ends_at(g.actor, [card.case_id for card in ending.cards])
    for card in ending.cards:
        if card.case_id in ends:
            text = _emergency(card, ends[card.case_id])
            found.append((text, url_for("cases.consents", ref=card.ref), "exception"))
    if can(g.actor, Action.MEMBER_ADMIT):
        found += [
            _guest(row.id, name)
            for row, name in invitations.waiting(g.actor)
            if row.state == "answered" and name is not None
        ]
    found += _keys()
    if can(g.actor, Action.CASE_WORK):
        found += [_of_ally(one) for one in allies_wait.waiting(g.actor)]
    found += packets_shown.waiting()
    if can(g.actor, Action.DESK_EXPORT):
        found += export_shown.waiting()
    if can(g.actor, Action.MEMBER_REMOVE):
        found += [_overdue(one) for one in leaving.overdue(g.actor)]
    return found


def _keys() -> list[tuple[str, str, str]]:
    """Work that waits for somebody with open keys."""
    found: list[tuple[str, str, str]] = []
    if not can(g.actor, Action.KEYS_RENEW):
        return found
    if not renewing.progress(g.actor).finished:
        found.append((gettext("Not all cases have new keys yet: go on"), url_for("leaving.keys"), "member"))
    if settling.left(g.actor).cases:
        text = gettext("Something was shared and has ended: seal the rest anew")
        found.append((text, url_for("leaving.keys"), "member"))
    return found


def _of_ally(one: allies_wait.Waits) -> tuple[str, str, str]:
    words = {
        allies_wait.What.RULING: gettext(
            "%(who)s: %(ally)s may have a conflict; decide whether they read it"
        ),
        allies_wait.What.ANSWER: gettext("%(who)s: %(ally)s has asked something"),
        allies_wait.What.UNSIGNED: gettext("%(who)s: %(ally)s took back the signature under a story"),
    }
    text = words[one.what] % {"who": one.called or one.ref, "ally": one.ally}
    return text, url_for("cases.lawyer", ref=one.ref, grant_id=one.grant_id), "ask"


def _overdue(user_id: Any) -> tuple[str, str, str]:
    text = gettext(
        "%(name)s has no access any more: let them go, so that the keys change",
        name=workers().get(user_id) or "?",
    )
    return text, url_for("leaving.page", user_id=user_id), "member"


@pages.post("/seen/<ref>/<uuid:line_id>")
@needs(Action.CASE_AUDIT)
def seen(ref: str, line_id: UUID) -> Response:
    """What the coordinators were told was seen; the case's record keeps it."""
    heads_up.seen(g.actor, ref, line_id)
    return redirect(url_for("desk.today"))


def _told(one: heads_up.Line) -> dict[str, str | None]:
    """What people of the desk are told about a case, in words."""
    words = {
        heads_up.What.OVERRIDDEN: gettext("%(by)s saw the number of %(who)s against the safe-contact rule."),
        heads_up.What.RELEASE: gettext("%(by)s asks for a second person: contact outside for %(who)s."),
        heads_up.What.NOT_REACHED: gettext(
            "%(who)s cannot be reached: decide how to go on. %(by)s tried last."
        ),
        heads_up.What.WITHDRAWN: gettext("%(who)s took back a consent, and something had left already."),
        heads_up.What.AMISS: gettext(
            "%(who)s: something you are told of here was taken out or put back in the database. Look what is left."
        ),
    }
    return {
        "text": words[one.what] % {"by": workers().get(one.by) or "?", "who": one.called or one.ref},
        "at": moment(one.at),
        "reason": one.reason,
        "href": url_for(_LEADS_TO.get(one.what, "cases.page"), ref=one.ref),
        "seen_href": None if one.what in _LEADS_TO else url_for("desk.seen", ref=one.ref, line_id=one.id),
    }


def _emergency(card: Card, until: datetime) -> str:
    """Whose name goes, when, and who is to ask before that."""
    text: str = gettext(
        "%(who)s: kept because of danger until %(moment)s. %(worker)s asks for consent before then.",
        who=card.called or card.ref,
        moment=moment(until),
        worker=(card.primary and workers().get(card.primary)) or gettext("Whoever takes it on"),
    )
    return text


def _expiring(working: frozenset[str]) -> list[dict[str, Any]]:
    """For coordinators: open cases whose consent to casework ends in the next two weeks, the earliest first."""
    if not can(g.actor, Action.LOAD_VIEW):
        return []
    coming = [clock.today() + timedelta(days=number) for number in range(_SOON)]
    flags = {ends_on(one): one for one in coming}
    soon = Filters(flags=frozenset(flags), statuses=working)
    (found,) = desk_lists.several(g.actor, [(soon, Sort())], _LINES, cards())
    lines = [(min(flags[flag] for flag in card.flags if flag in flags), card) for card in found.cards]
    return [
        {
            "href": url_for("cases.consents", ref=card.ref),
            "called": card.called,
            "ref": card.ref,
            "worker": workers().get(card.primary) if card.primary else None,
            "day": day(on),
        }
        for on, card in sorted(lines, key=lambda line: (line[0], line[1].ref))[:_MOST]
    ]


def _opened() -> list[dict[str, str]]:
    """For coordinators: who opened cases of others this week, and why."""
    if not can(g.actor, Action.DESK_AUDIT):
        return []
    return [
        {
            "href": url_for("cases.page", ref=one.ref),
            "ref": one.ref,
            "who": workers().get(one.who) or gettext("somebody who left"),
            "when": moment(one.at),
            "reason": gettext(codes.load("opening_reasons").label(one.reason)),
        }
        for one in oversight.opened_with_reason(g.actor)
    ]


def _guest(invitation_id: Any, name: str) -> tuple[str, str, str]:
    text = gettext("%(name)s waits to be let in: compare the code", name=name)
    return text, url_for("members.compare", invitation_id=invitation_id), "member"

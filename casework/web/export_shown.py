"""The file with everything in words: pages that open in any browser, without a server; and the page that asks for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from casework import clock
from casework.access import desks
from casework.access.actor import Actor
from casework.access.policy import Action, can
from casework.cases import around as people_around
from casework.cases import kinds, safe_contact
from casework.cases.asking import Section
from casework.export import service
from casework.export.asked import Said, Stand
from casework.export.content import Gathered
from casework.export.lists import table
from casework.export.service import Standing
from casework.papers.plain_text import apart
from casework.plans import directory
from casework.web import copy_shown, questions
from casework.web.cases_shown import day, kind_word, moment, word, workers

#: What the manifest says in English (`packing.LEFT_OUT`), for the page to begin with.
_LEFT_OUT = (
    _("Cases that only named people see, unless both coordinators who agreed are named there"),
    _("Keys, passphrases and recovery cards"),
    _("What a legal ally and the desk wrote to each other, and what an ally noted: it is privileged"),
    _("Immigration status that was kept for a legal step"),
    _("Drafts and private notes of members, notes from shift to shift, settings of reminders"),
    _("Referrals of other desks that nobody has accepted yet"),
    _(
        "The network's own: campaigns, formations, published figures, and of its register all who are in no case here"
    ),
)


@dataclass(frozen=True)
class Line:
    """A case in the list of the file.

    Attributes:
        ref, called: which, and who.
        kinds, status: in words.
        damaged: whether something of it does not open.
    """

    ref: str
    called: str | None
    kinds: str
    status: str
    damaged: bool


def head() -> dict[str, str]:
    """What the manifest says of the file besides what is in it."""
    return {"made_at": clock.now().isoformat(), "desk": _desk_name(), "desk_id": str(g.actor.desk_id)}


def line(found: Gathered) -> Line:
    """A case as the list of the file names it."""
    case = found.case
    return Line(
        case.row.ref,
        case.called,
        ", ".join(kind_word(one)[1] for one in case.kinds),
        _status(case.row.status),
        bool(found.damaged),
    )


def case(found: Gathered) -> bytes:
    """The page of a case."""
    opened, value = found.case, found.value
    page = render_template(
        "export/case.html",
        line=line(found),
        opened=day(opened.row.opened_on),
        changed=day(opened.row.changed_on),
        workers=[
            name for who in (opened.row.primary_id, opened.row.backup_id) if who and (name := _name(who))
        ],
        damaged=found.damaged,
        rule=_rule(found),
        parts=[
            part
            for section in Section
            for part in copy_shown.parts(section, found.sections[section], opened.kinds)
        ],
        others=[questions.say(kinds.page("around"), one.told) for one in people_around.listed(opened)],
        respondents=[_answerable(one) for one in value["respondents"]],
        dates=[(one["day"], gettext(one["what"])) for one in value["dates"]],
        evidence=[_piece(one) for one in value["evidence"]],
        papers=[(one["recipient"], one["at"], one["file"]) for one in value["departures"]],
        notes=[copy_shown.note(one) for one in found.noted],
        consents=[copy_shown.consent(one) for one in found.told],
        left=[(one["recipient"], one["what"], one["at"]) for one in value["left"]],
        lines=len(value["lines"]),
    )
    return page.encode()


def around(lines: Sequence[Line]) -> list[tuple[str, bytes]]:
    """The page to begin with, and how all pages look."""
    page = render_template(
        "export/index.html",
        name=_desk_name(),
        made=moment(clock.now()),
        lines=lines,
        left_out=_LEFT_OUT,
    )
    return [("style.css", render_template("export/style.css").encode()), ("index.html", page.encode())]


def of_desk(actor: Actor) -> Iterator[tuple[str, bytes]]:
    """What belongs to no case: who works here, and the directory of places that help."""
    members = [(one.user_id, one.name, one.role.value, one.since) for one in desks.members(actor)]
    yield "lists/people.csv", table(("id", "name", "role", "since"), members)
    places = [*directory.listing(actor)[0], *directory.listing(actor, retired=True)[0]]
    asked = kinds.page("service")
    columns = [field.key for field in asked]
    rows = [[_answer(one.answers.get(key)) for key in columns] + [one.retired] for one in places]
    yield "lists/services.csv", table((*columns, "retired"), rows)


def _answer(value: Any) -> Any:
    """A day as it stands in a list, not with all that it was typed with."""
    return value["date"] if isinstance(value, dict) and "date" in value else value


def shown(one: Standing) -> dict[str, Any]:
    """What was asked for, as its page takes it."""
    asked = one.asked
    return {
        "id": asked.id,
        "stand": one.stand.value,
        "living": one.living,
        "reason": asked.reason,
        "fingerprint": asked.fingerprint,
        "code": " ".join(asked.fingerprint[at : at + 4] for at in range(0, 12, 4)),
        "asked": _by(asked.asked),
        "agreed": _by(asked.agreed),
        "stopped": _by(asked.stopped),
        "free": moment(asked.free_at) if asked.free_at else "",
        "ends": moment(asked.ends_at),
        "mine": asked.asked.by == g.actor.user_id,
        "may_agree": one.stand is Stand.ASKED and asked.asked.by != g.actor.user_id,
        "may_make": one.stand is Stand.READY and asked.asked.by == g.actor.user_id,
        "made": [
            {
                "at": moment(each.at),
                "done": bool(each.done_at),
                "cases": each.cases,
                "manifest": each.manifest,
            }
            for each in asked.made
        ],
    }


def told() -> list[dict[str, str | None]]:
    """What everybody who works here is told on Today; only coordinators find more behind it."""
    may = can(g.actor, Action.DESK_EXPORT)
    return [
        {
            "text": _sentence(one),
            "at": moment(one.asked.asked.at),
            "reason": one.asked.reason if may else "",
            "href": url_for("export.one", export_id=one.asked.id) if may else None,
            "seen_href": None,
        }
        for one in _told()
    ]


def _told() -> list[Standing]:
    """What was asked for and still stands, or was made lately; read once a request."""
    if "exports" not in g:
        g.exports = service.told(g.actor)
    found: list[Standing] = g.exports
    return found


def waiting() -> list[tuple[str, str, str]]:
    """What waits for a coordinator: to agree, or to make it."""
    words = {
        Stand.ASKED: gettext("All files of this desk are to leave: do you agree?"),
        Stand.READY: gettext("The file with everything can be made now"),
    }
    return [
        (words[one.stand], url_for("export.one", export_id=one.asked.id), "member")
        for one in _told()
        if one.stand in words and (one.asked.asked.by == g.actor.user_id) is (one.stand is Stand.READY)
    ]


def _sentence(one: Standing) -> str:
    asked = one.asked
    who, second = _name(asked.asked.by), _name(asked.agreed.by) if asked.agreed else ""
    if asked.made:
        text = gettext(
            "%(who)s has taken all files of this desk along, with %(second)s's agreement: %(when)s."
        )
    elif asked.agreed:
        text = gettext(
            "All files of this desk are to be taken along: %(who)s asks, %(second)s agrees. From %(when)s on it can be done. If that is wrong, say so now: any coordinator can stop it."
        )
    else:
        text = gettext(
            "%(who)s asks to take all files of this desk along. A second coordinator has to agree."
        )
    when = asked.made[-1].at if asked.made else asked.free_at
    return str(text % {"who": who, "second": second, "when": moment(when)})


def _by(one: Said | None) -> tuple[str, str] | None:
    """Who and when; each keeps its own direction, wherever the two stand beside each other."""
    return (apart(_name(one.by)), apart(moment(one.at))) if one else None


def _name(who: UUID) -> str:
    return workers().get(who) or str(gettext("somebody who left"))


def _desk_name() -> str:
    return str(desks.body(g.actor.desk)[0].get("name", ""))


def _status(code: str) -> str:
    found = word("statuses", code)
    return found[1] if found else code


def _rule(found: Gathered) -> list[Any]:
    """How the person is reached: first what has to be read, then the ways."""
    rule = safe_contact.of(found.case)
    reach = [field for field in kinds.common() if field.key == safe_contact.WAYS]
    said = questions.say(kinds.page("safe_contact"), rule.told)
    return [*said, *questions.say(reach, {safe_contact.WAYS: list(rule.ways)})]


def _answerable(one: dict[str, str]) -> tuple[str, str]:
    role = word("respondent_roles", one["role"])
    return role[1] if role else one["role"], one["name"] or one["id"]


def _piece(one: dict[str, Any]) -> tuple[str, str, str]:
    what = word("proofs", one["what"])
    return one["called"] or (what[1] if what else one["what"]), one["grade"], one["file"]

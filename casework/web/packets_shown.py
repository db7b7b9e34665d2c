"""Packets between desks in words."""

from collections.abc import Mapping
from typing import Any

from flask import g, url_for
from flask_babel import gettext

from casework.cases.asking import Section, asked
from casework.packets import arriving, news, states
from casework.packets.answering import Answer, Feedback
from casework.packets.arriving import Line
from casework.packets.received import Received
from casework.packets.sending import Sent
from casework.web import questions
from casework.web.cases_shown import day, moment, word, workers
from casework.web.grants_shown import sections_in_words

#: Words, icon, tone.
State = tuple[str, str, str]


#: Lines of each sort that Today shows.
_MOST = 5


def waiting() -> list[tuple[str, str, str]]:
    """What waits at this desk because of packets, for Today: words, address, sort."""
    came = [
        (
            gettext(
                "%(desk)s refers somebody to you: answer until %(day)s",
                desk=one.sender or gettext("Another desk"),
                day=day(one.ends_on),
            ),
            url_for("packets.one", packet_id=one.id),
            "packet",
        )
        for one in arriving.waiting(g.actor, _MOST)
    ]
    answered = [
        (
            gettext("%(who)s: %(desk)s has answered", who=one.called or one.ref, desk=one.to),
            url_for("cases.packet", ref=one.ref, packet_id=one.packet_id),
            "packet",
        )
        for one in news.waiting(g.actor, _MOST)
    ]
    return came + answered


def state_word(state: str) -> State:
    """Where a packet stands."""
    words = {
        states.WAITING: (gettext("Waits for an answer"), "clock", "amber"),
        states.ACCEPTED: (gettext("Accepted"), "done", "green"),
        states.DECLINED: (gettext("Declined"), "close", "line"),
        states.RECALLED: (gettext("Taken back and destroyed"), "close", "line"),
        states.EXPIRED: (gettext("Its last day has passed; destroyed"), "history", "line"),
    }
    return words.get(state, (state, "info", "line"))


def arrived(line: Line) -> dict[str, Any]:
    """A packet that came."""
    kept = line.kept
    return {
        "id": line.id,
        "href": url_for("packets.one", packet_id=line.id),
        "sender": line.sender,
        "on": day(line.on),
        "until": day(line.ends_on),
        "state": state_word(line.state),
        "waits": line.waits,
        "by_file": line.by_file,
        "accepted": line.state == states.ACCEPTED,
        "ref": kept.get("ref"),
        "reason": kept.get("reason"),
        "feedback": [came_of(one) for one in line.feedback],
    }


def came_of(one: Feedback) -> dict[str, str]:
    """What came of a referral."""
    found = word("referral_outcomes", one.outcome)
    return {"outcome": found[1] if found else one.outcome, "note": one.note, "at": moment(one.at)}


def went(ref: str, one: Sent, answer: Answer | None) -> dict[str, Any]:
    """A packet that was sent, with what was answered."""
    return {
        "id": one.id,
        "href": url_for("cases.packet", ref=ref, packet_id=one.id),
        "to": one.to,
        "state": _state(one, answer),
        "on": day(one.on.date()),
        "until": day(one.ends_on),
        "by": workers().get(one.by),
        "parts": sections_in_words(one.parts),
        "files": [found[1] for file in one.files if (found := word("proofs", file))],
        "told": one.told,
        "as_file": one.as_file,
        "lost": one.lost,
        "waits": not one.as_file
        and not one.ended
        and not one.lost
        and (answer is None or answer.state == states.WAITING),
        "withdrawn": one.ended == "withdrawn",
        "opened": moment(answer.opened) if answer else "",
        "took_it_on": news.said_yes(one, answer) is not None,
        "there": answer.ref if answer else "",
        "reason": answer.reason if answer else "",
        "decided": moment(answer.at) if answer else "",
        "feedback": _feedback(one, answer),
    }


def _state(one: Sent, answer: Answer | None) -> State:
    if one.lost:
        return gettext("Not there any more"), "emergency", "red"
    if one.ended:
        return state_word(states.RECALLED)
    if one.as_file:
        return gettext("Left as a file"), "outside", "amber"
    state = answer.state if answer else states.WAITING
    return state_word(states.EXPIRED if state == states.WAITING and one.over else state)


def _feedback(one: Sent, answer: Answer | None) -> list[dict[str, str]]:
    if one.heard:
        found = word("referral_outcomes", one.heard[0])
        return [{"outcome": found[1] if found else one.heard[0], "note": one.heard[1], "at": ""}]
    return [came_of(each) for each in answer.feedback] if answer else []


def opened(found: Received) -> dict[str, Any]:
    """What a packet holds, for somebody who decides whether to accept it."""
    return {
        "sender": found.sender,
        "reference": found.reference,
        "told": found.told,
        "restricted": found.restricted,
        "made": day(found.made_on),
        "agreed": day(found.agreed_on),
        "agreed_until": day(found.agreed_until),
        "agreed_to": found.consent.data,
        "blocks": [block for section in Section for block in _blocks(section, found.answers)],
        "notes": [{"when": moment(one.when), "text": one.text} for one in found.notes],
        "lines": len(found.lines),
        "files": [_file(one) for one in found.files],
        "strange": found.strange,
    }


def _blocks(section: Section, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Questions and answers of a section, a block a kind."""
    kinds = [values.get("kind"), *(values.get("other_kinds") or [])]
    later = [key.split(".", 1)[0] for key in values if "." in key]
    found = []
    for group in asked(section, dict.fromkeys(one for one in [*kinds, *later] if one)):
        told = {
            key.removeprefix(group.prefix): one for key, one in values.items() if key.startswith(group.prefix)
        }
        if facts := questions.say(group.fields, told):
            title = sections_in_words((section.value,))[0]
            found.append(
                {"title": f"{title}: {gettext(group.title)}" if group.title else title, "facts": facts}
            )
    return found


def _file(told: Mapping[str, Any]) -> str:
    found = word("proofs", told["what"]) if told["what"] else None
    return str(told["called"] or (found[1] if found else told["what"]))

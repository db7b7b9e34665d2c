"""The one public page of a campaign: a single file for publication elsewhere, without a script, a tracker or a person.

It asks for nothing from anywhere: no picture, no font, no link. A rule in its head forbids even what somebody might add.
"""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid5

from markupsafe import Markup

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.campaigns import parts as parts_of
from casework.campaigns import service, telling
from casework.campaigns.due import day_of
from casework.campaigns.teller import Teller
from casework.cases import kinds
from casework.cases.changing import Differing
from casework.cases.fields import Field
from casework.deadlines.words import msgid
from casework.teams import book
from casework.teams.records import Book, Item

SORT: Final = "page"
_STYLE: Final = (
    "body{margin:0 auto;max-width:42rem;padding:1.5rem;font:1.05rem/1.6 system-ui,sans-serif;"
    "color:#1d2523;background:#fff;overflow-wrap:anywhere}h1{font-size:1.9rem;line-height:1.2}"
    "h2{font-size:1.2rem;margin-top:2rem}p{white-space:pre-line}li{margin:.4rem 0}footer{margin-top:3rem;color:#55605c;font-size:.9rem}"
    "@media(prefers-color-scheme:dark){body{color:#e8eeec;background:#141a18}footer{color:#a9b5b0}}"
)


@dataclass(frozen=True)
class Part:
    """A part of the page.

    Attributes:
        heading: above it; empty for the first.
        text: a paragraph, or empty.
        lines: of a list.
    """

    heading: str
    text: str = ""
    lines: tuple[str, ...] = ()


def fields() -> tuple[Field, ...]:
    """The questions about the page."""
    return kinds.page("campaign/page")


def words(found: Book) -> Item | None:
    """What a campaign wrote for its page; None where nobody has."""
    return found.item(_id(found.id))


def keep(actor: Actor, campaign_id: UUID, told: Mapping[str, Any], rev: int) -> None:
    """Keep what the page says.

    Args:
        actor: of the campaign's team.
        campaign_id: which campaign.
        told: answers of `config/campaign/page.toml`.
        rev: that the sender had seen; 0 for the first words.

    Raises:
        Differing: somebody else changed it meanwhile.
    """
    policy.require(actor, Action.CAMPAIGN_WORK)
    there = words(service.look(actor, campaign_id))
    if there is not None:
        return book.correct(actor, campaign_id, there.id, told, rev)
    if rev:
        raise Differing({}, dict(told), 0)
    book.add(actor, campaign_id, SORT, told, _id(campaign_id))
    return None


def parts(teller: Teller, item: Item) -> list[Part]:
    """What stands on the page, in its order."""
    told = item.told
    listed = [
        Part(teller.say(_HEADINGS[key]), lines=lines)
        for key in telling.PARTS
        if key in told.get("tells", ()) and (lines := tuple(_LINES[key](teller)))
    ]
    join = [Part(teller.say("Join, or help"), str(told["join"]))] if told.get("join") else []
    return [Part("", str(told["text"])), *listed, *join]


def html(teller: Teller, item: Item) -> str:
    """The page as one file that stands alone."""
    locale = teller.voice.locale
    style = b64encode(sha256(_STYLE.encode()).digest()).decode()
    body = Markup("\n").join(_part(one) for one in parts(teller, item))
    page = Markup(
        '<!doctype html>\n<html lang="{lang}" dir="{dir}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'; "
        "base-uri 'none'; form-action 'none'\">\n"
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )
    return str(
        page.format(
            lang=str(locale).replace("_", "-"),
            dir=locale.text_direction,
            hash=style,
            title=item.told["title"],
            style=Markup(_STYLE),  # noqa: S704 - our own constant, whose hash stands in the head
            body=body,
        )
    )


def digest(text: str) -> str:
    """By which a form says which page its sender had looked at."""
    return sha256(text.encode()).hexdigest()


def _part(one: Part) -> Markup:
    found = Markup()
    if one.heading:
        found += Markup("<h2>{}</h2>").format(one.heading)
    if one.text:
        found += Markup('<p dir="auto">{}</p>').format(one.text)
    if one.lines:
        rows = Markup("").join(Markup('<li dir="auto">{}</li>').format(line) for line in one.lines)
        found += Markup("<ul>{}</ul>").format(rows)
    return Markup("<section>{}</section>").format(found)


def _id(campaign_id: UUID) -> UUID:
    return uuid5(campaign_id, SORT)


def _targets(teller: Teller) -> Iterable[str]:
    return [str(one.told["name"]) for one in teller.rows("target")]


def _demands(teller: Teller) -> Iterable[str]:
    for one in teller.rows("demand"):
        by = day_of(one.told, "until")
        said = [
            str(one.told["what"]),
            teller.day(by),
            teller.word("demand_states", one.told.get("state", "open")),
        ]
        yield " · ".join(part for part in said if part)


def _done(teller: Teller, sort: str, listed: str, key: str) -> list[str]:
    lines = [one for one in teller.rows(sort) if sort != "action" or one.told.get("state") == "done"]
    return [f"{teller.day(day_of(one.told, 'on'))} · {teller.word(listed, one.told[key])}" for one in lines]


_LINES: dict[str, Callable[[Teller], Iterable[str]]] = {
    "target": _targets,
    "demand": _demands,
    "action": lambda teller: _done(teller, "action", "campaign_actions", "rung"),
    "reply": lambda teller: _done(teller, "reply", "reply_sorts", "sort"),
    "outcome": parts_of.won,
    "endorsement": lambda teller: [str(one.told["name"]) for one in teller.rows("endorsement")],
}
_HEADINGS = {
    "target": msgid("Who can grant it"),
    "demand": msgid("Demands"),
    "action": msgid("What was done"),
    "reply": msgid("What came back"),
    "outcome": msgid("What was won"),
    "endorsement": msgid("Who stands with it"),
}

"""What left a campaign: every paper that was made, for whom, by whom; and its public page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.campaigns import complaints, page, service, telling
from casework.campaigns.teller import Teller
from casework.cases.values import Voice
from casework.deadlines.words import msgid
from casework.errors import Invalid, NotFound
from casework.papers import printing
from casework.papers.blocks import BETWEEN, Paper
from casework.teams import book
from casework.teams.records import Book, Item

SORT: Final = "left"
#: Papers that a campaign makes of itself; complaints have files of their own.
BRIEF, PLAN, PAGE = "brief", "plan", "page"
OWN: Mapping[str, str] = {
    BRIEF: msgid("Campaign brief"),
    PLAN: msgid("Plan and timeline"),
    PAGE: msgid("Public page"),
}
#: What a plan may tell of.
PLAN_PARTS = ("due", "done")


@dataclass(frozen=True)
class Wish:
    """What somebody wants made.

    Attributes:
        paper: of `OWN`, or the key of a procedure.
        recipient: for whom; it stands across every page.
        parts: what it may tell; of a complaint the conventions.
        voice: the language of its reader.
        unread: whether its fixed words come from a file that no speaker has read.
    """

    paper: str
    recipient: str
    parts: frozenset[str]
    voice: Voice
    unread: bool = False


def title(paper: str) -> str:
    """What a paper is called (msgid).

    Raises:
        NotFound: there is none of this key.
    """
    return OWN.get(paper) or complaints.get(paper).title


def listing(found: Book) -> list[Item]:
    """What left a campaign, newest first."""
    return sorted(found.of_sort(SORT), key=lambda one: one.at, reverse=True)


def make(actor: Actor, campaign_id: UUID, wish: Wish, form_token: UUID) -> bytes:
    """Write down for whom a paper is, then make it.

    Args:
        actor: of the campaign's team.
        campaign_id: which campaign.
        wish: what is wanted.
        form_token: of the form; the same one twice is one line of what left.

    Raises:
        NotFound: there is no such paper, or they are not in the team.
        Invalid: nobody is named for whom it is.
    """
    found = _may(actor, campaign_id, wish.recipient)
    paper = _written(found, wish)
    _record(actor, campaign_id, wish.paper, wish, form_token)
    say, day = wish.voice.gettext, Teller(found, wish.voice).day(clock.today())
    foot = [say(title(wish.paper)), wish.recipient, *([say(printing.UNREAD)] if wish.unread else [])]
    return printing.pdf(paper, wish.voice.locale, f"{wish.recipient}{BETWEEN}{day}", BETWEEN.join(foot))


def publish(actor: Actor, campaign_id: UUID, wish: Wish, seen: str, form_token: UUID) -> str:
    """Write down where the public page goes, and give it, exactly as it was looked at.

    Args:
        actor: of the campaign's team.
        campaign_id: which campaign.
        wish: for where, and in which language.
        seen: digest of the page that was shown.
        form_token: of the form.

    Raises:
        Invalid: it is another page by now, nobody wrote one, or nobody said where it goes.
    """
    found = _may(actor, campaign_id, wish.recipient)
    item = page.words(found)
    if item is None:
        raise Invalid("Write first what the page says.")
    made = page.html(Teller(found, wish.voice), item)
    if page.digest(made) != seen:
        raise Invalid("The page has changed since you looked at it. Look at it again as it is now.")
    _record(actor, campaign_id, PAGE, wish, form_token)
    return made


def _may(actor: Actor, campaign_id: UUID, recipient: str) -> Book:
    policy.require(actor, Action.CAMPAIGN_WORK)
    found = service.look(actor, campaign_id)
    if not recipient.strip():
        raise Invalid("Please answer this one.", "recipient")
    return found


def _written(found: Book, wish: Wish) -> Paper:
    teller = Teller(found, wish.voice)
    if wish.paper == BRIEF:
        return telling.brief(teller, wish.parts)
    if wish.paper == PLAN:
        return telling.plan(teller, wish.parts)
    if wish.paper == PAGE:
        raise NotFound
    return telling.complaint(teller, complaints.get(wish.paper), wish.parts)


def _record(actor: Actor, campaign_id: UUID, paper: str, wish: Wish, form_token: UUID) -> None:
    told = {"paper": paper, "recipient": wish.recipient.strip(), "language": str(wish.voice.locale)}
    book.add(actor, campaign_id, SORT, told, form_token)

"""Releases: what two stewards put their names to. They never change; a number that does not match its hash is not shown."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.db import db
from casework.errors import NotFound
from casework.trends import ledger, windows
from casework.trends.frozen import Numbers
from casework.trends.ledger import Line
from casework.trends.models import TrendRelease
from casework.trends.stewards import RELEASE
from casework.trends.windows import Window
from casework.vault import ChainState, keeping


@dataclass(frozen=True)
class Release:
    """A release as it is read.

    Attributes:
        window: what it is of.
        parts: the numbers of the opening, and of the closing where the plan has one.
        digest: the hash that two stewards signed.
        run_on, released_on: days; not released yet without the second.
        stewards: who ran it, and who agreed to it.
        cost: its lines in the ledger.
    """

    window: Window
    parts: Mapping[str, Numbers]
    digest: str
    run_on: date
    released_on: date | None
    stewards: tuple[UUID, UUID]
    cost: Sequence[Line]


def network_of(actor: Actor) -> ChainState:
    """The chain of the network that somebody works in, at a desk or at the network itself."""
    if actor.desk_keys is not None:
        own = actor.desk.state
    elif actor.desk_id is not None:
        own = keeping.load(actor.desk_id, actor.person)
    else:
        raise NotFound
    return own if actor.at_network or own.network_id is None else keeping.load(own.network_id)


def every(actor: Actor) -> list[Release]:
    """The releases of the network, the newest window first.

    Args:
        actor: anybody of the network; no key is needed.
    """
    policy.require(actor, Action.TREND_VIEW)
    state = network_of(actor)
    return [one for one in _of(state) if one.released_on is not None]


def waiting(actor: Actor, window_id: UUID) -> Release | None:
    """The numbers of a window that wait for the second steward, for both of them to see."""
    policy.require(actor, Action.TREND_STEWARD)
    found = (one for one in _of(actor.desk.state, window_id) if one.released_on is None)
    return next(found, None)


def get(actor: Actor, window_id: UUID) -> Release:
    """One release.

    Raises:
        NotFound: this window has none, or what is stored is not what was signed.
    """
    policy.require(actor, Action.TREND_VIEW)
    found = next(iter(_of(network_of(actor), window_id)), None)
    if found is None or found.released_on is None:
        raise NotFound
    return found


def _of(state: ChainState, only: UUID | None = None) -> list[Release]:
    """What is stored and was signed, of all windows or of one: the hash of every number is looked at again each time."""
    rows = select(TrendRelease).where(TrendRelease.desk_id == state.desk_id)
    if only is not None:
        rows = rows.where(TrendRelease.window_id == only)
    by_window = {row.window_id: row for row in db.session.scalars(rows)}
    return [
        _read(one, by_window[one.id])
        for one in windows.every(state)
        if one.id in by_window and _genuine(state, one, by_window[one.id])
    ]


def _genuine(state: ChainState, window: Window, row: TrendRelease) -> bool:
    if sha256(row.numbers.encode()).hexdigest() != row.digest or row.first_id == row.second_id:
        return False
    signed = [(row.first_id, row.first_signature)]
    if row.released_on is not None:
        signed.append((row.second_id, row.second_signature or b""))
    parts = (state.desk_id, window.id, row.digest)
    return all(
        who in window.stewards and windows.signed_there(state, who, made, RELEASE, *parts)
        for who, made in signed
    )


def _read(window: Window, row: TrendRelease) -> Release:
    parts = {name: Numbers.from_json(value) for name, value in json.loads(row.numbers).items()}
    return Release(
        window, parts, row.digest, row.run_on, row.released_on, (row.first_id, row.second_id),
        ledger.of_window(window.id),
    )  # fmt: skip

"""Giving a legal ally parts of a case, and seeing who has what. Ruling on what waits is `ruling.py`."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action, can
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import opening
from casework.cases.changing import changing
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Conflict, Invalid, NotFound, Refused
from casework.evidence import marked
from casework.evidence import service as evidence
from casework.evidence.bodies import Piece
from casework.sharing import conflicts, seen, terms
from casework.sharing.seen import Opened
from casework.sharing.terms import Wish
from casework.vault import grant as granted
from casework.vault.grant import TalkKey
from casework.vault.keeping import granting
from casework.vault.models import Grant

#: Bytes up to which all grants look alike to whoever has the database.
_FILL = 6_000


@dataclass(frozen=True)
class Given:
    """A grant as the desk sees it.

    Attributes:
        id, ally_id, ends_on, state: as stored.
        name: of the ally when it was given.
        sections: keys of the sections.
        files: what was given of files: `name`, `what`, `download`.
        alike: whether the conflict check found a name on both sides.
        hits: those names, here and there; only for who rules on them.
        unlisted: whether the ally has not yet said whom they act for.
        mended: whether it waits because the case was damaged and stands again.
        ruled: the coordinator's reason, where one was needed.
        ended: `at` and `why`, where somebody ended it.
        opened: what the ally opened and took along.
        consent_id: the agreement that it stands on.
    """

    id: UUID
    ally_id: UUID
    ends_on: date
    state: str
    name: str
    sections: tuple[str, ...]
    files: tuple[dict[str, Any], ...]
    alike: bool
    hits: tuple[tuple[str, str], ...]
    unlisted: bool
    mended: bool
    ruled: str
    ended: dict[str, str] | None
    opened: tuple[Opened, ...]
    consent_id: UUID

    @property
    def lives(self) -> bool:
        """Whether the ally reads it now."""
        return self.state == granting.LIVE and self.ends_on >= clock.today()


def make(actor: Actor, ref: str, wish: Wish, form_token: UUID) -> UUID:
    """Give an ally parts of a case; it waits where the conflict check finds something, or has nothing to compare.

    Args:
        actor: a coordinator, with the network's keys open for the names of the register.
        ref: the case's reference.
        wish: what, to whom, until when.
        form_token: of the form; the same one twice gives once.

    Returns:
        The id of the grant.

    Raises:
        Invalid: the person has not agreed, or something is missing.
        NotFound, Denied: not for this person.
    """
    with changing(actor, ref, Action.GRANT_MAKE) as case:
        known = db.session.scalar(select(Grant).where(Grant.form_token == form_token))
        if known is not None:
            return _same_case(known, case)
        told = terms.check(case, wish)
        found = conflicts.compare(case, wish.ally_id)
        row = Grant(id=uuid4(), case_id=case.id, desk_id=case.desk_id, form_token=form_token)
        row.ally_id, row.ends_on = wish.ally_id, wish.ends_on
        row.state = granting.WAITING if found.blocks else granting.LIVE
        given = _given(case, wish, told.id) | conflicts.as_given(case, found)
        put(case, row, given)
        if not found.blocks:
            granting.box(actor.desk, case.keys, row, given)
        row.seen = seen.nothing(row.id, given["talk"])
        db.session.add(row)
        db.session.flush()
        _record(case, row, given)
    return row.id


def _same_case(known: Grant, case: OpenCase) -> UUID:
    if known.case_id != case.id:
        raise Conflict
    return known.id


def _given(case: OpenCase, wish: Wish, consent_id: UUID) -> dict[str, Any]:
    return {
        "ally": str(wish.ally_id),
        "name": terms.ally(case.actor, wish.ally_id).name,
        "until": wish.ends_on.isoformat(),
        "sections": [one.value for one in wish.sections],
        "files": [_file(case, one, download=one in wish.downloads) for one in wish.files],
        "about": terms.about(case, wish),
        "talk": TalkKey.new(),
        "consent": str(consent_id),
        "by": str(case.actor.user_id),
        "at": clock.now().isoformat(),
        "ruled": "",
        "allowed": [],
        "ended": None,
    }


def _file(case: OpenCase, piece_id: UUID, *, download: bool) -> dict[str, Any]:
    """One file with its own key: the copy for looking at, where there is one."""
    piece, file, key = evidence.to_give(case, piece_id)
    if file.mime not in marked.MARKABLE:
        raise Invalid("Only pictures and PDF can be given here.", "files")
    said = piece.said
    what = {"id": str(piece.id), "what": said.what, "name": said.called, "download": download}
    return what | {
        "file": str(file.id),
        "mime": file.mime,
        "size": file.size,
        "key": granted.carried(key),
    }


def put(case: OpenCase, row: Grant, given: dict[str, Any]) -> None:
    """Seal what a grant gives to its row, filled up to the size of all others."""
    bare = {name: value for name, value in given.items() if name != "fill"}
    size = len(json.dumps(bare, ensure_ascii=False).encode())
    granting.seal(case.keys, row, bare | {"fill": " " * (_FILL - size)})


def _record(case: OpenCase, row: Grant, given: dict[str, Any]) -> None:
    audit.record(
        case.actor.desk,
        Event.GRANT_MADE,
        case=case.keys,
        grant=str(row.id),
        sections=given["sections"],
        files=[one["id"] for one in given["files"]],
        consent=given["consent"],
        rows=audit.digest(row.body),
    )


def one(case: OpenCase, grant_id: UUID) -> tuple[Grant, dict[str, Any]]:
    """A grant of a case, with what it gives.

    Raises:
        NotFound: this case has no such grant.
        Refused: it does not open.
    """
    row = db.session.get(Grant, grant_id, populate_existing=True)
    if row is None or row.case_id != case.id:
        raise NotFound
    return row, granting.opened(case.keys, row)


def rows_of(case: OpenCase) -> list[tuple[Grant, dict[str, Any]]]:
    """Every grant of a case that opens, the newest last; one taken out or put back is recorded."""
    wanted = select(Grant).where(Grant.case_id == case.id).execution_options(populate_existing=True)
    rows, whole = case.keys.statement.stored(granting.BODY, lambda: db.session.scalars(wanted).all())
    found = []
    for row in rows:
        try:
            found.append((row, granting.opened(case.keys, row)))
        except Refused:
            whole = False
    if not whole:
        case.complain(granting.BODY.name)
    return sorted(found, key=lambda pair: str(pair[1]["at"]))


def files_of(case: OpenCase) -> list[Piece]:
    """The evidence of a case that can be given: pictures and PDF, the newest first."""
    every = evidence.listing(case).pieces
    return [one for one in every if (file := one.copy or one.original) and file.mime in marked.MARKABLE]


def listing(actor: Actor, ref: str) -> tuple[OpenCase, list[Given]]:
    """Who was given what of a case, the newest first.

    An ally's list was promised to be shown to a coordinator and to nobody else: others read that names are alike.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref, Action.GRANT_VIEW)
    every = [given(row, value) for row, value in reversed(rows_of(case))]
    return case, every if can(actor, Action.GRANT_MAKE) else [replace(one, hits=()) for one in every]


def given(row: Grant, value: dict[str, Any]) -> Given:
    """A grant as the desk sees it."""
    return Given(
        id=row.id,
        ally_id=row.ally_id,
        ends_on=row.ends_on,
        state=row.state,
        name=value["name"],
        sections=tuple(value["sections"]),
        files=tuple(value["files"]),
        alike=bool(value["hits"]),
        hits=tuple((mine, theirs) for mine, theirs in value["hits"]),
        unlisted=value["unlisted"],
        mended=row.state == granting.WAITING and bool(value.get("mended")),
        ruled=value["ruled"],
        ended=value["ended"],
        opened=seen.read(TalkKey(row.id, value["talk"]), row),
        consent_id=UUID(value["consent"]),
    )


def at(given_at: str) -> datetime:
    """A moment as it was written down."""
    return datetime.fromisoformat(given_at)

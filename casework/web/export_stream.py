"""The file with everything, made while it is sent: step by step, each asking anew who is there and whether they may.

A file of a whole desk takes longer than any page. So the session, the desk and the agreement are opened anew for each
case, in a transaction of its own: a lock, a sign-out or somebody who stops it ends it before the next case. Nothing
lies anywhere meanwhile: what is in memory is one case, a part of one file, and the lines of the lists.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256

from flask import g

from casework.access import entrance, sessions
from casework.access.actor import Actor, nobody_reads
from casework.errors import Conflict, Denied, Locked, NotFound, Refused
from casework.export import content, making, packing
from casework.export.content import Gathered
from casework.export.lists import Lists
from casework.export.making import BrokenOff, Going
from casework.export.packing import Packing
from casework.respondents import register
from casework.respondents.register import Register
from casework.store import Store
from casework.web import export_shown, guard
from casework.web.signed import doorway

_File = tuple[str, Iterable[bytes]]


class Stream:
    """One file that is being sent.

    Args:
        code: of the desk.
        going: what was begun.
        store: where files lie.
    """

    def __init__(self, code: str, going: Going, store: Store) -> None:
        self._code = code
        self._going = going
        self._store = store
        self._secret: bytes = g.session_secret
        self._packing = Packing()
        self._lists = Lists()
        self._lines: list[export_shown.Line] = []

    def parts(self, words: str) -> Iterator[bytes]:
        """The sealed file.

        Args:
            words: that it opens with.

        Raises:
            BrokenOff: it may not go on; what was sent opens to nothing whole.
        """
        yield from packing.sealed(words, self._everything())

    def _everything(self) -> Iterator[_File]:
        with self._step() as actor:
            respondents = register.listing(actor)
            head = export_shown.head()
            desk = list(export_shown.of_desk(actor))
        yield from self._packing.each(self._inside(desk, respondents))
        manifest = self._packing.manifest(head)
        yield packing.MANIFEST, [manifest]
        cases, files = len(self._lines), len(self._packing.files)
        with self._step() as actor:
            making.end(actor, self._going, cases, files, sha256(manifest).hexdigest())

    def _inside(self, desk: Iterable[tuple[str, bytes]], respondents: Register) -> Iterator[_File]:
        yield from _whole(desk)
        for ref in self._going.refs:
            yield from self._case(ref, respondents)
        with self._step():
            pages = export_shown.around(self._lines)
        yield from _whole([*self._lists.files(), ("schema/case.schema.json", packing.schema()), *pages])

    def _case(self, ref: str, respondents: Register) -> Iterator[_File]:
        try:
            with self._step() as actor:
                found = content.gather(actor, ref, self._going.id, self._going.two, respondents, self._store)
                texts = self._texts(found) if found else []
        except _NotThere:
            return
        except _DoesNotOpen:
            self._packing.damaged.append(f"cases/{ref}")
            return
        yield from _whole(texts)
        for one in found.files if found else ():
            yield f"cases/{ref}/{one.name}", one.parts()

    def _texts(self, found: Gathered) -> list[tuple[str, bytes]]:
        """All that is written of a case, made within its step: whoever sends it asks the database for nothing more."""
        folder = f"cases/{found.case.row.ref}"
        self._packing.damaged += [f"{folder}: {where}" for where in found.damaged]
        self._lists.add(found.value)
        self._lines.append(export_shown.line(found))
        told = json.dumps(found.value, ensure_ascii=False, indent=1).encode()
        return [(f"{folder}/case.json", told), (f"{folder}/case.html", export_shown.case(found))]

    @contextmanager
    def _step(self) -> Iterator[Actor]:
        """One transaction by whoever is still there. It ends before anything is sent: nobody waits for a slow line."""
        guard.begin_to_write()
        actor = self._entered()
        try:
            making.go_on(actor, self._going)
        except (Refused, Denied, Conflict):
            raise BrokenOff from None
        try:
            yield actor
        except NotFound:
            guard.begin_to_write()
            raise _NotThere from None
        except Refused:
            guard.begin_to_write()
            raise _DoesNotOpen from None
        guard.keep_so_far()

    def _entered(self) -> Actor:
        session = sessions.resume(doorway(), self._secret)
        if session is None:
            raise BrokenOff
        try:
            g.actor = entrance.enter(session.person, self._code, network=True, said_why=nobody_reads)
        except (NotFound, Locked, Refused):
            raise BrokenOff from None
        found: Actor = g.actor
        return found


def _whole(files: Iterable[tuple[str, bytes]]) -> Iterator[_File]:
    for name, data in files:
        yield name, [data]


class _NotThere(Exception):
    """A case that was erased since it began, or that is for named people only."""


class _DoesNotOpen(Exception):
    """A case whose key or statement does not open."""

"""A desk as it is before something changes its keys, on a database that can be put back as it was."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from casework import clock
from casework.access.doorway import Doorway
from casework.cases import entries, mending, opening, readers
from casework.db import db
from casework.errors import DeskLocked, Locked, NotFound, Refused
from casework.sharing import conflicts, reading, undertaking
from casework.vault import PersonKeys, Role, Section, keeping
from casework.vault.keeping import granting, ledger
from casework.vault.models import Grant
from tests import factories
from tests.factories import World
from tests.factories.people import Human
from tests.factories.worlds import join
from tests.sharing.conftest import STORY, agree, save


@dataclass
class Scene:
    """A network, a second coordinator, one case for the desk and one for two people.

    Attributes:
        world, kim, door: who is there; `kim` is the second coordinator.
        ref, hidden: the open case, and the one that only Asha and Mei open.
        more: what a journey keeps for itself.
    """

    world: World
    kim: Human
    door: Doorway
    ref: str = ""
    hidden: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    _pins: dict[UUID, tuple[dict, int]] = field(default_factory=dict)
    _people: list[PersonKeys] = field(default_factory=list)

    @classmethod
    def of(cls, door: Doorway) -> "Scene":
        world = factories.world()
        kim = factories.human("kim", "Kim")
        join(world.mei, world.network_id, kim, Role.COORDINATOR)
        join(world.mei, world.host_id, kim, Role.COORDINATOR)
        scene = cls(world, kim, door)
        asha = world.actor(world.asha)
        scene.ref, scene.hidden = (
            factories.case(asha, called=name).ref for name in ("Sita Test", "Ana Test")
        )
        save(asha, scene.ref, Section.STORY, what_happened=STORY)
        for _ in range(2):
            entries.add(asha, scene.ref, "note", clock.now(), "She called again.", uuid4())
        readers.choose(asha, scene.hidden, frozenset({world.asha.id, world.mei.id}), None)
        agree(asha, scene.ref)
        scene.keep()
        return scene

    def actor(self, who: Human):
        """Somebody at the desk, as a request makes them."""
        return self.world.actor(who, self.world.host_id)

    def know(self, person: PersonKeys) -> None:
        """Somebody new, whose profile is kept with the others'."""
        self._people.append(person)

    def everybody(self) -> list[PersonKeys]:
        world = self.world
        named = (world.mei, world.asha, world.bo, world.luz, world.nina, world.ram, self.kim)
        return [one.keys for one in named] + self._people

    def keep(self) -> None:
        """The end of a request: what was done is there from now on, with what everybody has pinned."""
        db.session.commit()
        self._pins = {one.user_id: (dict(one.pins), one.counter) for one in self.everybody()}

    def start_anew(self) -> None:
        """A new process: what was verified and pinned since the last commit is gone."""
        db.session.rollback()
        db.session.remove()
        ledger._verified.clear()
        for one in self.everybody():
            pins, counter = self._pins.get(one.user_id, ({}, 0))
            one.pins, one.counter, one.changed = dict(pins), counter, False

    # --- who reads what --------------------------------------------------------------------------

    def state(self):
        return keeping.load(self.world.host_id)

    def check(self) -> None:
        """Whatever happened: who is in reads what is theirs, and nobody else reads anything."""
        state = self.state()
        for who in (self.world.mei, self.kim, self.world.asha, self.world.bo):
            if state.locked:
                with pytest.raises(DeskLocked):
                    self.actor(who)
            elif who.id not in state.members:
                with pytest.raises((NotFound, Refused)):
                    self.actor(who)
            else:
                self._reads(who)
        self._ally_reads_no_more()
        for who in (self.world.nina, self.world.ram):
            with pytest.raises(NotFound):
                opening.load(self.world.actor(who), self.ref)

    def _reads(self, who: Human) -> None:
        if self.is_damaged():
            return
        assert opening.load(self.actor(who), self.ref).called == "Sita Test"
        if who in (self.world.mei, self.world.asha):
            assert opening.load(self.actor(who), self.hidden).called == "Ana Test"
        else:
            with pytest.raises(NotFound):
                opening.load(self.actor(who), self.hidden)

    def is_damaged(self) -> bool:
        """Whether the case waits for a coordinator to let it stand; it opens for nobody until then."""
        return mending.look(self.actor(self.world.mei), self.ref).standing is mending.Standing.BROKEN

    def _ally_reads_no_more(self) -> None:
        living = db.session.scalar(select(Grant.id).where(Grant.state == granting.LIVE).limit(1))
        if living is None:
            assert self.ally_reads() is None

    def ally_reads(self) -> str | None:
        """What the ally reads of the story now; None where it does not open."""
        with suppress(NotFound, Refused, DeskLocked, Locked):
            return reading.section(self.actor(self.world.luz), self.ref, Section.STORY)[1]["what_happened"]
        return None

    def ally_is_ready(self) -> None:
        """Luz has promised and acts for nobody."""
        luz = self.actor(self.world.luz)
        if undertaking.accepted_on(luz) is None:
            undertaking.accept(luz)
            self.keep()
        if not conflicts.own(luz).rev:
            conflicts.save(luz, "", 0)
            self.keep()


@dataclass
class Snapshot:
    """The database file as it was, and what everybody had pinned."""

    scene: Scene
    path: Path
    _pins: dict = field(default_factory=dict)
    _more: dict = field(default_factory=dict)

    @classmethod
    def of(cls, scene: Scene) -> "Snapshot":
        scene.keep()
        with db.engine.connect() as connection:
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        made = cls(scene, Path(str(db.engine.url.database)))
        made._pins, made._more = dict(scene._pins), dict(scene.more)
        _let_go()
        shutil.copyfile(made.path, made._aside)
        return made

    @property
    def _aside(self) -> Path:
        return self.path.with_suffix(".before")

    def restore(self) -> None:
        _let_go()
        for one in (self.path, Path(f"{self.path}-wal"), Path(f"{self.path}-shm")):
            one.unlink(missing_ok=True)
        shutil.copyfile(self._aside, self.path)
        self.scene._pins, self.scene.more = dict(self._pins), dict(self._more)
        self.scene.start_anew()


def _let_go() -> None:
    db.session.remove()
    db.engine.dispose()


Act = Callable[[Scene], None]

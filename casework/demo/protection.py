"""What protects somebody of the demo: agreed hours for a call, word that a way is still safe, a status for one step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casework.cases import legal_status, reaching
from casework.cases.legal_status import Needed
from casework.demo.circumstances import Circumstances
from casework.demo.deeds import Stage
from casework.demo.sources import table

_AGREED = 0.45
_NEEDED = 0.35


@dataclass(frozen=True)
class AgreeOnHours:
    """The person says when they may be reached, and what to do when somebody else answers.

    Attributes:
        told: answers of `config/safe_contact.toml`.
    """

    told: Mapping[str, Any]

    def do(self, stage: Stage) -> None:
        """Write it down beside the ways that are known."""
        _case, rule, rev = reaching.to_change(stage.actor, stage.ref)
        if rule.ways:
            reaching.save(stage.actor, stage.ref, rule.ways, self.told, rev)


@dataclass(frozen=True)
class StillSafe:
    """At this contact the person says that the way to reach them is still safe."""

    def do(self, stage: Stage) -> None:
        """Write it down."""
        reaching.confirm(stage.actor, stage.ref, still=True)


@dataclass(frozen=True)
class NeedStatus:
    """A legal step needs the immigration status: for those who are assigned, until its day."""

    needed: Needed

    def do(self, stage: Stage) -> None:
        """Write it down."""
        legal_status.write(stage.actor, stage.ref, self.needed)


def hours(of: Circumstances) -> Iterator[AgreeOnHours]:
    """Hours on which somebody agrees, in nearly half of the cases; by the clock where the person is."""
    if of.rng.random() < _AGREED:
        told = of.one(table("common")["safe_contact"])
        yield AgreeOnHours(told | {"zone": of.host.zone})


def status(of: Circumstances) -> Iterator[NeedStatus]:
    """A status that one legal step of this kind needs, now and then."""
    steps = table("common")["legal_steps"].get(of.scene.kind)
    if steps and of.rng.random() < _NEEDED:
        step, known, note = of.one(steps)
        yield NeedStatus(Needed(step, known, note))

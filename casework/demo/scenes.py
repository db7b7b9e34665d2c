"""What may happen to somebody in the demo: one scene for each way into trouble, in `data/kinds/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from casework.demo.sources import kinds, table


@dataclass(frozen=True)
class Party:
    """Somebody's part in a scene.

    Attributes:
        slot: the word in braces that their name stands for.
        role: of the list `respondent_roles`.
        among: keys of who it may be; empty for whoever has the slot already.
    """

    slot: str
    role: str
    among: tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """One way into trouble; `data/README.md` tells what each line of a file means."""

    kind: str
    key: str
    desk: str
    homes: tuple[str, ...]
    works: tuple[str, ...]
    sector: str
    risks: tuple[str, ...]
    parties: tuple[Party, ...]
    stories: tuple[str, ...]
    said: Mapping[str, str]
    answers: Mapping[str, Any]
    also: tuple[str, ...] = ()
    who: str = ""
    returned: bool = False

    def names(self, respondent: str) -> bool:
        """Whether a respondent may have a part in it."""
        return any(respondent in party.among for party in self.parties)

    def needs(self, respondent: str) -> bool:
        """Whether a part can be nobody else's."""
        return any(party.among == (respondent,) for party in self.parties)


@cache
def scenes() -> dict[str, Scene]:
    """Every scene by key."""
    return {scene.key: scene for kind in kinds() for scene in _of_kind(table(f"kinds/{kind}"))}


def _of_kind(file: dict[str, Any]) -> list[Scene]:
    return [_scene(file["kind"], file["answers"], row) for row in file["scene"]]


def _scene(kind: str, common: dict[str, Any], row: dict[str, Any]) -> Scene:
    lists = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
    parties = tuple(Party(slot, role, tuple(among)) for slot, role, among in row["parties"])
    answers = common | row.get("answers", {})
    said = row.get("said", {})
    return Scene(kind=kind, **{**row, **lists, "parties": parties, "answers": answers, "said": said})


def endings(kind: str) -> list[str]:
    """How cases of a kind end, the frequent ways more often."""
    found: list[str] = table(f"kinds/{kind}")["endings"]
    return found


def notes(kind: str, stage: str) -> list[list[str]]:
    """What may be noted at a stage: type and text each."""
    found: list[list[str]] = table(f"kinds/{kind}")["notes"][stage]
    return found

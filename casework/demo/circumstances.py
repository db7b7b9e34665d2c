"""What is true of one invented person's case, and what its answers and stories are drawn from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from casework.demo.answerable import counted, respondents
from casework.demo.places import Place, place
from casework.demo.scenes import Party, Scene

_NOBODY = {"employer": "the employer", "agency": "the agency", "lender": "the lender", "agent": "the agent"}
_NOBODY |= {"place": "the centre", "authority": "the office"}
_SPANS = {"months": (2, 9), "weeks": (2, 7), "days": (3, 21)}


@dataclass(frozen=True)
class Circumstances:
    """What is true of a case.

    Attributes:
        rng: decides what is left open.
        scene: what happened.
        at: when the desk first heard of it.
        home, work, host: where the person comes from, worked, and is now.
        language: what they speak best.
        numbers: telephone numbers that nobody has yet.
        parties: who plays which part: respondents' keys by slot.
        words: what stands for the words in braces.
    """

    rng: Random
    scene: Scene
    at: datetime
    home: Place
    work: Place
    host: Place
    language: str
    numbers: Iterator[str]
    parties: Mapping[str, str]
    words: Mapping[str, str] = field(default_factory=dict)

    def one(self, choices: Any) -> Any:
        """One of several, or the only one."""
        return self.rng.choice(choices) if isinstance(choices, list | tuple) else choices

    def fill(self, text: str) -> str:
        """A text with names and numbers in place of the words in braces."""
        return text.format_map(self.words)

    def place(self, name: str) -> Place:
        """`home`, `work` or `host`."""
        return {"home": self.home, "work": self.work, "host": self.host}[name]


def arise(
    rng: Random, scene: Scene, at: datetime, numbers: Iterator[str], home: str, pattern: str
) -> Circumstances:
    """Settle what a scene leaves open.

    Args:
        rng: decides.
        scene: what happens.
        at: when the desk first hears of it.
        numbers: telephone numbers that nobody has yet.
        home: a country that is settled already, or empty.
        pattern: the respondent who is to play a part; empty for anybody but the one who is counted.
    """
    homes = [place(code) for code in ([home] if home else scene.homes)]
    from_ = rng.choices(homes, [one.share for one in homes])[0]
    work = place(rng.choice(scene.works))
    parties = _parts(rng, scene, (from_.code, work.code), pattern)
    words = _NOBODY | {slot: respondents()[key].name for slot, key in parties.items()}
    words |= {word: str(rng.randint(*span)) for word, span in _SPANS.items()}
    return Circumstances(
        rng=rng,
        scene=scene,
        at=at,
        home=from_,
        work=work,
        host=from_ if scene.returned else work,
        language=rng.choice(from_.languages),
        numbers=numbers,
        parties=parties,
        words=words,
    )


def _parts(rng: Random, scene: Scene, countries: tuple[str, str], pattern: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for party in scene.parties:
        if party.among and party.slot not in found:
            found[party.slot] = _who(rng, party, countries, pattern)
    return found


def _who(rng: Random, party: Party, countries: tuple[str, str], pattern: str) -> str:
    """Somebody who is at one end of the journey, if there is such."""
    if pattern in party.among:
        return pattern
    free = [key for key in party.among if key != counted()] or list(party.among)
    near = [key for key in free if respondents()[key].country in countries]
    return rng.choice(near or free)

"""Invented people: how they are called and written, and how they may be reached."""

from dataclasses import dataclass
from random import Random
from typing import Any

from casework.cases import kinds, values
from casework.cases.fields import Field
from casework.demo.circumstances import Circumstances
from casework.demo.sources import table

_WITH_FAMILY = 0.65
_GIVEN_ONLY = 0.12
_AS_AT_HOME = 0.5
_UNUSUAL = 0.05
_SECOND_WAY = 0.35
_SAFE = 0.8


@dataclass(frozen=True)
class Named:
    """Somebody's name.

    Attributes:
        called: as they want to be called.
        variants: how else it is written.
        gender: a code of the list `gender`.
    """

    called: str
    variants: tuple[str, ...]
    gender: str


def name(of: Circumstances) -> Named:
    """A name that is usual where the person comes from."""
    rng, pool = of.rng, table("names")[of.home.names]
    who = of.scene.who or rng.choice(("women", "men"))
    given = rng.choice(pool[who])
    families = pool.get(f"family_{who}", pool.get("family", []))
    family = rng.choice(families) if families and rng.random() < _WITH_FAMILY else [""]
    forms = _forms(given, family, script=pool.get("script", False))
    called = _called(rng, forms, given)
    others = tuple(form for form in forms if form != called)
    return Named(called, others, _gender(rng, who))


def _forms(given: list[str], family: list[str], *, script: bool) -> list[str]:
    """The name as a whole: at home first, then in Latin letters, then misspelt."""
    count = max(len(given), len(family), 2 if script else 1)
    whole = [f"{_nth(given, n)} {_nth(family, n)}".strip() for n in range(count)]
    return list(dict.fromkeys(whole))


def _nth(forms: list[str], number: int) -> str:
    return forms[min(number, len(forms) - 1)]


def _called(rng: Random, forms: list[str], given: list[str]) -> str:
    if rng.random() < _GIVEN_ONLY:
        return rng.choice(given)
    return forms[0] if rng.random() < _AS_AT_HOME else forms[min(1, len(forms) - 1)]


def _gender(rng: Random, who: str) -> str:
    if rng.random() < _UNUSUAL:
        return rng.choice(("declined", "trans_woman", "non_binary"))
    return "woman" if who == "women" else "man"


def reach(of: Circumstances) -> list[dict[str, Any]]:
    """One way or two to reach somebody, and whether it is safe."""
    ways = [_way(of)]
    if of.rng.random() < _SECOND_WAY:
        ways.append(_trusted(of))
    return ways


def _way(of: Circumstances) -> dict[str, Any]:
    said = table("common")["reach"]
    number = values.parse(_part("number"), {"number": next(of.numbers)})
    way = {"channel": of.one(said["channels"]), "number": number, "safe": _safe(of.rng)}
    when = of.one(said["when"])
    return way | ({"when": when} if when else {})


def _trusted(of: Circumstances) -> dict[str, Any]:
    who = of.one(table("common")["reach"]["trusted"])
    return {"channel": "trusted_person", "name": who, "safe": "yes"}


def _safe(rng: Random) -> str:
    return "yes" if rng.random() < _SAFE else rng.choice(("no", "unknown"))


def _part(key: str) -> Field:
    """A question inside the group that asks how somebody may be reached."""
    group = next(field for field in kinds.first_contact() if field.key == "reach")
    return next(field for field in group.fields if field.key == key)

"""Telephone numbers that belong to nobody: the ranges that regulators keep free for films and books."""

from collections.abc import Iterator
from random import Random

from casework.demo.sources import table


def patterns() -> list[str]:
    """The ranges; each # is a digit."""
    return [row["pattern"] for row in table("numbers")["range"]]


def deal(rng: Random) -> Iterator[str]:
    """Every number of the ranges once, in no order, so that two people never share one by chance."""
    every = [number for pattern in patterns() for number in _numbers(pattern)]
    rng.shuffle(every)
    yield from every


def _numbers(pattern: str) -> Iterator[str]:
    places = pattern.count("#")
    head = pattern.rstrip("#")
    return (f"{head}{number:0{places}d}" for number in range(10**places))

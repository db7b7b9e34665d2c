"""What a copy of the database shows about the kinds of cases to somebody who knows the kind of every second case.

Cases are told as the demo tells them, as many of each kind. The attacker reads every plain column, counts
rows, measures every sealed byte and knows in which order lines of the record were written. They learn from one
half of the cases and guess the other half, then the other way round; one kind of all is the base rate.

How often somebody sat down to a case is drawn whatever its kind: a save is a line of the record, and lines
can be counted. What that tells where people save every section once stands in docs/what-is-protected.md.
Dates lie in one row a case, of one size, with no day of theirs in the clear: laws differ by kind.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from math import comb, dist
from statistics import fmean, pstdev
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from casework import clock
from casework.access.actor import Actor
from casework.audit.models import AuditEvent
from casework.cases import entries, first_contact, kinds, sections
from casework.cases.first_contact import FirstContact
from casework.db import db
from casework.demo import contents, numbers, persons, scenes
from casework.demo.circumstances import Circumstances, arise
from casework.demo.scenes import Scene
from casework.demo.wishes import Wish
from casework.vault import Section
from tests import factories
from tests.attacks.test_names_at_rest import Features, features, tables_of_cases

OF_EACH = 40
#: Everything that a case of a kind is asked.
STEPS = ("first_contact", "safety", "assessment", "plan", "legal_review", "action")
#: At least as many as any kind has sections: fewer would be told by kinds that have fewer.
SITTINGS = (7, 8, 9)
#: How many of the nearest known cases are asked.
NEAREST = (1, 5, 15)
#: How often an attacker who only guesses blindly goes beyond the bound, in all runs of a test.
DOUBT = 0.01

Kinds = dict[UUID, str]


def tell(actor: Actor, rng: random.Random, scene: Scene, free: Iterator[str]) -> UUID:
    """One case: its first contact, then its sections one by one, then a note."""
    wish = Wish(scene, clock.now(), rng.choice(("high", "medium", "low")), "assessment", "yes", "")
    of = arise(rng, scene, wish.opened, free, "", "")
    named = persons.name(of)
    told = contents.first_page(of, wish) | contents.who(of, named)
    contact = FirstContact(answers=told, consent=contents.agreement(of), take=True)
    row = first_contact.log(actor, contact, uuid4())
    later = contents.of_every_kind(of) | contents.more_of_who(of, named)
    later |= contents.of_kind(of, STEPS, rng.uniform(0.5, 0.95))
    for section, part in sittings(of, later):
        seen = sections.view(actor, row.ref, section)
        sections.save(actor, row.ref, section, part, seen.rev)
    note_type, text = rng.choice(scenes.notes(scene.kind, "action"))
    entries.add(actor, row.ref, note_type, clock.now(), of.fill(text), uuid4())
    return row.id


def sittings(of: Circumstances, answers: dict[str, Any]) -> list[tuple[Section, dict[str, Any]]]:
    """Each section once, then some of them looked over again."""
    parts = list(contents.by_section(answers, identified=True))
    again = [of.rng.choice(parts) for _ in range(of.rng.choice(SITTINGS) - len(parts))]
    return [*parts, *again]


@pytest.fixture
def told(database) -> Kinds:
    """The kinds of all cases, by id."""
    asha = (world := factories.world()).actor(world.asha)
    draw = random.Random(11)
    free = numbers.deal(draw)
    wanted = [kind.key for kind in kinds.all() for _ in range(OF_EACH)]
    draw.shuffle(wanted)
    known = {}
    for kind in wanted:
        scene = draw.choice([one for one in scenes.scenes().values() if one.kind == kind])
        known[tell(asha, draw, scene, free)] = kind
    db.session.commit()
    return known


def lines_in_order() -> dict[UUID, tuple[int, ...]]:
    """The sizes of each case's lines of the record, in the order in which they were written."""
    sizes: defaultdict[UUID, list[int]] = defaultdict(list)
    for case_id, blob in db.session.execute(
        select(AuditEvent.case_id, AuditEvent.blob)
        .where(AuditEvent.case_id.is_not(None))
        .order_by(AuditEvent.seq)
    ):
        sizes[case_id].append(len(blob))
    return {case_id: tuple(found) for case_id, found in sizes.items()}


def measures() -> dict[UUID, list[float]]:
    """For each case, numbers that cases can be near to each other by, each in units of its own spread."""
    found: defaultdict[str, defaultdict[UUID, float]] = defaultdict(lambda: defaultdict(float))
    for table, owner in tables_of_cases():
        for row in db.session.execute(select(table)).mappings():
            found[f"{table.name} rows"][row[owner]] += 1
            for name, value in row.items():
                if isinstance(value, bytes | int):
                    size = len(value) if isinstance(value, bytes) else value
                    found[f"{table.name}.{name}"][row[owner]] += size
    ids = list(found["case rows"])
    columns = [[one.get(case_id, 0.0) for case_id in ids] for one in found.values()]
    even = [
        [(value - fmean(column)) / pstdev(column) for value in column] for column in columns if pstdev(column)
    ]
    return {case_id: list(place) for case_id, *place in zip(ids, *even, strict=True)}


def halves(told: Kinds) -> list[tuple[Kinds, list[UUID]]]:
    """What is known and what is asked, twice."""
    ids = sorted(told)
    random.Random(5).shuffle(ids)
    one, other = ids[::2], ids[1::2]
    return [({key: told[key] for key in known}, asked) for known, asked in ((one, other), (other, one))]


def by_value(feature: dict[Any, Any], told: Kinds) -> int:
    """How many are guessed by the commonest kind among known cases with the same value."""
    right = 0
    for known, asked in halves(told):
        met: defaultdict[Any, Counter[str]] = defaultdict(Counter)
        for case_id, kind in known.items():
            met[feature.get(case_id)][kind] += 1
        commonest = Counter(known.values())
        right += sum(
            (met.get(feature.get(case_id)) or commonest).most_common(1)[0][0] == told[case_id]
            for case_id in asked
        )
    return right


def by_neighbours(places: dict[UUID, list[float]], told: Kinds, nearest: int) -> int:
    """How many are guessed by the commonest kind among the nearest known cases."""
    right = 0
    for known, asked in halves(told):
        for case_id in asked:
            near = sorted(known, key=lambda one: dist(places[one], places[case_id]))
            kinds_near = Counter(known[one] for one in islice(near, nearest))
            right += kinds_near.most_common(1)[0][0] == told[case_id]
    return right


def most_by_chance(guesses: int, tries: int) -> int:
    """How many right guesses blind guessing exceeds in any of several tries with a chance below `DOUBT`.

    Args:
        guesses: in each try, each right with the chance of the base rate.
        tries: how many features are tried; the doubt is shared out among them.
    """
    base, beyond = 1 / len(kinds.all()), 1.0
    for right in range(guesses + 1):
        beyond -= comb(guesses, right) * base**right * (1 - base) ** (guesses - right)
        if beyond < DOUBT / tries:
            return right
    return guesses


def everything() -> Features:
    """Every feature, and the lines of the record in their order."""
    return {**features(), "lines in order": lines_in_order()}


@pytest.mark.slow
def test_neither_columns_nor_sizes_nor_order_tell_kinds_better_than_chance(told):
    every, places = everything(), measures()
    assert len(every) > 60
    alone, together = most_by_chance(len(told), len(every)), most_by_chance(len(told), len(NEAREST))
    assert {name: right for name, one in every.items() if (right := by_value(one, told)) > alone} == {}
    for nearest in NEAREST:
        assert by_neighbours(places, told, nearest) <= together
    # A size that is not filled up, with as much noise as sizes have: both ways of guessing see it.
    size = leaking(told)
    assert by_value(size, told) > alone
    assert by_neighbours({key: [*place, size[key]] for key, place in places.items()}, told, 5) > together


def leaking(told: Kinds) -> dict[UUID, float]:
    """What a store would show that gave kinds away."""
    draw = random.Random(1)
    steps = {kind.key: 2.0 * place for place, kind in enumerate(kinds.all())}
    return {case_id: steps[kind] + draw.choice((0, 0, 1)) for case_id, kind in told.items()}


def test_the_bound_is_what_blind_guessing_seldom_exceeds():
    draw, base = random.Random(2), 1 / len(kinds.all())
    rounds = [sum(draw.random() < base for _ in range(200)) for _ in range(2_000)]
    beyond = sum(right > most_by_chance(200, 1) for right in rounds)
    assert beyond / len(rounds) < 2 * DOUBT
    assert most_by_chance(200, 1) < most_by_chance(200, 100) < 70

"""What a copy of the database shows about names to somebody who knows the names of one row in twenty.

The attacker reads every plain column and every byte of every sealed one. For each feature they guess the
name that known rows with the same value have most often, and otherwise the commonest known name. What the
commonest name alone gives is the base rate; a feature that gives more gives names away.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from math import sqrt
from typing import Any

import pytest
from sqlalchemy import LargeBinary, Table, select

from casework.cases.models import Case
from casework.db import Model, db
from casework.search import service
from casework.search.models import SegmentOfCase
from tests import factories

ROWS, KNOWN = 240, 12
NAMES = ("Mohammed", "Fatima", "Abdurrahman Al Hassan", "Li", "Bishnu Bahadur Tamang", "አበበ", "Ana", "محمد")
#: How often each is met, as in a real desk: a few names are everybody's.
OFTEN = (8, 6, 4, 3, 3, 2, 2, 2)

Features = dict[str, dict[Any, Any]]


@pytest.fixture
def told(database):
    """The names of all cases, by id; half of the cards packed into blocks, half in the tail."""
    world = factories.world()
    asha = world.actor(world.asha)
    draw = random.Random(7)
    names = {}
    for number in range(ROWS):
        name = draw.choices(NAMES, OFTEN)[0]
        names[factories.case(asha, called=name).id] = name
        if number == ROWS // 2:
            service.compact(asha.desk)
    db.session.commit()
    return names


def tables_of_cases() -> Iterator[tuple[Table, str]]:
    """Every table that says which case a row belongs to."""
    for table in Model.metadata.sorted_tables:
        if "case_id" in table.c:
            yield table, "case_id"
    yield Case.__table__, "id"


def seen_of(value: Any) -> dict[str, Any]:
    """What can be compared of one value: itself, and of bytes their length, their ends, their sum."""
    if not isinstance(value, bytes):
        return {"": value}
    return {"length": len(value), "head": value[:8], "end": value[-4:], "sum": sum(value) % 64}


def features() -> Features:
    """For each feature its value for each case: of every column, and how many rows and in which order."""
    found: Features = defaultdict(dict)
    for table, owner in tables_of_cases():
        rows = db.session.execute(select(table)).mappings().all()
        counted = Counter(row[owner] for row in rows)
        for place, row in enumerate(rows):
            case_id = row[owner]
            found[f"{table.name} rows"][case_id] = counted[case_id]
            found[f"{table.name} order"].setdefault(case_id, place * 20 // len(rows))
            for column in table.c:
                for what, value in seen_of(row[column.name]).items():
                    name = f"{table.name}.{column.name} {what}".strip()
                    before = found[name].get(case_id, ())
                    found[name][case_id] = tuple(sorted((*before, str(value))))
    return found


def guesses(feature: dict[Any, Any], known: dict[Any, str]) -> Callable[[Any], str]:
    """How the attacker guesses by one feature."""
    commonest = Counter(known.values()).most_common(1)[0][0]
    by_value: defaultdict[Any, Counter[str]] = defaultdict(Counter)
    for case_id, name in known.items():
        by_value[feature.get(case_id)][name] += 1

    def guess(case_id: Any) -> str:
        met = by_value.get(feature.get(case_id))
        return met.most_common(1)[0][0] if met else commonest

    return guess


def right(feature: dict[Any, Any], told: dict[Any, str], rounds: int = 12) -> tuple[float, float]:
    """The share of unknown names that are guessed by a feature, and by the base rate, over several draws."""
    by_feature = by_base = asked = 0
    for seed in range(rounds):
        ids = sorted(told)
        known = {one: told[one] for one in random.Random(seed).sample(ids, KNOWN)}
        guess, base = guesses(feature, known), guesses({}, known)
        for case_id in set(ids) - set(known):
            by_feature += guess(case_id) == told[case_id]
            by_base += base(case_id) == told[case_id]
            asked += 1
    return by_feature / asked, by_base / asked


def margin() -> float:
    """What chance alone may add: four deviations of one draw's share, for the hundreds of features tried."""
    return 4 * sqrt(0.25 / (ROWS - KNOWN)) / sqrt(2)


def test_no_column_tells_names_better_than_the_base_rate(told):
    every = features()
    assert len(every) > 60
    better = {
        name: shares for name, one in every.items() if (shares := right(one, told))[0] > shares[1] + margin()
    }
    assert better == {}


def test_the_attack_finds_a_store_that_gives_names_away(told):
    """A token of the name, and the length of a name that is not filled up: both are seen at once."""
    token = {case_id: hash(name) for case_id, name in told.items()}
    length = {case_id: len(name.encode()) for case_id, name in told.items()}
    for leak in (token, length):
        by_feature, base = right(leak, told)
        assert by_feature > base + margin()


def test_blocks_say_nothing_of_who_is_alike(told):
    """Two cases of one name lie in one block no more often than two cases of different names."""
    lies: defaultdict[Any, set[Any]] = defaultdict(set)
    for row in db.session.execute(select(SegmentOfCase.case_id, SegmentOfCase.segment_id)):
        lies[row.case_id].add(row.segment_id)
    shared: dict[bool, list[bool]] = {True: [], False: []}
    ids = sorted(told)
    for n, one in enumerate(ids):
        for other in ids[n + 1 :]:
            shared[told[one] == told[other]].append(bool(lies[one] & lies[other]))
    alike, different = (sum(shared[same]) / len(shared[same]) for same in (True, False))
    assert alike == pytest.approx(different, abs=0.05)


def test_every_sealed_column_of_a_case_was_looked_at(told):
    looked = features()
    for table, _ in tables_of_cases():
        sealed = [column.name for column in table.c if isinstance(column.type, LargeBinary)]
        rows = db.session.execute(select(table)).first()
        assert rows is None or all(f"{table.name}.{name} length" in looked for name in sealed)

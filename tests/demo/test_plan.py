"""The plan of the demo: pure, the same for everybody, and nothing in it belongs to a real person."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import clock
from casework.cases import kinds, values
from casework.cases.questions import of_kind
from casework.demo import cast, deeds, diary, hours, numbers, workers
from casework.demo.ledgers import Enter
from casework.demo.plan import plan
from casework.demo.sources import FOLDER
from casework.demo.wishes import wishes

END = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
#: Anything that somebody might dial: seven digits or more, with the marks that people put between them.
DIALLED = re.compile(r"(?<![\w-])[+(]?\d(?:[ ()./-]?\d){6,}")


@pytest.fixture(scope="module")
def steps():
    return plan(END, 200)


def of_cases(steps):
    told = defaultdict(list)
    for step in steps:
        if step.case >= 0:
            told[step.case].append(step)
    return told


def answers_of(step) -> Mapping[str, Any]:
    if isinstance(step.deed, deeds.Log):
        return step.deed.contact.answers
    return step.deed.values if isinstance(step.deed, deeds.Save) else {}


def texts(value: Any) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)
    elif is_dataclass(value):
        for part in fields(value):
            yield from texts(getattr(value, part.name))


def free(number: str) -> bool:
    """Whether a number lies in a range that is kept free."""
    digits = re.sub(r"\D", "", number)
    return any(
        re.fullmatch(re.sub(r"\D", "", pattern.replace("#", "")) + r"\d" * pattern.count("#"), digits)
        for pattern in numbers.patterns()
    )


def test_the_same_day_gives_the_same_demo(steps):
    assert plan(END, 200) == steps


@pytest.mark.parametrize("cases", [1, 5, 28, 60])
def test_as_many_cases_as_are_asked_for(cases):
    assert set(of_cases(plan(END, cases))) == set(range(cases))


def test_there_are_two_hundred_over_two_years_and_they_grow(steps):
    begun = [told[0].at for told in of_cases(steps).values()]
    assert len(begun) == 200
    assert END - min(begun) > timedelta(days=600)
    assert END - max(begun) < timedelta(days=2)
    late = sum(moment > END - timedelta(days=365) for moment in begun)
    assert 100 < late < 150


def test_one_agency_comes_up_in_ten_cases_of_both_desks(steps):
    named = {
        (step.case, step.desk) for step in steps if getattr(step.deed, "respondent", "") == "golden_bridge"
    }
    assert len(named) == 10
    assert {desk for _, desk in named} == set(cast.desks())


def test_the_agreements_are_of_all_sorts(steps):
    asked = Counter(
        (step.deed.answer.purpose, step.deed.answer.given)
        for step in steps
        if isinstance(step.deed, deeds.Ask)
    )
    assert {purpose for purpose, _ in asked} >= {"casework", "contact", "trends", "organise", "legal_ally"}
    assert min(asked["trends", True], asked["trends", False]) > 5
    taken_back = {step.deed.purpose for step in steps if isinstance(step.deed, deeds.TakeBack)}
    assert "casework" in taken_back
    assert len(taken_back) > 1


def test_each_case_has_entries_and_two_workers_once_it_is_accepted(steps):
    for told in of_cases(steps).values():
        moved = any(isinstance(step.deed, deeds.Move | deeds.Close) for step in told)
        assert moved <= any(isinstance(step.deed, deeds.Assign) for step in told)
        assert moved <= any(isinstance(step.deed, deeds.Note) for step in told)
        assert sum(isinstance(step.deed, deeds.Note) for step in told) < 16


def test_steps_stand_in_order_and_none_is_still_to_come(steps):
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert steps[-1].at <= END


def test_work_is_done_by_people_who_were_there(steps):
    for step in steps:
        if step.case >= 0:
            assert step.who in {one.login for one in workers.there(step.desk, step.at, END)}


def test_first_contacts_without_an_emergency_come_when_a_desk_is_open(steps):
    calm = [told[0] for told in of_cases(steps).values() if answers_of(told[0])["danger_now"] == "no"]
    assert len(calm) > 150
    for step in calm:
        desk = cast.desks()[step.desk]
        local = step.at.astimezone(desk.zone)
        assert local.weekday() != desk.closed
        assert desk.opens <= local.time() < desk.closes


def test_contact_is_lost_only_after_three_tries_over_thirty_days(steps):
    lost = [
        told
        for told in of_cases(steps).values()
        for step in told
        if isinstance(step.deed, deeds.Close) and step.deed.ending.reason == "lost_contact"
    ]
    assert lost
    for told in lost:
        tries = [
            step.at
            for step in told
            if getattr(step.deed, "text", "").split(" try")[0] in {"First", "Second", "Third"}
        ]
        assert len(tries) == 3
        assert tries[2] - tries[0] >= timedelta(days=30)


def test_every_answer_is_one_that_a_form_could_have_given(steps):
    """What is stored is what reading the form again would store."""
    common = {field.key: field for field in kinds.common()}
    held = 0
    for step in steps:
        with clock.at(step.at):
            for key, value in answers_of(step).items():
                kind, dot, question = key.partition(".")
                field = kinds.get(kind).field(question) if dot else common[key]
                assert values.parse(field, values.fill(field, value, "p-"), "p-") == value, (key, value)
                held += 1
    assert held > 4000


def test_the_questions_of_every_kind_are_answered_somewhere(steps):
    """A question that nobody in the demo answered is one that nobody who looks at it sees."""
    given = {key for step in steps for key in answers_of(step)}
    for kind in kinds.all():
        asked = {field.key for field in kind.fields()}
        answered = set(of_kind(dict.fromkeys(given, True), kind.key))
        assert len(answered) > 0.8 * len(asked), sorted(asked - answered)


def test_numbers_are_only_those_that_belong_to_nobody(steps):
    dialled = [
        number
        for step in steps
        # Pay in a ledger is written in digits too; nobody can dial it.
        if not isinstance(step.deed, Enter)
        for text in texts(step.deed)
        for number in DIALLED.findall(text)
        if "-" not in text
    ]
    assert len(dialled) > 200
    assert [number for number in dialled if not free(number)] == []


def test_people_do_not_share_numbers_by_chance(steps):
    dialled = Counter(
        text
        for step in steps
        for text in texts(answers_of(step))
        if text.startswith("+") and text[1:].isdigit()
    )
    assert max(dialled.values()) == 1


def test_there_is_no_address_of_anybody_and_no_gap_left_open(steps):
    for step in steps:
        for text in texts(step.deed):
            assert not re.search(r"@|https?:|www\.|[{}]", text), text


def test_the_data_files_name_no_number_but_those_ranges():
    for path in FOLDER.rglob("*.toml"):
        for number in DIALLED.findall(path.read_text("utf-8")):
            assert path.name == "numbers.toml" or free(number), number


def test_the_search_for_numbers_would_find_one():
    assert DIALLED.findall("ring 9123 4567 or +852 9123-4567") == ["9123 4567", "+852 9123-4567"]
    assert not free("+852 9123 4567")
    assert free("+44 7700 900123")
    assert not free("+44 7700 9001234")


@given(st.integers(), st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.sampled_from(sorted(cast.desks())))
def test_open_moments_are_open(seed, day, key):
    desk = cast.desks()[key]
    moment = hours.open_moment(Random(seed), desk, day)
    local = moment.astimezone(desk.zone)
    assert desk.opens <= local.time() < desk.closes
    assert local.weekday() != desk.closed
    assert hours.next_open(Random(seed), desk, moment) == moment


@given(
    st.integers(),
    st.dates(date(2024, 1, 1), date(2028, 1, 1)),
    st.times(),
    st.sampled_from(sorted(cast.desks())),
)
def test_the_next_open_moment_is_not_before(seed, day, clock_time, key):
    moment = datetime.combine(day, clock_time, UTC)
    found = hours.next_open(Random(seed), cast.desks()[key], moment)
    assert timedelta(0) <= found - moment < timedelta(days=3)


def test_a_young_case_ends_otherwise_than_by_losing_contact():
    for days, reason in ((20, "partly"), (60, "lost_contact")):
        wish = replace(wishes(Random(1), END, 1)[0], opened=END - timedelta(days=days), ending="lost_contact")
        assert diary.ending(wish, END) == reason

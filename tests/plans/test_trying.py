"""Nobody answered: one press keeps one try, and the next one lies in the person's own hours, by a safe way."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import codes
from casework.cases import consenting, entries, heads_up, reaching
from casework.deadlines import service as dates
from casework.errors import Invalid
from casework.people.windows import DAYS, Window
from casework.plans import rhythm, setting, trying
from casework.plans.rhythm import Step
from casework.vault import Section
from tests import factories

STEPS = [Step.read(one) for one in setting.table("tries")["step"]]
MONDAY = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
EVENING = {"begins": "18:00", "ends": "22:00", "zone": "Asia/Qatar"}
WAYS = [
    {"channel": "call", "number": "+974 4000 0001", "safe": "yes"},
    {"channel": "sms", "number": "+974 4000 0001", "safe": "no"},
    {"channel": "signal", "number": "+974 4000 0001", "safe": "yes"},
]


@pytest.fixture
def ref(asha, freeze):
    freeze(MONDAY)
    return with_rule(asha, factories.case(asha, called="Amina Test").ref)


def with_rule(actor, ref, ways=WAYS, **told):
    rev = factories.reload(actor, ref).section(Section.IDENTITY).rev
    reaching.save(actor, ref, ways, EVENING | told, rev)
    return ref


def press(actor, ref, channel="", token=None):
    return trying.no_answer(actor, ref, channel, lambda one: f"Try {one.channel}", "Tried", token or uuid4())


def tasks(actor, ref):
    return [(one.title, one.due_on) for one in dates.tasks(factories.reload(actor, ref))]


def test_the_steps_of_the_file_are_those_that_are_written_down():
    assert [(one.after, one.other_channel, one.coordinator) for one in STEPS] == [
        (1, False, False),
        (2, True, False),
        (3, True, True),
    ]


def test_three_tries_then_the_coordinator(asha, mei, ref, freeze):
    first = press(asha, ref)
    # 21:30 in Doha lies in the second half of their hours: tomorrow in the first.
    there = first.next.begins
    assert (there.date(), there.time(), first.next.channel) == (date(2026, 3, 3), time(18), "call")
    assert tasks(asha, ref) == [("Try call", date(2026, 3, 3))]
    freeze(first.next.begins + timedelta(minutes=5))
    second = press(asha, ref)
    assert (second.count, second.next.channel, second.next.begins.time()) == (2, "signal", time(20))
    assert tasks(asha, ref) == [("Try signal", date(2026, 3, 5))]
    assert heads_up.waiting(mei) == []
    freeze(second.next.begins)
    third = press(asha, ref)
    assert (third.count, third.coordinator, third.next.channel) == (3, True, "call")
    assert [line.what for line in heads_up.waiting(mei)] == [heads_up.What.NOT_REACHED]
    noted = entries.listing(asha, ref).noted
    assert [(one.type, one.channel) for one in noted] == [
        ("no_answer", "signal"),
        ("no_answer", "call"),
        ("no_answer", "call"),
    ]


def test_the_same_press_twice_is_one_try(asha, ref):
    token = uuid4()
    assert press(asha, ref, token=token) == press(asha, ref, token=token)
    assert len(entries.listing(asha, ref).noted) == 1
    assert len(tasks(asha, ref)) == 1


def test_whoever_is_reached_is_not_tried_again_and_counting_begins_anew(asha, ref, freeze):
    press(asha, ref)
    freeze(MONDAY + timedelta(minutes=10))
    trying.note(
        asha, ref, "call", MONDAY + timedelta(minutes=9), "She called back.", uuid4(), heavy=False, done="x"
    )
    assert tasks(asha, ref) == []
    freeze(MONDAY + timedelta(minutes=20))
    assert press(asha, ref).count == 1


@pytest.mark.parametrize(
    ("voicemail", "may"), [("yes", True), ("no", False), ("unknown", False), (None, False)]
)
def test_a_message_is_left_only_where_the_rule_says_so(asha, ref, voicemail, may):
    if voicemail:
        with_rule(asha, ref, voicemail=voicemail)
    assert press(asha, ref).message is may


def test_outside_of_their_hours_no_message_is_left_and_it_is_said(asha, ref, freeze):
    with_rule(asha, ref, voicemail="yes")
    freeze(datetime(2026, 3, 3, 6, 0, tzinfo=UTC))
    tried = press(asha, ref)
    assert (tried.outside, tried.message) == (True, False)


def test_without_a_safe_way_nothing_is_planned_and_the_coordinator_is_told(asha, mei, ref):
    with_rule(asha, ref, ways=[WAYS[1]])
    tried = press(asha, ref, "sms")
    assert (tried.next, tried.coordinator) == (None, True)
    assert tasks(asha, ref) == []
    assert len(heads_up.waiting(mei)) == 1


def test_who_does_not_want_to_be_contacted_is_not_tried_again(asha, mei, ref):
    press(asha, ref)
    assert trying.offered(factories.reload(asha, ref)) == {"call", "signal"}
    consenting.record(asha, ref, factories.answer("contact", given=False), uuid4())
    assert tasks(asha, ref) == []
    assert trying.offered(factories.reload(asha, ref)) == frozenset()
    with pytest.raises(Invalid, match="do not want"):
        press(asha, ref)
    assert len(entries.listing(asha, ref).noted) == 1
    assert heads_up.waiting(mei) == []
    consenting.record(asha, ref, factories.answer("contact"), uuid4())
    assert press(asha, ref).next is not None


def test_a_no_to_something_else_ends_no_try(asha, ref):
    press(asha, ref)
    consenting.record(asha, ref, factories.answer("trends", given=False), uuid4())
    assert len(tasks(asha, ref)) == 1


def test_against_the_rule_the_way_that_was_tried_is_said(asha, ref):
    with_rule(asha, ref, ways=[WAYS[1]])
    assert trying.offered(factories.reload(asha, ref)) == {trying.OTHER}


def test_where_nobody_knows_how_there_is_nothing_to_try(asha):
    ref = factories.case(asha).ref
    with pytest.raises(Invalid):
        press(asha, ref)
    with pytest.raises(Invalid):
        press(asha, with_rule(asha, factories.case(asha, called="Amina Test").ref), "pigeon")


zones = st.sampled_from(sorted(one.key for one in codes.load("zones")))
windows = st.builds(
    Window,
    st.lists(st.sampled_from(DAYS), unique=True).map(tuple),
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    zones,
)
days = st.dates(date(2025, 1, 1), date(2028, 1, 1))
moments = st.builds(lambda day, at: datetime.combine(day, at, UTC), days, st.times())


@given(window=windows, last=moments, step=st.sampled_from(STEPS))
def test_the_next_try_begins_in_their_hours_later_and_soon(window, last, step):
    begins, ends = rhythm.when(step, last, window)
    assert window.holds(begins)
    assert begins > last
    assert begins <= ends
    there = last.astimezone(ZoneInfo(window.zone)).date()
    assert timedelta(days=step.days) <= begins.date() - there <= timedelta(days=step.days + 9)


ways = st.lists(st.sampled_from(["call", "sms", "signal", "email"]), min_size=1, max_size=6)


@given(
    step=st.sampled_from(STEPS),
    tried=ways,
    safe=st.lists(st.sampled_from(["call", "signal", "imo"]), unique=True),
)
def test_only_a_safe_way_is_ever_planned(step, tried, safe):
    chosen = rhythm.channel_for(step, tried, safe)
    assert chosen in safe if safe else chosen is None
    if step.other_channel and len(safe) > 1:
        assert chosen != tried[-1]

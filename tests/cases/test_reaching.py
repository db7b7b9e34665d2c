"""Attempts to see a number without its rule, outside of its hours, by another door."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from casework import clock
from casework.cases import consenting, heads_up, reaching, safe_contact, sections
from casework.cases.changing import Differing
from casework.cases.reaching import Stopped
from casework.cases.safe_contact import Obstacle
from casework.errors import Denied, Invalid, NotFound
from casework.vault import Section
from tests import factories

NUMBER = {"written": "+977 980 111 2233", "digits": "+9779801112233"}
SAFE = {"channel": "call", "number": NUMBER, "safe": "yes"}
UNSAFE = {"channel": "sms", "number": {"written": "222", "digits": "222"}, "safe": "unknown"}
HOURS = {"begins": "20:00", "ends": "22:00", "zone": "Asia/Qatar"}
#: A Friday, 21:00 in Doha.
FRIDAY = datetime(2026, 11, 20, 18, tzinfo=UTC)


@pytest.fixture
def start(freeze):
    return freeze(FRIDAY)


@pytest.fixture
def ref(start, asha):
    return factories.case(asha, called="Amina Test", reach=[SAFE, UNSAFE]).ref


def rev(actor, ref):
    return factories.reload(actor, ref).section(Section.IDENTITY).rev


def save(actor, ref, ways=(SAFE, UNSAFE), **told):
    return reaching.save(actor, ref, list(ways), told, rev(actor, ref))


def test_the_rule_comes_without_any_number(asha, ref):
    read = reaching.read(asha, ref)
    assert [set(way) for way in read.rule.ways] == [{"channel", "safe"}] * 2
    assert "977" not in repr(read.rule)


def test_no_section_gives_a_number_away(asha, ref):
    for section in Section:
        assert "1112233" not in repr(sections.view(asha, ref, section).values)


def test_it_is_shown_to_who_read_the_rule_and_only_the_safe_way(asha, ref, events):
    with pytest.raises(Invalid, match="Read the rule"):
        reaching.show(asha, ref, has_read=False)
    assert reaching.show(asha, ref, has_read=True) == (SAFE,)
    assert ("contact.shown", {}) in events(ref)
    assert "contact.overridden" not in [name for name, _ in events(ref)]


def test_a_reason_does_not_replace_reading(asha, ref):
    with pytest.raises(Invalid, match="Read the rule"):
        reaching.show(asha, ref, has_read=False, reason="Danger")


def test_outside_of_the_hours_it_is_stopped_and_a_reason_is_told(asha, mei, ref, freeze, events):
    save(asha, ref, **HOURS)
    assert reaching.show(asha, ref, has_read=True) == (SAFE,)
    freeze(FRIDAY + timedelta(hours=1))
    with pytest.raises(Stopped) as stopped:
        reaching.show(asha, ref, has_read=True)
    assert stopped.value.obstacles == (Obstacle.OUTSIDE,)
    with pytest.raises(Stopped):
        reaching.show(asha, ref, has_read=True, reason="   ")
    assert heads_up.waiting(mei) == []
    assert reaching.show(asha, ref, has_read=True, reason="  Raid at\n 23:00 ") == (SAFE, UNSAFE)
    told = {"against": ["outside"], "reason": "Raid at 23:00"}
    assert ("contact.overridden", told) in events(ref)
    (line,) = heads_up.waiting(mei)
    assert (line.ref, line.by, line.reason) == (ref, asha.user_id, "Raid at 23:00")


def test_only_coordinators_of_the_desk_are_told_and_take_it_away(asha, bo, mei, ram, ref, freeze, events):
    freeze(FRIDAY + timedelta(days=61))
    reaching.show(asha, ref, has_read=True, reason="Long silence")
    assert heads_up.waiting(asha) == heads_up.waiting(bo) == heads_up.waiting(ram) == []
    (line,) = heads_up.waiting(mei)
    with pytest.raises((NotFound, Denied)):
        heads_up.seen(bo, ref, line.id)
    with pytest.raises((NotFound, Denied)):
        heads_up.seen(ram, ref, line.id)
    heads_up.seen(mei, ref, line.id)
    assert heads_up.waiting(mei) == []
    assert ("heads_up.seen", {"what": "overridden"}) in events(ref)


@pytest.mark.parametrize("word", ["no", "unknown", "not_asked", None])
def test_what_is_not_expressly_safe_is_unsafe(asha, start, word):
    way = {key: value for key, value in (SAFE | {"safe": word}).items() if value}
    ref = factories.case(asha, reach=[way]).ref
    with pytest.raises(Stopped) as stopped:
        reaching.show(asha, ref, has_read=True)
    assert Obstacle.UNSAFE in stopped.value.obstacles


def test_where_nothing_leads_to_them_yet_nothing_stands_against_it(asha, mei, start):
    ref = factories.case(asha).ref
    read = reaching.read(asha, ref)
    assert (read.obstacles, read.rule.ageing(clock.now())) == ((), False)
    assert reaching.show(asha, ref, has_read=True) == ()
    assert heads_up.waiting(mei) == []


@pytest.mark.parametrize(
    ("days", "ageing", "hidden"), [(30, False, False), (31, True, False), (61, True, True)]
)
def test_it_ages(asha, ref, freeze, days, ageing, hidden):
    now = freeze(FRIDAY + timedelta(days=days))
    read = reaching.read(asha, ref)
    assert read.rule.ageing(now) is ageing
    assert (Obstacle.STALE in read.obstacles) is hidden
    reaching.confirm(asha, ref, still=True)
    assert reaching.show(asha, ref, has_read=True) == (SAFE,)


def test_who_says_that_it_is_not_safe_any_more_is_believed_even_without_consent(asha, ref):
    (consent,) = consenting.listing(asha, ref).told
    consenting.withdraw(asha, ref, consent.id)
    reaching.confirm(asha, ref, still=False)
    rule = safe_contact.of(factories.reload(asha, ref))
    assert [way["safe"] for way in rule.ways] == ["no", "no"]
    with pytest.raises(Stopped):
        reaching.show(asha, ref, has_read=True)


@pytest.mark.parametrize("purpose", ["casework", "contact"])
@pytest.mark.parametrize("how", ["a no", "taken back"])
def test_who_does_not_want_it_is_reached_against_a_reason_only(asha, mei, ref, purpose, how):
    consent = consenting.record(asha, ref, factories.answer(purpose), uuid4())
    assert reaching.show(asha, ref, has_read=True) == (SAFE,)
    if how == "taken back":
        consenting.withdraw(asha, ref, consent)
    else:
        consenting.record(asha, ref, factories.answer(purpose, given=False), uuid4())
    assert reaching.read(asha, ref).obstacles == (Obstacle.UNWANTED,)
    with pytest.raises(Stopped):
        reaching.show(asha, ref, has_read=True)
    assert reaching.show(asha, ref, has_read=True, reason="To say who has their papers")
    assert [line.reason for line in heads_up.waiting(mei)] == ["To say who has their papers"]
    consenting.record(asha, ref, factories.answer(purpose), uuid4())
    assert reaching.show(asha, ref, has_read=True) == (SAFE,)


def test_a_stale_form_does_not_bring_an_old_number_back(asha, ref):
    old = rev(asha, ref)
    reaching.confirm(asha, ref, still=False)
    with pytest.raises(Differing):
        reaching.save(asha, ref, [SAFE], {}, old)
    assert [way["safe"] for way in safe_contact.of(factories.reload(asha, ref)).ways] == ["no", "no"]


def test_without_consent_nothing_is_added(asha, ref):
    (consent,) = consenting.listing(asha, ref).told
    consenting.withdraw(asha, ref, consent.id)
    with pytest.raises(Invalid, match="agrees to casework"):
        save(asha, ref, [SAFE, {"channel": "signal", "safe": "yes"}])
    with pytest.raises(Invalid, match="agrees to casework"):
        save(asha, ref, code_word="mango")
    assert safe_contact.of(save(asha, ref, [SAFE])).ways == (SAFE,)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"begins": "20:00"}, "zone"),
        ({"begins": "20:00", "zone": "Asia/Qatar"}, "ends"),
        ({"ends": "20:00", "zone": "Asia/Qatar"}, "begins"),
        ({"days": ["monday"]}, "zone"),
        (HOURS | {"begins": "25:00"}, "begins"),
        (HOURS | {"ends": "late"}, "ends"),
    ],
)
def test_half_a_window_is_none(asha, ref, told, field):
    with pytest.raises(Invalid) as refused:
        save(asha, ref, **told)
    assert refused.value.field == field


def test_another_desk_finds_nothing(ram, ref):
    for attempt in (
        lambda: reaching.read(ram, ref),
        lambda: reaching.show(ram, ref, has_read=True, reason="Please"),
        lambda: reaching.confirm(ram, ref, still=True),
        lambda: reaching.save(ram, ref, [SAFE], {}, 1),
    ):
        with pytest.raises(NotFound):
            attempt()

"""The ledger as sealed rows: neutral in the store, whole on opening, honest about what does not open."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from casework import clock
from casework.cases import entries
from casework.cases.changing import Differing
from casework.cases.models import Entry
from casework.errors import Conflict, Denied, Invalid, NotFound
from casework.money import rule_files
from casework.money.account import lines, reading, results, sums
from casework.money.account.counting import calculation
from casework.money.amounts import Money
from casework.search import desk_lists
from casework.search.listing import Filters, Sort
from casework.vault import Section
from tests import factories
from tests.money.account import day, enter, money, new, weeks


@pytest.fixture
def ref(asha):
    return factories.case(asha, take=False).ref


def count(actor, ref):
    return results.count(actor, ref, rule_files.house())[1]


RATE = {"amount": "15", "currency": "USD", "per": "hour", "contract": "home"}


def test_a_line_cannot_be_told_from_a_note(database, asha, ref):
    enter(asha, ref, new("rate", **RATE), new("received", amount=money(100)))
    enter(asha, ref, new("loan", stated=money(100), every="month"))
    entries.add(asha, ref, "note", clock.now(), "Called back.", uuid4())
    rows = list(database.session.scalars(select(Entry)))
    assert len(rows) == 4
    assert len({(len(row.body), row.generation, row.on, row.desk_id) for row in rows}) == 1
    assert len({row.tag for row in rows}) == 2


def test_the_order_of_lines_changes_no_sum(asha, world):
    some = [new("rate", **RATE), *weeks(3)]
    refs = [factories.case(asha).ref for _ in range(2)]
    for one in refs:
        enter(asha, one, *some)
    shuffled = factories.case(asha).ref
    for group in (some[11:], some[6:11], some[1:6], some[:1]):
        enter(asha, shuffled, *(replace(one, number=one.number) for one in group))
    owed = {count(asha, one).working("wages").results["owed"] for one in (*refs, shuffled)}
    assert len(owed) == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6))
def test_what_was_received_comes_back_to_the_coin(asha, amounts):
    ref = factories.case(asha).ref
    enter(asha, ref, new("rate", **RATE))
    enter(asha, ref, *(new("received", place, amount=money(minor)) for place, minor in enumerate(amounts)))
    assert count(asha, ref).working("wages").results["received"] == Money(sum(amounts), "USD")


def test_a_row_that_was_moved_or_changed_does_not_count_and_is_said(database, asha, ref):
    enter(asha, ref, new("received", amount=money(100)), new("received", 1, amount=money(900)))
    first, second = database.session.scalars(select(Entry))
    first.body, second.body = second.body, first.body
    database.session.flush()
    ledger = reading.listing(asha, ref)[1]
    assert (ledger.lines, ledger.refused) == ((), 2)


def test_a_row_under_another_tag_is_said_too(database, asha, ref):
    enter(asha, ref, new("received", amount=money(100)))
    row = database.session.scalars(select(Entry)).one()
    row.tag = b"\0" * 8
    database.session.flush()
    assert reading.listing(asha, ref)[1].refused == 1
    assert entries.listing(asha, ref).refused == 1


def test_a_row_of_another_section_is_no_line(asha, ref):
    noted = entries.add(asha, ref, "note", clock.now(), "Called back.", uuid4())
    with pytest.raises(NotFound):
        lines.change(asha, ref, noted, {}, 1)


def test_a_line_of_another_case_is_not_there(asha, ref):
    enter(asha, ref, new("received", amount=money(100)))
    line = reading.listing(asha, ref)[1].lines[0]
    other = factories.case(asha).ref
    with pytest.raises(NotFound):
        lines.change(asha, other, line.id, {}, line.rev)


def test_the_same_form_enters_once_and_a_token_of_another_case_not_at_all(asha, ref):
    token = uuid4()
    for _ in range(2):
        enter(asha, ref, new("received", amount=money(1)), new("received", 1, amount=money(2)), token=token)
    assert len(reading.listing(asha, ref)[1].lines) == 2
    with pytest.raises(Conflict):
        enter(asha, factories.case(asha).ref, new("received", amount=money(1)), token=token)


def test_all_lines_are_entered_or_none(asha, ref):
    with pytest.raises(Invalid):
        enter(asha, ref, new("received", amount=money(1)), new("received", 1, amount=money(2, "QAR")))


def test_who_saw_an_older_version_is_told(asha, ref):
    enter(asha, ref, new("received", amount=money(100)))
    line = reading.listing(asha, ref)[1].lines[0]
    lines.change(asha, ref, line.id, {"amount": money(110)}, line.rev)
    with pytest.raises(Differing) as differing:
        lines.change(asha, ref, line.id, {"amount": money(120)}, line.rev)
    assert differing.value.theirs.said["amount"] == money(110)
    with pytest.raises(Conflict):
        lines.strike(asha, ref, line.id, line.rev, struck=True)


def test_others_neither_read_nor_write(world, ref):
    for who, error in ((world.actor(world.ram), NotFound), (world.actor(world.luz), Denied)):
        with pytest.raises(error):
            reading.listing(who, ref)
        with pytest.raises(error):
            enter(who, ref, new("received", amount=money(1)))


def test_there_are_terms_once(asha, ref):
    enter(asha, ref, new("terms", overtime="us-flsa-overtime"))
    with pytest.raises(Invalid):
        enter(asha, ref, new("terms", overtime="sg-ea-overtime"))


def test_the_card_has_each_stage_for_itself(asha, ref):
    for place, (stage, minor) in enumerate((("claimed", 4_000), ("awarded", 3_000), ("paid", 1_200))):
        told = {"stage": stage, "amount": money(minor), "on": day("2026-03-01"), "subject": "wages"}
        enter(asha, ref, new("stage", place, **told))
    found = sums.on_card(factories.reload(asha, ref))
    assert [
        getattr(found, name) and getattr(found, name).minor
        for name in ("claimed", "documented", "awarded", "paid")
    ] == [4_000, None, 3_000, 1_200]
    listed = desk_lists.browse(asha, Filters(reached="short", currency="USD"), Sort("paid"), 1, 10)
    assert [card.ref for card in listed.cards] == [ref]
    assert desk_lists.browse(asha, Filters(reached="unpaid"), Sort(), 1, 10).total == 0
    whole, standing = desk_lists.sums(asha, Filters())
    assert (whole.currency, whole.status, whole.cases) == ("USD", "", 1)
    assert whole.stages == {"claimed": 4_000, "documented": None, "awarded": 3_000, "paid": 1_200}
    assert standing.status == "contact"


def test_currencies_of_one_desk_are_never_added(asha):
    for currency in ("USD", "KWD"):
        told = {
            "stage": "claimed",
            "amount": money(5_000, currency),
            "on": day("2026-03-01"),
            "subject": "wages",
        }
        enter(asha, factories.case(asha).ref, new("stage", **told))
    found = {
        one.currency: one.stages["claimed"] for one in desk_lists.sums(asha, Filters()) if not one.status
    }
    assert found == {"USD": 5_000, "KWD": 5_000}


def test_a_kept_result_stays_when_the_ledger_goes_on(asha, ref):
    enter(asha, ref, new("rate", **RATE), *weeks(2))
    kept = results.keep(asha, ref, "wages", "", rule_files.house(), uuid4())
    before = count(asha, ref).working("wages").results["owed"]
    enter(asha, ref, new("received", amount=money(1)))
    again = results.again(asha, ref, kept, rule_files.house())[2]
    assert again.same
    assert again.working.results["owed"] == before
    assert count(asha, ref).working("wages").results["owed"] != before


def test_a_ledger_is_counted_without_clock_and_database(asha, ref):
    enter(asha, ref, new("rate", **RATE), *weeks(2))
    ledger = reading.of_case(factories.reload(asha, ref))
    one, other = (calculation(ledger, rule_files.house(), clock.today()) for _ in range(2))
    assert [c.working.results for c in one.counts] == [c.working.results for c in other.counts]


def test_the_rows_lie_in_the_section_of_money(database, asha, ref):
    enter(asha, ref, new("received", amount=money(1)))
    row = database.session.scalars(select(Entry)).one()
    assert row.tag == factories.reload(asha, ref).keys.tag(Section.MONEY)


def test_a_table_that_is_entered_again_is_refused(asha, ref):
    enter(asha, ref, *weeks(2))
    with pytest.raises(Invalid, match="is entered already"):
        enter(asha, ref, *weeks(3))

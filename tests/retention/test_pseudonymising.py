"""Names go in their month, all of them and for good; what stays are codes, sums and months."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Uuid, func, select

from casework import clock
from casework.audit import service as audit
from casework.cases import assignment, erasing, life, opening, readers
from casework.cases.models import Case
from casework.db import Model, db
from casework.deadlines import service as deadlines
from casework.drafts import service as drafts
from casework.drafts.models import Draft
from casework.drafts.writing import Written
from casework.errors import Denied, Invalid, NotFound
from casework.retention import following, pseudonymising, service
from casework.retention.models import Kept
from casework.retention.stays import What
from casework.search import desk_lists
from casework.search.listing import Filters, Sort
from tests import factories
from tests.retention.closed import CLOSED_AT, ENDS_AT, closed


def run(at=ENDS_AT):
    with clock.at(at):
        gone = pseudonymising.run()
    db.session.commit()
    return gone


def rows_with(case_id):
    """Tables and columns in which an id of a case still stands."""
    return {
        f"{table.name}.{column.name}"
        for table in Model.metadata.sorted_tables
        for column in table.c
        if isinstance(column.type, Uuid)
        and db.session.execute(select(column).where(column == case_id)).first()
    }


def there(row):
    return db.session.scalar(select(Case.id).where(Case.id == row.id)) is not None


def test_nothing_of_the_case_is_left_but_the_record(asha, mei):
    row, other = closed(asha), factories.case(asha, called="Bishnu Tamang")
    drafts.keep(asha, Written(uuid4(), f"/desk/x/cases/{row.ref}", {"a": ["Amina"]}, "", clock.now()), row.id)
    db.session.commit()
    assert run(ENDS_AT - timedelta(seconds=1)).total() == 0
    assert there(row)
    assert run() == {asha.desk_id: 1}
    assert rows_with(row.id) == {"audit_event.case_id"}
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0
    with pytest.raises(NotFound):
        opening.load(mei, row.ref)
    desk_lists.mend(mei)
    (page,) = desk_lists.several(mei, [(Filters(), Sort())], 10)
    assert [card.ref for card in page.cards] == [other.ref]
    assert run().total() == 0


def test_what_stays_says_no_name_no_word_and_no_day(asha, mei):
    row = closed(asha, what_happened="Locked in at Acme", reach=[], risk="high")
    run()
    (left,) = service.remains(mei)
    assert left.what["ref"] == row.ref
    assert (left.what["kinds"], left.what["host"], left.what["home"]) == (["wage_theft"], "QA", "NP")
    assert (left.what["opened"], left.what["closed"], left.what["reason"]) == (
        "2024-11",
        "2024-11",
        "withdrew",
    )
    written = json.dumps(left.what)
    for gone in ("Amina", "Acme", "Locked", str(row.id), CLOSED_AT.date().isoformat()):
        assert gone not in written
    service.forget(mei, left.id)
    assert service.remains(mei) == []


def test_an_open_case_and_a_reopened_one_keep_everything(asha, bo):
    row = closed(asha)
    assignment.assign(asha, row.ref, asha.user_id, bo.user_id, (asha.user_id, None))
    life.reopen(asha, row.ref, "A letter came", "action")
    db.session.commit()
    assert run().total() == 0
    assert factories.reload(asha, row.ref).called == "Amina Hassan"
    assert db.session.scalar(select(func.count()).select_from(Kept)) == 0


def test_a_date_that_runs_keeps_it(asha):
    row = closed(asha)
    with clock.at(CLOSED_AT - timedelta(days=1)):
        other = factories.case(asha, called="Ama Test")
        task = deadlines.add_task(
            asha, other.ref, "Ask the court", ENDS_AT.date() + timedelta(days=20), (None, None), uuid4()
        )
        deadlines.done(asha, other.ref, task, "Asked")
    with clock.at(CLOSED_AT):
        life.close(asha, other.ref, factories.ending("withdrew"), "contact")
        deadlines.reopen(asha, other.ref, task, "They have not answered")
    db.session.commit()
    assert run().total() == 1
    assert (there(row), there(other)) == (False, True)
    assert run(ENDS_AT + timedelta(days=30)).total() == 0
    assert run(ENDS_AT + timedelta(days=31)).total() == 1


@pytest.mark.parametrize("what", list(What))
def test_a_hold_and_a_wish_keep_it_until_their_end_and_a_look(asha, mei, what):
    row = closed(asha)
    with clock.at(ENDS_AT - timedelta(days=60)):
        service.stay(mei, row.ref, what, "Appeal before the court", ENDS_AT.date() + timedelta(days=40))
    db.session.commit()
    assert run(ENDS_AT + timedelta(days=40)).total() == 0
    with clock.at(ENDS_AT + timedelta(days=62)):
        assert [one.ref for one in service.due(mei)] == [row.ref]
        assert pseudonymising.run().total() == 0
    assert run(ENDS_AT + timedelta(days=95)).total() == 1


def test_a_hold_that_is_lifted_frees_it(asha, mei, events):
    row = closed(asha)
    with clock.at(ENDS_AT):
        service.stay(mei, row.ref, What.HOLD, "Appeal", ENDS_AT.date() + timedelta(days=400))
        with pytest.raises(Invalid, match="is held"):
            erasing.erase(mei, row.ref, "person_asked", row.ref, timedelta(days=35), uuid4())
        with pytest.raises(Invalid, match="is held"):
            service.pseudonymise(mei, row.ref, row.ref)
        service.lift(mei, row.ref, What.HOLD, "Judgment is final")
        said = [details for name, details in events(row.ref) if name == "case.stays"]
        assert [(one["until"] is None, one["reason"]) for one in said] == [
            (False, "Appeal"),
            (True, "Judgment is final"),
        ]
        service.pseudonymise(mei, row.ref, row.ref.lower())
    db.session.commit()
    assert not there(row)


def test_what_has_to_be_right_for_it_by_hand(world, asha, mei, ram):
    row = closed(asha)
    for who, error in ((asha, Denied), (ram, Denied), (world.actor(world.nina), NotFound)):
        with pytest.raises(error):
            service.pseudonymise(who, row.ref, row.ref)
        with pytest.raises(error):
            service.stay(who, row.ref, What.HOLD, "x", clock.today() + timedelta(days=3))
    for act in (
        lambda: service.pseudonymise(mei, row.ref, "K7QD-2MXR"),
        lambda: service.stay(mei, row.ref, What.HOLD, " ", clock.today() + timedelta(days=3)),
        lambda: service.stay(mei, row.ref, What.HOLD, "x", clock.today()),
        lambda: service.stay(mei, row.ref, What.HOLD, "x", clock.today() + timedelta(days=3000)),
        lambda: service.lift(mei, row.ref, What.KEEP, "x"),
        lambda: service.pseudonymise(mei, factories.case(mei).ref, "x"),
    ):
        with pytest.raises(Invalid):
            act()
    for listing in (service.due, service.remains):
        with pytest.raises(Denied):
            listing(asha)


def test_of_a_restricted_case_nothing_stays_and_nobody_else_hears(world, asha, mei):
    row = closed(asha)
    readers.choose(asha, row.ref, frozenset({world.asha.id, world.bo.id}), None)
    db.session.commit()
    with clock.at(ENDS_AT - timedelta(days=40)):
        assert service.due(mei) == []
    (kept,) = db.session.scalars(select(Kept))
    assert following.opened(mei.desk, kept) == {}
    assert run() == {}
    assert not there(row)
    assert service.remains(mei) == []


def test_an_erased_case_leaves_nothing_of_it(asha, mei):
    row = closed(asha)
    erasing.erase(mei, row.ref, "person_asked", row.ref, timedelta(days=35), uuid4())
    db.session.commit()
    assert rows_with(row.id) == {"erasure.case_id", "audit_event.case_id"}
    assert db.session.scalar(select(func.count()).select_from(Kept)) == 0


def test_a_plain_day_that_was_moved_is_mended_by_the_next_look(asha, mei):
    row = closed(asha)
    (kept,) = db.session.scalars(select(Kept))
    kept.ends_on = ENDS_AT.date() + timedelta(days=4000)
    db.session.commit()
    assert run() == {}
    with clock.at(ENDS_AT - timedelta(days=40)):
        (one,) = service.due(mei)
        assert one.ends_on == ENDS_AT.date()
        assert (service.mend(mei), service.mend(mei)) == (1, 0)
    db.session.commit()
    assert run() == {asha.desk_id: 1}
    assert not there(row)


def test_all_that_stays_has_one_size(asha, world):
    closed(asha)
    closed(asha, what_happened="x" * 900, risk="high", sector="F")
    hidden = closed(asha)
    readers.choose(asha, hidden.ref, frozenset({world.asha.id, world.bo.id}), None)
    assert len({len(row.body) for row in db.session.scalars(select(Kept))}) == 1


def test_the_record_says_it_to_the_desk(asha, mei):
    row = closed(asha)
    run()
    seen = [one.event for one in (audit._seen(mei.desk, event, None) for event in audit_rows(row))]
    assert audit.Event.CASE_PSEUDONYMISED in seen


def audit_rows(row):
    from casework.audit.models import AuditEvent  # noqa: PLC0415 - only where the record is read by hand

    return db.session.scalars(select(AuditEvent).where(AuditEvent.case_id == row.id)).all()


def test_a_coordinator_leaves_the_cards_of_others_whole(asha, mei):
    row, other = closed(asha), factories.case(asha, called="Bishnu Tamang")
    service.pseudonymise(mei, row.ref, row.ref)
    db.session.commit()
    cards = desk_lists.cards_for(mei)
    assert (cards.problems, cards.missing) == ((), ())
    assert cards.pack.case_ids() == [other.id]

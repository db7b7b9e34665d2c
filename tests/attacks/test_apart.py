"""Somebody who writes to the database takes out or puts back what people are told of a case, or a status in it.

No page of the case shows these rows; deleting a request for a second person would leave it waiting for nobody.
"""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from casework import clock
from casework.access.policy import Action
from casework.audit import service as audit
from casework.cases import (
    apart,
    assignment,
    changing,
    consenting,
    heads_up,
    legal_status,
    mending,
    opening,
    reaching,
    sections,
    stating,
)
from casework.cases.heads_up import What
from casework.cases.legal_status import Needed
from casework.cases.models import Case, HeadsUp, LegalStatus
from casework.cases.opening import State
from casework.errors import NotFound, Refused
from casework.vault import Section
from tests import factories

NEEDED = Needed("removal", "expired", "Expired in March.")


@pytest.fixture
def world(database):
    return factories.world()


@pytest.fixture
def asha(world):
    return world.actor(world.asha)


@pytest.fixture
def mei(world):
    return world.actor(world.mei)


@pytest.fixture
def ref(asha):
    ref = factories.case(asha, called="Amina Test", what_happened="First.").ref
    assignment.assign(asha, ref, asha.user_id, None, (asha.user_id, None))
    return ref


@pytest.fixture
def tell(asha, ref):
    """`tell("why")`: the coordinators are told something of the case."""

    def _tell(reason):
        with changing.following(asha, ref) as case:
            heads_up.tell(case, What.OVERRIDDEN, reason)

    return _tell


def refusals(actor, ref):
    seen = audit.of_case(actor.desk, opening.for_upkeep(actor, ref).keys)
    return {one.details["where"] for one in seen if one.event == "seal.refused"}


def rows_of(database, table):
    database.session.flush()
    return [dict(row) for row in database.session.execute(select(table.__table__)).mappings()]


def write(database, statement):
    database.session.flush()
    database.session.execute(statement)
    database.session.expire_all()


def usable(actor, ref):
    """The rest of the page: the name, the sections, a save."""
    case = opening.load(actor, ref)
    assert case.called == "Amina Test"
    assert {case.section(one).state for one in Section} == {State.OPEN}
    rev = case.section(Section.STORY).rev
    sections.save(actor, ref, Section.STORY, {"what_happened": f"Again {rev}."}, rev)
    return True


def told(actor):
    return [line.reason for line in heads_up.waiting(actor) if line.what is not What.AMISS]


def warned(actor):
    return [line.ref for line in heads_up.waiting(actor) if line.what is What.AMISS]


def test_what_is_told_and_seen_leaves_nothing_amiss(asha, mei, ref, tell):
    for reason in ("One.", "Two."):
        tell(reason)
    assert {*told(mei)} == {"One.", "Two."}
    for line in heads_up.waiting(mei):
        heads_up.seen(mei, ref, line.id)
    assert heads_up.waiting(mei) == []
    assert not opening.load(asha, ref).lacking
    assert refusals(mei, ref) == set()


def test_a_line_that_is_deleted_is_missed_when_the_case_is_opened(database, asha, mei, ref, tell):
    tell("One.")
    write(database, delete(HeadsUp))
    assert opening.load(asha, ref).lacking
    assert refusals(mei, ref) == {"heads_up.body"}
    assert usable(asha, ref)
    # A save in between does not cover it up.
    assert opening.load(asha, ref).lacking


def test_one_line_of_two_that_is_deleted_is_missed_on_today(database, mei, ref, tell):
    tell("One.")
    first = rows_of(database, HeadsUp)[0]["id"]
    tell("Two.")
    write(database, delete(HeadsUp).where(HeadsUp.id == first))
    assert (told(mei), warned(mei)) == (["Two."], [ref])


def test_a_line_that_was_seen_and_is_put_back_is_noticed(database, asha, mei, ref, tell):
    tell("One.")
    (old,) = rows_of(database, HeadsUp)
    (line,) = heads_up.waiting(mei)
    heads_up.seen(mei, ref, line.id)
    write(database, HeadsUp.__table__.insert().values(old))
    assert warned(mei) == [ref]
    assert refusals(mei, ref) == {"heads_up.body"}
    assert usable(asha, ref)


def test_lines_exchanged_between_two_cases_open_nowhere(database, asha, mei, ref, tell):
    tell("One.")
    other = factories.case(asha, called="Bibek Test").ref
    with changing.following(asha, other) as case:
        heads_up.tell(case, What.OVERRIDDEN, "Two.")
    one, two = rows_of(database, HeadsUp)
    for row, body in ((one, two["body"]), (two, one["body"])):
        write(database, update(HeadsUp).where(HeadsUp.id == row["id"]).values(body=body))
    assert told(mei) == []
    assert {*warned(mei)} == {ref, other}


def test_a_number_seen_against_the_rule_is_stated_with_the_case(asha, mei, world):
    ref = factories.case(asha, reach=[{"number": "+965 5550 1234", "channel": "call", "safe": "no"}]).ref
    reaching.show(asha, ref, has_read=True, reason="Raid tonight")
    assert told(mei) == ["Raid tonight"]
    assert opening.load(asha, ref).keys.statement.count(apart.TOLD) == 1


def test_a_coordinator_lets_the_case_stand_without_the_line(database, asha, mei, ref, tell):
    tell("One.")
    (old,) = rows_of(database, HeadsUp)
    write(database, delete(HeadsUp))
    assert [one.name for one in mending.look(mei, ref).parts if one.as_left is False] == ["heads_up"]
    mending.accept(mei, ref, "A disk failed.", ref)
    assert not opening.load(asha, ref).lacking
    write(database, HeadsUp.__table__.insert().values(old))
    assert warned(mei) == [ref]


def test_a_case_from_before_they_were_counted_takes_what_is_there(database, asha, mei, ref, tell):
    tell("One.")
    case = opening.hold(asha, ref, Action.CASE_WORK)
    case.keys.statement._tallies.pop("29")
    stating.keep(case.keys, case.row)
    database.session.flush()
    assert (told(mei), warned(mei)) == (["One."], [])
    assert usable(asha, ref)
    assert (told(mei), warned(mei)) == (["One."], [])
    write(database, delete(HeadsUp))
    assert opening.load(asha, ref).lacking


# The status that a legal step needs


def test_a_status_that_is_deleted_is_missed(database, asha, mei, ref):
    legal_status.write(asha, ref, NEEDED)
    write(database, delete(LegalStatus))
    with pytest.raises(Refused):
        legal_status.look(asha, ref)
    assert opening.load(asha, ref).lacking
    assert refusals(mei, ref) == {"legal_status.body"}
    assert usable(asha, ref)
    # Written down again, it counts.
    legal_status.write(asha, ref, NEEDED)
    assert legal_status.look(asha, ref).status == "expired"
    assert not opening.load(asha, ref).lacking


def test_an_older_status_put_back_is_refused(database, asha, mei, ref):
    legal_status.write(asha, ref, NEEDED)
    (old,) = rows_of(database, LegalStatus)
    legal_status.write(asha, ref, Needed("removal", "asylum_seeker"))
    write(database, update(LegalStatus).values(body=old["body"]))
    with pytest.raises(Refused):
        legal_status.look(asha, ref)
    assert refusals(mei, ref) == {"legal_status.body"}
    assert usable(asha, ref)


def test_a_status_that_was_removed_and_is_put_back_is_refused(database, asha, ref):
    legal_status.write(asha, ref, NEEDED)
    (old,) = rows_of(database, LegalStatus)
    legal_status.remove(asha, ref)
    assert legal_status.look(asha, ref) is None
    write(database, LegalStatus.__table__.insert().values(old))
    with pytest.raises(Refused):
        legal_status.look(asha, ref)
    legal_status.remove(asha, ref)
    assert legal_status.look(asha, ref) is None


def test_an_older_status_put_back_is_not_shared_on(database, world, asha, mei, ref):
    bo = world.actor(world.bo)
    legal_status.write(asha, ref, NEEDED)
    (old,) = rows_of(database, LegalStatus)
    legal_status.write(asha, ref, Needed("removal", "asylum_seeker"))
    write(database, update(LegalStatus).values(body=old["body"]))
    assignment.assign(mei, ref, asha.user_id, bo.user_id, (asha.user_id, None))
    for worker in (asha, bo):
        with pytest.raises((Refused, NotFound)):
            legal_status.look(worker, ref)


def test_what_went_on_its_day_is_not_missed(database, asha, mei, ref, freeze):
    start = freeze(clock.now())
    legal_status.write(asha, ref, Needed("removal", "expired", until=start.date() + timedelta(days=3)))
    freeze(start + timedelta(days=3))
    assert legal_status.purge().total() == 1
    database.session.expire_all()
    assert not opening.load(asha, ref).lacking
    assert legal_status.look(asha, ref) is None
    assert usable(asha, ref)
    assert refusals(mei, ref) == set()
    assert mending.look(mei, ref).whole


@pytest.mark.parametrize("days", [-1, 300])
def test_its_plain_day_gives_way_to_the_sealed_one(database, asha, mei, ref, days):
    legal_status.write(asha, ref, NEEDED)
    true = clock.today() + legal_status.USUALLY
    write(database, update(LegalStatus).values(purge_on=true + timedelta(days=days)))
    assert legal_status.look(asha, ref).until == true
    assert refusals(mei, ref) == {"legal_status.purge_on"}
    assert usable(asha, ref)
    assert rows_of(database, LegalStatus)[0]["purge_on"] == true


def test_a_status_put_back_is_not_in_the_copy(database, asha, ref):
    legal_status.write(asha, ref, NEEDED)
    (old,) = rows_of(database, LegalStatus)
    legal_status.write(asha, ref, Needed("removal", "asylum_seeker"))
    write(database, update(LegalStatus).values(body=old["body"]))
    found = legal_status.for_copy(opening.load(asha, ref))
    assert found["kept"]
    assert "status" not in found


def test_no_statement_tells_by_its_size_whether_there_is_any(database, asha, mei, world):
    refs = [factories.case(asha, called=f"{n} Test").ref for n in range(3)]
    with changing.following(asha, refs[0]) as case:
        heads_up.tell(case, What.OVERRIDDEN, "Why." * 40)
    legal_status.write(asha, refs[1], NEEDED)
    consenting.listing(asha, refs[2])
    sizes = {len(one) for one in database.session.scalars(select(Case.statement))}
    assert len(sizes) == 1

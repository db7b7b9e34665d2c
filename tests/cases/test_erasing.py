"""Erasing a case: all of it goes, a certificate and an id stay, and a restored backup does not bring it back."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Uuid, select

from casework import clock
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import entries, erasing, opening, readers
from casework.cases.models import Case, Erasure
from casework.db import Model, db
from casework.drafts import late
from casework.drafts import service as drafts
from casework.drafts.models import Draft, LateForm
from casework.drafts.writing import Written
from casework.errors import Denied, Invalid, NotFound, Refused
from casework.jobs import erased_list
from casework.queue import Outbox
from casework.search import service
from casework.vault import Role
from casework.vault.late import Owner
from tests import factories
from tests.factories.worlds import code, join

KEPT = timedelta(days=35)


@pytest.fixture
def case(mei):
    made = factories.case(mei, called="Amina Hassan", take=True)
    entries.add(mei, made.ref, "note", clock.now(), "Called twice", uuid4())
    factories.case(mei, called="Bishnu Tamang", take=True)
    db.session.commit()
    return made


def erase(actor, case, **changes):
    told = {"reason": "person_asked", "ref_again": case.ref.lower(), "form_token": uuid4()} | changes
    return erasing.erase(actor, case.ref, told["reason"], told["ref_again"], KEPT, told["form_token"])


def rows_with(case_id):
    """Tables and columns in which an id of a case still stands."""
    found = set()
    for table in Model.metadata.sorted_tables:
        for column in table.c:
            if (
                isinstance(column.type, Uuid)
                and db.session.execute(select(column).where(column == case_id)).first()
            ):
                found.add(f"{table.name}.{column.name}")
    return found


def test_nothing_of_the_case_is_left_but_its_certificate_and_the_record(mei, case):
    before = rows_with(case.id)
    assert {
        "case.id",
        "case_wrap.case_id",
        "case_section.case_id",
        "entry.case_id",
        "consent.case_id",
    } <= before
    assert "segment_of_case.case_id" in before
    erase(mei, case)
    db.session.commit()
    assert rows_with(case.id) == {"erasure.case_id", "audit_event.case_id"}
    with pytest.raises(NotFound):
        opening.load(mei, case.ref)


def test_its_card_is_found_no_more_and_the_others_are_made_anew(mei, case):
    erase(mei, case)
    db.session.commit()
    found = service.find(mei.desk, "Amina Hassan", lambda _id: True)
    assert [hit.card.called for hit in found] == []
    assert case.id not in service.open_cards(mei.desk).missing


def test_the_certificate_names_the_day_of_the_last_backup(mei, case):
    made = erase(mei, case)
    one = erasing.certificate(mei, made)
    assert (one.ref, one.reason, one.by) == (case.ref, "person_asked", mei.user_id)
    assert one.backups_end_on == clock.today() + KEPT
    assert erasing.certificates(mei) == [one]
    (event,) = [seen for seen in audit.of_desk(mei.desk) if seen.event is Event.CASE_ERASED]
    assert event.details == {"case_id": str(case.id), "reason": "person_asked"}


def test_a_certificate_with_another_day_beside_its_seal_is_refused(mei, case):
    made = erase(mei, case)
    db.session.get(Erasure, made).backups_end_on += timedelta(days=1)
    with pytest.raises(Refused):
        erasing.certificate(mei, made)


def test_a_double_click_erases_once(mei, case):
    token = uuid4()
    assert erase(mei, case, form_token=token) == token
    assert erase(mei, case, form_token=token) == token
    assert len(erasing.certificates(mei)) == 1


def test_another_reference_erases_nothing(mei, case):
    with pytest.raises(Invalid, match="another reference"):
        erase(mei, case, ref_again="K7QD-2MXR")
    with pytest.raises(Invalid):
        erase(mei, case, reason="no_such_reason")
    assert db.session.get(Case, case.id) is not None


def test_a_volunteer_and_another_desk_cannot(world, mei, case):
    with pytest.raises(Denied):
        erase(world.actor(world.asha), case)
    made = erase(mei, case)
    with pytest.raises(Denied):
        erasing.certificate(world.actor(world.asha), made)


def test_what_a_backup_brings_back_is_erased_again_without_keys(mei, case):
    listed = [case.id, uuid4()]
    assert erasing.again(listed) == 1
    db.session.commit()
    assert "case.id" not in rows_with(case.id)
    assert "case_wrap.case_id" not in rows_with(case.id)
    assert erasing.again(listed) == 0


def test_the_list_beside_the_database_keeps_every_id_for_good(app, mei, case, tmp_path, monkeypatch):
    config = app.config["CASEWORK"]
    monkeypatch.setitem(app.config, "CASEWORK", replace(config, instance=tmp_path))
    erase(mei, case)
    assert erasing.KEEP_LIST in set(db.session.scalars(select(Outbox.name)))
    erased_list.keep()
    file = tmp_path / erased_list.NAME
    assert erased_list.read(file) == {case.id}
    assert file.stat().st_mode & 0o077 == 0
    earlier = uuid4()
    file.write_text(f"{earlier}\n", "ascii")
    (tmp_path / f"{erased_list.NAME}.new").write_text("left by a kill", "ascii")
    erased_list.keep()
    assert erased_list.read(file) == {case.id, earlier}


def test_what_was_begun_on_it_goes_at_once_whoevers_it_is(world, mei, case):
    asha, other = world.actor(world.asha), factories.case(mei)
    for on, number in ((case.id, 1), (other.id, 2), (None, 3)):
        page = UUID(int=number)
        written = Written(page, "/desk/x/cases/new", {"text": ["Amina"]}, "", clock.now())
        drafts.keep(asha, written, on)
        owner = Owner(asha.user_id, asha.person.x_public, clock.now() + timedelta(hours=1))
        late.receive(owner, code(world.host_id), replace(written, page=UUID(int=-number % 99)), on)
    db.session.commit()
    erase(mei, case)
    db.session.commit()
    for table in (Draft, LateForm):
        assert {row.case_id for row in db.session.scalars(select(table))} == {other.id, None}


def test_a_certificate_of_a_restricted_case_is_for_those_who_could_see_it(world, mei, case):
    join(world.mei, world.host_id, world.nina, Role.COORDINATOR)
    mei, nina = world.actor(world.mei), world.actor(world.nina, world.host_id)
    readers.choose(mei, case.ref, frozenset({world.mei.id, world.bo.id}), None)
    made = erase(mei, case)
    assert [one.ref for one in erasing.certificates(mei)] == [case.ref]
    assert erasing.certificate(mei, made).ref == case.ref
    assert erasing.certificates(nina) == []
    with pytest.raises(NotFound):
        erasing.certificate(nina, made)


def test_the_list_of_certificates_has_a_guard_and_outlives_one_that_is_broken(world, mei, case):
    with pytest.raises(Denied):
        erasing.certificates(world.actor(world.asha))
    other = factories.case(mei)
    broken, whole = erase(mei, case), erase(mei, other)
    db.session.get(Erasure, broken).body = b"\1" * 60
    assert [one.id for one in erasing.certificates(mei)] == [whole]


def test_on_the_day_of_the_certificate_no_backup_holds_it(mei, case):
    """A backup a day, each destroyed when it is as old as the installation promises: the schedule of docs/operating.md."""
    first, backups, made = clock.now(), {}, None
    for passed in range(KEPT.days + 3):
        with clock.at(first + timedelta(days=passed)):
            backups[clock.today()] = rows_with(case.id) - {"erasure.case_id", "audit_event.case_id"}
            backups = {day: held for day, held in backups.items() if day + KEPT > clock.today()}
            if passed == 1:
                made = erase(mei, case)
                db.session.commit()
            if made is not None:
                ends = erasing.certificate(mei, made).backups_end_on
                assert any(backups.values()) is (clock.today() < ends)

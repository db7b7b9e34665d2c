"""The record cannot be cut off behind a head that the desk's signed chain names, not even by a member."""

import pytest
from sqlalchemy import delete, event

from casework.audit import service as audit
from casework.audit.events import Event
from casework.audit.models import AuditEvent, AuditHead
from casework.db import db
from casework.vault import keeping, signature
from casework.vault.models import ChainEntry


def verdict(desk_id):
    return audit.verify(keeping.load(desk_id))


def cut(desk, keep):
    """What a member with the database would do: take the end away, and sign what is left."""
    db.session.execute(delete(AuditEvent).where(AuditEvent.desk_id == desk.desk_id, AuditEvent.seq > keep))
    last = db.session.query(AuditEvent).filter_by(desk_id=desk.desk_id, seq=keep).one_or_none()
    head = db.session.get_one(AuditHead, desk.desk_id, populate_existing=True)
    head.seq = head.signed_seq = keep
    head.hash = head.signed_hash = last.hash if last else bytes(32)
    head.signer_id = desk.person.user_id
    head.signature = signature.sign(desk.person.ed_private, "audit head", desk.desk_id, keep, head.hash)
    db.session.flush()


@pytest.fixture
def desk(world):
    """The host desk; its record was witnessed on three days, with events between and after."""
    keys = world.actor(world.mei).desk
    for _ in range(3):
        audit.record(keys, Event.SIGNED_IN)
        audit.witness(keys)
        db.session.get_one(AuditHead, keys.desk_id).witnessed_on = None
    audit.record(keys, Event.SIGNED_IN)
    return keys


def test_a_record_that_holds_every_witnessed_head_is_whole(desk):
    assert len(keeping.load(desk.desk_id).witnessed) == 3
    assert verdict(desk.desk_id).whole


def test_an_end_that_was_cut_off_behind_a_witnessed_head_is_found(desk):
    newest = db.session.get_one(AuditHead, desk.desk_id).seq
    cut(desk, newest - 1)
    # The end after the newest witness: a member can take that back, and only that.
    assert verdict(desk.desk_id).whole
    for keep in (newest - 2, newest - 3, 0):
        cut(desk, keep)
        found = verdict(desk.desk_id)
        assert (found.broken_at, found.head_ok, found.whole) == (None, True, False)
        assert "signed chain names" in found.sentence


def test_a_record_that_begins_anew_is_found_by_its_older_heads(desk):
    cut(desk, 0)
    audit.record(desk, Event.SIGNED_IN)
    audit.witness(desk)
    found = verdict(desk.desk_id)
    assert (found.head_ok, found.whole) == (True, False)


def test_the_command_says_so(app, desk):
    run = app.test_cli_runner()
    db.session.commit()
    said = run.invoke(args=["casework", "audit", "verify"])
    assert (said.exit_code, said.output.count("whole")) == (0, 3)
    newest = db.session.get_one(AuditHead, desk.desk_id, populate_existing=True).seq
    cut(desk, newest - 3)
    db.session.commit()
    said = run.invoke(args=["casework", "audit", "verify"])
    assert (said.exit_code, said.output.count("BROKEN")) == (1, 1)


def test_a_chain_that_does_not_verify_is_said_and_the_other_desks_are_walked(app, desk, world):
    entry = (
        db.session.query(ChainEntry).filter_by(desk_id=world.home_id).order_by(ChainEntry.seq.desc()).first()
    )
    entry.signature, entry.head = bytes(64), bytes(32)
    db.session.commit()
    said = app.test_cli_runner().invoke(args=["casework", "audit", "verify"])
    assert (said.exit_code, said.output.count("does not verify"), said.output.count("whole")) == (1, 1, 2)


def test_an_event_that_is_written_while_the_record_is_walked_harms_nothing(app, desk, world):
    """Between the read of the head and the read of the rows somebody else commits an event."""
    db.session.commit()
    wrote = []

    def write_meanwhile(_connection, _cursor, statement, *_rest):
        if "FROM audit_event" in statement and not wrote:
            wrote.append(statement)
            with app.app_context():
                audit.record_keyless(keeping.load(world.host_id), Event.ACCESS_DENIED, action="x")
                db.session.commit()

    event.listen(db.engine, "before_cursor_execute", write_meanwhile)
    try:
        said = app.test_cli_runner().invoke(args=["casework", "audit", "verify"])
    finally:
        event.remove(db.engine, "before_cursor_execute", write_meanwhile)
    assert wrote
    assert (said.exit_code, said.output.count("BROKEN")) == (0, 0)

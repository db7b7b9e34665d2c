"""Somebody writes to the database or to Valkey while people work, or holds the server's secrets, or tries the doors.

What stands here is refused: nobody gets in, nothing is shown that is not theirs, and what was done is noticed.
"""

import re
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import delete, insert, select, update

from casework import clock
from casework.access.models import Desk, Invitation, Membership, SignedIn, Slot, User
from casework.audit import service as audit
from casework.audit.models import AuditEvent
from casework.cases.models import Case, CaseSection
from casework.db import db
from casework.people.models import Consent
from casework.search.models import Segment
from casework.vault import Role, keeping
from casework.vault.models import CaseWrap, ChainEntry, DeskBox
from tests.web.test_cases import ref_of
from tests.web.visitor import text

NAME = "Sita Test"


@pytest.fixture
def writer(app):
    """`with writer():` speaks to the database as somebody does who has it in hand, and commits."""

    @contextmanager
    def _writer():
        with app.app_context():
            yield db.session
            db.session.commit()

    return _writer


def exchange(session, column, one, other):
    """Exchange a column's values between two rows of a table."""
    table = column.class_
    first, second = (session.scalar(select(column).where(table.id == key)) for key in (one, other))
    session.execute(update(table).where(table.id == one).values({column.key: second}))
    session.execute(update(table).where(table.id == other).values({column.key: first}))


def signed_in(visitor) -> bool:
    return visitor.get("/account/").status_code == 200


# Sessions, slots, profiles


@pytest.mark.parametrize("change", ["whose", "end"])
def test_a_session_given_to_somebody_else_or_made_longer_opens_nothing(visit, world, writer, change):
    asha = visit(world.asha)
    assert signed_in(asha)
    with writer() as session:
        longer = session.scalar(select(SignedIn.ends_at)) + timedelta(hours=1)
        values = {"whose": {"user_id": world.mei.id}, "end": {"ends_at": longer}}[change]
        session.execute(update(SignedIn).values(values))
    assert not signed_in(asha)


def test_the_root_of_another_session_does_not_open_with_my_cookie(app, visit, world, writer):
    asha, mei = visit(world.asha), visit(world.mei)
    assert signed_in(mei)
    store = app.extensions["casework.memory"].client
    with writer() as session:
        sids = dict(session.execute(select(SignedIn.user_id, SignedIn.sid)).all())
        session.execute(
            update(SignedIn).where(SignedIn.sid == sids[world.asha.id]).values(user_id=world.mei.id)
        )
    mine, theirs = (f"session:{sids[who.id].hex()}" for who in (world.asha, world.mei))
    store.set(mine, store.get(theirs))
    assert not signed_in(asha)


def test_the_servers_secret_forges_nobody(app, visit, world):
    """Flask-Login would believe a cookie that is signed with it; here only the session's own cookie counts."""
    stranger = visit()
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    for key in ("_user_id", "user_id"):
        forged = signer.dumps({key: str(world.mei.id), "_fresh": True, "_id": "x"})
        stranger.client.set_cookie("session", forged)
        stranger.client.set_cookie("remember_token", forged)
        assert not signed_in(stranger)


@pytest.mark.parametrize("column", ["blob", "commit", "salt", "all", "owner"])
def test_slots_exchanged_let_neither_in(visit, world, writer, column):
    with writer() as session:
        ids = dict(session.execute(select(Slot.user_id, Slot.id)).all())
        mine, hers = ids[world.asha.id], ids[world.mei.id]
        names = {"all": ("blob", "commit", "salt"), "owner": ("user_id",)}.get(column, (column,))
        for name in names:
            exchange(session, getattr(Slot, name), mine, hers)
    for who in (world.asha, world.mei):
        assert visit().sign_in(who).status_code == 401


@pytest.mark.parametrize("change", ["profile", "counter", "both", "login"])
def test_profiles_and_names_exchanged_let_nobody_in_as_another(visit, world, writer, change):
    with writer() as session:
        if change in {"profile", "both"}:
            exchange(session, User.profile, world.asha.id, world.mei.id)
        if change in {"counter", "both"}:
            session.execute(update(User).values(profile_counter=User.profile_counter + 1))
        if change == "login":
            macs = {who.id: session.get(User, who.id).login_mac for who in (world.asha, world.mei)}
            for who, mac in (
                (world.asha, bytes(32)),
                (world.mei, macs[world.asha.id]),
                (world.asha, macs[world.mei.id]),
            ):
                session.execute(update(User).where(User.id == who.id).values(login_mac=mac))
    # Everybody here has one passphrase, so that only the seals stand between two people.
    assert visit().sign_in(world.mei).status_code == 401


# Who is in


def test_a_row_makes_no_member_and_a_role_in_it_gives_nothing(visit, world, writer):
    asha, ram = visit(world.asha), visit(world.ram)
    ref = ref_of(asha.log())
    with writer() as session:
        body = session.scalar(select(Membership.body).where(Membership.user_id == world.asha.id))
        session.execute(update(Membership).values(role="coordinator"))
        values = {"id": uuid4(), "desk_id": world.host_id, "user_id": world.ram.id, "role": "coordinator"}
        session.execute(insert(Membership), [values | {"since": clock.today(), "body": body}])
    for path in ("", "cases/", f"cases/{ref}", "members/"):
        assert ram.get(asha.at(path)).status_code in {404, 422}
        assert NAME not in ram.last
    for path in ("members/invite", "about/", f"cases/{ref}/record"):
        assert asha.get(asha.at(path)).status_code == 404
    mei = visit(world.mei)
    assert world.ram.name not in text(mei.get(mei.at("members/")).get_data(as_text=True))


@pytest.mark.parametrize("change", ["cut", "added", "keys", "signer"])
def test_a_chain_that_was_written_to_opens_no_desk(visit, world, writer, change):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    with writer() as session:
        here = ChainEntry.desk_id == world.host_id
        last = session.scalars(select(ChainEntry).where(here).order_by(ChainEntry.seq.desc())).first()
        place = (here, ChainEntry.seq == last.seq)
        if change == "cut":
            session.execute(delete(ChainEntry).where(*place))
        elif change == "added":
            row = {c.key: getattr(last, c.key) for c in ChainEntry.__table__.columns}
            session.execute(insert(ChainEntry), [row | {"seq": last.seq + 1, "head": bytes(32)}])
        elif change == "keys":
            fields = last.fields[:-32] + world.ram.keys.ed_public
            session.execute(update(ChainEntry).where(*place).values(fields=fields, head=bytes(32)))
        else:
            changed = {"signer_id": world.luz.id, "head": bytes(32)}
            session.execute(update(ChainEntry).where(*place).values(changed))
    assert asha.get(asha.at(f"cases/{ref}")).status_code == 422
    assert NAME not in asha.last


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COORDINATOR])
def test_keys_put_into_an_invitation_are_not_those_that_two_people_compared(visit, world, writer, role):
    mei, ram = visit(world.mei), visit(world.ram)
    mei.get(mei.at("members/invite"))
    page = mei.post(mei.at("members/invite"), {"name": "Ram", "role": role.value}, follow=True)
    token = re.search(r"/welcome/([\w-]+)", page.get_data(as_text=True)).group(1)
    ram.get(f"/welcome/{token}")
    assert ram.post(f"/welcome/{token}/join", {}).status_code == 302
    read_aloud = re.findall(r"\d{5} \d{5} \d{5}", ram.get("/").get_data(as_text=True))[0]
    thief = world.cara.keys
    with writer() as session:
        (row,) = session.scalars(select(Invitation)).all()
        row.user_id, row.x_public, row.ed_public = world.cara.id, thief.x_public, thief.ed_public
        address = mei.at(f"members/invitations/{row.id}")
    shown = text(mei.get(address).get_data(as_text=True))
    assert read_aloud not in shown
    assert mei.post(address, {"digits": read_aloud}).status_code == 422
    with writer():
        assert world.cara.id not in keeping.load(world.host_id).members


def test_a_link_counts_once_and_only_for_its_own_desk(visit, world, writer):
    mei, nina, ram = visit(world.mei), visit(world.nina), visit(world.ram)
    mei.get(mei.at("members/invite"))
    page = mei.post(mei.at("members/invite"), {"name": "Ram", "role": "volunteer"}, follow=True)
    token = re.search(r"/welcome/([\w-]+)", page.get_data(as_text=True)).group(1)
    with writer() as session:
        (row,) = session.scalars(select(Invitation)).all()
    assert token.encode() not in (row.token_hash, row.body)
    nina.get(nina.at("members/"))
    for path in (f"members/invitations/{row.id}", f"members/invitations/{row.id}/cancel"):
        assert nina.post(nina.at(path), {"digits": "1"}).status_code == 404
        assert nina.post(mei.at(path), {"digits": "1"}).status_code in {403, 404}
        nina.get(nina.at("members/"))
    ram.get(f"/welcome/{token}")
    assert ram.post(f"/welcome/{token}/join", {}).status_code == 302
    assert visit().get(f"/welcome/{token}").status_code == 404


@pytest.mark.parametrize("change", ["exchanged", "epoch", "cut"])
def test_a_desks_boxes_exchanged_open_for_nobody(visit, world, writer, change):
    asha, bo = visit(world.asha), visit(world.bo)
    asha.log()
    with writer() as session:
        here = DeskBox.desk_id == world.host_id
        boxes = dict(session.execute(select(DeskBox.member_id, DeskBox.blob).where(here)).all())
        for who, other in ((world.asha, world.bo), (world.bo, world.asha)):
            changed = {"exchanged": {"blob": boxes[other.id]}, "epoch": {"epoch": 2}}.get(
                change, {"blob": boxes[who.id][:-1]}
            )
            session.execute(update(DeskBox).where(here, DeskBox.member_id == who.id).values(changed))
    for visitor in (asha, bo):
        answer = visitor.get(visitor.at("cases/"))
        assert (answer.status_code, NAME in visitor.last) in {(422, False), (302, False)}


# Cases


@pytest.mark.parametrize("change", ["exchanged", "generation", "epoch", "desk"])
def test_a_cases_key_put_elsewhere_opens_nothing(visit, world, writer, change):
    asha, ram = visit(world.asha), visit(world.ram)
    ref, other = ref_of(asha.log()), ref_of(asha.log(called="Bibek Test"))
    with writer() as session:
        mine, hers = (session.scalar(select(Case.id).where(Case.ref == one)) for one in (ref, other))
        wraps = dict(session.execute(select(CaseWrap.case_id, CaseWrap.blob)).all())
        values = {
            "exchanged": {"blob": wraps[hers]},
            "generation": {"generation": 2},
            "epoch": {"epoch": 2},
            "desk": {"desk_id": world.home_id},
        }[change]
        session.execute(update(CaseWrap).where(CaseWrap.case_id == mine).values(values))
        if change == "desk":
            for table in (Case, CaseSection, Consent):
                key = table.id if table is Case else table.case_id
                session.execute(update(table).where(key == mine).values(desk_id=world.home_id))
    for visitor in (asha, ram):
        assert visitor.get(visitor.at(f"cases/{ref}")).status_code in {404, 422}
        assert not any(name in visitor.last for name in (NAME, "Bibek Test"))
    asha.get(asha.at(f"cases/{other}"))
    assert "Bibek Test" in asha.last


def test_a_consent_moved_to_another_case_is_no_yes_there(visit, world, writer):
    asha = visit(world.asha)
    agreed = ref_of(asha.log())
    unasked = [f"consent.{name}" for name in ("given", "how", "interpreter", "present")]
    unasked += [f"reach-0-{name}" for name in ("number", "channel", "safe")]
    silent = ref_of(asha.log(**dict.fromkeys(["called", *unasked])))
    with writer() as session:
        mine, hers = (session.scalar(select(Case.id).where(Case.ref == one)) for one in (agreed, silent))
        tag = session.scalar(select(CaseSection.tag).where(CaseSection.case_id == hers))
        session.execute(update(Consent).where(Consent.case_id == mine).values(case_id=hers, tag=tag))
    asha.get(asha.at(f"cases/{silent}/part/identity/edit"))
    assert asha.post(asha.at(f"cases/{silent}/part/identity/edit"), {"called": "Kept"}).status_code == 422
    asha.get(asha.at(f"cases/{silent}"))
    assert "Kept" not in asha.last


def test_a_form_sent_again_at_another_desk_shows_nothing_of_the_first(visit, world):
    asha, ram, once = visit(world.asha), visit(world.ram), str(uuid4())
    ref = ref_of(asha.log(form_token=once))
    again = ram.log(form_token=once, called="Bibek Test")
    assert (again.status_code, ref in ram.last, NAME in ram.last) == (409, False, False)
    assert ref_of(asha.log(form_token=once, called="Bibek Test")) == ref


@pytest.mark.parametrize("change", ["older", "other desk", "cut"])
def test_a_block_of_the_search_put_back_or_brought_along_is_not_shown(visit, world, writer, change):
    asha, ram = visit(world.asha), visit(world.ram)
    asha.log(called="Older Test", form_token=str(uuid4()))
    ram.log(called="Valley Test")
    with writer() as session:
        (old,) = session.execute(select(Segment.seq, Segment.blob).where(Segment.desk_id == world.host_id))
        (away,) = session.execute(select(Segment.seq, Segment.blob).where(Segment.desk_id == world.home_id))
    asha.log(called="Newer Test", form_token=str(uuid4()))
    with writer() as session:
        source = {"older": old, "other desk": away, "cut": (old.seq, old.blob[:-1])}[change]
        row = update(Segment).where(Segment.desk_id == world.host_id)
        session.execute(row.values(seq=source[0], blob=source[1]))
    asha.get(asha.at("search/"))
    asha.post(asha.at("search/"), {"query": "Test"}, follow=True)
    shown = asha.last + asha.get(asha.at("cases/")).get_data(as_text=True)
    assert not any(name in shown for name in ("Older Test", "Valley Test"))


# The record


# The walk stops at the first break and drops PostgreSQL's cursor open, of which psycopg warns.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("change", ["changed", "gone", "last gone", "moved", "renumbered", "another day"])
def test_a_record_that_was_written_to_is_not_whole(visit, world, writer, change):
    asha = visit(world.asha)
    asha.log()
    with writer() as session:
        here = (AuditEvent.desk_id == world.host_id,)
        seqs = sorted(session.scalars(select(AuditEvent.seq).where(*here)))
        assert audit.verify(keeping.load(world.host_id)).whole
        victim = AuditEvent.seq == (seqs[-1] if change == "last gone" else seqs[-2])
        if change in {"gone", "last gone"}:
            session.execute(delete(AuditEvent).where(*here, victim))
        else:
            values = {
                "changed": {"blob": b"x" * 100},
                "moved": {"case_id": uuid4()},
                "renumbered": {"seq": seqs[-1] + 5},
                "another day": {"on": clock.today() - timedelta(days=1)},
            }[change]
            session.execute(update(AuditEvent).where(*here, victim).values(values))
    with writer():
        assert not audit.verify(keeping.load(world.host_id)).whole


# Doors


def test_a_code_counts_once_however_it_is_written(visit, world):
    code = world.asha.code()
    first, second = visit(), visit()
    assert first.sign_in(world.asha, code).status_code == 302
    assert second.sign_in(world.asha, code).status_code == 401
    other_digits = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for written in (" ".join(code), other_digits):
        assert second.sign_in(world.asha, written).status_code == 401


def test_a_code_counts_once_even_when_the_older_profile_is_put_back(visit, world, writer):
    """The mark of the last code lies in the profile; whoever writes to the database can turn it back."""
    code = world.asha.code()
    with writer() as session:
        mine = select(User.profile, User.profile_counter).where(User.id == world.asha.id)
        profile, counter = session.execute(mine).one()
    assert visit().sign_in(world.asha, code).status_code == 302
    with writer() as session:
        assert session.execute(mine).one() != (profile, counter)
        older = {"profile": profile, "profile_counter": counter}
        session.execute(update(User).where(User.id == world.asha.id).values(older))
    assert visit().sign_in(world.asha, code).status_code == 401


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP"])
def test_a_header_makes_no_new_address_for_whoever_guesses(visit, world, header):
    guesser = visit()
    guesser.get("/sign-in")
    wrong = {"login": "asha", "passphrase": "wrong", "code": "1"}
    statuses = [
        guesser.post("/sign-in", wrong, headers={header: f"198.51.100.{n}"}).status_code for n in range(7)
    ]
    assert statuses[-1] == 429


def test_a_form_of_before_signing_in_or_of_nowhere_counts_for_nothing(visit, world):
    stranger = visit()
    stranger.get("/sign-in")
    before = re.search(r'name="csrf" value="([^"]+)"', stranger.last).group(1)
    stranger.sign_in(world.asha)
    assert stranger.post("/account/sign-out-everywhere", {"csrf": before}).status_code == 403
    stranger.get("/account/")
    for origin in ("null", "https://localhost", "http://localhost.evil.example", "http://localhost:81", ""):
        answer = stranger.post("/account/sign-out-everywhere", {}, headers={"Origin": origin})
        assert answer.status_code == 403, origin
        stranger.get("/account/")
    assert stranger.get("/account/sign-out-everywhere").status_code == 405
    stranger.get("/account/sign-out-everywhere", headers={"X-HTTP-Method-Override": "POST"})
    assert signed_in(stranger)


@pytest.mark.parametrize(
    "from_",
    ["//evil.example/", "/\\evil.example/", "/\t/evil.example/", "/%5cevil.example", "/%2f/evil.example"],
)
def test_the_choice_of_a_language_leads_nowhere_else(visit, from_):
    stranger = visit()
    stranger.get("/sign-in")
    headers = {"Referer": f"http://localhost{from_}"}
    answer = stranger.post("/language", {"language": "es"}, headers=headers)
    assert answer.status_code == 302
    assert re.match(r"/(?![/\\\t])", answer.location), answer.location


def test_views_kept_for_one_are_empty_for_another(visit, world):
    mei, nina, asha = visit(world.mei), visit(world.nina), visit(world.asha)
    mei.get(mei.at("members/invite"))
    made = mei.post(mei.at("members/invite"), {"name": "Grace Test", "role": "ally"})
    shown = mei.get(made.location).get_data(as_text=True)
    token = re.search(r"/welcome/([\w-]+)", shown).group(1)
    asha.get(asha.at("search/"))
    looked = asha.post(asha.at("search/"), {"query": "Qzx-looked-for"}).location
    for visitor, address in ((nina, made.location.replace(mei.desk, nina.desk)), (mei, looked)):
        visitor.get(address)
        assert not any(word in visitor.last for word in (token, "Grace Test", "Qzx-looked-for"))


def test_cookies_and_addresses_that_make_no_sense_are_no_way_in_and_no_error(visit, world):
    asha = visit(world.asha)
    for path in (
        "/desk/%ff/cases/",
        f"/desk/{'b' * 3000}/",
        "/welcome/%00",
        "/welcome/..%2f..%2fetc",
        asha.at("cases/%00%00%00%00-%00%00%00%00"),
        asha.at("cases/..%2f..%2faccount"),
        asha.at("cases/ＢＢＢＢ-ＢＢＢＢ"),
        "/static/../settings.py",
        "/static/%2e%2e/%2e%2e/settings.py",
    ):
        assert asha.get(path).status_code == 404, path
    for query in ("page=9999999999999999999999", "page=-1", "page=%00", "v=%00", f"v={'a' * 5000}", "v=x:y"):
        assert asha.get(asha.at(f"cases/?{query}")).status_code == 200, query
    stranger = visit()
    for junk in ("%%%", "é", "A" * 43, "A" * 3000, "\x7f"):
        stranger.client.set_cookie("casework-session", junk)
        stranger.client.set_cookie("casework-pre", junk)
        assert stranger.get(asha.at()).location == "/sign-in"
        assert stranger.get("/sign-in").status_code == 200


def test_a_desks_own_row_moved_or_put_under_another_desk_is_not_read(visit, world, writer):
    mei, nina = visit(world.mei), visit(world.nina)
    with writer() as session:
        exchange(session, Desk.body, world.host_id, world.home_id)
    for visitor, other in ((mei, "Valley desk"), (nina, "Harbour desk")):
        assert visitor.get(visitor.at()).status_code == 422
        assert other not in visitor.last

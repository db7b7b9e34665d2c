"""Who gets in where: walls between desks, roles, forms from elsewhere, what browsers are told."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from casework import clock
from casework.access import invitations
from casework.access.models import Invitation
from casework.access.policy import Role
from casework.db import db
from tests.web.crawl import reached
from tests.web.spoken import links
from tests.web.test_cases import ref_of
from tests.web.visitor import text


def test_strangers_are_sent_to_sign_in(visit):
    stranger = visit()
    for path in ("", "cases/", "cases/new", "search/", "members/", "respondents/"):
        answer = stranger.get(stranger.at(path))
        assert (answer.status_code, answer.location) == (302, "/sign-in")


def test_another_desks_case_is_not_there(visit, world):
    asha, ram = visit(world.asha), visit(world.ram)
    ref = ref_of(asha.log())
    for path in (
        "",
        "/part/identity",
        "/entries",
        "/consents",
        "/workers",
        "/close",
        "/respondents",
        "/record",
    ):
        assert ram.get(ram.at(f"cases/{ref}{path}")).status_code == 404
        assert ram.get(asha.at(f"cases/{ref}{path}")).status_code == 404
    for path in ("/part/identity/edit", "/entries/new", "/consents", "/workers", "/close"):
        ram.get(ram.at("cases/new"))
        assert ram.post(ram.at(f"cases/{ref}{path}"), {"reason": "goal_met"}).status_code == 404
    assert "Sita Test" not in text(ram.get(ram.at("cases/")).get_data(as_text=True))


@pytest.mark.parametrize("who", ["mei", "asha", "luz", "cara"])
def test_no_page_offers_what_is_refused(visit, world, who):
    """Every link of every page opens, at the desk and at the network, for each role."""
    visitor = visit(getattr(world, who))
    (visitor if who == "asha" else visit(world.asha)).log()
    for desk_id in (world.host_id, world.network_id):
        for path in reached(visitor, ["/", f"/desk/{world.codes[desk_id]}/"]):
            visitor.get(path)
            for link in {link for link in links(visitor.last) if link.startswith("/")}:
                assert visitor.client.get(link).status_code in (200, 302), (path, link)


@pytest.mark.parametrize("who", ["luz", "cara"])
def test_allies_and_campaigners_find_no_case_anywhere(visit, world, who):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    human = getattr(world, who)
    outsider = visit(human, world.network_id if who == "cara" else world.host_id)
    arrived = outsider.get(outsider.at())
    # A campaign team is led to its campaigns.
    assert (arrived.location if who == "cara" else arrived.status_code) in (200, outsider.at("campaigns/"))
    for path in (
        "cases/",
        "cases/new",
        "search/",
        "members/",
        "respondents/",
        f"cases/{ref}",
        f"cases/{ref}/part/story",
    ):
        assert outsider.get(outsider.at(path)).status_code == 404


def test_volunteers_do_not_invite_rename_or_read_the_record(visit, world):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    for path in ("members/invite", "about/", f"cases/{ref}/record"):
        assert asha.get(asha.at(path)).status_code == 404
    mei = visit(world.mei)
    assert mei.get(mei.at(f"cases/{ref}/record")).status_code == 200
    assert "logged the case" in text(mei.last)
    assert "opened a section" not in text(mei.last)


def test_a_form_from_elsewhere_counts_for_nothing(visit, world):
    asha = visit(world.asha)
    asha.get(asha.at("cases/new"))
    path = asha.at("cases/new")
    assert asha.post(path, {"csrf": ""}).status_code == 403
    assert asha.post(path, {"csrf": "A" * 88}).status_code == 403
    asha.get(path)
    assert (
        asha.post(
            path, {"language": "ne", "safe_now": "yes"}, headers={"Origin": "https://evil.example"}
        ).status_code
        == 403
    )
    bo = visit(world.bo)
    bo.get(path)
    theirs = re.search(r'name="csrf" value="([^"]+)"', bo.last).group(1)
    assert asha.post(path, {"csrf": theirs, "language": "ne", "safe_now": "yes"}).status_code == 403


def test_every_answer_says_that_nothing_is_kept_and_nothing_foreign_runs(visit, world):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    for path in (
        "/account/",
        asha.at(),
        asha.at(f"cases/{ref}"),
        asha.at(f"cases/{ref}/part/identity"),
        "/nowhere",
    ):
        answer = asha.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        html = answer.get_data(as_text=True)
        assert "<title>Casework</title>" in html
        assert not re.search(r"\sstyle=|<script(?! type=\"module\" src=)|\son\w+=|javascript:", html)
        assert "localStorage" not in html


def test_cookies_carry_nothing_and_are_bound(app, world, visit, app_with):
    asha = visit(world.asha)
    (cookie,) = [
        c for c in asha.client._cookies.values() if "session" in c.key and c.key.startswith("casework")
    ]
    assert len(cookie.value) == 43
    secure = app_with(secure_cookies=True)
    answer = secure.test_client().get("/sign-in", base_url="https://localhost")
    header = next(h for h in answer.headers.getlist("Set-Cookie") if "pre" in h)
    assert header.startswith("__Host-pre=")
    for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert word in header


def test_one_answer_for_every_failure(visit, world):
    pages = set()
    for login, passphrase, code in (
        ("nobody", "river lamp stone copper window market", "000000"),
        ("asha", "wrong words", world.asha.code()),
        ("asha", "river lamp stone copper window market", "000000"),
    ):
        stranger = visit()
        stranger.get("/sign-in")
        answer = stranger.post("/sign-in", {"login": login, "passphrase": passphrase, "code": code})
        assert answer.status_code == 401
        # What differs is the browser's own: the form's token and what a passkey would sign.
        pages.add(re.sub(r'(value|data-asked)="[^"]*"', "", answer.get_data(as_text=True)))
    assert len(pages) == 1


def test_guessing_is_slowed_where_it_happens_and_locks_nobody_out(visit, world):
    guesser = visit()
    guesser.get("/sign-in")
    statuses = [
        guesser.post("/sign-in", {"login": "asha", "passphrase": "wrong", "code": "1"}).status_code
        for _ in range(7)
    ]
    assert statuses[:5] == [401] * 5
    assert statuses[-1] == 429
    owner = visit()
    owner.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert owner.sign_in(world.asha).status_code == 302


def test_signing_out_everywhere_ends_the_other_browser(visit, world):
    first = visit(world.mei)
    second = visit()

    with clock.at(clock.now() + timedelta(minutes=1)):
        second.sign_in(world.mei)
    second.get("/account/")
    second.post("/account/sign-out-everywhere", {})
    assert first.get(first.at()).location == "/sign-in"


def test_a_session_that_rested_too_long_is_closed(visit, world, app):
    asha = visit(world.asha)
    app.extensions["casework.memory"].client.flushall()
    assert asha.get(asha.at()).location == "/sign-in"


def test_an_unknown_address_and_a_refused_one_look_the_same(visit, world):
    asha = visit(world.asha)
    unknown = asha.get(asha.at("cases/BBBB-BBBB"))
    refused = asha.get(asha.at("about/"))
    assert (unknown.status_code, refused.status_code) == (404, 404)
    pages = [answer.get_data(as_text=True) for answer in (unknown, refused)]
    assert text(pages[0]) == text(pages[1])


def test_a_sealed_thing_that_was_swapped_is_refused_and_the_rest_works(visit, world, app):
    from sqlalchemy import text as sql  # noqa: PLC0415 - the attack speaks SQL

    from casework.db import db  # noqa: PLC0415 - as above

    asha = visit(world.asha)
    one, two = ref_of(asha.log()), ref_of(asha.log(form_token=str(uuid4())))
    with app.app_context():
        rows = db.session.execute(
            sql(
                'SELECT s.id, s.body FROM case_section s JOIN "case" c ON c.id = s.case_id WHERE c.ref = :ref ORDER BY s.id'
            ),
            {"ref": one},
        ).all()
        for (row_id, _), (_, body) in zip(rows, rows[1:] + rows[:1], strict=True):
            db.session.execute(
                sql("UPDATE case_section SET body = :body WHERE id = :id"), {"body": body, "id": row_id}
            )
        db.session.commit()
    page = asha.get(asha.at(f"cases/{one}/part/story"))
    assert page.status_code == 200
    assert "does not open" in text(asha.last)
    assert "Three months" not in asha.last
    assert asha.get(asha.at(f"cases/{one}/entries")).status_code == 200
    assert "Three months" in text(asha.get(asha.at(f"cases/{two}/part/story")).get_data(as_text=True))


@pytest.mark.parametrize("code", ["%00", "%00abcde", "%ff", "' OR 1=1", "abc%0d%0aX"])
def test_a_broken_address_is_not_found(visit, world, code):
    mei = visit(world.mei)
    for path in (f"/desk/{code}/", f"/desk/{code}/cases/", mei.at(f"cases/{code}"), f"/welcome/{code}"):
        assert mei.get(path).status_code == 404, path


def test_one_invitation_that_does_not_open_harms_no_other(app, visit, world):
    with app.app_context():
        mei = world.actor(world.mei)
        for name in ("Anna Guest", "Berta Guest"):
            invitations.invite(mei, name, Role.VOLUNTEER)
        first = db.session.scalars(select(Invitation)).first()
        first.role = "coordinator"
        db.session.commit()
    mei = visit(world.mei)
    assert mei.get(mei.at("members/")).status_code == 200
    assert "This invitation does not open" in mei.last
    assert len(re.findall("(Anna|Berta) Guest", mei.last)) == 1
    assert mei.get(mei.at()).status_code == 200
    assert mei.get(mei.at("about/record")).status_code == 200
    assert "does not open" in text(mei.last)

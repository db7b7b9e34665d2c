"""Nothing typed is lost: kept at pauses, at refusals, after a session's end; given back to its owner only."""

import re
from datetime import timedelta

import pytest

from casework import clock
from casework.access.models import SignedIn
from casework.db import db
from casework.drafts import service
from casework.drafts.models import Draft, LateForm
from tests.web.test_cases import ref_of
from tests.web.visitor import Visitor, first_contact, text

TYPED = {"language": "ne", "safe_now": "no", "what_happened": "Locked in at night.", "risk": "high"}


def go_on(visitor: Visitor) -> str:
    """The address at which the newest draft of this page is gone on with."""
    return re.search(r'href="([^"]+\?draft=[0-9a-f-]+)"', visitor.last).group(1)


def begin(visitor: Visitor, path: str, **typed) -> None:
    """A pause, as the script reports it."""
    visitor.get(path)
    assert visitor.post(path, TYPED | typed | {"draft": "pause"}).status_code == 204


def later(freeze) -> None:
    """Half a minute on, so that the authenticator shows another code."""
    freeze(clock.now() + timedelta(seconds=30))


def forget_sessions(app) -> None:
    """Every session rests too long: what opens its keys is gone from memory."""
    memory = app.extensions["casework.memory"].client
    memory.delete(*memory.keys("session:*"))


def test_a_pause_is_given_back_on_another_device_and_goes_when_the_form_is_taken(visit, world, freeze):
    phone = visit(world.asha)
    later(freeze)
    laptop = visit(world.asha)
    begin(phone, phone.at("cases/new"))
    laptop.get(laptop.at())
    assert "New contact: begun at" in text(laptop.last)
    assert "on another device" in text(laptop.last)
    assert "Locked in" not in laptop.last
    laptop.get(laptop.at("cases/new"))
    assert "You began this at" in text(laptop.last)
    assert "Locked in" not in laptop.last
    laptop.get(go_on(laptop))
    assert "Locked in at night." in laptop.last
    assert re.search(r'name="safe_now" value="no" checked', laptop.last)
    sent = laptop.post(laptop.at("cases/new"), TYPED)
    assert sent.status_code == 302
    for device in (phone, laptop):
        device.get(device.at("cases/new"))
        assert "You began this" not in text(device.last)


def test_the_button_keeps_and_sends_nothing(visit, world):
    asha = visit(world.asha)
    asha.get(asha.at("cases/new"))
    answer = asha.post(asha.at("cases/new"), first_contact(draft="1"), follow=True)
    assert answer.status_code == 200
    assert "Kept for 72 hours" in text(asha.last)
    assert "Sita Test" not in asha.last
    assert "New contact: begun at" in text(asha.last)


@pytest.mark.parametrize("typed", [{"language": ""}, {"add": "reach"}])
def test_what_was_not_taken_is_kept_without_a_script(visit, world, typed):
    asha = visit(world.asha)
    asha.get(asha.at("cases/new"))
    assert asha.post(asha.at("cases/new"), TYPED | typed).status_code in {200, 422}
    asha.get(asha.at("cases/new"))
    asha.get(go_on(asha))
    assert "Locked in at night." in asha.last


def test_one_page_is_one_draft_and_two_pages_are_two(app, visit, world):
    asha = visit(world.asha)
    path = asha.at("cases/new")
    begin(asha, path, what_happened="first")
    asha.post(path, TYPED | {"what_happened": "first, more", "draft": "pause"})
    begin(asha, path, what_happened="another person")
    asha.get(path)
    assert asha.last.count("?draft=") == 2
    with app.app_context():
        assert db.session.query(Draft).count() == 2


def test_a_pause_that_arrives_after_its_form_makes_no_draft(visit, world):
    asha = visit(world.asha)
    path = asha.at("cases/new")
    asha.get(path)
    page = asha.last
    assert asha.post(path, TYPED).status_code == 302
    asha.last = page
    assert asha.post(path, TYPED | {"draft": "pause"}).status_code == 204
    asha.get(path)
    assert "You began this" not in text(asha.last)


def test_nobody_else_is_given_a_draft_or_can_throw_it_away(app, visit, world):
    asha, bo = visit(world.asha), visit(world.bo)
    begin(asha, asha.at("cases/new"))
    asha.get(asha.at("cases/new"))
    theirs = go_on(asha)
    bo.get(theirs)
    assert "Locked in" not in bo.last
    draft_id = theirs.rpartition("=")[2]
    assert bo.get(bo.at(f"drafts/{draft_id}")).status_code == 404
    bo.get(bo.at())
    bo.post(bo.at(f"drafts/{draft_id}/throw-away"))
    assert asha.get(asha.at(f"drafts/{draft_id}")).status_code == 200
    assert "Locked in at night." in asha.last
    asha.post(asha.at(f"drafts/{draft_id}/throw-away"))
    assert asha.get(asha.at(f"drafts/{draft_id}")).status_code == 404


def test_anothers_page_token_reaches_another_row(app, visit, world):
    asha, bo = visit(world.asha), visit(world.bo)
    begin(asha, asha.at("cases/new"))
    asha.get(asha.at("cases/new"))
    asha.get(go_on(asha))
    page = re.search(r'name="draft_page" value="([^"]+)"', asha.last).group(1)
    bo.get(bo.at("cases/new"))
    bo.post(bo.at("cases/new"), TYPED | {"what_happened": "planted", "draft_page": page, "draft": "pause"})
    asha.get(asha.at("cases/new"))
    assert asha.last.count("?draft=") == 1
    asha.get(go_on(asha))
    assert "Locked in at night." in asha.last


def test_a_change_of_a_section_goes_on_over_the_revision_that_was_seen(visit, world):
    asha, bo = visit(world.asha), visit(world.bo)
    path = asha.at(f"cases/{ref_of(asha.log())}/part/story/edit")
    asha.get(path)
    asha.post(path, {"what_happened": "Hers.", "draft": "pause"})
    bo.get(path)
    assert "You began this" not in text(bo.last)
    assert bo.post(path, {"what_happened": "His."}).status_code == 302
    asha.get(path)
    asha.get(go_on(asha))
    assert "Hers." in asha.last
    assert asha.post(path, {"what_happened": "Hers."}).status_code == 409
    assert "His." in asha.last


@pytest.mark.parametrize("part", ["entries/new", "close", "workers", "consents", "respondents/name"])
def test_other_forms_are_given_back_too(visit, world, part):
    asha = visit(world.asha)
    path = asha.at(f"cases/{ref_of(asha.log())}/{part}")
    asha.get(path)
    typed = {
        "text": "A long talk.",
        "name": "Marble Agency",
        "recipient": "A lawyer",
        "reason": "goal_met",
        "status": "plan",
    }
    assert asha.post(path, typed | {"draft": "pause"}).status_code == 204
    asha.get(path)
    asha.get(go_on(asha))
    assert "You go on from what you began" in text(asha.last)
    shown = {
        "entries/new": "A long talk.",
        "close": 'value="goal_met" checked',
        "workers": 'selected value="plan"',
        "consents": "A lawyer",
        "respondents/name": "Marble Agency",
    }[part]
    assert shown in asha.last.replace("checked id", "checked").replace("checked ", "checked") or re.search(
        r'checked[^>]*value="goal_met"', asha.last
    )


def test_a_form_sent_after_the_session_rested_is_offered_after_signing_in(app, visit, world, freeze):
    asha = visit(world.asha)
    path = asha.at("cases/new")
    asha.get(path)
    forget_sessions(app)
    late = asha.post(path, TYPED, follow=True)
    assert "The session of this page had ended" in text(asha.last)
    assert "Locked in" not in late.get_data(as_text=True)
    with app.app_context():
        (row,) = db.session.query(LateForm)
        assert b"Locked" not in row.box
        assert len(row.box) < 5000
    later(freeze)
    assert asha.sign_in(world.asha).status_code == 302
    asha.get(asha.at())
    assert "sent at" in text(asha.last)
    asha.get(path)
    assert "after your session had ended" in text(asha.last)
    asha.get(go_on(asha))
    assert "Locked in at night." in asha.last
    assert asha.post(path, TYPED).status_code == 302
    asha.get(path)
    assert "?draft=" not in asha.last


def test_also_where_the_cookie_and_the_row_of_the_session_are_gone(app, visit, world, freeze):
    asha = visit(world.asha)
    path = asha.at("cases/new")
    asha.get(path)
    asha.client._cookies.clear()
    with app.app_context():
        db.session.query(SignedIn).delete()
        db.session.commit()
    assert asha.post(path, TYPED).status_code == 302
    later(freeze)
    again = visit(world.asha)
    again.get(again.at("cases/new"))
    assert "after your session had ended" in text(again.last)


def test_a_page_of_an_earlier_session_of_the_same_person_leads_back_to_the_form(app, visit, world, freeze):
    asha = visit(world.asha)
    path = asha.at("cases/new")
    asha.get(path)
    old = asha.last
    forget_sessions(app)
    later(freeze)
    assert asha.sign_in(world.asha).status_code == 302
    asha.last = old
    answer = asha.post(path, TYPED)
    assert (answer.status_code, answer.location) == (302, path)
    asha.get(path)
    assert "after your session had ended" in text(asha.last)


def test_on_a_shared_phone_it_waits_for_whoever_typed_it(app, visit, world, freeze):
    asha = visit(world.asha)
    path = asha.at("cases/new")
    asha.get(path)
    old = asha.last
    forget_sessions(app)
    assert asha.sign_in(world.bo).status_code == 302
    asha.last = old
    asha.post(path, TYPED, follow=True)
    assert "Locked in" not in asha.last
    asha.get(path)
    assert "?draft=" not in asha.last
    later(freeze)
    mine = visit(world.asha)
    mine.get(path)
    assert "after your session had ended" in text(mine.last)


def test_a_stranger_plants_nothing(app, visit, world):
    """Without a page of hers, with another's, with halves of two, from elsewhere, at another desk."""
    asha, bo, stranger = visit(world.asha), visit(world.bo), visit()
    path = asha.at("cases/new")
    asha.get(path), bo.get(path)
    hers = {
        name: re.search(rf'name="{name}" value="([^"]+)"', asha.last).group(1)
        for name in ("csrf", "draft_owner", "draft_page")
    }
    his = re.search(r'name="draft_owner" value="([^"]+)"', bo.last).group(1)
    stranger.get("/sign-in")
    cut = hers["draft_owner"][:-8]
    for sent in (
        {"draft_page": hers["draft_page"]},
        {**hers, "draft_owner": his},
        {**hers, "draft_owner": cut},
        {**hers, "draft_owner": "x"},
        {**hers, "csrf": "A" * 88},
    ):
        answer = stranger.post(path, TYPED | sent)
        assert answer.status_code == 403 or answer.location == "/sign-in"
        assert "kept for 72 hours" not in text(stranger.get("/sign-in").get_data(as_text=True))
    assert stranger.post(path, TYPED | hers, headers={"Origin": "https://evil.example"}).status_code == 403
    assert stranger.post(path.replace(asha.desk, world.codes[world.home_id]), TYPED | hers).status_code == 403
    with app.app_context():
        assert db.session.query(LateForm).count() == 0


def test_a_page_does_not_count_for_ever(app, visit, world, freeze):
    asha = visit(world.asha)
    path = asha.at("cases/new")
    asha.get(path)
    forget_sessions(app)
    freeze(clock.now() + timedelta(hours=37))
    assert asha.post(path, TYPED).status_code == 403


def test_one_page_has_one_place(app, visit, world, freeze):
    """Whoever has the tokens of one page fills no second place with them, and none of another page."""
    asha = visit(world.asha)
    path = asha.at("cases/new")
    asha.get(path)
    old = asha.last
    forget_sessions(app)
    for number in range(3):
        asha.last = old
        page = f"00000000-0000-4000-8000-0000000000{number:02d}"
        assert asha.post(path, TYPED | {"draft_page": page}).status_code == 403
    for said in ("first", "second"):
        asha.last = old
        assert asha.post(path, TYPED | {"what_happened": said}).status_code == 302
    later(freeze)
    asha.sign_in(world.asha)
    asha.get(path)
    assert asha.last.count("?draft=") == 1


def test_a_flood_drives_nothing_out(app, visit, world, freeze):
    asha = visit(world.asha)
    path = asha.at("cases/new")
    olds = []
    for _ in range(12):
        asha.get(path)
        olds.append(asha.last)
    forget_sessions(app)
    answers = []
    for number, old in enumerate(olds):
        asha.last = old
        answers.append(asha.post(path, TYPED | {"what_happened": f"no. {number}."}).status_code)
    assert answers == [302] * 10 + [403] * 2
    later(freeze)
    asha.sign_in(world.asha)
    asha.get(path)
    assert asha.last.count("?draft=") == 10


def test_what_nobody_came_back_for_goes(app, visit, world, freeze):
    asha = visit(world.asha)
    path = asha.at("cases/new")
    asha.get(path)
    begun = freeze(clock.now())
    begin(asha, path)
    freeze(begun + timedelta(hours=71, minutes=59))
    asha = visit(world.asha)
    asha.get(path)
    assert "?draft=" in asha.last
    with app.app_context():
        assert service.purge().total() == 0
    freeze(begun + timedelta(hours=72))
    asha = visit(world.asha)
    asha.get(path)
    assert "?draft=" not in asha.last
    freeze(begun + timedelta(hours=96))
    with app.app_context():
        assert service.purge().total() == 1
        assert service.purge().total() == 0


def test_a_draft_holds_no_token_and_no_secret(app, visit, world):
    asha = visit(world.asha)
    begin(asha, asha.at("cases/new"), passphrase="six words", code="123456")
    asha.get(asha.at("cases/new"))
    draft_id = go_on(asha).rpartition("=")[2]
    asha.get(asha.at(f"drafts/{draft_id}"))
    for secret in ("six words", "123456"):
        assert secret not in asha.last
    assert asha.last.count('class="typed"') == len(TYPED)


def test_only_twenty_are_kept_and_the_oldest_goes(app, visit, world, freeze):
    asha = visit(world.asha)
    path, start = asha.at("cases/new"), clock.now()
    for number in range(22):
        freeze(start + timedelta(seconds=number))
        begin(asha, path, what_happened=f"number {number}.")
    asha.get(asha.at("drafts/"))
    assert len(set(re.findall(r"\?draft=[0-9a-f-]+", asha.last))) == 20
    with app.app_context():
        assert db.session.query(Draft).count() == 20
        assert len({len(row.body) for row in db.session.query(Draft)}) == 1

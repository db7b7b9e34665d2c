"""Pages around leaving, cards, the lock, sessions and new words."""

import re
from datetime import timedelta

from sqlalchemy import delete, select, update

from casework import clock
from casework.access import renewing
from casework.cases.models import Case
from casework.db import db
from casework.plans.models import Service
from casework.vault import keeping, totp
from casework.vault.models import CaseWrap
from tests import factories
from tests.web.test_cases import ref_of
from tests.web.visitor import text

_CARD = re.compile(r'<code class="secret secret-long" dir="ltr">([A-Z2-7 ]+)</code>')


def test_a_member_leaves_through_the_pages(visit, world, mei):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    page = mei.at(f"members/{world.asha.id}")
    mei.get(mei.at("members/"))
    assert page in mei.last
    mei.get(page)
    assert "write the hand-over note" in mei.last
    assert mei.post(f"{page}/let-go", {"sure": "y"}).status_code == 422
    assert "hand their cases over" in text(mei.last)
    asha.get(asha.at(f"cases/{ref}/workers"))
    asha.post(asha.at(f"cases/{ref}/workers"), {"primary": str(world.asha.id), "backup": str(world.bo.id)})
    asha.get(asha.at(f"cases/{ref}/entries/new"))
    asha.post(asha.at(f"cases/{ref}/entries/new"), {"kind": "handover", "text": "Call on Monday."})
    mei.get(page)
    assert "Everything of theirs is handed over" in text(mei.last)
    assert mei.post(f"{page}/last-day", {"day": "soon"}).status_code == 422
    assert mei.post(f"{page}/last-day", {"day": "2099-01-01"}).status_code == 302
    mei.get(page)
    assert mei.post(f"{page}/let-go", {}).status_code == 422
    assert mei.post(f"{page}/let-go", {"sure": "y"}).status_code == 302
    assert asha.get(asha.at()).status_code in {302, 404}
    mei.get(mei.at("members/keys"))
    assert "Nothing is left to do" in text(mei.last)
    mei.get(mei.at("about/record"))
    assert "let somebody go" in text(mei.last)


def test_what_a_large_desk_has_left_goes_on_by_a_press_and_names_what_does_not_open(
    app, visit, world, mei, monkeypatch
):
    monkeypatch.setattr(renewing, "AT_ONCE", 0)
    bo = visit(world.bo)
    broken, whole = bo.log(called="Broken"), bo.log(called="Whole", distinct="1")
    with app.app_context():
        keeping.new_epoch(world.actor(world.mei).desk)
        of = select(Case.id).where(Case.ref == ref_of(broken)).scalar_subquery()
        good = db.session.scalars(select(CaseWrap.blob).where(CaseWrap.case_id == of)).one()
        db.session.execute(update(CaseWrap).where(CaseWrap.case_id == of).values(blob=bytes(len(good))))
        db.session.commit()
    mei.get(mei.at())
    assert "Not all cases have new keys yet" in text(mei.last)
    for _ in range(4):
        mei.get(mei.at("members/keys"))
        assert mei.post(mei.at("members/keys")).status_code == 302
    mei.get(mei.at("members/keys"))
    assert "One case does not open and keeps its old key" in text(mei.last)
    assert bo.get(whole.location).status_code == 200
    with app.app_context():
        db.session.execute(update(CaseWrap).where(CaseWrap.case_id == of).values(blob=good))
        db.session.commit()
    for _ in range(4):
        mei.get(mei.at("members/keys"))
        if "Nothing is left to do" in text(mei.last):
            break
        mei.post(mei.at("members/keys"))
    assert "Nothing is left to do" in text(mei.last)
    assert bo.get(broken.location).status_code == 200


def test_cards_are_printed_tried_and_open_a_locked_desk(visit, world, mei):
    mei.get(mei.at("lock/"))
    assert "cannot be locked" in text(mei.last)
    mei.get(mei.at("lock/now"))
    assert mei.post(mei.at("lock/now"), {"sure": "y"}).status_code == 422
    mei.get(mei.at("cards/"))
    printed = mei.post(mei.at("cards/"))
    mei.get(printed.location)
    cards = _CARD.findall(mei.last)
    assert len(cards) == 3
    mei.get(mei.at("cards/"))
    wrong = mei.post(mei.at("cards/try"), {"card1": cards[0], "card2": cards[1][:-1]})
    assert wrong.status_code == 422
    assert "A sign of this card is wrong" in text(mei.last)
    assert mei.post(mei.at("cards/try"), {"card1": cards[0], "card2": cards[2]}).status_code == 302
    mei.get(mei.at("lock/"))
    assert mei.post(mei.at("lock/rehearse")).status_code == 302
    mei.get(mei.at("lock/"))
    assert "Nothing was locked" in text(mei.last)
    bo = visit(world.bo)
    bo.get(bo.at("lock/now"))
    assert bo.post(bo.at("lock/now"), {}).status_code == 422
    assert bo.post(bo.at("lock/now"), {"sure": "y"}).status_code == 302
    assert mei.get(mei.at()).location == "/sign-in"
    with clock.at(clock.now() + timedelta(minutes=2)):
        again, asha = visit(world.mei), visit(world.asha)
    asha.get("/")
    locked = f"/locked/{asha.desk}/"
    assert locked in asha.last
    assert asha.get(asha.at("cases/")).location == locked
    asha.get(locked)
    assert "reach one of them" in text(asha.last)
    assert asha.post(f"{locked}cards", {"card1": cards[0], "card2": cards[1]}).status_code == 404
    again.get(locked)
    assert again.post(f"{locked}yes").status_code == 302
    again.get(locked)
    assert "no second coordinator" in text(again.last)
    assert again.post(f"{locked}cards", {"card1": cards[0], "card2": cards[0]}).status_code == 422
    assert again.post(f"{locked}cards", {"card1": cards[1], "card2": cards[2]}).status_code == 302
    assert asha.get(asha.at("cases/")).status_code == 200


def test_a_lone_coordinator_comes_back_with_two_cards(visit, world, mei):
    asha = visit(world.asha)
    ref = ref_of(asha.log(called="Sita Test"))
    mei.get(mei.at("cards/"))
    mei.get(mei.post(mei.at("cards/")).location)
    cards = _CARD.findall(mei.last)
    lost = visit()
    lost.get("/sign-in")
    assert "/back/" in lost.last
    lost.get("/back/")
    assert lost.get("/back/keys").status_code == 404
    typed = {"card1": cards[0], "card2": cards[1], "login": "mei-again"}
    for wrong in ({"card2": cards[0]}, {"card1": "ABC"}, {"login": "asha"}, {"login": ""}):
        assert lost.post("/back/", typed | wrong).status_code == 422
        assert cards[1][:20] in lost.last or "card2" in wrong
    assert lost.post("/back/", typed).location == "/back/keys"
    lost.get("/back/keys")
    assert "Harbour desk" in text(lost.last)
    words = " ".join(re.findall(r"<li>([a-z-]+)</li>", lost.last))
    secret = re.search(r'<code class="secret">([A-Z2-7]+)</code>', lost.last).group(1)
    sent = {"who": str(world.mei.id), "passphrase": words, "code": totp.code_at(secret, clock.now())}
    for wrong in ({"who": str(world.asha.id)}, {"who": ""}, {"passphrase": "a b"}, {"code": "1"}):
        assert lost.post("/back/keys", sent | wrong).status_code == 422
    assert lost.post("/back/keys", sent).status_code == 302
    assert lost.post("/back/keys", sent).status_code in {302, 403, 404}
    lost.desk = mei.desk
    assert lost.get(lost.at(f"cases/{ref}")).status_code == 200
    assert "Sita Test" in text(lost.last)
    assert mei.get(mei.at()).location == "/sign-in"
    assert visit().sign_in(world.mei).status_code in {302, 401}
    lost.get(lost.at("about/record"))
    assert "the recovery cards" in text(lost.last)
    assert "come back under new keys" in text(lost.last)


def test_sessions_are_listed_and_ended_one_by_one(visit, world):
    here = visit(world.asha)
    with clock.at(clock.now() + timedelta(minutes=1)):
        there = visit(world.asha)
    here.get("/account/")
    ends = re.findall(r'action="(/account/sessions/[0-9a-f-]+/end)"', here.last)
    assert len(ends) == 1
    assert visit(world.bo).post(ends[0]).status_code in {302, 403}
    assert there.get("/account/").status_code == 200
    here.get("/account/")
    assert here.post(ends[0]).status_code == 302
    assert there.get("/account/").location == "/sign-in"
    assert here.get("/account/").status_code == 200


def test_new_words_open_and_old_ones_do_not(visit, world):
    here = visit(world.asha)
    with clock.at(clock.now() + timedelta(minutes=1)):
        there = visit(world.asha)
    here.get("/account/")
    drawn = here.post("/account/words").location
    here.get(drawn)
    words = re.search(r'<code class="secret secret-long">([^<]+)</code>', here.last).group(1)
    later = clock.now() + timedelta(minutes=3)
    code = totp.code_at(world.asha.keys.totp_secret, later)
    keep = drawn.replace("/words", "/words/keep")
    sent = {"present": factories.PASSPHRASE, "passphrase": words, "code": code}
    for field in ("present", "passphrase", "code"):
        assert here.post(keep, sent | {field: "123456"}).status_code == 422
    with clock.at(later):
        assert here.post(keep, sent).status_code == 302
        assert here.get("/account/").status_code == 200
        assert there.get("/account/").location == "/sign-in"
    after = later + timedelta(minutes=1)
    with clock.at(after):
        stranger = visit()
        stranger.get("/sign-in")
        code = totp.code_at(world.asha.keys.totp_secret, after)
        old = {"login": "asha", "passphrase": factories.PASSPHRASE, "code": code}
        assert stranger.post("/sign-in", old).status_code == 401
        assert stranger.post("/sign-in", old | {"passphrase": words}).status_code == 302


def test_volunteers_let_nobody_go_and_make_no_cards(visit, world):
    asha = visit(world.asha)
    for path in (f"members/{world.bo.id}", "cards/", "cards/print"):
        assert asha.get(asha.at(path)).status_code == 404
    luz = visit(world.luz)
    assert luz.get(luz.at("lock/")).status_code == 404


def test_a_list_that_lacks_a_line_is_let_stand_with_a_reason(visit, world, mei, app):
    mei.get(mei.at("lists/"))
    assert "Nothing is missing" in text(mei.last)
    for name in ("One", "Two"):
        mei.get(mei.at("services/new"))
        assert mei.post(mei.at("services/new"), {"name": name}).status_code == 302
    with app.app_context():
        db.session.execute(delete(Service).where(Service.id == select(Service.id).limit(1).scalar_subquery()))
        db.session.commit()
    for path in ("services/", "lists/"):
        mei.get(mei.at(path))
        assert "/lists/" in mei.last
    assert mei.post(mei.at("lists/services"), {"reason": ""}).status_code == 422
    assert mei.post(mei.at("lists/elsewhere"), {"reason": "x"}).status_code == 404
    mei.get(mei.at("lists/"))
    assert mei.post(mei.at("lists/services"), {"reason": "A disk failed."}).status_code == 302
    mei.get(mei.at("lists/"))
    assert "stands without one line" in text(mei.last)
    assert "Nothing is missing" in text(mei.last)
    asha = visit(world.asha)
    assert asha.get(asha.at("lists/")).status_code == 404
    mei.get(mei.at("about/record"))
    assert "let a list stand" in text(mei.last)
    assert "A disk failed." in text(mei.last)

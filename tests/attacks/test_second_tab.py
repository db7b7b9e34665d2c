"""What somebody gets round by an older page: a second tab, a form that lay open, a day that came meanwhile.

Sources: casework practice §5, rules 1 to 6 and 11; §4, step 10.
"""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from casework import clock, codes
from tests.evidence import made
from tests.web.test_cases import ref_of
from tests.web.visitor import first_contact, how_it_ended, text

NUMBER = "111 2233"
AGREED = {"given": "yes", "how": "spoken", "language": "ne", "interpreter": "phone", "present": ["nobody"]}
#: Whatever names the person or somebody around them: where its form is, where it goes, what it brings.
DOORS = {
    "name": ("part/identity/edit", "part/identity/edit", {"called": "Sita Qzxnew"}),
    "number": (
        "reach",
        "reach/save",
        {"reach-0-channel": "call", "reach-0-number": "+977 980 555 0000", "reach-0-safe": "yes"},
    ),
    "somebody around": (
        "around/new",
        "around/new",
        {"name": "Kamala Qzxnew", "role": "sibling", "knows": "no"},
    ),
    "safety plan": ("part/safety/edit", "part/safety/edit", {"warning_signs": "Qzxnew at the gate"}),
    "legal status": (
        "legal-status",
        "legal-status",
        {"status": "expired", "step": "removal", "note": "Qzxnew"},
    ),
    "profile": ("part/profile/edit", "part/profile/edit", {"left_because": ["debt"]}),
}


@pytest.fixture
def asha(visit, world):
    return visit(world.asha)


@pytest.fixture
def ref(asha):
    return ref_of(asha.log())


def tab(somebody):
    """Another tab of the same browser: the session is one, the page is its own."""
    return replace(somebody)


def agree(asha, ref, purpose, **more):
    path = asha.at(f"cases/{ref}/consents")
    asha.get(path)
    return asha.post(path, AGREED | {"purpose": purpose, "form_token": str(uuid4())} | more)


def take_back(asha, ref, which=0):
    asha.get(asha.at(f"cases/{ref}/consents"))
    found = re.findall(r'action="([^"]+/withdraw)"', asha.last)
    assert asha.post(found[which], {}).status_code == 302


def said(asha, ref, path):
    return text(asha.get(asha.at(f"cases/{ref}/{path}")).get_data(as_text=True))


@pytest.mark.parametrize("door", DOORS)
def test_a_form_that_lay_open_while_they_took_it_back_keeps_nothing(asha, ref, door):
    shown, sent, answers = DOORS[door]
    if door == "profile":
        agree(asha, ref, "profile")
    lying = tab(asha)
    lying.get(lying.at(f"cases/{ref}/{shown}"))
    if door == "number":
        lying.post(lying.at(f"cases/{ref}/reach/edit"), {"read": "1"})
    take_back(asha, ref)
    answer = lying.post(lying.at(f"cases/{ref}/{sent}"), answers)
    assert answer.status_code in (409, 422)
    for typed in ("Qzxnew", "555 0000"):
        if any(typed in value for value in answers.values()):
            assert typed in lying.last, "what was typed is not lost"
    for path in ("part/identity", "part/safety", "part/profile", "around", "legal-status"):
        assert "Qzxnew" not in said(asha, ref, path)
    asha.get(asha.at(f"cases/{ref}/reach"))
    assert "555 0000" not in asha.post(asha.at(f"cases/{ref}/reach"), {"read": "1"}).get_data(as_text=True)


def test_a_photo_is_not_taken_in_after_it(asha, ref):
    case, lying = asha.at(f"cases/{ref}"), tab(asha)
    lying.get(f"{case}/evidence/new")
    take_back(asha, ref)
    photo = {"what": "payslips", "grade": "photo", "called": "March", "place": "at Bo's"}
    assert lying.hand_in(f"{case}/evidence/new", photo, made.picture()).status_code == 422
    assert "March" not in said(asha, ref, "part/evidence")


def test_on_the_day_after_its_last_a_consent_lets_nothing_out(visit, world, asha, ref):
    agree(asha, ref, "employer", recipient="Acme (test)", data="Hours")
    with clock.at(clock.now() + timedelta(days=91)):
        later = visit(world.asha)
        path = later.at(f"cases/{ref}/outside")
        later.get(path)
        letter = {"purpose": "employer", "recipient": "Acme (test)", "home_state": "no", "data": "Hours"}
        assert later.post(path, letter).status_code == 422
        assert "have not agreed" in text(later.last)


@pytest.mark.parametrize(
    "beside",
    [{"present": [code.key]} for code in codes.load("present") if not code.facts["allowed"]]
    + [{"interpreter": code.key} for code in codes.load("interpreter_kinds") if not code.facts["allowed"]],
    ids=lambda beside: "-".join(map(str, beside.values())),
)
def test_no_door_takes_an_answer_that_was_not_free(asha, ref, beside):
    refused = agree(asha, ref, "trends", **beside)
    assert refused.status_code == 422
    assert "does not count" in text(asha.last)
    assert "anonymised figures Yes" not in said(asha, ref, "consents")
    asha.get(asha.at("cases/new"))
    not_free = {f"consent.{name}": value for name, value in beside.items()}
    assert asha.post(asha.at("cases/new"), first_contact(**not_free)).status_code == 422
    made_group = _group(asha)
    asha.get(asha.at(f"cases/{ref}/groups/ask"))
    joined = asha.post(asha.at(f"cases/{ref}/groups/ask"), AGREED | {"group": made_group} | beside)
    assert joined.status_code == 422


def _group(asha):
    asha.get(asha.at("groups/new"))
    made_one = asha.post(asha.at("groups/new"), {"name": "Mill (test)", "sort": "dormitory"})
    return made_one.location.rpartition("/")[2]


@pytest.mark.parametrize("purpose", ["all", "everything", "*", "", ["trends", "story_name"]])
def test_nobody_agrees_to_everything_at_once(asha, ref, purpose):
    before = said(asha, ref, "consents").count("Take back")
    agree(asha, ref, purpose)
    assert said(asha, ref, "consents").count("Take back") <= before + 1
    assert "Use my name Yes" not in said(asha, ref, "consents")


@pytest.mark.parametrize("door", ["reach", "reach/edit"])
def test_a_rule_that_was_read_in_time_opens_nothing_after_its_hours(visit, world, asha, ref, door):
    asha.get(asha.at(f"cases/{ref}/reach"))
    asha.post(asha.at(f"cases/{ref}/reach/edit"), {"read": "1"})
    hours = {"reach-0-channel": "call", "reach-0-number": f"+977 980 {NUMBER}", "reach-0-safe": "yes"}
    now = clock.now()
    begins, ends = (f"{(now + timedelta(hours=shift)).hour}:00" for shift in (0, 2))
    rule = {"begins": begins, "ends": ends, "zone": "UTC"}
    assert asha.post(asha.at(f"cases/{ref}/reach/save"), hours | rule).status_code == 302
    path = asha.at(f"cases/{ref}/{door}")
    asha.get(asha.at(f"cases/{ref}/reach"))
    assert NUMBER in tab(asha).post(path, {"read": "1"}).get_data(as_text=True)
    with clock.at(now + timedelta(hours=4)):
        late = visit(world.asha)
        late.get(late.at(f"cases/{ref}/reach"))
        page = late.last
        stopped = late.post(path, {"read": "1"})
        assert (stopped.status_code, NUMBER in stopped.get_data(as_text=True)) == (422, False)
        assert "outside of the hours" in text(late.last)
        late.last = page
        assert NUMBER in late.post(path, {"read": "1", "reason": "A raid tonight"}).get_data(as_text=True)
        mei = visit(world.mei)
        assert "A raid tonight" in mei.get(mei.at()).get_data(as_text=True)


def test_who_is_not_assigned_any_more_has_an_old_tab_of_the_status(asha, visit, world, ref):
    path = asha.at(f"cases/{ref}/legal-status")
    asha.get(path)
    needed = {"status": "expired", "step": "removal", "note": "Qzxstatus"}
    assert asha.post(path, needed).status_code == 302
    asha.get(path)
    lying = tab(asha)
    asha.get(asha.at(f"cases/{ref}/workers"))
    now = {"primary": str(world.bo.id), "backup": str(world.mei.id), "status": "contact"}
    assert asha.post(asha.at(f"cases/{ref}/workers"), now).status_code == 302
    # It is somebody else's case now, so a reason is asked first; it helps nothing.
    assert lying.post(path, needed | {"note": "Qzxagain"}).status_code == 403
    for answer in (
        asha.get(path),
        lying.post(path, needed | {"note": "Qzxagain"}),
        lying.post(f"{path}/remove", {}),
    ):
        assert answer.status_code == 404
        assert "Qzxstatus" not in answer.get_data(as_text=True)
    for page in ("copy", "copy.json", "part/legal", "papers", "entries"):
        assert "Qzxstatus" not in asha.get(asha.at(f"cases/{ref}/{page}")).get_data(as_text=True), page


def test_who_asked_for_the_embassy_is_not_the_second_person_in_another_browser(asha, visit, world, ref):
    path = asha.at(f"cases/{ref}/outside")
    agree(asha, ref, "embassy", recipient="Embassy (test)", data="A travel paper")
    going = {
        "purpose": "embassy",
        "recipient": "Embassy (test)",
        "home_state": "no",
        "data": "A travel paper",
    }
    asha.get(path)
    assert asha.post(path, going).status_code == 422
    assert "not afraid to return" in text(asha.last)
    edit = asha.at(f"cases/{ref}/part/header/edit")
    asha.get(edit)
    asha.post(edit, {"kind": "deportation"})
    _fear(asha, ref, "no")
    asha.get(path)
    assert asha.post(path, going | {"form_token": str(uuid4())}).status_code == 302
    asha.get(path)
    with clock.at(clock.now() + timedelta(minutes=2)):
        again = visit(world.asha)
        bo = visit(world.bo)
    again.get(path)
    decide = re.search(
        rf'action="({path}/[0-9a-f-]{{36}})"', again.get(path).get_data(as_text=True) + asha.last
    )
    entry = decide.group(1) if decide else _entry(bo, path)
    refused = again.post(entry, {"decision": "release"})
    assert refused.status_code == 422
    assert "second person" in text(again.last)
    bo.get(path)
    lying = tab(bo)
    _fear(asha, ref, "unknown")
    assert lying.post(entry, {"decision": "release"}).status_code == 422
    _fear(asha, ref, "no")
    take_back(asha, ref)
    assert tab(bo).post(entry, {"decision": "release"}).status_code == 422
    assert "What left already" not in said(asha, ref, "consents")
    agree(asha, ref, "embassy", recipient="Embassy (test)", data="A travel paper")
    assert tab(bo).post(entry, {"decision": "release"}).status_code == 302
    assert "What left already" in said(asha, ref, "consents")


def _entry(bo, path):
    return re.search(rf'action="({path}/[0-9a-f-]{{36}})"', bo.get(path).get_data(as_text=True)).group(1)


def _fear(asha, ref, answer):
    path = asha.at(f"cases/{ref}/part/legal/edit")
    asha.get(path)
    name = re.search(r'name="([a-z_]*\.?fear)"', asha.last).group(1)
    assert asha.post(path, {name: answer}).status_code == 302


def test_a_form_to_close_that_lay_open_while_they_were_deported_calls_it_no_success(asha):
    ref = ref_of(asha.log(kind="detention"))
    lying = tab(asha)
    lying.get(lying.at(f"cases/{ref}/close"))
    edit = asha.at(f"cases/{ref}/part/legal/edit")
    asha.get(edit)
    assert asha.post(edit, {"detention.whereabouts": "returned"}).status_code == 302
    for reason in ("goal_met", "partly"):
        answer = tab(lying).post(lying.at(f"cases/{ref}/close"), how_it_ended(reason=reason))
        assert answer.status_code in (409, 422)
    assert "This case is closed" not in said(asha, ref, "")


def test_a_volunteer_begins_no_second_emergency(visit, world, asha):
    ref = ref_of(asha.log(**{"consent.given": None, "consent.danger": "Held at the border."}))
    with clock.at(clock.now() + timedelta(hours=74)):
        later = visit(world.asha)
        path = later.at(f"cases/{ref}")
        assert "Sita Test" not in text(later.get(path).get_data(as_text=True))
        later.get(f"{path}/consents")
        answer = later.post(f"{path}/emergency", {"reason": "Still held."})
        assert answer.status_code in (403, 422)
        later.get(f"{path}/part/identity/edit")
        assert later.post(f"{path}/part/identity/edit", {"called": "Sita Qzxnew"}).status_code in (
            404,
            409,
            422,
        )

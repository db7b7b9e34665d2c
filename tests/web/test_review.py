"""The review room at its pages: what stands in the HTML of an ally, what a guess answers, what ends at the next click."""

import re
from datetime import timedelta

import pytest

from casework import clock
from tests.evidence import made
from tests.web.test_cases import ref_of
from tests.web.visitor import text

STORY, HEALTH = "Three months without pay.", "Qzxinsulin twice a day"


@pytest.fixture
def luz(visit, world):
    """An ally who has promised and given her list."""
    visitor = visit(world.luz)
    visitor.get(visitor.at("review/promise"))
    assert visitor.post(visitor.at("review/promise"), {}).status_code == 422
    assert visitor.post(visitor.at("review/promise"), {"accept": "y"}).status_code == 302
    visitor.get(visitor.at("review/conflicts"))
    assert visitor.post(visitor.at("review/conflicts"), {"names": ""}).status_code == 302
    return visitor


@pytest.fixture
def ref(mei):
    return ref_of(mei.log(kind="detention", **{"detention.medicine_needed": "yes"}))


def agree(mei, ref, recipient="Luz", given="yes"):
    mei.get(mei.at(f"cases/{ref}/consents"))
    sent = {
        "purpose": "legal_ally",
        "given": given,
        "recipient": recipient,
        "data": "What happened",
        "how": "spoken",
        "language": "ne",
        "interpreter": "phone",
        "present": ["nobody"],
    }
    assert mei.post(mei.at(f"cases/{ref}/consents"), sent).status_code == 302


def give(mei, world, ref, *sections, days=3, **more):
    mei.get(mei.at(f"cases/{ref}/lawyers/new"))
    ends = (clock.today() + timedelta(days=days)).isoformat()
    sent = {"ally": str(world.luz.id), "sections": list(sections), "ends_on": ends} | more
    return mei.post(mei.at(f"cases/{ref}/lawyers/new"), sent)


def test_the_desk_has_its_name_for_an_ally_who_was_given_something(mei, luz, world, ref):
    luz.get(luz.at("review/"))
    assert "Harbour desk" not in text(luz.last)
    assert f"A desk you help ({luz.desk})" in text(luz.last)
    agree(mei, ref)
    assert give(mei, world, ref, "story").status_code == 302
    for path in (luz.at("review/"), "/account/"):
        luz.get(path)
        assert "Harbour desk" in text(luz.last)
        assert luz.desk not in text(luz.last)


def test_an_ally_finds_what_was_given_and_nothing_else_in_the_html(mei, luz, world, ref):
    other = ref_of(mei.log(called="Somebody Else"))
    agree(mei, ref)
    assert give(mei, world, ref, "story").status_code == 302
    home = luz.get(luz.at()).get_data(as_text=True)
    assert ref in home
    assert other not in home
    assert "Sita Test" not in home
    page = luz.get(luz.at(f"review/{ref}")).get_data(as_text=True)
    assert "/part/story" in page
    for section in ("identity", "health", "money", "legal", "header", "evidence", "safety"):
        assert f"/part/{section}" not in page
        assert luz.get(luz.at(f"review/{ref}/part/{section}")).status_code == 404
    story = luz.get(luz.at(f"review/{ref}/part/story"))
    assert STORY in story.get_data(as_text=True)
    assert story.headers["Cache-Control"] == "no-store"
    for guess in (other, "K7QD-2MXR", "nothing"):
        assert luz.get(luz.at(f"review/{guess}")).status_code == 404
        assert luz.get(luz.at(f"review/{guess}/part/story")).status_code == 404
    assert luz.get(luz.at(f"cases/{ref}")).status_code == 404


def test_a_guess_answers_as_what_was_never_there(mei, luz, world, ref):
    agree(mei, ref)
    give(mei, world, ref, "story")
    other = ref_of(mei.log(called="Somebody Else"))
    luz.get(luz.at())
    there, nowhere = luz.get(luz.at(f"review/{other}")), luz.get(luz.at("review/K7QD-2MXR"))
    same = [
        one.get_data(as_text=True).replace(other, "").replace("K7QD-2MXR", "") for one in (there, nowhere)
    ]
    assert text(same[0]) == text(same[1])


def test_without_an_agreement_the_form_says_so_and_keeps_what_was_chosen(mei, luz, world, ref):
    answer = give(mei, world, ref, "story", "health")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "have not agreed to share with this person" in text(page)
    assert page.count("checked") >= 2


def test_nobody_is_chosen_before_somebody_chose(mei, luz, world, ref):
    agree(mei, ref)
    page = mei.get(mei.at(f"cases/{ref}/lawyers/new")).get_data(as_text=True)
    assert re.search(r'<select[^>]* name="ally"[^>]*>\s*<option (selected )?value="">—</option>', page)
    answer = give(mei, world, ref, "story", ally="")
    assert answer.status_code == 422
    assert "Choose to whom it is given." in text(answer.get_data(as_text=True))
    assert "checked" in answer.get_data(as_text=True)


def test_an_allys_list_is_shown_to_a_coordinator_alone(visit, mei, luz, world, ref):
    """The ally was promised it; a volunteer of the desk reads that a name is alike, and who decides."""
    luz.get(luz.at("review/conflicts"))
    luz.post(luz.at("review/conflicts"), {"names": "Sitta Testt"})
    agree(mei, ref)
    where = give(mei, world, ref, "story").headers["Location"]
    assert "Sitta Testt" in mei.get(where).get_data(as_text=True)
    asha = visit(world.asha)
    seen = asha.get(where)
    assert seen.status_code == 200
    assert "Sitta Testt" not in seen.get_data(as_text=True)
    assert "A name of this case is like one on their list. A coordinator decides." in text(
        seen.get_data(as_text=True)
    )


def test_withdrawn_while_she_reads_the_next_click_is_refused(mei, luz, world, ref):
    agree(mei, ref)
    give(mei, world, ref, "story")
    assert luz.get(luz.at(f"review/{ref}/part/story")).status_code == 200
    agree(mei, ref, given="no")
    assert luz.get(luz.at(f"review/{ref}/part/story")).status_code == 404
    home = text(luz.get(luz.at()).get_data(as_text=True))
    assert "Nothing is given to you now" in home
    assert "Ended, and not to be opened any more" in home
    told = text(mei.get(mei.at(f"cases/{ref}/consents")).get_data(as_text=True))
    # The yes before it counts no more and cannot be taken back; what she read is named as the page of the case does.
    assert ("Answered anew since" in told, told.count("They take it back")) == (True, 1)
    assert "Luz What happened Share with a named lawyer or paralegal" in told


def test_a_hit_waits_for_a_ruling_with_a_reason(mei, luz, world, ref):
    luz.get(luz.at("review/conflicts"))
    luz.post(luz.at("review/conflicts"), {"names": "Sita Test"})
    agree(mei, ref)
    page = mei.get(give(mei, world, ref, "story").location).get_data(as_text=True)
    assert "These names are alike" in page
    assert luz.get(luz.at(f"review/{ref}")).status_code == 404
    rule = next(
        line.split('"')[0] for line in page.split('action="')[1:] if line.split('"')[0].endswith("/rule")
    )
    assert mei.post(rule, {"ruling": "allow", "reason": " "}).status_code == 422
    assert mei.post(rule, {"ruling": "allow", "reason": "Another person."}).status_code == 302
    assert luz.get(luz.at(f"review/{ref}")).status_code == 200


def test_questions_answers_and_a_privileged_note(mei, luz, world, ref):
    agree(mei, ref)
    grant = give(mei, world, ref, "story").location
    luz.get(luz.at(f"review/{ref}"))
    luz.post(luz.at(f"review/{ref}/ask"), {"text": "Is there a contract?"})
    luz.get(luz.at(f"review/{ref}"))
    luz.post(luz.at(f"review/{ref}/note"), {"text": "Qzxprivileged thought"})
    seen = text(mei.get(grant).get_data(as_text=True))
    assert "Is there a contract?" in seen
    assert "Qzxprivileged" not in seen
    assert mei.post(f"{grant}/answer", {"text": "Yes, a photo."}).status_code == 302
    own = luz.get(luz.at(f"review/{ref}")).get_data(as_text=True)
    assert "Yes, a photo." in own
    assert "Qzxprivileged" in own
    share = next(line.split('"')[0] for line in own.split('action="')[1:] if "/share" in line.split('"')[0])
    assert luz.post(share).status_code == 302
    assert "Qzxprivileged thought" in text(mei.get(grant).get_data(as_text=True))
    for path in ("", "/entries", "/part/story", "/copy", "/part/legal"):
        page = mei.get(mei.at(f"cases/{ref}{path}")).get_data(as_text=True)
        assert "Qzxprivileged" not in page


def test_a_file_is_read_here_and_taken_along_marked_where_that_was_given(mei, luz, world, ref):
    mei.get(mei.at(f"cases/{ref}/evidence/new"))
    said = {"what": "payslips", "called": "Contract", "grade": "photo"}
    piece = mei.hand_in(mei.at(f"cases/{ref}/evidence/new"), said, made.picture(size=(640, 480))).location
    piece_id = piece.rsplit("/", 1)[1]
    agree(mei, ref)
    grant = give(mei, world, ref, files=[piece_id]).location
    seen = luz.get(luz.at(f"review/{ref}/file/{piece_id}"))
    assert seen.headers["Content-Disposition"] == "inline"
    assert luz.get(luz.at(f"review/{ref}/file/{piece_id}/take")).status_code == 404
    mei.get(grant)
    mei.post(f"{grant}/end")
    grant = give(mei, world, ref, downloads=[piece_id]).location
    taken = luz.get(luz.at(f"review/{ref}/file/{piece_id}/take"))
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert taken.data[:2] == b"\xff\xd8"
    assert taken.data != seen.data
    assert "taken along" in text(mei.get(grant).get_data(as_text=True))


def test_what_she_opened_stands_beside_the_end_and_the_end_is_at_once(mei, luz, world, ref):
    agree(mei, ref)
    grant = give(mei, world, ref, "story").location
    luz.get(luz.at(f"review/{ref}/part/story"))
    page = text(mei.get(grant).get_data(as_text=True))
    assert "first:" in page
    assert mei.post(f"{grant}/end").status_code == 302
    assert luz.get(luz.at(f"review/{ref}/part/story")).status_code == 404
    assert "Ended" in text(mei.get(grant).get_data(as_text=True))


def test_nobody_else_comes_in(visit, world, mei, ref):
    for visitor in (visit(world.asha), mei, visit(world.ram)):
        assert visitor.get(visitor.at("review/")).status_code == 404


def test_a_volunteer_sees_who_reads_and_ends_it_but_gives_nothing(visit, world, ref):
    bo = visit(world.bo)
    assert bo.get(bo.at(f"cases/{ref}/lawyers")).status_code == 200
    assert bo.get(bo.at(f"cases/{ref}/lawyers/new")).status_code == 404

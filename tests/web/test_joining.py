"""Two cases of one person joined at the pages, without a script: beside each other, as one, and two again."""

import pytest

from tests.web.test_cases import ref_of
from tests.web.visitor import text

UNSEEN = {"distinct": "1", "reach-0-number": None, "reach-0-channel": None, "reach-0-safe": None}
WHY = "The same sister came with both"


@pytest.fixture
def two(asha):
    return [ref_of(asha.log(called=name, **UNSEEN)) for name in ("Fatoumata Jalloh", "Fatou Diallo")]


def said(somebody, path):
    return text(somebody.get(path).get_data(as_text=True))


def join(somebody, kept, other, **sent):
    somebody.get(somebody.at(f"cases/{kept}/join?other={other}"))
    return somebody.post(somebody.at(f"cases/{kept}/join"), {"other": other, "reason": WHY} | sent)


def test_the_likely_ones_stand_there_and_lead_to_both_beside_each_other(asha, two):
    kept, other = two
    html = asha.get(asha.at(f"cases/{kept}/join")).get_data(as_text=True)
    assert f"cases/{kept}/join?other={other}" in html
    page = said(asha, asha.at(f"cases/{kept}/join?other={other}"))
    assert "Are these one person?" in page
    assert "Fatoumata Jalloh" in page
    assert "Fatou Diallo" in page


def test_joined_the_old_reference_leads_on_and_lists_show_one(asha, two):
    kept, other = two
    assert join(asha, kept, other).location.endswith(f"/cases/{kept}")
    page = said(asha, asha.at(f"cases/{kept}"))
    assert WHY in page
    assert "Fatou Diallo" in page
    assert asha.get(asha.at(f"cases/{other}")).location.endswith(f"/cases/{kept}")
    assert "leads here" in said(asha, asha.at(f"cases/{kept}"))
    listed = said(asha, asha.at("cases/"))
    assert kept in listed
    assert other not in listed


def test_its_own_page_and_sections_open_still_and_say_where_to_go_on(asha, two):
    kept, other = two
    join(asha, kept, other)
    for path in (f"cases/{other}?own=1", f"cases/{other}/part/story", f"cases/{other}/dates"):
        page = said(asha, asha.at(path))
        assert "lists show that one" in page
        assert "Go on there" in page


def test_a_form_that_was_open_in_the_other_one_is_saved_where_it_was_begun(asha, two):
    kept, other = two
    where = asha.at(f"cases/{other}/entries/new")
    asha.get(where)
    open_before = asha.last
    join(asha, kept, other)
    asha.last = open_before
    sent = asha.post(where, {"type": "note", "text": "Begun before they were joined"})
    assert "Begun before they were joined" in said(asha, sent.location)


def test_taken_apart_both_stand_alone_again(asha, two):
    kept, other = two
    join(asha, kept, other)
    where = asha.at(f"cases/{kept}/apart/{other}")
    asha.get(where)
    assert asha.post(where, {"reason": "Two cousins"}).status_code == 302
    listed = said(asha, asha.at("cases/"))
    assert kept in listed
    assert other in listed
    assert asha.get(asha.at(f"cases/{other}")).status_code == 200


def test_a_missing_reason_and_a_wrong_reference_are_said_beside_the_field(asha, two):
    kept, other = two
    nothing = join(asha, kept, other, reason="")
    assert nothing.status_code == 422
    assert "Please answer this one." in nothing.get_data(as_text=True)
    wrong = asha.get(asha.at(f"cases/{kept}/join?other=QQQQ-QQQQ"))
    assert wrong.status_code == 422
    assert "There is no case with this reference here." in text(wrong.get_data(as_text=True))


def test_what_is_no_reference_stands_in_no_address(asha, two):
    """Somebody may type a name into the field; it comes back in the field, not in the address."""
    kept, other = two
    where = asha.at(f"cases/{kept}/join/with")
    asha.get(asha.at(f"cases/{kept}/join"))
    wrong = asha.post(where, {"other": "Fatou Diallo"})
    assert wrong.status_code == 422
    page = text(wrong.get_data(as_text=True))
    assert "There is no case with this reference here." in page
    assert 'value="Fatou Diallo"' in wrong.get_data(as_text=True)
    assert asha.post(where, {"other": ""}).status_code == 422
    right = asha.post(where, {"other": other.replace("-", " ").lower()})
    assert right.location.endswith(f"/cases/{kept}/join?other={other}")


def test_the_warning_while_a_name_is_added_offers_it(asha, two):
    case = ref_of(asha.log(called=None, **UNSEEN))
    where = asha.at(f"cases/{case}/part/identity/edit")
    asha.get(where)
    rev = asha.get(where).get_data(as_text=True).partition('name="rev" value="')[2].partition('"')[0]
    asked = asha.post(where, {"rev": rev, "called": "Fatou Diallo"})
    assert asked.status_code == 409
    assert f"cases/{case}/join?other=" in asked.get_data(as_text=True)


def test_reaching_them_names_the_rule_of_the_other_case(asha, two):
    kept, other = two
    join(asha, kept, other)
    page = said(asha, asha.at(f"cases/{kept}/reach"))
    assert "a rule of its own" in page
    assert other in page


def test_somebody_of_another_desk_and_an_ally_find_no_such_page(visit, world, asha, two):
    kept, other = two
    for who in (world.ram, world.luz):
        stranger = visit(who)
        for path in (f"cases/{kept}/join", f"cases/{kept}/join?other={other}", f"cases/{kept}/apart/{other}"):
            assert stranger.get(asha.at(path)).status_code == 404

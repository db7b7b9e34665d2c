"""People around a case, at the pages, as a volunteer fills them without a script."""

import re

import pytest

from tests.web.test_cases import ref_of
from tests.web.visitor import text

SISTER = {
    "name": "Kamala Test",
    "role": "sibling",
    "knows": "part",
    "may_tell": "That she is well",
    "age": "31",
}


@pytest.fixture
def ref(asha):
    return ref_of(asha.log())


def opened(asha, ref, path):
    return asha.get(asha.at(f"cases/{ref}/{path}".rstrip("/"))).get_data(as_text=True)


def add(asha, ref, **told):
    opened(asha, ref, "around/new")
    return asha.post(asha.at(f"cases/{ref}/around/new"), SISTER | told, follow=True)


def test_somebody_is_added_changed_reached_and_taken_out(asha, ref):
    assert "People around" in opened(asha, ref, "")
    assert "Kamala" not in opened(asha, ref, "")
    page = add(asha, ref).get_data(as_text=True)
    assert "Kamala Test" in page
    assert "Knows of the case" in page
    assert "Kamala" not in opened(asha, ref, "")
    edit = re.search(r'href="([^"]+/around/[^"]+/edit)"', page).group(1)
    assert "Kamala Test" in asha.get(edit).get_data(as_text=True)
    page = asha.post(edit, SISTER | {"name": "Kamala T.", "knows": "no"}, follow=True).get_data(as_text=True)
    assert "Kamala T." in page
    assert "Tell them nothing" in page
    reach = re.search(r'href="([^"]+/around/[^"]+/reach)"', page).group(1)
    assert "Kamala T." in asha.get(reach).get_data(as_text=True)
    form = asha.post(f"{reach}/edit", {"read": "1"})
    assert form.status_code == 200
    sent = {"reach-0-channel": "call", "reach-0-number": "+977 980 555 6677", "reach-0-safe": "yes"}
    page = asha.post(f"{reach}/save", sent, follow=True).get_data(as_text=True)
    assert "555 6677" not in page
    assert "555 6677" not in opened(asha, ref, "around")
    assert "555 6677" not in opened(asha, ref, "reach")
    asha.get(reach)
    assert "555 6677" not in asha.post(reach, {}).get_data(as_text=True)
    assert "555 6677" in asha.post(reach, {"read": "1"}).get_data(as_text=True)
    out = re.search(r'action="([^"]+/around/[^"]+/out)"', opened(asha, ref, "around")).group(1)
    assert "Kamala" not in asha.post(out, {}, follow=True).get_data(as_text=True)


def test_a_wrong_answer_keeps_what_was_typed(asha, ref):
    answer = add(asha, ref, role="", age="two hundred")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Kamala Test" in page
    assert "two hundred" in page


def test_a_stale_form_shows_both_versions(asha, ref):
    page = add(asha, ref).get_data(as_text=True)
    edit = re.search(r'href="([^"]+/around/[^"]+/edit)"', page).group(1)
    asha.get(edit)
    stale = asha.last
    asha.post(edit, SISTER | {"place": "Kathmandu"})
    asha.last = stale
    answer = asha.post(edit, SISTER | {"place": "Pokhara"})
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "Kathmandu" in page
    assert "Pokhara" in page


def test_without_consent_the_form_says_why(asha):
    quiet = dict.fromkeys(
        ("consent.given", "consent.how", "consent.interpreter", "consent.present", "called")
    )
    ref = ref_of(asha.log(**quiet, **{"reach-0-number": None, "reach-0-channel": None, "reach-0-safe": None}))
    answer = add(asha, ref)
    assert answer.status_code == 422
    assert "agrees to casework" in text(answer.get_data(as_text=True))


def test_the_copy_says_what_is_left_out(asha, ref):
    add(asha, ref, role="witness", name="Bikash Test")
    page = opened(asha, ref, "copy")
    assert "Bikash" not in page
    assert "Left out, because it is theirs" in page


def test_other_roles_and_desks_find_nothing(asha, visit, world, ref):
    page = add(asha, ref).get_data(as_text=True)
    edit = re.search(r'href="([^"]+/around/[^"]+/edit)"', page).group(1)
    for who in (world.luz, world.ram, world.cara):
        somebody = visit(who)
        for path in (edit, asha.at(f"cases/{ref}/around"), edit.replace("/edit", "/reach")):
            assert somebody.get(path).status_code == 404, path

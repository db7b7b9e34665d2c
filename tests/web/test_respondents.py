"""The register at its pages, without a script: entered once, corrected by two, merged, drawn, found."""

import re

from tests.web.test_cases import ref_of
from tests.web.visitor import text

GULF = {"name": "Gulf Manpower", "kind": "recruiter", "country": "NP", "aliases": "GM\nالخليج للتوظيف"}


def enter(somebody, **changes):
    somebody.get(somebody.at("respondents/new"))
    return somebody.post(somebody.at("respondents/new"), GULF | changes)


def said(somebody, path):
    return text(somebody.get(path).get_data(as_text=True))


def test_entered_with_everything_and_read_at_another_desk(asha, visit, world):
    made = enter(
        asha,
        **{
            "licences-0-number": "1182/067",
            "public-0-what": "judgment",
            "public-0-says": "Fined",
            "public-0-source": "Court of Kathmandu",
        },
    )
    assert made.status_code == 302
    ram = visit(world.ram)
    page = said(ram, made.location.replace(asha.desk, ram.desk))
    for words in ("Gulf Manpower", "الخليج للتوظيف", "1182/067", "Judgment", "Court of Kathmandu"):
        assert words in page


def test_a_row_more_loses_nothing(asha):
    answer = enter(asha, add="licences", **{"licences-0-number": "1182/067"})
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert 'value="1182/067"' in page
    assert 'name="licences-1-number"' in page


def test_what_is_missing_is_said_beside_it(asha):
    answer = enter(asha, name="", kind="")
    assert answer.status_code == 422
    assert "GM" in answer.get_data(as_text=True)


def test_somebody_who_is_called_alike_is_shown_first(asha):
    enter(asha)
    again = enter(asha, name="Golf Manpower", aliases="")
    assert again.status_code == 409
    assert "entered already" in text(again.get_data(as_text=True))
    assert asha.post(asha.at("respondents/new"), GULF | {"distinct": "1"}).status_code == 302


def test_of_two_who_correct_the_second_sees_both(asha, visit, world):
    one, bo = enter(asha).location, visit(world.bo)
    for somebody in (asha, bo):
        somebody.get(f"{one}/edit")
    assert asha.post(f"{one}/edit", GULF | {"name": "Gulf Manpower Ltd"}).status_code == 302
    late = bo.post(f"{one}/edit", GULF | {"name": "Gulf Man"})
    assert late.status_code == 409
    page = late.get_data(as_text=True)
    assert "Gulf Manpower Ltd" in page
    assert 'value="Gulf Man"' in page
    assert bo.post(f"{one}/edit", GULF | {"name": "Gulf Man"}).status_code == 302


def test_found_as_it_is_heard(asha):
    enter(asha)
    asha.get(asha.at("respondents/"))
    answer = asha.post(asha.at("respondents/"), {"query": "golf manpawer"}, follow=True)
    assert "Gulf Manpower" in text(answer.get_data(as_text=True))
    assert "golf" not in answer.request.path


def test_merged_checked_and_parted_while_a_case_names_the_double(asha, visit, world):
    leads = enter(asha).location
    follows = enter(asha, name="Gulf Man Power", aliases="", distinct="1").location
    ref = ref_of(asha.log())
    asha.get(asha.at(f"cases/{ref}/respondents/name"))
    named = {"respondent": follows.rpartition("/")[2], "role": "recruited"}
    assert asha.post(asha.at(f"cases/{ref}/respondents/name"), named).status_code == 302
    assert "May be the same" in said(asha, follows)
    asha.get(f"{follows}/merge?into={leads.rpartition('/')[2]}")
    assert "Beside each other" in text(asha.last)
    told = {"into": leads.rpartition("/")[2]}
    assert asha.post(f"{follows}/merge", told).status_code == 422
    assert asha.post(f"{follows}/merge", told | {"why": "Same licence"}).location == leads
    page = said(asha, leads)
    assert "Sita Test" in page
    assert "Not made sure of" in page
    assert "named here as Gulf Man Power" in said(asha, asha.at(f"cases/{ref}/respondents"))
    assert "This is a double" in said(asha, follows)
    mei = visit(world.mei)
    mei.get(leads)
    assert mei.post(f"{follows}/merge-checked").status_code == 302
    assert "A coordinator made sure: Mei" in said(mei, leads)
    asha.get(leads)
    assert asha.post(f"{follows}/part").status_code == 302
    assert "Sita Test" not in said(asha, leads)
    assert "Sita Test" in said(asha, follows)


def test_the_list_of_cases_finds_those_that_name_a_double(asha):
    leads = enter(asha).location.rpartition("/")[2]
    follows = enter(asha, name="Other Name Entirely", aliases="").location
    ref = ref_of(asha.log())
    asha.get(asha.at(f"cases/{ref}/respondents/name"))
    asha.post(
        asha.at(f"cases/{ref}/respondents/name"),
        {"respondent": follows.rpartition("/")[2], "role": "recruited"},
    )
    asha.get(follows)
    asha.post(f"{follows}/merge", {"into": leads, "why": "Same owner"})
    asha.get(asha.at("cases/"))
    found = asha.post(asha.at("cases/"), {"respondent": leads}, follow=True)
    assert ref in text(found.get_data(as_text=True))


def test_drawn_with_a_list_that_says_the_same(asha):
    agency = enter(asha).location
    firm = enter(asha, name="Marble & Stone", kind="employer", aliases="").location
    asha.get(agency)
    told = {"sort": "recruits_for", "to": firm.rpartition("/")[2]}
    assert asha.post(f"{agency}/chain", told).status_code == 302
    page = asha.get(firm).get_data(as_text=True)
    picture = re.search(r"<svg.*?</svg>", page, re.DOTALL).group(0)
    assert "Marble &amp; Stone" in picture
    assert "style=" not in picture
    assert "Gulf Manpower recruits for Marble" in text(page)
    answer = asha.post(f"{agency}/chain", {"sort": "", "to": ""}, follow=True)
    assert "Choose how they hang together" in text(answer.get_data(as_text=True))
    assert "<svg" in asha.get(firm).get_data(as_text=True)
    said_between = {
        "above": agency.rpartition("/")[2],
        "below": firm.rpartition("/")[2],
        "sort": "recruits_for",
    }
    assert asha.post(f"{firm}/chain/take-out", said_between).status_code == 302
    assert "<svg" not in asha.get(firm).get_data(as_text=True)


def test_said_from_the_other_side(asha):
    agency = enter(asha).location
    firm = enter(asha, name="Marble Works", kind="employer", aliases="").location
    asha.get(firm)
    told = {"sort": "recruits_for/back", "to": agency.rpartition("/")[2]}
    assert asha.post(f"{firm}/chain", told).status_code == 302
    assert "Gulf Manpower recruits for Marble Works" in said(asha, firm)


def test_a_new_name_in_a_case_that_is_entered_already_is_offered(asha):
    enter(asha)
    ref = ref_of(asha.log())
    path = asha.at(f"cases/{ref}/respondents/name")
    asha.get(path)
    new = {"name": "Golf Manpower", "kind": "recruiter", "role": "recruited"}
    offered = asha.post(path, new)
    assert offered.status_code == 409
    one = re.search(r'name="same_as" value="([0-9a-f-]{36})"', asha.last).group(1)
    assert asha.post(path, new | {"same_as": one}).status_code == 302
    assert "Gulf Manpower" in said(asha, asha.at(f"cases/{ref}/respondents"))
    assert "Golf Manpower" not in said(asha, asha.at("respondents/"))

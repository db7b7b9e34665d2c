"""The main job through its pages, as a volunteer does it, without a line of JavaScript."""

import re
from uuid import uuid4

import pytest

from casework.cases import kinds
from tests.web.visitor import first_contact, how_it_ended, text


def ref_of(answer) -> str:
    return re.search(r"/cases/([A-Z0-9]{4}-[A-Z0-9]{4})$", answer.location).group(1)


def test_a_case_of_each_kind_is_logged_found_worked_and_closed(visit, world):
    asha = visit(world.asha)
    for kind in kinds.all():
        answer = asha.log(kind=kind.key, called=f"Sita {kind.key.title()}")
        assert answer.status_code == 302
        ref = ref_of(answer)
        page = asha.get(asha.at(f"cases/{ref}"))
        assert page.status_code == 200
        assert kind.title in text(asha.last)
        asha.get(asha.at(f"cases/{ref}/entries/new"))
        noted = asha.post(
            asha.at(f"cases/{ref}/entries/new"),
            {"kind": "call", "text": "Spoke with the cousin."},
            follow=True,
        )
        assert "Spoke with the cousin." in text(noted.get_data(as_text=True))
        asha.get(asha.at(f"cases/{ref}/workers"))
        moved = asha.post(
            asha.at(f"cases/{ref}/workers"),
            {"primary": str(world.asha.id), "backup": str(world.bo.id), "status": "action"},
            follow=True,
        )
        assert "Action" in text(moved.get_data(as_text=True))
        asha.get(asha.at(f"cases/{ref}/close"))
        closed = asha.post(
            asha.at(f"cases/{ref}/close"),
            how_it_ended(),
            follow=True,
        )
        assert "This case is closed" in text(closed.get_data(as_text=True))
        asha.get(asha.at(f"cases/{ref}/reopen"))
        opened = asha.post(
            asha.at(f"cases/{ref}/reopen"), {"motive": "New papers came", "to": "action"}, follow=True
        )
        assert "This case is closed" not in text(opened.get_data(as_text=True))


def test_only_the_language_and_safety_are_needed(visit, world):
    asha = visit(world.asha)
    asha.get(asha.at("cases/new"))
    nothing = asha.post(asha.at("cases/new"), {})
    assert nothing.status_code == 422
    anonymous = asha.log(
        **dict.fromkeys(
            [name for name in first_contact() if name not in {"language", "safe_now", "form_token"}]
        )
    )
    assert anonymous.status_code == 302
    assert "No name yet" in text(asha.get(anonymous.location).get_data(as_text=True))


def test_a_name_without_consent_comes_back_as_it_was_typed(visit, world):
    asha = visit(world.asha)
    refused = asha.log(
        **{"consent.given": None, "consent.how": None, "consent.interpreter": None, "consent.present": None}
    )
    html = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "can only be kept when the person agrees" in text(html)
    for typed in ("Sita Test", "+977 980 111 2233", "Three months without pay."):
        assert typed in html
    danger = asha.log(
        **{"consent.given": None, "consent.how": None, "consent.interpreter": None, "consent.present": None},
        **{"consent.danger": "Held at the border, cannot speak"},
    )
    assert danger.status_code == 302
    assert "Kept because of danger" in text(asha.get(danger.location).get_data(as_text=True))


def test_a_double_click_makes_one_case(visit, world):
    asha, token = visit(world.asha), str(uuid4())
    first, second = asha.log(form_token=token), asha.log(form_token=token)
    assert first.location == second.location


def test_impossible_dates_are_said_beside_the_field_and_nothing_is_lost(visit, world):
    asha = visit(world.asha)
    ref = ref_of(asha.log(kind="detention"))
    asha.get(asha.at(f"cases/{ref}/part/legal/edit"))
    wrong = {
        "detention.facility": "Gate house",
        "detention.arrested_at-day": "31",
        "detention.arrested_at-month": "2",
        "detention.arrested_at-year": "2026",
    }
    answer = asha.post(asha.at(f"cases/{ref}/part/legal/edit"), wrong)
    assert answer.status_code == 422
    assert "Gate house" in asha.last
    right = wrong | {"detention.arrested_at-day": "28"}
    saved = asha.post(asha.at(f"cases/{ref}/part/legal/edit"), right, follow=True)
    assert saved.status_code == 200
    assert "Gate house" in text(asha.last)


def test_rows_are_added_and_taken_out_without_losing_others(visit, world):
    asha = visit(world.asha)
    asha.get(asha.at("cases/new"))
    sent = first_contact(add="reach")
    html = asha.post(asha.at("cases/new"), sent).get_data(as_text=True)
    assert 'name="reach-1-number"' in html
    assert "+977 980 111 2233" in html
    two = first_contact(
        **{"remove": "reach-0", "reach-1-channel": "sms", "reach-1-number": "+977 981 000 0000"}
    )
    html = asha.post(asha.at("cases/new"), two).get_data(as_text=True)
    assert "+977 981 000 0000" in html
    assert "+977 980 111 2233" not in html
    assert "Sita Test" in html


def test_the_second_of_two_editors_sees_both_versions_and_chooses(visit, world):
    asha, bo = visit(world.asha), visit(world.bo)
    ref = ref_of(asha.log())
    path = asha.at(f"cases/{ref}/part/story/edit")
    asha.get(path), bo.get(path)
    asha.post(path, {"what_happened": "Hers: four months."})
    both = bo.post(path, {"what_happened": "His: five months."})
    assert both.status_code == 409
    for version in ("Hers: four months.", "His: five months."):
        assert version in text(bo.last)
    kept = bo.post(path, {"what_happened": "His: five months.", "keep-what_happened": "mine"}, follow=True)
    assert "His: five months." in text(kept.get_data(as_text=True))
    asha.get(path), bo.get(path)
    asha.post(path, {"what_happened": "Hers again."})
    bo.post(path, {"what_happened": "His again."})
    theirs = bo.post(path, {"what_happened": "His again.", "keep-what_happened": "theirs"}, follow=True)
    assert "Hers again." in text(theirs.get_data(as_text=True))


def test_consents_are_asked_one_by_one_and_taken_back_by_a_word(visit, world):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    path = asha.at(f"cases/{ref}/consents")
    asha.get(path)
    asked = {
        "purpose": "legal_ally",
        "given": "yes",
        "recipient": "Ms Reyes",
        "data": "Hours and wages",
        "how": "spoken",
        "language": "ne",
        "interpreter": "phone",
        "present": ["nobody"],
    }
    assert asha.post(path, asked | {"form_token": str(uuid4()), "present": ["employer"]}).status_code == 422
    assert asha.post(path, asked | {"form_token": str(uuid4()), "present": ["nobody"]}).status_code == 302
    page = asha.get(path).get_data(as_text=True)
    assert "Ms Reyes" in page
    withdraw = re.search(r'action="([^"]+/withdraw)"', page).group(1)
    after = asha.post(withdraw, {}, follow=True)
    assert "Taken back" in text(after.get_data(as_text=True))


def test_respondents_are_named_once_and_linked(visit, world):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    path = asha.at(f"cases/{ref}/respondents/name")
    asha.get(path)
    sent = {"name": "Golden Bridge (test)", "kind": "recruiter", "country": "NP", "role": "recruited"}
    named = asha.post(path, sent, follow=True)
    assert "Golden Bridge (test)" in text(named.get_data(as_text=True))
    listed = asha.get(asha.at("respondents/")).get_data(as_text=True)
    assert listed.count("Golden Bridge (test)") >= 1


def test_what_is_searched_and_filtered_is_in_no_address(visit, world):
    asha = visit(world.asha)
    asha.log(called="Abdul Rahman", kind="detention")
    asha.get(asha.at("search/"))
    found = asha.post(asha.at("search/"), {"query": "Abdurrahmaan"})
    assert re.search(r"/search/\?v=[\w-]{8,}$", found.location)
    assert "Abdul Rahman" in text(asha.get(found.location).get_data(as_text=True))
    asha.get(asha.at("cases/"))
    chosen = asha.post(asha.at("cases/"), {"kind": "trafficking", "sort": "changed"})
    assert re.search(r"/cases/\?v=[\w-]{8,}$", chosen.location)
    assert "Abdul Rahman" not in text(asha.get(chosen.location).get_data(as_text=True))
    everything = asha.get(asha.at("cases/")).get_data(as_text=True)
    assert "Abdul Rahman" in text(everything)


def test_a_kept_search_opens_in_no_other_session(visit, world):
    asha, bo = visit(world.asha), visit(world.bo)
    asha.log(called="Abdul Rahman")
    asha.get(asha.at("search/"))
    address = asha.post(asha.at("search/"), {"query": "Abdul"}).location
    assert "Abdul" not in text(bo.get(address).get_data(as_text=True))


@pytest.mark.parametrize("part", ["header", "identity", "story", "legal", "money", "health", "evidence"])
def test_a_section_is_fetched_alone_by_a_script(visit, world, part):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    alone = asha.get(asha.at(f"cases/{ref}/part/{part}"), headers={"X-Fragment": "1"})
    assert alone.status_code == 200
    assert "<html" not in alone.get_data(as_text=True)
    assert "<html" in asha.get(asha.at(f"cases/{ref}/part/{part}")).get_data(as_text=True)


def test_folded_text_is_not_in_the_page(visit, world):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    html = asha.get(asha.at(f"cases/{ref}")).get_data(as_text=True)
    assert "Three months without pay." not in html
    assert "980 111" not in html


def test_what_is_wrong_in_a_row_stands_in_the_summary_too(visit, world):
    asha = visit(world.asha)
    html = asha.log(**{"reach-0-number": "no digits"}).get_data(as_text=True)
    summary = html[html.index("notice-red") : html.index('class="numbered"')]
    assert 'href="#q-reach-0-number"' in summary
    assert 'id="q-reach-0-number"' in html


def test_a_new_row_is_where_the_page_comes_back_to(visit, world):
    asha = visit(world.asha)
    asha.get(asha.at("cases/new"))
    html = asha.post(asha.at("cases/new"), first_contact(add="reach")).get_data(as_text=True)
    focused = re.findall(r"<[^>]*autofocus[^>]*>", html)
    assert len(focused) == 1
    assert 'name="reach-1-channel"' in focused[0]
    html = asha.post(asha.at("cases/new"), first_contact(remove="reach-0")).get_data(as_text=True)
    assert 'value="reach" formnovalidate autofocus' in html


def test_consent_is_asked_before_the_name(visit, world):
    asha = visit(world.asha)
    html = asha.get(asha.at("cases/new")).get_data(as_text=True)
    assert html.index('name="safe_now"') < html.index('name="consent.given"') < html.index('name="called"')


def test_the_quick_way_out_ends_the_session_without_a_script(visit, world):
    asha = visit(world.asha)
    out = asha.get("/exit")
    assert out.status_code == 302
    assert out.location == "https://www.wikipedia.org/"
    assert asha.get(asha.at("cases/new")).location.endswith("/sign-in")
    assert asha.get("/exit").status_code == 302


def test_a_withdrawal_asks_at_once_whether_name_and_numbers_go(visit, world):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    page = asha.get(asha.at(f"cases/{ref}/consents")).get_data(as_text=True)
    assert "take-out" not in page
    after = asha.post(re.search(r'action="([^"]+/withdraw)"', page).group(1), {}, follow=True)
    assert "still here" in text(after.get_data(as_text=True))
    gone = asha.post(asha.at(f"cases/{ref}/consents/take-out"), {}, follow=True).get_data(as_text=True)
    assert "Sita Test" not in gone


def test_what_was_saved_is_said(visit, world):
    asha = visit(world.asha)
    logged = asha.log()
    assert "Saved." in text(asha.get(logged.location).get_data(as_text=True))
    ref = ref_of(logged)
    asha.get(asha.at(f"cases/{ref}/part/story/edit"))
    told = {"what_happened": "Four months."}
    assert "Saved." in text(
        asha.post(asha.at(f"cases/{ref}/part/story/edit"), told, follow=True).get_data(as_text=True)
    )


def test_a_case_without_a_kind_shows_no_empty_parts(visit, world):
    asha = visit(world.asha)
    html = asha.get(asha.log(kind=None).location).get_data(as_text=True)
    assert 'id="identity"' in html
    assert 'id="money"' not in html
    assert "what it is about" in text(html)


@pytest.mark.parametrize(
    "misshapen",
    [
        {"reach": "x"},
        {"reach-0": "x"},
        {"reach-0-safe": "perhaps"},
        {"reach-0-channel": ["call", "sms"]},
        {"reach-9999-number": "+977 1"},
        {"reach-0-number": "+" * 500},
        {"reach--1-number": "+977 980 111 2233"},
        {"add": "reach-0-number"},
        {"add": "no-such-question"},
        {"remove": "reach-77"},
        {"remove": "reach"},
    ],
    ids=str,
)
def test_a_misshapen_way_to_reach_somebody_is_no_accident(visit, world, misshapen):
    asha = visit(world.asha)
    assert asha.log(**misshapen).status_code in {200, 302, 422}


def test_a_desk_says_where_its_clock_stands_and_how_soon_it_answers(visit, world):
    mei = visit(world.mei)
    mei.get(mei.at("about/"))
    sent = {
        "name": "Harbour (test)",
        "zone": "Asia/Qatar",
        "hours_emergency": "1",
        "hours_high": "12",
        "hours_medium": "72",
        "hours_low": "168",
    }
    later = mei.post(mei.at("about/name"), sent | {"hours_high": "25"})
    assert later.status_code == 422
    assert "at most 24" in text(later.get_data(as_text=True))
    assert mei.post(mei.at("about/name"), sent).status_code == 302
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    form = asha.get(asha.at(f"cases/{ref}/entries/new")).get_data(as_text=True)
    assert '<option value="Asia/Qatar" selected>' in form


def test_a_note_is_corrected_on_its_page_and_the_second_tab_is_shown_both(visit, world):
    asha = visit(world.asha)
    case = asha.log().location
    asha.get(f"{case}/entries/new")
    asha.post(f"{case}/entries/new", {"kind": "note", "text": "She owes her cousin."})
    page = asha.get(f"{case}/entries").get_data(as_text=True)
    edit = re.search(r'href="([^"]+/correct)"', page)[1]
    form = asha.get(edit).get_data(as_text=True)
    assert "She owes her cousin." in form
    rev = re.search(r'name="rev" value="(\d+)"', form)[1]
    empty = asha.post(edit, {"text": " ", "rev": rev})
    assert empty.status_code == 422
    assert asha.post(edit, {"text": "Her cousin owes her.", "rev": rev}).status_code == 302
    asha.get(edit)
    late = asha.post(edit, {"text": "Nobody owes.", "rev": rev})
    assert late.status_code == 409
    both = text(late.get_data(as_text=True))
    assert "Her cousin owes her." in both
    assert "Nobody owes." in late.get_data(as_text=True)
    shown = text(asha.get(f"{case}/entries").get_data(as_text=True))
    assert "Her cousin owes her." in shown
    assert "Corrected by Asha" in shown
    assert "She owes her cousin." not in shown

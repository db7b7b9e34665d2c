"""The desk's list through its page: every order and every filter that is offered answers."""

import re

from casework import clock
from casework.web.forms.lists import ListForm
from tests.web.visitor import text


def offered(page, name):
    """The choices of one select of the page, without the empty one."""
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL).group()
    return [value for value in re.findall(r'value="([^"]*)"', select) if value]


def listed(visitor, **chosen):
    """The page of the list after choosing something."""
    visitor.get(visitor.at("cases/"))
    found = visitor.post(visitor.at("cases/"), chosen)
    visitor.get(found.location)
    return visitor.last


def test_every_order_shows_every_case(asha):
    for name in ("Sita Test", "Amina Test"):
        asha.log(called=name)
    asha.get(asha.at("cases/"))
    for sort in offered(asha.last, "sort"):
        page = listed(asha, sort=sort)
        assert "Sita Test" in page, sort
        assert "Amina Test" in page, sort


def test_every_filter_that_is_offered_answers(app, asha):
    asha.log(called="Sita Test")
    asha.get(asha.at("cases/"))
    with app.test_request_context():
        names = [field.name for field in ListForm() if field.name != "sort"]
    page = asha.last + asha.get(asha.at("cases/in-their-own-terms")).get_data(as_text=True)
    for name in names:
        for value in offered(page, name)[:3]:
            assert "Cases" in listed(asha, **{name: value}), (name, value)


def test_by_the_next_date(asha):
    dated = asha.log(called="Dated Test").location
    asha.log(called="Free Test")
    today = clock.today()
    asha.get(f"{dated}/dates/new")
    day = {"due-day": str(today.day), "due-month": str(today.month), "due-year": str(today.year)}
    task = {"title": "Bring the passport copy", "owner": "", "backup": ""}
    assert asha.post(f"{dated}/dates/new", task | day).status_code == 302
    page = text(listed(asha, due="0"))
    assert "Dated Test" in page
    assert "Free Test" not in page
    assert "Dated Test" not in text(listed(asha, due="late"))
    page = text(listed(asha, sort="due"))
    assert page.index("Dated Test") < page.index("Free Test")


def test_by_language_and_by_worker(asha, visit, world):
    asha.log(called="Nepali Test", language="ne")
    visit(world.bo).log(called="Arabic Test", language="ar")
    page = text(listed(asha, sort="languages"))
    assert page.index("Arabic Test") < page.index("Nepali Test")
    page = text(listed(asha, sort="primary"))
    assert page.index("Nepali Test") < page.index("Arabic Test")


def test_what_people_say_of_themselves_is_chosen_on_a_page_of_its_own_and_kept_with_the_rest(asha):
    shown = asha.get(asha.at("cases/in-their-own-terms")).get_data(as_text=True)
    assert 'name="groups"' in shown
    first = asha.post(asha.at("cases/"), {"organise": "yes", "groups": "migrant_worker", "risk": "high"})
    page = asha.get(first.location).get_data(as_text=True)
    for name, value in (("organise", "yes"), ("groups", "migrant_worker")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert "Wants to organise" in page
    again = asha.get(re.search(r'href="([^"]+in-their-own-terms[^"]*)"', page)[1].replace("&amp;", "&"))
    assert '<input type="hidden" name="risk" value="high">' in again.get_data(as_text=True)

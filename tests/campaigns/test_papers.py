"""Papers and the public page of a campaign: what stands in them, what never does, and that what left is written down."""

import re
from uuid import uuid4

import pytest

from casework.access import entrance
from casework.campaigns import complaints, leaving, page, service, telling
from casework.campaigns.leaving import Wish
from casework.campaigns.teller import Teller
from casework.demo import together
from casework.errors import Denied, Invalid, NotFound
from casework.papers import printing
from casework.web.paper_languages import voice_in
from tests.factories.worlds import code

#: Words of parts that are for the team alone, or of somebody who speaks.
INSIDE = ("absconding", "Spokesperson who", "Taken down by the desk")
WORDS = {"title": "Nine months, nine wages", "text": "Pay what is owed.", "tells": list(telling.PARTS)}


@pytest.fixture
def campaign(app, world):
    """The demo's campaign, with somebody who speaks for it."""
    cara = entrance.enter(world.cara.keys, code(world.network_id))
    together.write(cara)
    (found,) = service.listing(cara)[0]
    told = {"called": "Spokesperson who", "consent": "yes", "withdrawal": "Taken down by the desk"}
    service.add(cara, found.id, "spokesperson", told, uuid4(), None)
    told = {"sort": "released", "count": 4, "counted": "yes", "on": {"date": "2026-03-03"}}
    service.add(cara, found.id, "outcome", told, uuid4(), None)
    with app.test_request_context():
        yield cara, found.id


def wish(paper, *parts, recipient="Union of cleaners", language="en"):
    return Wish(paper, recipient, frozenset(parts), voice_in(language))


def said(paper):
    return repr((paper.title, paper.lead, paper.blocks))


def teller(cara, campaign_id, language="en"):
    return Teller(service.look(cara, campaign_id), voice_in(language))


def test_a_brief_tells_what_was_chosen_and_nothing_of_the_team(campaign):
    found = teller(*campaign)
    nothing, everything = telling.brief(found, frozenset()), telling.brief(found, frozenset(telling.PARTS))
    assert "Delta Cleaning Services" not in said(nothing)
    for word in ("Delta Cleaning Services", "Give every passport back", "Letter with the demands"):
        assert word in said(everything)
    for word in INSIDE:
        assert word not in said(everything)
    assert "three or more" in said(everything)
    assert "4 " not in re.sub(r"\d{1,2} \w+ 20\d\d", "", said(everything)).partition("What was won")[2][:200]


@pytest.mark.parametrize("key", ["ilo24", "un", "oecd"])
def test_a_complaint_says_what_has_to_be_so_and_on_what_that_rests(campaign, key):
    procedure = complaints.get(key)
    paper = telling.complaint(teller(*campaign), procedure, frozenset({"c181"}))
    for check in procedure.checks:
        assert check.text in said(paper)
        assert check.source in said(paper)
    assert procedure.source in said(paper)
    assert ("checked on" in said(paper)) == (procedure.checked_on is not None)
    assert ("nobody has held this list against it yet" in said(paper)) == (procedure.checked_on is None)
    assert "ILO 181" in said(paper)
    assert "A draft" in said(paper)
    for word in INSIDE:
        assert word not in said(paper)


def test_each_procedure_is_dated_and_has_its_source():
    assert set(complaints.all()) == {"ilo24", "un", "oecd"}
    for one in complaints.all().values():
        assert one.source
        assert one.source_date
        assert one.checked_on is None or one.checked_on.year >= 2026
        assert len(one.checks) >= 6
    with pytest.raises(NotFound):
        complaints.get("../un")


def test_what_left_is_written_down_once_for_whom(campaign):
    cara, campaign_id = campaign
    token = uuid4()
    for _ in range(2):
        made = leaving.make(cara, campaign_id, wish("plan", "due", "done"), token)
        assert made.startswith(b"%PDF")
    (left,) = leaving.listing(service.look(cara, campaign_id))
    assert (left.told["paper"], left.told["recipient"]) == ("plan", "Union of cleaners")


def test_every_paper_can_be_set_in_every_language(campaign):
    found = teller(*campaign, language="ar")
    for paper in (
        telling.brief(found, frozenset(telling.PARTS)),
        telling.plan(found, frozenset({"due", "done"})),
        telling.complaint(found, complaints.get("ilo24"), frozenset()),
    ):
        assert printing.pdf(paper, found.voice.locale, "Union", "Union")


def test_nobody_is_no_recipient_and_nobody_else_makes_one(campaign, world):
    cara, campaign_id = campaign
    with pytest.raises(Invalid):
        leaving.make(cara, campaign_id, wish("brief", recipient=" "), uuid4())
    with pytest.raises(NotFound):
        leaving.make(cara, campaign_id, wish("page"), uuid4())
    with pytest.raises((Denied, NotFound)):
        leaving.make(world.actor(world.asha), campaign_id, wish("brief"), uuid4())
    assert leaving.listing(service.look(cara, campaign_id)) == []


def test_the_page_stands_alone(campaign):
    """No script, no address, nothing fetched; what somebody typed is text; no person."""
    cara, campaign_id = campaign
    hostile = "<script>alert(1)</script><img src=https://tracker.example/x>"
    page.keep(cara, campaign_id, WORDS | {"text": hostile, "join": "{title} at the union"}, 0)
    found = teller(cara, campaign_id)
    made = page.html(found, page.words(found.book))
    assert "&lt;script&gt;" in made
    assert not re.search(r"<(script|img|link|iframe|a|form|object|svg|meta http-equiv=.refresh)\b", made)
    assert not re.search(r"\b(src|href|srcset|action|on\w+)=(?!https://tracker)", made)
    assert "url(" not in made
    assert "default-src 'none'" in made
    assert "{title} at the union" in made
    for word in (*INSIDE, "Spokesperson"):
        assert word not in made
    assert "three or more" in made
    assert "Give every passport back" in made


def test_the_page_leaves_only_as_it_was_looked_at(campaign):
    cara, campaign_id = campaign
    with pytest.raises(Invalid, match="Write first"):
        leaving.publish(cara, campaign_id, wish("page"), "", uuid4())
    page.keep(cara, campaign_id, WORDS, 0)
    found = teller(cara, campaign_id)
    seen = page.digest(page.html(found, page.words(found.book)))
    page.keep(cara, campaign_id, WORDS | {"text": "Other words"}, 1)
    with pytest.raises(Invalid, match="has changed"):
        leaving.publish(cara, campaign_id, wish("page"), seen, uuid4())
    assert leaving.listing(service.look(cara, campaign_id)) == []
    found = teller(cara, campaign_id)
    now = page.html(found, page.words(found.book))
    assert leaving.publish(cara, campaign_id, wish("page"), page.digest(now), uuid4()) == now
    assert [one.told["paper"] for one in leaving.listing(service.look(cara, campaign_id))] == ["page"]


def test_what_left_is_not_struck_out(campaign):
    cara, campaign_id = campaign
    token = uuid4()
    leaving.make(cara, campaign_id, wish("brief"), token)
    with pytest.raises(NotFound):
        service.strike(cara, campaign_id, token, struck=True)

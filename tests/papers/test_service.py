from datetime import timedelta
from uuid import uuid4

import pytest
from babel import Locale
from sqlalchemy import select

from casework import clock
from casework.cases import consenting, entries, left, opening, outside, sections
from casework.cases.values import Voice
from casework.errors import Denied, Invalid, NotFound, Refused
from casework.papers import catalogue, departures, intake, printing, service
from casework.papers.models import Departure
from casework.papers.service import Wish
from casework.vault import Section
from tests import factories
from tests.papers.copied import text_of
from tests.papers.test_printing import joined

EN = Voice(Locale("en"), str)
EVERY = frozenset(Section)


@pytest.fixture
def ref(asha):
    found = factories.kind_case(
        asha,
        "wage_theft",
        {},
        called="Sita Test",
        what_happened="Three months without pay.",
        risk="high",
    ).ref
    entries.add(asha, ref=found, type="call", when=clock.now(), text="She rang.", form_token=uuid4())
    return found


@pytest.fixture
def consent(asha, ref):
    def _consent(purpose="legal_ally", recipient="Lawyer Test", data="name and wages", **more):
        asked = factories.answer(purpose, recipient=recipient, data=data, **more)
        return consenting.record(asha, ref, asked, uuid4())

    return _consent


def wish(paper="case_sheet", consent_id=None, sections=EVERY):
    return Wish(paper=paper, consent_id=consent_id, sections=frozenset(sections), voice=EN)


def made(actor, store, ref, asked, token=None):
    departure_id = service.make(actor, store, ref, asked, token or uuid4())
    _, parts = service.fetch(actor, store, ref, departure_id)
    return departure_id, joined(text_of(b"".join(parts)))


@pytest.mark.parametrize("sort", [one.key for one in catalogue.SORTS])
def test_every_paper_is_made_for_the_person(asha, store, ref, sort):
    _, text = made(asha, store, ref, wish(sort))
    assert ref in text


def test_a_case_sheet_says_what_was_chosen_and_nothing_else(asha, store, ref, consent):
    lawyer = consent()
    _, text = made(asha, store, ref, wish(consent_id=lawyer, sections={Section.IDENTITY}))
    assert "SitaTest" in text
    assert "LawyerTest" in text
    assert "Threemonths" not in text
    assert "Sherang" not in text
    _, text = made(asha, store, ref, wish(consent_id=lawyer, sections={Section.STORY}))
    assert "Threemonths" in text
    assert "Sherang" in text
    assert "SitaTest" not in text


def test_a_paper_tells_only_of_its_own_sections(asha, store, ref):
    _, text = made(asha, store, ref, wish("receipt"))
    assert "Threemonths" not in text


def test_without_their_agreement_nothing_leaves(database, asha, store, ref, consent):
    with pytest.raises(Invalid, match="does not agree"):
        service.make(asha, store, ref, wish(consent_id=uuid4()), uuid4())
    for other in (consent(given=False), consent("trends", recipient="", data="all")):
        with pytest.raises(Invalid, match="does not agree"):
            service.make(asha, store, ref, wish(consent_id=other), uuid4())
    assert database.session.scalars(select(Departure)).all() == []
    assert list(store.older_than(timedelta(seconds=-5))) == []


def test_an_agreement_for_one_purpose_is_none_for_another(asha, store, ref, consent):
    employer, lawyer = consent("employer", "Boss Test"), consent()
    for paper, one in (("case_sheet", employer), ("demand", lawyer), ("checklist", lawyer)):
        with pytest.raises(Invalid, match="does not agree"):
            service.make(asha, store, ref, wish(paper, one), uuid4())
    made(asha, store, ref, wish("demand", employer))


def test_an_agreement_that_names_no_details_is_none(consent):
    with pytest.raises(Invalid, match="which of their details"):
        consent(data="")


def test_an_embassy_gets_no_paper_that_tells_a_story():
    for one in catalogue.SORTS:
        if "embassy" in one.purposes:
            assert not {Section.STORY, Section.MONEY, Section.HEALTH} & set(one.tells)


def test_taken_back_stops_the_rest_and_shows_what_left(asha, store, ref, consent):
    lawyer = consent()
    departure_id, _ = made(asha, store, ref, wish(consent_id=lawyer, sections={Section.MONEY}))
    consenting.withdraw(asha, ref, lawyer)
    with pytest.raises(Invalid, match="no longer"):
        service.fetch(asha, store, ref, departure_id)
    with pytest.raises(Invalid, match="does not agree"):
        service.make(asha, store, ref, wish(consent_id=lawyer), uuid4())
    case, (left,) = service.look(asha, ref)
    assert (left.recipient, left.purpose, left.consent_id) == ("Lawyer Test", "legal_ally", lawyer)
    assert (left.sections, left.data) == (("money",), "name and wages")
    assert not service.fetchable(case, left)


def test_one_that_ran_out_counts_no_more(asha, store, ref, consent, freeze):
    lawyer = consent()
    freeze(clock.now() + timedelta(days=91))
    with pytest.raises(Invalid, match="does not agree"):
        service.make(asha, store, ref, wish(consent_id=lawyer), uuid4())


def test_without_consent_to_casework_the_person_gets_empty_forms_only(asha, store):
    ref = factories.case(asha, consent=None).ref
    with pytest.raises(Invalid, match="casework"):
        service.make(asha, store, ref, wish(), uuid4())
    made(asha, store, ref, wish("authority", sections=()))


def test_the_same_form_makes_one(database, asha, store, ref):
    token = uuid4()
    assert service.make(asha, store, ref, wish(), token) == service.make(asha, store, ref, wish(), token)
    assert len(database.session.scalars(select(Departure)).all()) == 1


def test_the_rows_do_not_tell_which_paper_it_was(database, asha, store, ref, consent):
    made(asha, store, ref, wish("receipt", sections=()))
    made(asha, store, ref, wish("demand", consent("employer", "Boss Test of a long name " * 4)))
    rows = database.session.scalars(select(Departure)).all()
    assert len({(row.tag, len(row.body), len(row.keys)) for row in rows}) == 1


def test_making_and_fetching_are_recorded(asha, store, ref, events):
    before = len(events(ref))
    departure_id, _ = made(asha, store, ref, wish("receipt"))
    told = [(name, details.get("departure")) for name, details in events(ref)[before:]]
    assert told == [("paper.made", str(departure_id)), ("paper.opened", str(departure_id))]


def test_others_make_and_fetch_nothing(world, ram, asha, store, ref):
    departure_id, _ = made(asha, store, ref, wish("receipt"))
    for who, error in ((ram, NotFound), (world.actor(world.luz), Denied)):
        with pytest.raises(error):
            service.make(who, store, ref, wish(), uuid4())
        with pytest.raises(error):
            service.fetch(who, store, ref, departure_id)
    with pytest.raises(NotFound):
        service.fetch(asha, store, factories.case(asha).ref, departure_id)


def test_a_record_put_in_the_place_of_another_does_not_open(database, asha, store, ref):
    one, _ = made(asha, store, ref, wish("receipt"))
    other, _ = made(asha, store, ref, wish("checklist"))
    rows = {row.id: row for row in database.session.scalars(select(Departure))}
    rows[one].body = rows[other].body
    database.session.flush()
    with pytest.raises(Refused):
        service.fetch(asha, store, ref, one)
    assert [left.id for left in departures.of_case(opening.load(asha, ref))] == [other]


def test_the_intake_form_has_two_pages_and_the_numbers_of_the_page():
    text = text_of(printing.pdf(intake.form(EN), EN.locale))
    assert text.rstrip().endswith("2 / 2")
    for number in range(1, 12):
        assert f"{number}. " in text


def test_what_left_as_a_paper_is_told_when_a_consent_is_taken_back(asha, store, ref, consent):
    lawyer = consent()
    made(asha, store, ref, wish(consent_id=lawyer))
    made(asha, store, ref, wish())
    case = opening.load(asha, ref)
    assert [(one.purpose, one.recipient) for one in departures.left(case)] == [("legal_ally", "Lawyer Test")]
    assert left.everything(case, "legal_ally", "lawyer test")


def state(asha, ref, consent_id, answer):
    return Wish("locator", consent_id, EVERY, EN, answer)


def fear(actor, ref, answer):
    rev = factories.reload(actor, ref).section(Section.LEGAL).rev
    sections.save(actor, ref, Section.LEGAL, {"fear": answer}, rev)


def asked_outside(asha, bo, ref, going, *, release=True):
    entry = outside.ask(asha, ref, going, uuid4())
    outside.decide(bo, ref, entry, release=release)


@pytest.mark.parametrize("purpose", ["embassy", "authority"])
def test_a_home_state_gets_a_paper_only_without_fear_and_by_two(asha, bo, store, ref, consent, purpose):
    told = consent(purpose, "Consulate Test", "name")
    for answer in ("yes", "unknown"):
        with pytest.raises(Invalid, match="not afraid to return"):
            service.make(asha, store, ref, state(asha, ref, told, answer), uuid4())
    fear(asha, ref, "no")
    with pytest.raises(Invalid, match="second person"):
        service.make(asha, store, ref, state(asha, ref, told, "yes"), uuid4())
    going = outside.Going(purpose, "Consulate Test", "name", "yes")
    asked_outside(asha, bo, ref, going, release=False)
    with pytest.raises(Invalid, match="second person"):
        service.make(asha, store, ref, state(asha, ref, told, "yes"), uuid4())
    asked_outside(asha, bo, ref, going)
    departure, text = made(asha, store, ref, state(asha, ref, told, "yes"))
    assert "ConsulateTest" in text
    fear(asha, ref, "yes")
    with pytest.raises(Invalid):
        service.fetch(asha, store, ref, departure)


def test_an_authority_of_another_state_needs_no_second_person(asha, store, ref, consent):
    told = consent("authority", "Labour office Test", "name")
    _, text = made(asha, store, ref, state(asha, ref, told, "no"))
    assert "LabourofficeTest" in text


def test_an_indicator_sheet_says_what_is_there_and_what_was_not_asked(asha, store):
    ref = factories.kind_case(
        asha,
        "trafficking",
        {
            "indicators": {"deception": "strong", "isolation": "some", "violence": "no"},
            "acts": {"recruitment": "present"},
        },
    ).ref
    _, text = made(asha, store, ref, wish("indicators"))
    assert "Signsdescribed:2of11,strong:1." in text
    assert "Stilltobeasked" in text
    assert "DebtbondageNotasked" in text
    for verdict in ("isavictim", "isnotavictim", "score"):
        assert verdict not in text
    _, text = made(asha, store, ref, wish("indicators", sections={Section.IDENTITY}))
    assert "Signsdescribed:0of11" in text

from datetime import date
from uuid import uuid4

import pytest

from casework import clock
from casework.cases import assignment, cards, kinds, life, links
from casework.cases.cards import Money
from casework.people import answers
from casework.respondents import register
from tests import factories


def phone(number):
    return {"written": number, "digits": number}


def test_an_anonymous_case_has_an_empty_card(asha):
    row = factories.case(asha, consent=None, take=False)
    assert cards.summary(factories.reload(asha, row.ref)) == cards.Summary(
        case_id=row.id,
        ref=row.ref,
        called=None,
        variants=(),
        phones=(),
        documents=(),
        kind="",
        other_kinds=(),
        risk="",
        host="",
        home="",
        languages=("ne",),
        sector="",
        status="contact",
        primary_id=None,
        backup_id=None,
        opened=clock.today(),
        changed=clock.today(),
        due=None,
        outcome="",
        claimed=None,
        documented=None,
        awarded=None,
        paid=None,
        respondent_ids=(),
        flags=(),
    )


def test_a_full_card(world, asha):
    custody = {"written": "A 012-345-678", "system": "us_a_number", "plain": "012345678"}
    row = factories.case(
        asha,
        called="Amina Test",
        name_variants="أمينة\n\n Ameena ",
        reach=[{"number": phone("+97798011122")}, {"number": phone("12")}, {"number": phone("+97798011122")}],
        host="QA",
        home="NP",
        risk="high",
        safe_now="no",
        danger_now="yes",
        sector="F",
        kind="wage_theft",
        other_kinds=["detention", "wage_theft"],
        answers={
            "wage_theft.owed": {"minor": 233_750, "currency": "QAR"},
            "detention.custody_id": custody,
        },
    )
    employer = register.enter(asha, "employer", "Acme", "QA", uuid4()).id
    for role in ("employed", "owes_wages"):
        links.link(asha, row.ref, employer, role)
    assignment.assign(asha, row.ref, world.asha.id, world.bo.id, (world.asha.id, None))
    card = cards.summary(factories.reload(asha, row.ref))
    assert (card.called, card.variants) == ("Amina Test", ("أمينة", "Ameena"))
    assert (card.phones, card.documents) == (("011122", "12"), ("345678",))
    assert (card.kind, card.other_kinds, card.sector) == ("wage_theft", ("detention",), "F")
    assert (card.host, card.home, card.risk) == ("QA", "NP", "high")
    assert (card.primary_id, card.backup_id) == (world.asha.id, world.bo.id)
    assert (card.claimed, card.paid) == (Money(233_750, "QAR"), None)
    assert card.respondent_ids == (employer,)
    assert card.flags == ("unsafe", "danger", cards.ends_on(clock.today() + answers.LONGEST))


def test_an_ended_case_says_how(asha):
    ref = factories.case(asha).ref
    ending = factories.ending("referred", accepted_by="Valley desk (test)", accepted_on=date(2020, 1, 2))
    card = cards.summary(life.close(asha, ref, ending, "contact"))
    assert (card.status, card.outcome) == ("closed", "referred")


def test_an_emergency_is_shown_and_so_is_its_end(asha, freeze):
    start = freeze(clock.now())
    ref = factories.case(asha, consent=None, danger="Held", called="Amina Test").ref
    card = cards.summary(factories.reload(asha, ref))
    assert (card.called, card.flags) == ("Amina Test", ("exception",))
    freeze(start.replace(year=start.year + 1))
    card = cards.summary(factories.reload(asha, ref))
    assert (card.called, card.flags) == (None, ("removed",))


@pytest.mark.parametrize("kind", [kind.key for kind in kinds.all()])
def test_a_card_of_every_kind(asha, kind):
    card = cards.summary(factories.reload(asha, factories.case(asha, kind=kind).ref))
    assert (card.kind, card.claimed) == (kind, None)


def test_a_kind_whose_file_was_taken_away_keeps_its_card(asha, monkeypatch):
    ref = factories.case(asha, kind="wage_theft").ref
    monkeypatch.setattr(kinds, "_house", dict)
    assert cards.summary(factories.reload(asha, ref)).kind == "wage_theft"

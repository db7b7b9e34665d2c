from uuid import uuid4

import pytest

from casework.cases import links
from casework.cases.links import Link
from casework.cases.models import CaseSection
from casework.errors import Invalid, NotFound, Refused
from casework.respondents import register
from casework.vault import Section
from tests import factories


@pytest.fixture
def ref(asha):
    return factories.case(asha, host="QA").ref


@pytest.fixture
def agency(ram):
    """Entered by another desk: the register is the network's."""
    return register.enter(ram, "recruiter", "Gulf Manpower", "NP", uuid4()).id


def test_linked_once_for_each_part(asha, ref, agency, events):
    for role in ("recruited", "lent", "recruited"):
        links.link(asha, ref, agency, role)
    case = factories.reload(asha, ref)
    assert links.links(case) == (Link(agency, "recruited"), Link(agency, "lent"))
    assert case.section(Section.HEADER).values["host"] == "QA"
    assert [name for name, _ in events(ref)].count("respondent.linked") == 2
    assert ("respondent.linked", {"respondent": str(agency)}) in events(ref)


def test_unlinked_by_part(asha, ref, agency):
    for role in ("recruited", "lent"):
        links.link(asha, ref, agency, role)
    assert links.links(links.unlink(asha, ref, agency, "recruited")) == (Link(agency, "lent"),)
    case = links.unlink(asha, ref, agency, "lent")
    assert links.links(case) == ()
    assert "respondents" not in case.section(Section.HEADER).values
    assert links.links(links.unlink(asha, ref, agency, "lent")) == ()


def test_only_to_whom_the_register_has_and_for_what_the_list_has(asha, ref, agency):
    with pytest.raises(NotFound):
        links.link(asha, ref, uuid4(), "recruited")
    with pytest.raises(Invalid):
        links.link(asha, ref, agency, "smiled")


def test_other_desks_do_not_link(ram, ref, agency):
    with pytest.raises(NotFound):
        links.link(ram, ref, agency, "recruited")
    with pytest.raises(NotFound):
        links.unlink(ram, ref, agency, "recruited")


def test_entered_and_linked_in_one_go_once(asha, ref):
    token = uuid4()
    for _ in range(2):
        case = links.enter_and_link(asha, ref, "lender", "Valley Loans", "NP", "lent", token)
    (entered,) = register.listing(asha).known
    assert links.links(case) == (Link(entered.id, "lent"),)
    for wrong in (
        ("lender", "", "NP", "lent"),
        ("lender", "X", "NP", "smiled"),
        ("villain", "X", "NP", "lent"),
    ):
        with pytest.raises(Invalid):
            links.enter_and_link(asha, ref, *wrong, uuid4())
    assert register.listing(asha).known == (entered,)


def test_a_header_that_does_not_open_takes_no_link(database, asha, ref, agency):
    row = database.session.get(CaseSection, factories.reload(asha, ref).section(Section.HEADER).row_id)
    row.body = b"x"
    with pytest.raises(Refused):
        links.link(asha, ref, agency, "recruited")
    assert row.body == b"x"

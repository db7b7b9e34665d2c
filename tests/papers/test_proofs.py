"""Papers about money name what proves each line by its number, where the person agreed that evidence is told of."""

from uuid import uuid4

import pytest

from casework.evidence import examining
from casework.evidence import service as evidence
from casework.evidence.bodies import Description
from casework.money.account import proof, reading
from casework.money.account.proof import prove
from casework.vault import Section
from tests import factories
from tests.evidence import made
from tests.money.account import day, enter, money, new, weeks
from tests.papers.test_service import made as printed
from tests.papers.test_service import wish

MONEY = {Section.IDENTITY, Section.MONEY}


@pytest.fixture
def ref(asha):
    found = factories.kind_case(asha, "wage_theft", {}, called="Sita Test", what_happened="No pay.").ref
    enter(asha, found, new("rate", amount="15", currency="USD", per="hour", contract="home"), *weeks(2))
    return found


def hand_in(asha, store, ref, called):
    examined = examining.examine(made.coming(called.encode()), 10**6)
    examining.keep(store, examined)
    said = Description(what="diary", called=called, grade="photo", place="under the bed")
    return evidence.add(asha, ref, examined, said, uuid4())


def of_sort(asha, ref, sort):
    return [line.id for line in reading.listing(asha, ref)[1].lines_of(sort)]


@pytest.fixture
def proved(asha, store, ref):
    """The first paper proves nothing, the second the first week."""
    hand_in(asha, store, ref, "Qzx letter")
    second = hand_in(asha, store, ref, "Qzx diary")
    first = of_sort(asha, ref, "period")[:1]
    assert prove(asha, ref, second, first, first) == 1
    return second


@pytest.mark.parametrize("paper", ["hours", "calculation", "demand"])
def test_a_paper_names_its_proof_by_number(asha, store, ref, proved, paper):
    _, text = printed(asha, store, ref, wish(paper, sections={*MONEY, Section.EVIDENCE}))
    # Papers are compared without spaces: readers of PDF set their own.
    assert "Fingerprint(SHA-256)2" in text
    assert "Payperiod:1Jan2024–" in text
    assert "underthebed" not in text
    assert "Qzx" not in text


def test_the_head_of_a_pay_period_names_its_proof(asha, store, ref, proved):
    _, text = printed(asha, store, ref, wish("calculation", sections={*MONEY, Section.EVIDENCE}))
    assert text.count("(proof:2)") == 1


@pytest.mark.parametrize("paper", ["hours", "calculation", "demand"])
def test_without_the_section_of_evidence_nothing_is_said_of_proof(asha, store, ref, proved, paper):
    _, text = printed(asha, store, ref, wish(paper, sections=MONEY))
    assert "proof" not in text.lower()
    assert "SHA-256" not in text


def test_what_a_job_cost_names_its_receipt(asha, store):
    ref = factories.kind_case(asha, "recruitment_debt", {}, called="Ram Test").ref
    fee = {"amount": money(40_000_000, "BDT"), "on": day("2025-02-01"), "paid_to": "sub_agent"}
    enter(asha, ref, new("fee", **fee, item="fee_recruiter", receipt="full", asked="yes"))
    (line,) = of_sort(asha, ref, "fee")
    prove(asha, ref, hand_in(asha, store, ref, "Receipt"), [line], [line])
    for paper in ("costs", "refund"):
        _, text = printed(asha, store, ref, wish(paper, sections={*MONEY, Section.EVIDENCE}))
        assert "Fingerprint" in text


def test_a_line_with_its_proof_looks_like_any_other(asha, store, ref, proved):
    from sqlalchemy import select  # noqa: PLC0415 - only this test looks into the store

    from casework.cases.models import Entry  # noqa: PLC0415 - as above
    from casework.db import db  # noqa: PLC0415 - as above

    for sort in ("hours", "received", "deduction", "period"):
        prove(asha, ref, proved, of_sort(asha, ref, sort), of_sort(asha, ref, sort))
    assert len({len(body) for body in db.session.scalars(select(Entry.body))}) == 1


def test_a_struck_line_is_no_choice_and_keeps_its_proof(asha, store, ref, proved):
    from casework.money.account import lines  # noqa: PLC0415 - only this test strikes out

    (received, *_rest) = of_sort(asha, ref, "received")
    prove(asha, ref, proved, [received], [received])
    line = reading.listing(asha, ref)[1].line(received)
    lines.strike(asha, ref, received, line.rev, struck=True)
    _, ledger = reading.listing(asha, ref)
    assert received not in [one.id for one in proof.provable(ledger)]
    assert proof.KEY in ledger.line(received).said

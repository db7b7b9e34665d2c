"""Everything that the register says of one: corrected by two, merged and parted, hanging together."""

from uuid import UUID, uuid4

import pytest

from casework.audit import service as audit
from casework.errors import Denied, Invalid, NotFound
from casework.respondents import chains, merging, register
from casework.respondents.records import ChangedMeanwhile

PUBLIC = {"what": "licence_register", "says": "Suspended", "source": "Gazette 12", "on": None}


@pytest.fixture
def nina(world):
    return world.actor(world.nina)


def enter(actor, name, kind="recruiter", **answers):
    return register.enter(actor, kind, name, "NP", uuid4(), answers)


def test_all_that_is_known_is_kept_and_read_at_another_desk(asha, ram):
    made = enter(
        asha, "Gulf Manpower", aliases="GM\nالخليج للتوظيف\n", other_kinds=["lender"], public=[PUBLIC]
    )
    read = register.get(ram, made.id)
    assert read.names == ("Gulf Manpower", "GM", "الخليج للتوظيف")
    assert read.kinds == ("recruiter", "lender")
    assert read.answers["public"] == [PUBLIC]


def test_the_second_of_two_who_correct_sees_what_the_first_wrote(asha, ram):
    made = enter(asha, "Gulf Manpower")
    register.correct(asha, made.id, "recruiter", "Gulf Manpower Ltd", "NP", {"aliases": "GM"}, made.rev)
    with pytest.raises(ChangedMeanwhile) as caught:
        register.correct(ram, made.id, "employer", "Gulf", "NP", {}, made.rev)
    assert caught.value.theirs.name == "Gulf Manpower Ltd"
    register.correct(ram, made.id, "employer", "Gulf", "NP", {}, caught.value.theirs.rev)
    assert register.get(asha, made.id).name == "Gulf"
    assert "respondent.changed" in [seen.event for seen in audit.of_desk(ram.desk)]


def test_an_entry_looks_like_any_other_whatever_is_written_in_it(database, asha):
    from casework.respondents.models import Respondent  # noqa: PLC0415 - only here

    enter(asha, "A")
    enter(asha, "B" * 150, aliases="c" * 900, public=[PUBLIC] * 2)
    assert len({len(row.body) for row in database.session.query(Respondent)}) == 1


def test_merged_by_hand_and_undone_both_stay(asha, ram):
    one, other = enter(asha, "Gulf Manpower"), enter(ram, "Golf Man Power")
    assert merging.merge(asha, other.id, one.id, "The same licence") == one.id
    everybody = register.listing(ram)
    assert everybody.leading(other.id) == one.id
    assert [each.id for each in everybody.same(other.id)] == [one.id, other.id]
    assert register.get(ram, other.id).name == "Golf Man Power"
    merging.part(ram, other.id)
    merging.part(ram, other.id)
    assert register.listing(asha).leading(other.id) == other.id


def test_what_cannot_be_merged(asha):
    one, other, third = (enter(asha, name) for name in ("One", "Two", "Three"))
    for target, why in ((other.id, "x"), (one.id, "  ")):
        with pytest.raises(Invalid):
            merging.merge(asha, other.id, target, why)
    merging.merge(asha, other.id, one.id, "Same owner")
    with pytest.raises(Invalid):
        merging.merge(asha, one.id, other.id, "The other way round")
    with pytest.raises(Invalid):
        merging.merge(asha, other.id, third.id, "Again")
    with pytest.raises(NotFound):
        merging.merge(asha, third.id, UUID(int=7), "Nobody")
    # A double of a double follows the one that leads.
    assert merging.merge(asha, third.id, other.id, "Same phone") == one.id


def test_a_merge_counts_when_another_one_who_coordinates_has_looked(asha, mei, nina):
    one, other = enter(asha, "One"), enter(asha, "Two")
    merging.merge(mei, other.id, one.id, "Same owner")
    assert register.listing(asha).leading(other.id, checked=True) == other.id
    with pytest.raises(Denied):
        merging.check(asha, other.id)
    with pytest.raises(Invalid):
        merging.check(mei, other.id)
    merging.check(nina, other.id)
    assert register.listing(asha).leading(other.id, checked=True) == one.id
    merging.part(asha, other.id)
    with pytest.raises(Invalid):
        merging.check(nina, other.id)


def test_what_hangs_together(asha, ram):
    firm, agency, lender, far = (enter(asha, name) for name in ("Firm", "Agency", "Lender", "Far"))
    chains.link(asha, agency.id, "recruits_for", firm.id)
    chains.link(ram, agency.id, "recruits_for", firm.id)
    chains.link(asha, lender.id, "lends_for", agency.id)
    chains.link(asha, far.id, "owns", lender.id)
    levels, steps = chains.around(register.listing(asha), firm.id)
    assert levels == {firm.id: 0, agency.id: -1, lender.id: -2}
    assert [(step.above, step.sort, step.below) for step in steps] == [
        (agency.id, "recruits_for", firm.id),
        (lender.id, "lends_for", agency.id),
    ]
    chains.unlink(ram, agency.id, "recruits_for", firm.id)
    assert chains.around(register.listing(asha), firm.id)[0] == {firm.id: 0}


def test_a_chain_follows_a_merge_and_comes_back(asha):
    firm, agency, double = (enter(asha, name) for name in ("Firm", "Agency", "Agensy"))
    chains.link(asha, double.id, "recruits_for", firm.id)
    merging.merge(asha, double.id, agency.id, "Same licence")
    assert chains.around(register.listing(asha), agency.id)[0] == {agency.id: 0, firm.id: 1}
    merging.part(asha, double.id)
    assert chains.around(register.listing(asha), agency.id)[1] == ()


def test_what_cannot_be_linked(asha):
    firm, double = enter(asha, "Firm"), enter(asha, "Firme")
    with pytest.raises(Invalid):
        chains.link(asha, firm.id, "owns", firm.id)
    with pytest.raises(Invalid):
        chains.link(asha, firm.id, "hates", double.id)
    merging.merge(asha, double.id, firm.id, "Same door")
    with pytest.raises(Invalid):
        chains.link(asha, firm.id, "owns", double.id)


def test_allies_and_campaigners_change_nothing(world, asha):
    one, other = enter(asha, "One"), enter(asha, "Two")
    for stranger in (world.actor(world.luz), world.actor(world.cara, world.network_id)):
        for act in (
            lambda who=stranger: merging.merge(who, other.id, one.id, "x"),
            lambda who=stranger: merging.part(who, other.id),
            lambda who=stranger: merging.check(who, other.id),
            lambda who=stranger: chains.link(who, one.id, "owns", other.id),
            lambda who=stranger: chains.unlink(who, one.id, "owns", other.id),
            lambda who=stranger: register.correct(who, one.id, "employer", "X", "", {}, 1),
        ):
            with pytest.raises(Denied):
                act()

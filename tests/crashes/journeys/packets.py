"""Somebody is referred to another desk: offered, accepted, declined, taken back, brought as a file, and what came of it."""

import datetime as dt
import io
from pathlib import Path
from uuid import uuid4

import pytest

from casework import clock
from casework.cases import consenting, erasing, opening
from casework.cases.models import Case
from casework.db import db
from casework.errors import Invalid, NotFound
from casework.evidence import examining
from casework.evidence import service as evidence
from casework.evidence.bodies import Description
from casework.packets import accepting, arriving, ending, importing, moving, news, partners, sending, states
from casework.packets.models import Arrival, Packet
from casework.store import Store
from casework.vault import Section
from tests.crashes.journeys.journey import TOKEN, Journey, nothing
from tests.crashes.scene import Scene
from tests.evidence.made import coming
from tests.packets.scene import LARGEST, VALLEY, agree, introduce, wish
from tests.sharing.conftest import STORY

PAPER = b"Payslips of March to May"


def store(_scene: Scene) -> Store:
    """Beside the database, and not put back with it: what a dead process left lies there."""
    return Store(Path(str(db.engine.url.database)).with_suffix(".files").as_uri())


def acquainted(scene: Scene) -> None:
    """Both desks have compared their cards, the person has agreed, and there is a paper."""
    mei, nina = scene.actor(scene.world.mei), scene.world.actor(scene.world.nina)
    introduce(nina, mei)
    scene.more["partner"] = introduce(scene.actor(scene.world.mei), scene.world.actor(scene.world.nina))
    asha = scene.actor(scene.world.asha)
    agree(asha, scene.ref)
    examined = examining.examine(coming(PAPER), LARGEST)
    examining.keep(store(scene), examined)
    said = Description(what="payslips", called="March", grade="copy")
    scene.more["piece"] = evidence.add(asha, scene.ref, examined, said, uuid4())


def wanted(scene: Scene):
    return wish(scene.more["partner"], Section.STORY, files=[scene.more["piece"]])


def offer(scene: Scene) -> None:
    asked, asha = wanted(scene), scene.actor(scene.world.asha)
    files = sending.prepare(asha, store(scene), scene.ref, asked)
    sending.send(scene.actor(scene.world.asha), scene.ref, asked, files, TOKEN)
    scene.keep()


def offered(scene: Scene) -> None:
    acquainted(scene)
    offer(scene)


def arrival() -> Arrival:
    return db.session.query(Arrival).one()


def waits(scene: Scene) -> None:
    """There is one, and it opens there with its paper."""
    ram = scene.world.actor(scene.world.ram)
    row = arrival()
    found = arriving.open_row(ram.desk, row)
    assert found.answers["what_happened"] == STORY
    folder = arriving.folder_of(ram.desk, row)
    (told,) = found.files
    assert b"".join(moving.opened(store(scene), told, moving.named_under(folder, told))) == PAPER
    assert db.session.query(Packet).count() == 1


def accept(scene: Scene) -> None:
    row = arrival()
    if row.state == states.WAITING:
        ram = scene.world.actor(scene.world.ram)
        ready = accepting.prepare(ram, store(scene), row.id, LARGEST)
        assert ready.lost == 0
        accepting.accept(scene.world.actor(scene.world.ram), row.id, ready, take=True)
        scene.keep()


def accepted(scene: Scene) -> None:
    """One case there, with its paper, for that desk alone; nothing waits any more."""
    row = arrival()
    assert (row.state, row.box) == (states.ACCEPTED, None)
    ref = there(scene)
    opened = opening.load(scene.world.actor(scene.world.nina), ref)
    assert opened.section(Section.STORY).values["what_happened"] == STORY
    (piece,) = evidence.listing(opened).pieces
    ram = scene.world.actor(scene.world.ram)
    kept = evidence.open_file(ram, store(scene), ref, piece.id, original=True)
    assert b"".join(kept.parts) == PAPER
    for who in (scene.world.asha, scene.world.mei):
        with pytest.raises(NotFound):
            opening.load(scene.actor(who), ref)
    assert answer(scene).ref == ref


def there(scene: Scene) -> str:
    return db.session.query(Case.ref).filter_by(desk_id=scene.world.home_id).one().ref


def answer(scene: Scene):
    return news.look(scene.actor(scene.world.asha), scene.ref, arrival().id)[2]


def taken_over(scene: Scene) -> None:
    offered(scene)
    accept(scene)


def tell(scene: Scene) -> None:
    """What came of it is told, and seen."""
    ram = scene.world.actor(scene.world.ram)
    if not arriving.look(ram, arrival().id).feedback:
        accepting.tell(ram, arrival().id, "helped", "She is out")
        scene.keep()
    news.look(scene.actor(scene.world.asha), scene.ref, arrival().id)
    scene.keep()


def told(scene: Scene) -> None:
    assert [one.note for one in answer(scene).feedback] == ["She is out"]
    assert not news.waiting(scene.actor(scene.world.asha), 5)


def decline(scene: Scene) -> None:
    if arrival().state == states.WAITING:
        arriving.decline(scene.world.actor(scene.world.ram), arrival().id, "No room")
        scene.keep()


def declined(scene: Scene) -> None:
    assert (arrival().state, arrival().box) == (states.DECLINED, None)
    assert answer(scene).reason == "No room"


def recall(scene: Scene) -> None:
    if arrival().state == states.WAITING:
        ending.recall(scene.actor(scene.world.bo), scene.ref, arrival().id)
        scene.keep()


def withdraw(scene: Scene) -> None:
    asha = scene.actor(scene.world.asha)
    said = consenting.listing(asha, scene.ref).told
    (one,) = [one for one in said if one.answer.recipient == VALLEY]
    if one.withdrawn_at is None:
        consenting.withdraw(asha, scene.ref, one.id)
        scene.keep()


def taken_back(scene: Scene) -> None:
    row = arrival()
    assert (row.state, row.box) == (states.RECALLED, None)
    with pytest.raises(Invalid):
        arriving.read(scene.world.actor(scene.world.ram), row.id)
    assert news.look(scene.actor(scene.world.asha), scene.ref, row.id)[1].ended


def run_out(scene: Scene) -> None:
    with clock.at(clock.now() + dt.timedelta(days=11)):
        ending.expire()
        scene.keep()


def ran_out(_scene: Scene) -> None:
    assert (arrival().state, arrival().box) == (states.EXPIRED, None)


def made_as_file(scene: Scene) -> None:
    acquainted(scene)
    asha, asked = scene.actor(scene.world.asha), wanted(scene)
    packet_id, parts = sending.make_file(asha, store(scene), scene.ref, asked, TOKEN, LARGEST)
    scene.more["packet"], scene.more["data"] = packet_id, b"".join(parts)


def bring(scene: Scene) -> None:
    if not db.session.query(Arrival).count():
        ram = scene.world.actor(scene.world.ram)
        brought = importing.prepare(ram, store(scene), io.BytesIO(scene.more["data"]))
        importing.keep(scene.world.actor(scene.world.ram), brought)
        scene.keep()


def hear(scene: Scene) -> None:
    packet_id, asha = scene.more["packet"], scene.actor(scene.world.asha)
    ending.heard(asha, scene.ref, packet_id, "helping", "They rang")
    scene.keep()


def heard(scene: Scene) -> None:
    found = news.look(scene.actor(scene.world.asha), scene.ref, scene.more["packet"])[1]
    assert found.heard == ("helping", "They rang")


def erase_there(scene: Scene) -> None:
    if db.session.query(Case).filter_by(desk_id=scene.world.home_id).count():
        nina, ref = scene.world.actor(scene.world.nina), there(scene)
        erasing.erase(nina, ref, "person_asked", ref, dt.timedelta(days=30), TOKEN)
        scene.keep()


def erased_there(scene: Scene) -> None:
    assert not arriving.look(scene.world.actor(scene.world.ram), arrival().id).kept.get("ref")
    assert answer(scene).ref == ""


def compare(scene: Scene) -> None:
    """A card is brought and compared, and taken out again: nobody is referred there."""
    mei, nina = scene.actor(scene.world.mei), scene.world.actor(scene.world.nina)
    if not partners.ready(mei) and not scene.more.get("dropped"):
        introduce(mei, nina)
        scene.keep()
    for one in partners.ready(scene.actor(scene.world.mei)):
        partners.drop(scene.actor(scene.world.mei), one.id)
        scene.keep()
        scene.more["dropped"] = True


def knows_nobody(scene: Scene) -> None:
    assert partners.listing(scene.actor(scene.world.mei)) == ([], 0)


JOURNEYS = {
    "somebody is referred": Journey(acquainted, offer, waits),
    "a packet is accepted": Journey(offered, accept, accepted),
    "what came of a referral": Journey(taken_over, tell, told),
    "a packet is declined": Journey(offered, decline, declined),
    "a packet is taken back": Journey(offered, recall, taken_back),
    "an agreement to a referral is withdrawn": Journey(offered, withdraw, taken_back),
    "nobody answers a packet": Journey(offered, run_out, ran_out),
    "a packet is brought as a file": Journey(made_as_file, bring, waits),
    "a file's desk rings": Journey(made_as_file, hear, heard),
    "a case that came is erased": Journey(taken_over, erase_there, erased_there),
    "a card is compared and taken out": Journey(nothing, compare, knows_nobody),
}

"""Slots, profiles and what a person seals for themselves."""

import threading
import uuid
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework import clock
from casework.errors import Refused
from casework.vault import PersonKeys, Pin, Secret, catalogue, open_profile, sealed_profile, slot, totp

PEPPERS = slot.Peppers({1: b"p" * 32, 2: b"q" * 32})
WORDS = "correct horse battery staple again today"
DRAFT = catalogue.SealedField(9_999, "draft", "body", "user", "mine", "72 hours")


@pytest.fixture
def person():
    return PersonKeys.create(uuid.uuid4())


def make(person, words=WORDS, peppers=PEPPERS):
    return slot.make(person.root, uuid.uuid4(), person.user_id, words, peppers, slot.QUICK)


@pytest.mark.parametrize(
    "typed",
    [WORDS, WORDS.upper(), WORDS.replace(" ", "-"), f"  {WORDS.replace(' ', '   ')}\n", "ｃ" + WORDS[1:]],
)
def test_a_passphrase_opens_however_it_is_typed(person, typed):
    assert slot.unlock(make(person), typed, PEPPERS, slot.QUICK) == person.root


def test_everything_else_is_refused_alike(person):
    good = make(person)
    other = make(PersonKeys.create(uuid.uuid4()))
    for stored, words, peppers in (
        (good, WORDS + "s", PEPPERS),
        (good, "", PEPPERS),
        (None, WORDS, PEPPERS),
        (good, WORDS, slot.Peppers({2: b"r" * 32})),
        (good, WORDS, slot.Peppers({1: b"p" * 32})),
        (replace(good, user_id=uuid.uuid4()), WORDS, PEPPERS),
        (replace(good, id=uuid.uuid4()), WORDS, PEPPERS),
        (replace(good, salt=b"s" * 16), WORDS, PEPPERS),
        (replace(good, commit=bytes(32)), WORDS, PEPPERS),
        (replace(good, blob=other.blob), WORDS, PEPPERS),
        (replace(good, blob=b"\x05\0\0\0\x01" + good.blob[5:]), WORDS, PEPPERS),
        (replace(good, blob=good.blob[:-1]), WORDS, PEPPERS),
        (replace(good, blob=b""), WORDS, PEPPERS),
    ):
        with pytest.raises(Refused) as caught:
            slot.unlock(stored, words, peppers, slot.QUICK)
        assert not caught.value.args


class CountingGate(slot.Gate):
    """Counts how often the work is done, and how many do it at once."""

    def __init__(self, at_once=4):
        super().__init__(at_once)
        self.calls, self.now, self.most, self._lock = 0, 0, 0, threading.Lock()

    def _argon2(self, *args):
        with self._lock:
            self.calls, self.now = self.calls + 1, self.now + 1
            self.most = max(self.most, self.now)
        try:
            return super()._argon2(*args)
        finally:
            with self._lock:
                self.now -= 1


def test_an_unknown_login_costs_the_same_work(person):
    for stored in (None, make(person), replace(make(person), blob=b"")):
        gate = CountingGate()
        with pytest.raises(Refused):
            slot.unlock(stored, "wrong", PEPPERS, slot.QUICK, gate)
        assert gate.calls == 1


def test_few_checks_run_at_once(person):
    gate, stored = CountingGate(2), make(person)
    cost = slot.Cost(8 * 1024, 2, 1)
    stored = slot.make(person.root, stored.id, person.user_id, WORDS, PEPPERS, cost)
    opened = []
    threads = [
        threading.Thread(target=lambda: opened.append(slot.unlock(stored, WORDS, PEPPERS, cost, gate)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened == [person.root] * 8
    assert gate.most <= 2


def test_a_new_slot_takes_the_newest_pepper(person):
    old = make(person, peppers=slot.Peppers({1: b"p" * 32}))
    assert old.pepper_id == 1
    assert slot.unlock(old, WORDS, PEPPERS, slot.QUICK) == person.root
    assert make(person).pepper_id == PEPPERS.current == 2


def test_two_slots_see_the_same_pins(person):
    slots = [make(person, words) for words in ("first phrase", "second phrase")]
    person.pin(uuid.uuid4(), Pin(3, b"h" * 32))
    sealed, counter = sealed_profile(person)
    for stored, words in zip(slots, ("first phrase", "second phrase"), strict=True):
        again = open_profile(slot.unlock(stored, words, PEPPERS, slot.QUICK), person.user_id, sealed, counter)
        assert again.pins == person.pins


def test_a_profile_comes_back_whole(person):
    person.pin(uuid.uuid4(), Pin(0, bytes(32)))
    sealed, counter = sealed_profile(person)
    again = open_profile(person.root, person.user_id, sealed, counter)
    assert (again.x_public, again.ed_public) == (person.x_public, person.ed_public)
    assert (again.totp_secret, again.pins, again.counter) == (person.totp_secret, person.pins, 1)
    assert not again.changed


def test_a_profile_of_another_user_root_or_counter_is_refused(person):
    sealed, counter = sealed_profile(person)
    bumped = sealed[:1] + (counter + 1).to_bytes(4, "big") + sealed[5:]
    for root, user, blob, number in (
        (Secret.random(), person.user_id, sealed, counter),
        (person.root, uuid.uuid4(), sealed, counter),
        (person.root, person.user_id, sealed, counter + 1),
        (person.root, person.user_id, bumped, counter + 1),
        (person.root, person.user_id, None, counter),
    ):
        with pytest.raises(Refused):
            open_profile(root, user, blob, number)


def test_a_code_is_taken_once(person):
    code = totp.code_at(person.totp_secret, clock.now())
    person.use_code(code)
    assert person.changed
    with pytest.raises(Refused):
        person.use_code(code)
    sealed, counter = sealed_profile(person)
    with pytest.raises(Refused):
        open_profile(person.root, person.user_id, sealed, counter).use_code(code)


def test_a_new_authenticator_makes_the_old_one_worthless(person):
    old = person.totp_secret
    assert person.new_totp() == person.totp_secret != old
    with pytest.raises(Refused):
        person.use_code(totp.code_at(old, clock.now()))


@settings(max_examples=25)
@given(st.text(st.characters(codec="utf-8"), max_size=100))
def test_what_is_private_opens_for_its_owner_only(text):
    one, other, row = PersonKeys.create(uuid.uuid4()), PersonKeys.create(uuid.uuid4()), uuid.uuid4()
    sealed = one.seal(DRAFT, row, text)
    assert one.open(DRAFT, row, sealed) == text
    for who, place, blob in (
        (other, row, sealed),
        (one, uuid.uuid4(), sealed),
        (one, row, None),
        (one, row, sealed[:-1]),
        (one, row, sealed[:1] + b"\0\0\0\x02" + sealed[5:]),
    ):
        with pytest.raises(Refused):
            who.open(DRAFT, place, blob)


def test_pins_change_the_profile_only_when_they_move(person):
    desk = uuid.uuid4()
    person.pin(desk, Pin(1, b"a" * 32))
    person.changed = False
    person.pin(desk, Pin(1, b"a" * 32))
    assert not person.changed
    person.unpin(desk)
    assert person.changed
    assert person.pins == {}

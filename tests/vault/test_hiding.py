"""Who holds keys shows none: not by repr, not by pickle, not in a traceback with local variables."""

import copy
import json
import logging
import pickle
import traceback
import uuid
from datetime import UTC, datetime

import pytest

from casework.errors import Refused
from casework.vault import (
    CaseKeys,
    ChainState,
    DeskKeys,
    PersonKeys,
    Secret,
    Section,
    blob,
    box,
    cards,
    catalogue,
    chain,
    desk,
    open_profile,
    plain,
    sealed_profile,
    session,
    slot,
)
from casework.vault.encoding import kdf
from casework.vault.keeping import wraps

END = datetime(2026, 3, 1, tzinfo=UTC)
ENTRY = catalogue.field("entry.body")
TOTP = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
PEPPERS = slot.Peppers({1: b"P" * 31 + b"\x07"})


class Holders:
    """One of each that holds keys, with the keys that must not show."""

    def __init__(self):
        self.seeds = [Secret.random() for _ in range(6)]
        root, x, ed, desk_secret, key, tags = self.seeds
        self.person = PersonKeys(uuid.uuid4(), root, x, ed, totp_secret=TOTP)
        desk_id = uuid.uuid4()
        state = chain.extend(ChainState(desk_id), [chain.first(desk_id, desk_id, self.person)])
        fields = (1, desk.commitment(desk_secret), desk.desk_public(desk_secret))
        state = chain.extend(state, [chain.next_entry(state, self.person, "epoch", *fields)])
        self.desk = DeskKeys(self.person, state, desk_secret, {})
        self.case = CaseKeys(state, uuid.uuid4(), generation=1, born=1, key=key, tags=tags)
        self.card = cards.split(root, uuid.uuid4())[0]
        self.seeds += [self.card.first, self.card.second, Secret(TOTP.encode())]
        # Everything is used once, so that derived keys are held too.
        for section in Section:
            self.case.seal(ENTRY, uuid.uuid4(), section, "x")
            self.seeds.append(self.case.section_key(section, 1))
        self.desk.seal(catalogue.field("desk.body"), uuid.uuid4(), "x")

    def all(self):
        inside = wraps.Inside(self.seeds[4], self.seeds[5], 1, frozenset())
        return [self.person, self.desk, self.case, self.card, PEPPERS, inside, *self.seeds]

    def shown_in(self, text):
        raws = [secret.expose() for secret in self.seeds] + [b"P" * 31 + b"\x07"]
        marks = [mark for raw in raws for mark in (repr(raw)[2:-1], raw.hex(), str(list(raw)))]
        return [mark for mark in marks if mark in text]


@pytest.fixture
def holders():
    return Holders()


def test_the_search_would_find_a_key(holders):
    assert holders.shown_in(repr({"key": holders.seeds[0].expose()}))


def test_repr_str_and_format_show_nothing(holders):
    for holder in holders.all():
        for text in (repr(holder), str(holder), f"{holder}", repr([holder]), "%s" % (holder,)):  # noqa: UP031 — as a log line would
            assert not holders.shown_in(text)


def test_nothing_is_pickled_or_copied_deeply_or_made_json(holders):
    for holder in holders.all():
        for attempt in (pickle.dumps, copy.deepcopy, json.dumps):
            with pytest.raises(TypeError):
                attempt(holder)


def _raises(action):
    """A traceback with every local variable, as an eager error reporter would take it."""
    try:
        action()
    except (Refused, TypeError, ValueError) as error:
        return "".join(
            traceback.TracebackException.from_exception(error, capture_locals=True, compact=False).format()
        )
    raise AssertionError("it did not fail")


def _misshapen(holders):
    """A profile with keys in it that lacks its pins."""
    value = {"x25519": holders.seeds[1].expose().hex(), "ed25519": holders.seeds[2].expose().hex()}
    key = kdf(holders.person.root, "profile")
    return blob.seal(key, blob.Fmt.PROFILE, 1, plain.encode(value), "profile", holders.person.user_id)


def test_tracebacks_with_local_variables_show_nothing(holders):
    row, person = uuid.uuid4(), holders.person
    sealed = holders.case.seal(ENTRY, row, Section.LEGAL, "x")
    stored = slot.make(person.root, row, person.user_id, "words", PEPPERS, slot.QUICK)
    profile, _ = sealed_profile(person)
    for action in (
        lambda: holders.case.open(ENTRY, uuid.uuid4(), Section.LEGAL, sealed),
        lambda: holders.case.open(ENTRY, row, Section.MONEY, sealed),
        lambda: holders.case.open(ENTRY, row, Section.LEGAL, b"\x01\0\0\0\x09" + sealed[5:]),
        lambda: holders.case.seal(ENTRY, row, Section.LEGAL, b"no value"),
        lambda: holders.desk.open(catalogue.field("desk.body"), row, sealed),
        lambda: holders.desk.open_segment(row, 1, b"\x08" + sealed[1:]),
        lambda: holders.desk.secret(2),
        lambda: DeskKeys(person, holders.desk.state, Secret.random(), {}),
        lambda: person.unpack(b"\x11" + bytes(80), "purpose"),
        lambda: person.use_code("000 00"),
        lambda: slot.unlock(stored, "other words", PEPPERS, slot.QUICK),
        lambda: slot.unlock(stored, "words", PEPPERS, slot.Cost(1, 0, 0)),
        lambda: open_profile(person.root, uuid.uuid4(), profile),
        lambda: wraps.unwrap(holders.desk, row, 1, b"\x03" + sealed[1:]),
        lambda: chain.extend(holders.desk.state, [chain.next_entry(holders.desk.state, person, "nonsense")]),
        lambda: box.pack(b"no key", person.root, "purpose"),
        lambda: open_profile(person.root, person.user_id, _misshapen(holders)),
        lambda: session.open_root(holders.seeds[0], sealed, person.user_id, END),
        lambda: cards.join(holders.card, holders.card),
    ):
        assert not holders.shown_in(_raises(action))


def test_logging_a_holder_shows_nothing(holders, caplog):
    with caplog.at_level(logging.DEBUG):
        for holder in holders.all():
            logging.getLogger("casework").warning("%s %r", holder, holder)
    assert not holders.shown_in(caplog.text)

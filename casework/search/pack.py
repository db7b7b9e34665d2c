"""Many cards in columns, so that twenty thousand are filtered, sorted and searched without being made."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np

from casework.search.card import Card
from casework.search.coded import Coded
from casework.search.columns import (
    CODE,
    CODE_LISTS,
    CODES,
    DAYS,
    ID,
    MONEY,
    USERS,
    amount,
    day,
    day_number,
    id_bytes,
    money_number,
    person,
)
from casework.search.names import Index
from casework.search.numbers import DOCUMENT, PHONE, uncoded
from casework.search.ragged import Array


@dataclass(frozen=True)
class Pack:
    """Cards in columns.

    Attributes:
        cases: the id of each card's case, as 16 bytes.
        stamps: the number of the save that wrote each card; of two cards of a case the later one counts.
        days, money: a row for each of `DAYS` and `MONEY`.
        codes: what is a code; the empty one is none.
        people: users and respondents; zeros are nobody.
        index: names, references and tails.
    """

    cases: Array
    stamps: Array
    days: Array
    money: Array
    codes: Coded
    people: Coded
    index: Index

    @classmethod
    def of(cls, cards: Sequence[Card], stamp: int = 0) -> "Pack":
        """Lay out cards, all written by one save.

        Args:
            cards: the cards.
            stamp: the number of the save.
        """
        return cls(
            cases=np.array([card.case_id.bytes for card in cards], ID),
            stamps=np.full(len(cards), stamp, np.int64),
            days=np.array([[day_number(getattr(c, n)) for c in cards] for n in DAYS], np.int64),
            money=np.array([[money_number(getattr(c, n)) for c in cards] for n in MONEY], np.int64),
            codes=Coded.of(
                {name: [getattr(c, name).encode() for c in cards] for name in CODES},
                {name: [[x.encode() for x in getattr(c, name)] for c in cards] for name in CODE_LISTS},
                CODE,
            ),
            people=Coded.of(
                {name: [id_bytes(getattr(c, name)) for c in cards] for name in USERS},
                {"respondents": [[x.bytes for x in c.respondents] for c in cards]},
                ID,
            ),
            index=Index.of(cards),
        )

    @classmethod
    def join(cls, some: Sequence["Pack"]) -> "Pack":
        """Several, one after another. A case may then have several cards: see `newest`."""
        packs = some or [cls.of([])]
        return cls(
            cases=np.concatenate([p.cases for p in packs]),
            stamps=np.concatenate([p.stamps for p in packs]),
            days=np.concatenate([p.days for p in packs], axis=1),
            money=np.concatenate([p.money for p in packs], axis=1),
            codes=Coded.join([p.codes for p in packs]),
            people=Coded.join([p.people for p in packs]),
            index=Index.join([p.index for p in packs]),
        )

    def __len__(self) -> int:
        return len(self.cases)

    def number(self, name: str) -> Array:
        """A column of days or money."""
        found: Array = self.days[DAYS.index(name)] if name in DAYS else self.money[MONEY.index(name)]
        return found

    def take(self, rows: Array) -> "Pack":
        """Some cards. Nothing of the others stays: no name, no code, no id."""
        return Pack(
            cases=self.cases[rows],
            stamps=self.stamps[rows],
            days=self.days[:, rows],
            money=self.money[:, rows],
            codes=self.codes.take(rows),
            people=self.people.take(rows),
            index=self.index.take(rows),
        )

    @cached_property
    def _halves(self) -> Array:
        """The ids of the cases as two numbers each."""
        return np.frombuffer(self.cases.tobytes(), ">u8").reshape(-1, 2).astype("u8")

    @cached_property
    def newest(self) -> Array:
        """For each card whether it is the newest of its case."""
        newest = np.ones(len(self), bool)
        again = self._again
        order = again[np.lexsort((self.stamps[again], self._halves[again, 1], self._halves[again, 0]))]
        ordered = self._halves[order]
        newest[order[:-1][(ordered[1:] == ordered[:-1]).all(axis=1)]] = False
        return newest

    @property
    def _again(self) -> Array:
        """The few rows whose case may have another card: half of a random id tells nearly all others."""
        firsts = self._halves[:, 0]
        ordered = np.sort(firsts)
        return np.flatnonzero(np.isin(firsts, ordered[1:][ordered[1:] == ordered[:-1]]))

    def rows_of(self, case_ids: Collection[UUID]) -> Array:
        """The rows of some cases, older cards among them."""
        wanted = {case_id.bytes for case_id in case_ids}
        firsts = np.array([int.from_bytes(case[:8], "big") for case in wanted], "u8")
        near = np.flatnonzero(np.isin(self._halves[:, 0], firsts))
        return np.array([row for row in near if self.cases[row].item() in wanted], np.int64)

    def case_id(self, row: int) -> UUID:
        """The case of one card."""
        return UUID(bytes=self.cases[row].item())

    def case_ids(self) -> list[UUID]:
        """The cases that have a card."""
        return [UUID(bytes=case) for case in self.cases[self.newest].tolist()]

    def card(self, row: int) -> Card:
        """One card, made."""
        return self.cards([row])[0]

    def cards(self, rows: Sequence[int]) -> list[Card]:
        """Some cards, made."""
        at = np.array(rows, np.int64)
        singles = {name: self.codes.values(name, at) for name in CODES}
        days = {name: [day(n) for n in self.number(name)[at].tolist()] for name in DAYS}
        money = {name: [amount(n) for n in self.number(name)[at].tolist()] for name in MONEY}
        users = {name: [person(value) for value in self.people.values(name, at)] for name in USERS}
        columns = days | money | users | {n: [v.decode() for v in values] for n, values in singles.items()}
        return [
            Card.known(**{name: values[i] for name, values in columns.items()}, **self._rest(row))
            for i, row in enumerate(at.tolist())
        ]

    def _rest(self, row: int) -> dict[str, Any]:
        """What of a card has its own length."""
        called, *variants = self.index.names.names(row)
        ref = bytes(self.index.refs[row]).decode()
        lists = {n: tuple(v.decode() for v in self.codes.values_of(n, row)) for n in CODE_LISTS}
        return {
            "case_id": self.case_id(row),
            "ref": f"{ref[:4]}-{ref[4:]}",
            "called": called,
            "variants": tuple(variants),
            "phones": tuple(uncoded(code, PHONE) for code in self.index.phones.row(row).tolist()),
            "documents": tuple(uncoded(code, DOCUMENT) for code in self.index.documents.row(row).tolist()),
            "respondents": tuple(UUID(bytes=value) for value in self.people.values_of("respondents", row)),
            **lists,
        }

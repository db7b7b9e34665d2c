"""What the vault adds to one field: sealing and opening 64 characters, beside bare AES-256-GCM.

Ours binds the field to its catalogue number, case, row and section, pads it and checks all of that on the
way back. Bare is what the cipher alone costs with a random nonce and as many bytes of associated data.
"""

import os
import statistics
import time
import uuid
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casework.vault import CaseKeys, ChainState, Secret, Section, catalogue

ROUNDS = 400
PER_ROUND = 250
TEXT = "sixty-four signs of a synthetic note about nobody, nowhere, ever"


def _ours() -> Callable[[], object]:
    case = CaseKeys(
        ChainState(uuid.uuid4()),
        uuid.uuid4(),
        generation=1,
        born=1,
        key=Secret.random(),
        tags=Secret.random(),
    )
    field, row, section = catalogue.field("entry.body"), uuid.uuid4(), Section.STORY
    seal, unseal = case.seal, case.open

    def once() -> object:
        return unseal(field, row, section, seal(field, row, section, TEXT))

    return once


def _bare() -> Callable[[], object]:
    cipher, bound = AESGCM(os.urandom(32)), os.urandom(98)

    def once() -> object:
        nonce = os.urandom(12)
        sealed = nonce + cipher.encrypt(nonce, TEXT.encode(), bound)
        return cipher.decrypt(sealed[:12], sealed[12:], bound).decode()

    return once


def _round(once: Callable[[], object]) -> float:
    """Microseconds for one call, over a round."""
    start = time.perf_counter_ns()
    for _ in range(PER_ROUND):
        once()
    return (time.perf_counter_ns() - start) / PER_ROUND / 1000


def run() -> list[dict[str, Any]]:
    """Medians of rounds that take turns, so that a slow moment of the machine hits both."""
    ours, bare = _ours(), _bare()
    assert ours() == bare() == TEXT
    rounds = [(_round(ours), _round(bare)) for _ in range(ROUNDS)]
    mine, theirs = (statistics.median(column) for column in zip(*rounds, strict=True))
    return [
        {
            "name": "seal and open a field vs raw AES-GCM",
            "ours": round(mine, 3),
            "theirs": round(theirs, 3),
            "unit": "µs",
            "ratio": round(mine / theirs, 2),
            "n": ROUNDS * PER_ROUND,
        }
    ]

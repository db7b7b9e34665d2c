"""Makes `return_vector.json`; once a version of the programme is out, that version's file is never made anew.

python -m tests.trends.make_vector > tests/trends/return_vector.json
"""

import json
import sys
from base64 import b64encode
from datetime import date
from hashlib import sha256
from uuid import UUID

from casework.trends import facts
from casework.trends.facts import Facts
from casework.trends.files import Announcement, ReturnFile
from casework.trends.plans import every
from casework.trends.sheets import Sheet
from casework.trends.windows import Window
from casework.vault import returning
from casework.vault.box import private_key
from casework.vault.returning import Place
from casework.vault.secret import Secret


def secret(name: str) -> Secret:
    return Secret(sha256(name.encode()).digest())


def uuid(name: str) -> UUID:
    return UUID(bytes=sha256(name.encode()).digest()[:16], version=4)


def make() -> dict[str, object]:
    who = {uuid(name): secret(name) for name in ("first steward", "second steward")}
    keys = {one: private_key(seed).public_key().public_bytes_raw() for one, seed in who.items()}
    days = (date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 20))
    window = Window(
        uuid("window"), uuid("network"), "large", every()["large"].digest, *days, tuple(sorted(keys))
    )
    announced = Announcement(window, facts.layout(), keys)
    place = Place(window.network_id, window.id, uuid("desk"))
    opening = Facts.of(
        [{"kind": "detention", "home": "NP", "host": "MY"}, {"kind": "wage_theft", "sector": "F"}]
    )
    sheet = Sheet(opening, Facts.of([{"kind": "detention", "outcome": "goal_met"}])).to_bytes()
    boxes, body = returning.pack(keys, place, sheet)
    found = ReturnFile(place, 3, boxes, body)
    return {
        "stewards": {str(one): seed.expose().hex() for one, seed in who.items()},
        "window": b64encode(announced.to_bytes()).decode(),
        "window_code": announced.code,
        "return": b64encode(found.to_bytes()).decode(),
        "return_code": found.code,
        "sheet_begins": sheet[:256].hex(),
    }


if __name__ == "__main__":
    json.dump(make(), sys.stdout, ensure_ascii=False, indent=1)

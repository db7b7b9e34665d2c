"""Makes `vector.json` once; a later version has to read it, so it is never made anew.

python -m tests.packets.make_vector > tests/packets/vector.json
"""

import json
import sys
from base64 import b64encode
from datetime import date
from hashlib import sha256
from uuid import UUID

from casework.packets import wire
from casework.packets.desk_cards import Card
from casework.vault import Secret, packet, signature
from casework.vault.box import private_key
from casework.vault.filing import FileSealer
from casework.vault.packet import Place


def secret(name: str) -> Secret:
    return Secret(sha256(name.encode()).digest())


def uuid(name: str) -> UUID:
    return UUID(bytes=sha256(name.encode()).digest()[:16], version=4)


def make() -> dict[str, object]:
    x = private_key(secret("x")).public_key().public_bytes_raw()
    ed = signature.private_key(secret("ed"))
    card = Card(uuid("to"), "Valley desk", 2, x, ed.public_key().public_bytes_raw(), 3, bytes(range(32)))
    place = Place(uuid("packet"), uuid("from"), uuid("to"), 2, date(2026, 12, 31))
    sealer = FileSealer(uuid("file"), secret("file"), secret("salt").expose()[:16])
    data = b"Payslip of March. " * 4000
    parts = [sealer.lead, *sealer.add(data), *sealer.end()]
    file = {
        "id": str(uuid("file")),
        "key": secret("file").expose().hex(),
        "size": len(data),
        "mime": "text/plain",
    }
    contents = {"format": 1, "told": "Bitte übernehmen · कृपया", "files": [file]}
    box = packet.seal(x, place, contents)
    signed = signature.sign(ed, "packet", *place.parts(), sha256(box).digest())
    whole = b"".join(wire.file(wire.head(place, box, signed), [iter(parts)]))
    return {
        "card": card.text,
        "code": card.code,
        "x25519_seed": secret("x").expose().hex(),
        "ed25519_public": ed.public_key().public_bytes_raw().hex(),
        "contents": contents,
        "sha256_of_file": sha256(data).hexdigest(),
        "packet": b64encode(whole).decode(),
    }


if __name__ == "__main__":
    json.dump(make(), sys.stdout, ensure_ascii=False, indent=1)

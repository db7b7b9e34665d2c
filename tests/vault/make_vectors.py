"""Writes vectors.json from raw primitives alone: `python tests/vault/make_vectors.py`.

Nothing of ours is imported, HPKE is written out from RFC 9180, and all that should be random is the hash of a
name. So the vectors say what the construction sheet says, and not what our code happens to do.
"""

import base64
import hashlib
import hmac
import json
import struct
import unicodedata
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

DOMAIN = "casework/1"


def fixed(name, size=32):
    return hashlib.shake_256(name.encode()).digest(size)


def lp(*parts):
    out = b""
    for part in parts:
        raw = (
            struct.pack(">I", part)
            if isinstance(part, int)
            else part.encode()
            if isinstance(part, str)
            else part
        )
        out += struct.pack(">I", len(raw)) + raw
    return out


def extract(salt, key):
    return hmac.digest(salt, key, "sha256")


def expand(prk, info, size):
    out = block = b""
    while len(out) < size:
        block = hmac.digest(prk, block + info + bytes([len(out) // 32 + 1]), "sha256")
        out += block
    return out[:size]


def kdf(key, label, *parts):
    return expand(extract(bytes(32), key), lp(DOMAIN, label, *parts), 32)


def pad(kind, data):
    body = bytes([kind]) + data
    size = 32
    while size < len(body) + 4:
        size *= 2
    return (struct.pack(">I", len(body)) + body).ljust(size, b"\0")


def text(value):
    return pad(1, value.encode())


def as_json(value):
    return pad(2, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def blob(key, fmt, version, data, *place):
    head = bytes([fmt]) + struct.pack(">I", version)
    nonce = fixed(f"nonce {fmt} {version} {place[0]}", 12)
    return head + nonce + AESGCM(key).encrypt(nonce, data, lp(DOMAIN, head, lp(*place)))


def box(public, data, *info):
    """HPKE base mode, RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, sequence number 0."""
    ephemeral = X25519PrivateKey.from_private_bytes(fixed(f"ephemeral {info[0]}"))
    enc = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    kem, suite = b"KEM" + struct.pack(">H", 0x20), b"HPKE" + struct.pack(">HHH", 0x20, 1, 2)

    def labeled_extract(suite_id, salt, label, ikm):
        return extract(salt or bytes(32), b"HPKE-v1" + suite_id + label + ikm)

    def labeled_expand(suite_id, prk, label, context, size):
        return expand(prk, struct.pack(">H", size) + b"HPKE-v1" + suite_id + label + context, size)

    secret = labeled_expand(
        kem, labeled_extract(kem, b"", b"eae_prk", shared), b"shared_secret", enc + public, 32
    )
    context = (
        b"\0"
        + labeled_extract(suite, b"", b"psk_id_hash", b"")
        + labeled_extract(suite, b"", b"info_hash", lp(DOMAIN, *info))
    )
    schedule = labeled_extract(suite, secret, b"secret", b"")
    key = labeled_expand(suite, schedule, b"key", context, 32)
    nonce = labeled_expand(suite, schedule, b"base_nonce", context, 12)
    return b"\x11" + enc + AESGCM(key).encrypt(nonce, data, b"")


def x_public(seed):
    return X25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def ed_public(seed):
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


USER, OTHER, DESK, CASE, ROW, SLOT, EVENT, SEGMENT = (
    fixed(name, 16) for name in ("user", "other", "desk", "case", "row", "slot", "event", "segment")
)
ROOT, X, ED = fixed("root"), fixed("x25519"), fixed("ed25519")
S1, S2, K1, K2, T = fixed("S1"), fixed("S2"), fixed("K1"), fixed("K2"), fixed("T")
PEPPER, SALT, COOKIE, END = fixed("pepper"), fixed("salt", 16), fixed("cookie"), 1_800_000_000
PASSPHRASE = "Ｃorrect-Horse  battery STRASSE"


def slot(memory, iterations):
    words = " ".join(unicodedata.normalize("NFKC", PASSPHRASE).casefold().replace("-", " ").split())
    ad = lp(DOMAIN, "slot", USER)
    out = Argon2id(
        salt=SALT, length=32, iterations=iterations, lanes=1, memory_cost=memory, ad=ad, secret=PEPPER
    ).derive(words.encode())
    return {
        "commit": kdf(out, "slot commit", USER),
        "blob": blob(kdf(out, "slot key", USER), 5, 7, ROOT, "slot", USER, SLOT),
    }


def desk_public(secret):
    return x_public(kdf(secret, "desk x25519"))


def chain():
    """Genesis, two epochs, a volunteer."""
    prev, entries = bytes(32), []
    for seq, (kind, *fields) in enumerate(
        (
            ("genesis", DESK, x_public(X), ed_public(ED)),
            ("epoch", 1, kdf(S1, "desk commit"), desk_public(S1)),
            ("admit", OTHER, "volunteer", x_public(fixed("other x")), ed_public(fixed("other ed"))),
            ("epoch", 2, kdf(S2, "desk commit"), desk_public(S2)),
        )
    ):
        body = lp(DOMAIN, "chain", DESK, seq, prev, kind, *fields)
        signature = Ed25519PrivateKey.from_private_bytes(ED).sign(body)
        prev = hashlib.sha256(body + signature).digest()
        entries.append({"kind": kind, "fields": lp(*fields), "signature": signature, "head": prev})
    return entries


def meeting(entries):
    at = lp(
        DOMAIN,
        "meet",
        entries[0]["head"],
        entries[-1]["head"],
        OTHER,
        x_public(fixed("other x")),
        ed_public(fixed("other ed")),
    )
    digits = f"{int.from_bytes(hashlib.sha256(at).digest(), 'big') % 10**30:030d}"
    return " ".join(digits[start : start + 5] for start in range(0, 30, 5))


def card():
    raw = fixed("set", 16) + b"\x02" + fixed("y") + fixed("z")
    signs = base64.b32encode(raw + hashlib.sha256(raw).digest()[:4]).decode().rstrip("=")
    return " ".join(signs[at : at + 5] for at in range(0, len(signs), 5))


def field(key, version, number, scope, tag, value):
    return blob(key, 1, version, value, "field", number, scope, ROW, tag)


def grant(tag, key):
    """A section's key of one generation for USER as an ally, until a day; signed by a member, who is USER too here."""
    place = ("grant", DESK, CASE, SLOT, USER, 2, "2026-12-31")
    value = {
        "talk": fixed("talk").hex(),
        "files": [],
        "about": {"ref": "K7QD-2MXR"},
        "sections": {"legal": {"tag": tag.hex(), "keys": {"2": key.hex()}}},
    }
    boxed = box(x_public(X), as_json(value), *place)
    signed = lp(DOMAIN, *place, hashlib.sha256(boxed).digest())
    return {"box": boxed, "signature": Ed25519PrivateKey.from_private_bytes(ED).sign(signed)}


def talk():
    key = kdf(fixed("talk"), "section", SLOT, "talk", 1)
    return blob(key, 1, 1, text("a question"), "field", 77, SLOT, ROW, b"talk\0\0\0\0")


def vectors():
    tag = kdf(T, "section tag", "legal")[:8]
    sid = hashlib.sha256(COOKIE).digest()
    profile = {"x25519": X.hex(), "ed25519": ED.hex(), "totp": "GEZDGNBVGY3TQOJQ", "totp_step": 5, "pins": {}}
    inside = K2 + T + struct.pack(">I", 1) + min(USER, OTHER) + max(USER, OTHER)
    restricted = ("restricted", DESK, CASE, 2, USER)
    mask, token = fixed("mask"), hmac.digest(kdf(COOKIE, "csrf"), b"form", "sha256")
    entries = chain()
    legal = [kdf(key, "section", CASE, "legal", g) for g, key in ((1, K1), (2, K2))]
    return {
        "lp": lp("añ", 7, b"\x00\xff", USER, ""),
        "kdf": kdf(ROOT, "label", "añ", 7, USER),
        "plain": {
            "nothing": pad(0, b""),
            "text": text("Añ 名"),
            "text27": text("x" * 27),
            "text28": text("x" * 28),
            "json": as_json({"a": ["ñ", 1, None], "b": True}),
        },
        "tag": tag,
        "field1": field(legal[0], 1, 4, CASE, tag, text("first")),
        "field2": field(legal[1], 2, 4, CASE, tag, as_json({"kind": "second"})),
        "desk_field": field(
            kdf(S1, "section", DESK, "desk", 1), 1, 8, DESK, b"desk\0\0\0\0", as_json({"name": "a desk"})
        ),
        "private_field": field(
            kdf(ROOT, "section", USER, "private", 1), 1, 99, USER, b"private\0", text("mine")
        ),
        "desk_link": blob(kdf(S2, "desk link"), 2, 2, S1, "desk link", DESK),
        "case_wrap": blob(kdf(S2, "case wrap"), 3, 2, K2 + T, "case wrap", DESK, CASE, 2),
        "case_link": blob(kdf(K2, "case link", CASE), 4, 2, K1, "case link", CASE),
        "slot_quick": slot(64, 1),
        "slot_strong": slot(64 * 1024, 3),
        "profile": blob(kdf(ROOT, "profile"), 6, 3, as_json(profile), "profile", USER),
        "restricted": blob(
            kdf(S2, "restricted outer"), 7, 2, box(x_public(X), inside, *restricted), *restricted
        ),
        "segment": blob(kdf(S1, "search"), 8, 1, b"packed cards", "segment", DESK, SEGMENT, 9),
        "session": blob(kdf(COOKIE, "session"), 9, 1, ROOT, "session", sid, USER, END),
        "kept": blob(kdf(COOKIE, "kept"), 9, 1, b"choices", "kept", sid, "filter"),
        "csrf": base64.urlsafe_b64encode(
            mask + bytes(a ^ b for a, b in zip(mask, token, strict=True))
        ).decode(),
        "audit_case": blob(kdf(K1, "audit", CASE), 10, 1, as_json({"what": 1}), "audit", CASE, EVENT),
        "audit_desk": blob(kdf(S2, "audit"), 10, 2, as_json({"what": 2}), "audit", DESK, EVENT),
        "audit_box": struct.pack(">I", 1)
        + box(desk_public(S1), as_json({"what": 3}), "audit", DESK, 1, DESK, EVENT),
        "desk_box": box(x_public(X), S2, "desk", DESK, 2, USER),
        "signature": Ed25519PrivateKey.from_private_bytes(ED).sign(lp(DOMAIN, "purpose", USER, 7, "añ")),
        "chain": entries,
        "meeting": meeting(entries),
        "card": card(),
        "grant": grant(tag, legal[1]),
        "talk": talk(),
    }


def as_text(value):
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {key: as_text(one) for key, one in value.items()}
    return [as_text(one) for one in value] if isinstance(value, list) else value


if __name__ == "__main__":
    path = Path(__file__).with_name("vectors.json")
    path.write_text(json.dumps(as_text(vectors()), indent=1, ensure_ascii=False) + "\n", "utf-8")

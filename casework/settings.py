"""Settings: plain ones from `config/*.toml`, secrets and addresses from the environment. Frozen, typed.

What must never be combined is refused here, before anything is served.
"""

import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from casework import post, store

ROOT = Path(__file__).resolve().parent.parent
PROFILES = ("development", "testing", "production")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
#: The same as they stand in an address.
_LOOPBACK_NAMES = ("127.0.0.1", "localhost")
_SECRET_BYTES = 32

#: In the private folder of a demo: the authenticator secrets of its people.
DEMO_PEOPLE = "demo-people.json"


class UnsafeSettings(ValueError):
    """These settings, or this combination of them, would hurt people. The message says what to change."""


@dataclass(frozen=True)
class Settings:
    """Everything that an installation chooses.

    Attributes:
        profile: development, testing or production.
        demo: synthetic people, loopback only, and a banner that says so.
        database_url: SQLAlchemy address of SQLite or PostgreSQL.
        redis_url: address of a Valkey or Redis that keeps nothing on disk.
        peppers: secret added to passphrases by id; the highest id is used for new slots.
        secret: signs the language choice and derives bucket names of the sign-in limits; opens no case.
        instance: the private folder of this installation.
        hosts: the names that browsers may ask for; a request for any other name is refused, so that nobody
            can have a one-time link written that leads elsewhere.
        store_url: where sealed files are kept; a folder in `instance`, if empty (see `casework.store`).
        largest_file: bytes of the largest file that may be handed in.
        mail_url: where mail is handed in (see `casework.post`); empty: no mail is sent.
        mail_from: whom mail comes from.
        idle, absolute: how long a session may rest, and last at most.
        secure_cookies: off only for the demo and tests on loopback.
        quick_argon2: weak passphrase work, for tests only.
        backup_days: every backup is destroyed within so many days; certificates of erasure promise it.
        argon2_at_once: how many passphrase checks (64 MiB each) may run together in this process.
    """

    profile: str
    database_url: str
    redis_url: str
    peppers: Mapping[int, bytes] = field(repr=False)
    secret: bytes = field(repr=False)
    instance: Path
    demo: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    hosts: tuple[str, ...] = _LOOPBACK_NAMES
    trusted_proxies: int = 0
    idle: timedelta = timedelta(minutes=15)
    absolute: timedelta = timedelta(hours=12)
    secure_cookies: bool = True
    quick_argon2: bool = False
    argon2_at_once: int = 4
    languages: tuple[str, ...] = ("en", "es", "ar")
    page_size: int = 25
    backup_days: int = 35
    max_form_bytes: int = 400_000
    store_url: str = ""
    largest_file: int = 25 * 1024 * 1024
    mail_url: str = field(default="", repr=False)
    mail_from: str = ""

    @property
    def store(self) -> str:
        """The address of the object store."""
        return self.store_url or (self.instance.resolve() / "files").as_uri()

    @property
    def idle_minutes(self) -> int:
        """How long a session may rest, in whole minutes."""
        return int(self.idle.total_seconds() // 60)

    @property
    def names(self) -> list[str]:
        """Every name that may be asked for: those chosen, and this machine's own, for checks from beside it."""
        return [*dict.fromkeys((*self.hosts, *_LOOPBACK_NAMES))]

    def __post_init__(self) -> None:
        """Refuse what is unsafe."""
        for complaint in _complaints(self):
            raise UnsafeSettings(complaint)


def _complaints(s: Settings) -> list[str]:
    """What is unsafe about these settings, a sentence each."""
    live = s.profile == "production"
    rules = (
        (s.profile not in PROFILES, f"profile must be one of {', '.join(PROFILES)}, not {s.profile!r}"),
        (s.demo and live, "the demo has known passphrases: it never runs with the production profile"),
        (
            s.demo and s.host not in _LOOPBACK,
            "the demo has known passphrases: it is served on loopback only",
        ),
        (
            not s.secure_cookies and (live or s.host not in _LOOPBACK or s.trusted_proxies > 0),
            "cookies without Secure are for loopback only: serve others with the production profile, behind HTTPS",
        ),
        (s.quick_argon2 and s.profile != "testing", "quick_argon2 is for tests only"),
        (
            live and not set(s.hosts) - set(_LOOPBACK_NAMES),
            "say under which names browsers reach this installation: CASEWORK_HOSTS=desk.example.org",
        ),
        (
            not s.peppers or any(len(p) != _SECRET_BYTES for p in s.peppers.values()),
            "every pepper is 32 bytes: make it with `python -m casework.settings`",
        ),
        (
            len(s.secret) != _SECRET_BYTES,
            "the secret is 32 bytes: make it with `python -m casework.settings`",
        ),
        (
            s.idle > timedelta(minutes=15) or s.absolute > timedelta(hours=12),
            "sessions rest 15 minutes and last 12 hours at most; both can only be made shorter",
        ),
    )
    others = (store.complaint(s.store), post.complaint(s.mail_url, s.mail_from, live=live))
    return [*(sentence for broken, sentence in rules if broken), *filter(None, others)]


def refuse_demo_people(s: Settings) -> None:
    """Serve nobody's real cases beside people whose passphrases are known.

    The demo leaves the authenticator secrets of its people in the private folder; a folder that has
    them belongs to the demo. Whoever serves asks this, commands do not.

    Raises:
        UnsafeSettings: the folder is the demo's, and this is to be served as a real installation.
    """
    if not s.demo and (s.instance / DEMO_PEOPLE).exists():
        raise UnsafeSettings(
            f"{s.instance} holds the demo, whose passphrases everybody knows: give a real installation "
            "a folder (CASEWORK_INSTANCE) and a database of its own"
        )


def load(environ: Mapping[str, str] = os.environ, config: Path = ROOT / "config") -> Settings:
    """Read the settings of the profile named by CASEWORK_PROFILE (development, if not named).

    Args:
        environ: where secrets and addresses come from.
        config: the folder with default.toml and one file a profile.

    Raises:
        UnsafeSettings: with a sentence that says what to change.
    """
    profile = environ.get("CASEWORK_PROFILE", "development")
    values: dict[str, Any] = {"profile": profile}
    for name in ("default", profile):
        path = (
            Path(environ.get("CASEWORK_CONFIG_FILE", config / f"{name}.toml"))
            if name == profile
            else config / f"{name}.toml"
        )
        if path.exists():
            values |= tomllib.loads(path.read_text("utf-8"))
    values |= _from_environment(environ, profile)
    return Settings(**_typed(values))


def _from_environment(environ: Mapping[str, str], profile: str) -> dict[str, Any]:
    instance = Path(environ.get("CASEWORK_INSTANCE", ROOT / "instance"))
    found: dict[str, Any] = {
        "instance": instance,
        "store_url": environ.get("CASEWORK_STORE_URL", ""),
        **_mail(environ, instance, profile),
        "database_url": environ.get("CASEWORK_DATABASE_URL", f"sqlite:///{instance}/casework.sqlite"),
        "redis_url": environ.get("CASEWORK_REDIS_URL", f"unix://{instance}/run/valkey.sock"),
        "peppers": _peppers(Path(environ.get("CASEWORK_PEPPER_FILE", instance / "pepper"))),
        "secret": _secret(Path(environ.get("CASEWORK_SECRET_FILE", instance / "secret"))),
    }
    for name in ("host", "port"):
        if value := environ.get(
            f"CASEWORK_{name.upper()}", environ.get(name.upper()) if name == "port" else None
        ):
            found[name] = value
    if named := environ.get("CASEWORK_HOSTS", "").replace(",", " ").split():
        found["hosts"] = tuple(named)
    if "CASEWORK_DEMO" in environ:
        found["demo"] = environ["CASEWORK_DEMO"] == "1"
    return found


def _mail(environ: Mapping[str, str], instance: Path, profile: str) -> dict[str, str]:
    """Where mail goes: unless somebody says so, in production nowhere, else into a folder and to nobody."""
    folder = "" if profile == "production" else (instance.resolve() / "mail").as_uri()
    file = environ.get("CASEWORK_MAIL_URL_FILE")
    named = Path(file).read_text("utf-8").strip() if file else environ.get("CASEWORK_MAIL_URL", folder)
    return {"mail_url": named, "mail_from": environ.get("CASEWORK_MAIL_FROM", "")}


def _peppers(path: Path) -> dict[int, bytes]:
    """One `id hex` a line; old ids stay until every slot was rewrapped at a sign-in."""
    lines = path.read_text("ascii").split("\n") if path.exists() else []
    return {int(line.split()[0]): bytes.fromhex(line.split()[1]) for line in lines if line.strip()}


def _secret(path: Path) -> bytes:
    return bytes.fromhex(path.read_text("ascii").strip()) if path.exists() else b""


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    known = {f.name for f in fields(Settings)}
    if unknown := set(values) - known - {"idle_minutes", "absolute_hours"}:
        raise UnsafeSettings(f"unknown settings: {', '.join(sorted(unknown))}")
    if "idle_minutes" in values:
        values["idle"] = timedelta(minutes=values.pop("idle_minutes"))
    if "absolute_hours" in values:
        values["absolute"] = timedelta(hours=values.pop("absolute_hours"))
    for name in values.keys() & {"languages", "hosts"}:
        values[name] = tuple(values[name])
    if "port" in values:
        values["port"] = int(values["port"])
    return values


def make_secrets(instance: Path) -> list[Path]:
    """Write a pepper and a secret where there are none yet, readable by their owner only.

    Args:
        instance: the private folder of this installation.

    Returns:
        The files that were made now.
    """
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = []
    for name, text in (
        ("pepper", f"1 {os.urandom(_SECRET_BYTES).hex()}\n"),
        ("secret", os.urandom(_SECRET_BYTES).hex()),
    ):
        path = instance / name
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as out:
                out.write(text)
            made.append(path)
    return made


def _main() -> None:
    """`python -m casework.settings`: write the secrets of this installation where there are none yet."""
    for path in make_secrets(Path(os.environ.get("CASEWORK_INSTANCE", ROOT / "instance"))):
        sys.stdout.write(f"made {path}: keep a copy on paper, apart from backups of the database\n")


if __name__ == "__main__":
    _main()

"""Where the parts meet: settings in, application out."""

from importlib import import_module
from pathlib import Path

from flask import Flask
from flask_login import LoginManager
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from casework import cli, log, store
from casework.access import doorway, leaving, locking
from casework.cases import (
    cards,
    changing,
    consenting,
    copying,
    counted,
    handing_over,
    joining,
    left,
    legal_status,
    mending,
    outside,
    readers,
    resealing,
    saved,
)
from casework.cases import ending as endings
from casework.db import db
from casework.deadlines import closing, following
from casework.deadlines import copied as dates_copied
from casework.evidence import bodies, copied, sweeping
from casework.evidence.models import Attachment
from casework.export import departing
from casework.groups import belonging
from casework.memory import Memory
from casework.money.account import sums
from casework.organising import introducing
from casework.packets import accepting, moving, sending
from casework.packets import ending as packets_end
from casework.packets.models import Packet
from casework.papers import departures
from casework.papers.models import Departure
from casework.plans import trying
from casework.reminders import feed, hours, wishes
from casework.retention import following as retention
from casework.retention import service as kept
from casework.search import desk_lists, service
from casework.settings import ROOT, Settings
from casework.sharing import carrying, ending, ruling
from casework.sharing import mending as shared
from casework.signals import telling
from casework.stories import following as stories
from casework.stories.records import TYPE
from casework.trends import measures, taking_back
from casework.vault import keeping
from casework.vault.keeping import granting
from casework.web import (
    compression,
    context,
    cookies,
    errors,
    guard,
    headers,
    languages,
    signed,
    uploads,
    views,
)

migrate = Migrate(directory=str(ROOT / "migrations"), compare_type=True, render_as_batch=True)


def create_app(settings: Settings) -> Flask:
    """Join the rooms into an application.

    Args:
        settings: what this installation chose; already refused where unsafe.
    """
    app = Flask(
        "casework",
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "casework" / "web" / "static"),
        instance_path=str(settings.instance.resolve()),
    )
    app.request_class = uploads.Request
    app.config.update(
        CASEWORK=settings,
        SECRET_KEY=settings.secret,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_CONTENT_LENGTH=settings.max_form_bytes,
        # A form larger than this would be spooled to a file in the clear; none of ours is.
        MAX_FORM_MEMORY_SIZE=settings.max_form_bytes,
        TRUSTED_HOSTS=settings.names,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.extensions["casework.memory"] = Memory(settings.redis_url)
    app.extensions["casework.store"] = store.connect(settings.store)
    app.extensions["casework.doorway"] = doorway.build(settings)
    log.install(app)
    _tables(app)
    _entrance(app, settings)
    cards.count_with(sums.on_card)
    counted.measure_with(measures.of)
    following.follow_saves()
    desk_lists.follow_saves()
    endings.before(closing.settle)
    saved.on_erase(sweeping.forget)
    saved.after_save(belonging.follow)
    saved.before_erasing(belonging.forget)
    saved.before_statement(joining.prune)
    saved.before_erasing(joining.forget)
    resealing.follow(Attachment, bodies.BODY, bodies.KEYS)
    leaving.follow(handing_over.hindrances, handing_over.hand_over, handing_over.take_over)
    resealing.follow(Departure, departures.BODY, departures.KEYS)
    left.out_of(outside.left)
    left.out_of(departures.left)
    left.out_of(departing.left)
    _sharing()
    _signals()
    _packets()
    _organising()
    _stories()
    locking.also_end(feed.end_of_desk)
    locking.also_end(wishes.end_of_desk)
    locking.also_end(hours.end_of_desk)
    saved.before_statement(hours.follow)
    saved.before_erasing(hours.forget)
    consenting.on_change(trying.follow_consents)
    _copies()
    keeping.sweep_with(service.reseal)
    consenting.on_change(taking_back.follow_consents)
    saved.on_erase(taking_back.follow_erasing)
    readers.when_restricted(taking_back.follow_restricting)
    retention.follow_saves()
    saved.before_erasing(kept.check_free)
    views.install(app)
    app.cli.add_command(cli.casework)
    return app


def _sharing() -> None:
    """What an ally was given ends with the agreement, with their place at the desk, with a lock; and follows new keys."""
    changing.first(ending.before_change)
    saved.before_statement(ruling.follow)
    mending.follow(shared.ROOM)
    consenting.on_change(ending.follow_consents)
    resealing.follow_with(carrying.again)
    left.out_of(carrying.left)
    copying.part_of_copy("given_to_lawyers", carrying.in_copy)
    leaving.follow(ending.hinders_nobody, ending.leaves, ending.comes_back)
    keeping.shut_with(granting.shut)


def _signals() -> None:
    """Who takes an agreement back, is erased or restricted is counted for no other desk from that moment on."""
    consenting.on_change(telling.follow)
    saved.after_save(telling.follow_restricting)
    saved.on_erase(telling.forget)


def _packets() -> None:
    """What was referred to another desk ends with the agreement and with the case, and follows its new keys."""
    consenting.on_change(packets_end.follow_consents)
    resealing.follow(Packet, sending.BODY)
    left.out_of(sending.left)
    copying.part_of_copy("referred_to_desks", sending.in_copy)
    saved.on_erase(packets_end.erased)
    saved.before_erasing(accepting.forget)
    sweeping.also_named(moving.named)


def _organising() -> None:
    """Who takes their wish to organise back, or is erased, is known to no organiser from that moment on."""
    consenting.on_change(introducing.follow_consents)
    saved.before_erasing(introducing.forget)
    left.out_of(introducing.left_to)


def _stories() -> None:
    """A story that was told ends everywhere with the agreement and with the case, and is in the person's copy."""
    consenting.on_change(stories.follow_consents)
    saved.before_erasing(stories.forget)
    left.out_of(stories.left)
    copying.part_of_copy("stories", stories.part_of_copy)
    copying.told_apart(TYPE)


def _copies() -> None:
    """What each room adds to the copy that a person gets."""
    copying.part_of_copy("evidence", copied.part_of_copy)
    copying.part_of_copy("dates", dates_copied.part_of_copy)
    copying.part_of_copy("departures", departures.part_of_copy)
    copying.part_of_copy("legal_status", legal_status.for_copy)
    copying.files_of_copy(copied.files_of_copy)
    copying.files_of_copy(departures.files_of_copy)


def _tables(app: Flask) -> None:
    """Every table of every room is known before the first query."""
    for path in sorted((ROOT / "casework").rglob("models.py")):
        import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    import_module("casework.queue")
    db.init_app(app)
    migrate.init_app(app, db)


def _entrance(app: Flask, settings: Settings) -> None:
    """What stands before every view and after it."""
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=1, x_host=1)  # type: ignore[method-assign] # the way Flask documents it
    compression.install(app)
    headers.install(app, https=settings.secure_cookies)
    languages.install(app)
    login = LoginManager()
    login.init_app(app)
    login.request_loader(signed.load)
    guard.install(app)
    app.after_request(cookies.hand_out)
    errors.install(app)
    context.install(app)


def migrations() -> Path:
    """The folder of the migrations."""
    return ROOT / "migrations"

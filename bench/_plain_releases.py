"""Releases over plain columns: numbers as they are stored, believed because they are there."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from flask import Flask, render_template
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from bench import _plain
from bench._plain_tables import Model, plain
from casework.trends.frozen import Numbers
from casework.trends.ledger import Line
from casework.trends.releases import Release
from casework.trends.windows import Window
from casework.web import trends_over_time, trends_shown


class Figures(Model):
    """A release with its window and its cost, in one row."""

    __tablename__ = "figures"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    network_id: Mapped[UUID]
    first_on: Mapped[date]
    last_on: Mapped[date]
    released_on: Mapped[date]
    numbers: Mapped[str]
    digest: Mapped[str]
    cost: Mapped[list[Any]]


def row(release: Release) -> Figures:
    """A release as an ordinary application would keep it."""
    assert release.released_on is not None
    return Figures(
        id=release.window.id,
        network_id=release.window.network_id,
        first_on=release.window.first_on,
        last_on=release.window.last_on,
        released_on=release.released_on,
        numbers=json.dumps({name: one.as_json() for name, one in release.parts.items()}),
        digest=release.digest,
        cost=[{**asdict(line), "scales": dict(line.scales)} for line in release.cost],
    )


def install(app: Flask) -> None:
    """Put the two pages of releases into the plain application."""
    app.view_functions["trends.listing"] = listing
    app.view_functions["trends.one"] = one


def listing(desk: str) -> str:
    """Every release, and kinds over time."""
    _plain.enter(desk, writes=False)
    found = [_read(each) for each in plain.session.scalars(select(Figures).order_by(Figures.first_on.desc()))]
    return render_template(
        "trends/list.html",
        lines=[trends_shown.line(each) for each in found],
        series=trends_over_time.over_time(found),
    )


def one(desk: str, window_id: UUID) -> str:
    """One release: charts, each with its table."""
    _plain.enter(desk, writes=False)
    release = _read(plain.session.get_one(Figures, window_id))
    return render_template("trends/one.html", release=trends_shown.whole(release))


def _read(found: Figures) -> Release:
    window = Window(
        found.id, found.network_id, "", "", found.first_on, found.last_on, found.last_on, (), done=True
    )
    parts = {name: Numbers.from_json(value) for name, value in json.loads(found.numbers).items()}
    nobody = UUID(int=0)
    cost = [Line(**each) for each in found.cost]
    return Release(window, parts, found.digest, found.last_on, found.released_on, (nobody, nobody), cost)

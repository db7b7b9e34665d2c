"""The drawing of what hangs together: no box lies on another, and no line passes behind a box, however many there are."""

from itertools import pairwise
from types import SimpleNamespace
from uuid import UUID

import pytest
from flask import g

from casework.respondents.records import Answerable, Chain
from casework.respondents.register import Register
from casework.web import chains_shown

MIDDLE = UUID(int=1)


def register_of(above, below, beside=0):
    """One in the middle, so many who recruit for it and for so many beside it, so many whom all of these own."""
    level = [MIDDLE, *(UUID(int=300 + n) for n in range(beside))]
    over = [
        Answerable(
            UUID(int=100 + n),
            "recruiter",
            f"Agency {n:02}",
            "NP",
            chains=tuple(Chain(one, "recruits_for") for one in level),
        )
        for n in range(above)
    ]
    under = [Answerable(UUID(int=200 + n), "employer", f"Firm {n:02}", "QA") for n in range(below)]
    owns = tuple(Chain(one.id, "owns") for one in under)
    middle = Answerable(MIDDLE, "employer", "The one in the middle", "QA", chains=owns)
    others = [
        Answerable(one, "employer", f"Beside {n}", "QA", chains=owns) for n, one in enumerate(level[1:])
    ]
    return Register((middle, *over, *under, *others), 0)


def inside(box, x, y):
    within = box["x"] < x < box["x"] + box["width"]
    return within and box["y"] < y < box["y"] + box["height"]


ALONE = [(1, 0), (0, 1), (2, 3), (3, 2), (4, 4), (5, 5), (20, 0)]
BESIDE = [(1, 1, 1), (1, 1, 2), (2, 1, 2), (1, 2, 3), (2, 2, 4), (3, 3, 2)]


@pytest.mark.parametrize(("above", "below", "beside"), [*((*one, 0) for one in ALONE), *BESIDE])
def test_every_line_can_be_followed(app, above, below, beside):
    with app.test_request_context("/desk/abcdef/respondents/"):
        g.desk = SimpleNamespace(code="abcdef")
        drawing = chains_shown.drawn(register_of(above, below, beside), MIDDLE)
    boxes = drawing["boxes"]
    assert len(boxes) + drawing["left_out"] == 1 + above + below + beside
    assert len(drawing["lines"]) == (above + below) * (1 + beside)
    for one in boxes:
        assert one["x"] >= 0
        assert one["x"] + one["width"] <= drawing["width"]
        assert one["y"] + one["height"] <= drawing["height"]
        others = [box for box in boxes if box is not one]
        corners = [
            (one["x"] + dx, one["y"] + dy) for dx in (1, one["width"] - 1) for dy in (1, one["height"] - 1)
        ]
        assert not any(inside(box, *corner) for box in others for corner in corners)
    for line in drawing["lines"]:
        if "way" not in line:
            continue
        points = [tuple(map(float, pair.split(","))) for pair in line["way"]["points"].split()]
        for start, end in pairwise(points):
            for step in range(1, 40):
                x, y = (a + (b - a) * step / 40 for a, b in zip(start, end, strict=True))
                assert not any(inside(box, x, y) for box in boxes), (start, end)


def test_nothing_is_drawn_of_one_that_stands_alone(app):
    with app.test_request_context("/desk/abcdef/respondents/"):
        assert chains_shown.drawn(register_of(0, 0), MIDDLE) is None

"""What the read-only JSON interface gives, as OpenAPI 3.1 describes it."""

from typing import Any

from casework.trends.exports import SEEN, VERSION

_TEXT, _NUMBER, _WHOLE = {"type": "string"}, {"type": "number"}, {"type": "integer"}
_DAY = {"type": "string", "format": "date"}
_ID = {"type": "string", "format": "uuid"}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


_CELL = _object(codes=_list(_TEXT), count=_WHOLE, low={"type": "integer", "minimum": 0}, high=_WHOLE)
_TABLE = _object(
    part={"enum": ["opening", "closing"]}, name=_TEXT, columns=_list(_TEXT), within=_WHOLE, shown_from=_WHOLE, cells=_list(_CELL)
)  # fmt: skip
_COST = _object(
    part=_TEXT, plan=_TEXT, plan_sha256=_TEXT, person_bound=_WHOLE, scales={"type": "object"}, epsilon=_NUMBER,
    delta=_NUMBER, opendp=_TEXT,
)  # fmt: skip
_MAYBE = {"type": ["string", "null"]}
_INDICATOR = _object(
    **{"is": {"enum": ["middle", "share"]}}, key=_TEXT, table=_TEXT, count=_WHOLE, value=_MAYBE, low=_MAYBE, high=_MAYBE,
    source=_TEXT,
)  # fmt: skip
_RELEASE = _object(
    **{"from": _DAY}, version={"const": VERSION}, id=_ID, until=_DAY, released=_DAY, note=_TEXT, sha256=_TEXT,
    ledger=_list(_COST), indicators=_list(_INDICATOR), tables=_list(_TABLE),
)  # fmt: skip
_LINE = _object(**{"from": _DAY}, id=_ID, until=_DAY, released=_DAY, sha256=_TEXT)


def described(listing: str, one: str) -> dict[str, Any]:
    """The description.

    Args:
        listing, one: the paths of the list and of a release, the latter with `{window_id}`.
    """
    window = {"name": "window_id", "in": "path", "required": True, "schema": _ID}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Casework: released figures", "version": VERSION, "description": SEEN},
        "paths": {
            listing: {"get": {"operationId": "releases", "summary": "Every release, the newest first", "responses": _answers(_object(releases=_list(_LINE)))}},
            one: {
                "get": {
                    "operationId": "release", "summary": "One release", "parameters": [window],
                    "responses": {**_answers(_RELEASE), "404": {"description": "There is no such release"}},
                }
            },
        },
    }  # fmt: skip


def _answers(schema: dict[str, Any]) -> dict[str, Any]:
    return {"200": {"description": "As it was released", "content": {"application/json": {"schema": schema}}}}

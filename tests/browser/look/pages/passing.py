"""What passes between desks and to allies: packets, cards of desks, grants; and a file of the evidence that is saved."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from casework.web import qr
from casework.web.forms.evidence import Save
from casework.web.forms.packets import Accept, BringCard, BringPacket, CompareCard, Decline, Heard, Refer
from casework.web.forms.sharing import Rule, Say
from tests.browser.look import people
from tests.browser.look.pages.cases import _around
from tests.browser.look.pages.register import shows

ID = UUID("7d9a3c1e-0000-4000-8000-0000000000c7")
CODE = "48213 90577 16204 77310 02946 58815"
CARD = "CASEWORK-DESK-1 " + " ".join(["K7QD2MXRWB"] * 28)
LONG = "She was told on the phone that the office moves on Thursday, and asks for somebody who speaks Nepali."
WAITS, ACCEPTED, DECLINED = (
    ("Waits for an answer", "clock", "amber"),
    ("Accepted", "done", "green"),
    ("Declined", "close", "line"),
)
CAME_OF = [
    {"outcome": "They are being helped", "note": "A bed from tonight on.", "at": "Sun 11 May 2031, 10:00"}
]
#: A packet as it lies at the desk that it is for.
HERE = {
    "id": ID,
    "href": "#",
    "sender": "Valley desk",
    "on": "4 May 2031",
    "until": "3 June 2031",
    "state": WAITS,
    "waits": True,
    "accepted": False,
    "ref": None,
    "reason": None,
    "feedback": [],
}
#: The same at the desk that sent it.
SENT = {
    "id": ID,
    "href": "#",
    "to": "مكتب الوادي",
    "state": WAITS,
    "on": "4 May 2031",
    "until": "3 June 2031",
    "by": "Asha",
    "parts": ["Names", "What happened", "Work and money"],
    "files": ["Contract", "Pay slips"],
    "told": LONG,
    "as_file": False,
    "lost": False,
    "waits": True,
    "withdrawn": False,
    "opened": "Sun 4 May 2031, 18:20",
    "took_it_on": False,
    "there": "",
    "reason": "",
    "decided": "",
    "feedback": [],
}


def _form(form: Any, *lists: Any, **named: Any) -> Any:
    form.offer(*lists, **named)
    return form


def _heard() -> Heard:
    return _form(Heard())


# The desk that sends


@shows("case/packets", "cases/packets")
def packets() -> dict[str, Any]:
    every = [SENT, SENT | {"to": "Shelter network", "state": DECLINED, "parts": [], "files": []}]
    return _around() | {"packets": every, "new_href": "#", "closed": False}


@shows("case/packet/new", "cases/packet_new")
def packet_new() -> dict[str, Any]:
    form = Refer()
    form.offer(
        [("1", "Valley desk"), ("2", "مكتب الوادي")], [("1", "No. 1: Contract"), ("2", "No. 2: Pay slips")]
    )
    said = {"agreed": ["Valley desk"], "restricted": True, "consents_href": "#"}
    return _around() | said | {"form": form}


@shows("case/packet", "cases/packet")
def packet() -> dict[str, Any]:
    return _around() | {"packet": SENT, "closed": False, "form": _heard()}


@shows("case/packet/accepted", "cases/packet")
def packet_accepted() -> dict[str, Any]:
    said = {"state": ACCEPTED, "waits": False, "took_it_on": True, "there": "KQ7M-2XPD", "feedback": CAME_OF}
    return _around() | {"packet": SENT | said, "closed": False, "form": _heard()}


@shows("case/packet/lost", "cases/packet")
def packet_lost() -> dict[str, Any]:
    said = {"state": ("Not there any more", "emergency", "red"), "waits": False, "lost": True}
    return _around() | {"packet": SENT | said, "closed": False, "form": _heard()}


@shows("case/packet/file", "cases/packet")
def packet_file() -> dict[str, Any]:
    said = {"state": ("Left as a file", "outside", "amber"), "waits": False, "as_file": True, "opened": ""}
    return _around() | {"packet": SENT | said, "closed": False, "form": _heard()}


# The desk that it is for


@shows("packets", "packets/arrived")
def arrived() -> dict[str, Any]:
    here = {"state": ACCEPTED, "waits": False, "accepted": True, "ref": "KQ7M-2XPD"}
    every = [HERE, HERE | {"sender": None}, HERE | here, HERE | {"state": DECLINED, "waits": False}]
    return {"packets": every, "form": BringPacket()}


@shows("packets/one", "packets/one")
def one() -> dict[str, Any]:
    return {"packet": HERE, "decline": Decline(), "heard": _heard()}


@shows("packets/unknown", "packets/one")
def unknown() -> dict[str, Any]:
    return {"packet": HERE | {"sender": None}, "decline": Decline(), "heard": _heard()}


@shows("packets/accepted", "packets/one")
def accepted() -> dict[str, Any]:
    here = {"state": ACCEPTED, "waits": False, "accepted": True, "ref": "KQ7M-2XPD", "feedback": CAME_OF}
    return {"packet": HERE | here, "decline": Decline(), "heard": _heard()}


@shows("packets/opened", "packets/opened")
def opened() -> dict[str, Any]:
    found = SimpleNamespace(
        sender="Valley desk",
        reference="T3HX-9KQM",
        told=LONG,
        restricted=True,
        made="4 May 2031",
        agreed="3 May 2031",
        agreed_until="3 November 2031",
        agreed_to="Name, what happened, papers",
        blocks=[{"title": "What happened: Detention", "facts": people.facts()}],
        notes=[{"when": "Sat 3 May 2031, 21:40", "text": "أخذوا جواز السفر في اليوم الأول."}],
        lines=12,
        files=["Contract", "Notebook, front pages"],
        strange=[("x_barangay", "San Roque")],
    )
    form = Accept()
    form.offer([("1", "Asha"), ("2", "أمينة عبد الرحمن")])
    return {"packet": HERE, "found": found, "form": form, "decline": Decline()}


# Cards of desks


def _partner(**more: Any) -> SimpleNamespace:
    told = {"id": ID, "name": "Valley desk", "compared": False, "here": False}
    return SimpleNamespace(**(told | {"card": SimpleNamespace(code=CODE)} | more))


@shows("partners", "packets/partners")
def partners() -> dict[str, Any]:
    every = [_partner(), _partner(name="مكتب الوادي", compared=True, here=True)]
    return {"partners": every, "amiss": 1, "form": BringCard()}


@shows("partners/card", "packets/card")
def card() -> dict[str, Any]:
    own = SimpleNamespace(name="Harbour desk", code=CODE, text=CARD)
    return {"card": own, "qr": qr.data_uri(CARD)}


@shows("partners/compare", "packets/partner")
def compare() -> dict[str, Any]:
    return {"partner": _partner(), "own": SimpleNamespace(code=CODE), "form": CompareCard()}


@shows("partners/compared", "packets/partner")
def compared() -> dict[str, Any]:
    return {"partner": _partner(compared=True), "own": SimpleNamespace(code=CODE), "form": CompareCard()}


# Allies

GRANT = {
    "id": ID,
    "href": "#",
    "name": "Luz Marín",
    "state": ("Reads it now", "done", "green"),
    "until": "14 May 2031",
    "parts": ["What happened", "Law and papers"],
    "files": ["Contract"],
    "downloads": ["Contract"],
    "lives": True,
    "waits": False,
    "hits": [],
    "unlisted": False,
    "mended": False,
    "ruled": "",
    "opened": [
        {
            "what": "What happened",
            "first": "Sun 4 May 2031, 10:00",
            "last": "Mon 5 May 2031, 9:12",
            "taken": False,
        },
        {
            "what": "Contract",
            "first": "Sun 4 May 2031, 10:04",
            "last": "Sun 4 May 2031, 10:04",
            "taken": True,
        },
    ],
}
SAID = [
    {"sort": "Question", "who": "Luz Marín", "mine": True, "advice": False, "at": "Sun 4 May 2031, 10:20", "text": LONG},
    {"sort": "Answer", "who": "أمينة عبد الرحمن", "mine": False, "advice": False, "at": "Sun 4 May 2031, 11:02", "text": "نعم، صورة منه."},
]  # fmt: skip


@shows("case/ally", "cases/grant")
def grant() -> dict[str, Any]:
    return _around() | {"grant": GRANT, "said": SAID, "unsaid": 2, "rule": Rule(), "say": Say()}


@shows("case/ally/waits", "cases/grant")
def grant_waits() -> dict[str, Any]:
    waits = {
        "lives": False,
        "waits": True,
        "hits": [("Gulf Bright Services", "Gulf Bright Service WLL")],
        "opened": [],
    }
    return _around() | {"grant": GRANT | waits, "said": [], "unsaid": 0, "rule": Rule(), "say": Say()}


@shows("review/case", "review/case")
def given() -> dict[str, Any]:
    return {
        "case": SimpleNamespace(ref="KQ7M-2XPD", called=None, until="14 May 2031", soon=True),
        "parts": [("What happened", "#", "story"), ("Law and papers", "#", "legal")],
        "files": [{"name": "Contract", "what": "Contract", "href": "#", "take_href": "#"}],
        "said": SAID,
        "unsaid": 1,
        "notes": [
            {
                "at": "Sun 4 May 2031, 10:31",
                "text": "File before the tenth.",
                "shared": False,
                "share_href": "#",
            }
        ],
        "ask": Say(prefix=""),
        "note": Say(),
        "form_token": "t",
    }


# A file of the evidence is saved for somebody


@shows("case/evidence", "cases/evidence")
def evidence() -> dict[str, Any]:
    facts = [
        ("What it is", "Contract"),
        ("What there is of it", "A photo of it"),
        ("Fingerprint of the original (SHA-256)", "9f" * 32),
    ]
    piece = {
        "title": "Contract, first page",
        "number": "No. 3",
        "picture": False,
        "large_href": None,
        "sound": False,
        "uncopied": True,
    }
    proves = {
        "lines": [],
        "listed": ["The contract that was signed at home"],
        "checklist_href": "#",
        "choosable": True,
    }
    ways = ("copy", "edit", "remove", "lines", "line", "weeks", "save", "consents")
    form = Save(data={"recipient": ID})
    form.offer(
        [
            ("1", "Luz Marín: Share with a named lawyer or paralegal"),
        ],
        copied=True,
        to_states=True,
    )
    form.form_errors.append("This goes to the home state: a second person has to release it first.")
    return (
        _around()
        | {f"{one}_href": "#" for one in ways}
        | {"piece": piece, "facts": facts, "proves": proves, "form": form}
    )

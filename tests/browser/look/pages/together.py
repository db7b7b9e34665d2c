"""Who wants to organise: asked in a case, read by the organiser; where a campaign team arrives."""

from typing import Any

from casework.cases import kinds
from casework.web import questions
from tests.browser.look.pages.cases import _around
from tests.browser.look.pages.register import shows

NAME = "Carmen, نقابة عاملات المنازل"


@shows("case/organising", "cases/organising")
def organising() -> dict[str, Any]:
    told = {"to": NAME, "channel": "Phone call", "on": "18 Nov 2026", "who": "Asha", "read": "19 Nov 2026"}
    asked = [one for one in kinds.page("consent") if one.key not in ("purpose", "recipient", "data")]
    return _around() | {
        "action": "#",
        "form_token": "t",
        "told": [
            told | {"ended": "", "lost": "", "stand_in": "Bibek", "stand_in_href": "", "back_href": "#"},
            told
            | {"to": "Bibek, Himal Association", "ended": "", "lost": "They have not read it for two weeks."}
            | {"stand_in": NAME, "stand_in_href": "#", "back_href": "#"},
            told
            | {"to": "Bibek, Himal Association", "ended": "Taken back", "lost": "", "stand_in": ""}
            | {"stand_in_href": "", "back_href": ""},
        ],
        "offers": [
            ("1", NAME, False, {"help": "Arabic and Nepali. Sundays at three."}),
            ("2", "Bibek", True, {}),
        ],
        "stand_ins": [("", "Nobody: ask them again", True), ("2", "Bibek", False)],
        "ways": [("call", "Phone call", True), ("signal", "Signal", False)],
        "errors_at": {"channel": ["Choose a way that they marked as safe, and had confirmed lately."]},
        "asked": questions.ask(asked),
        "questions": questions.ask(kinds.page("introduction")),
        "errors": [],
        "reach_href": "#",
        "closed": False,
    }


@shows("organising", "organising/list")
def wanting() -> dict[str, Any]:
    one = {
        "called": "सुनिता",
        "channel": "Phone call",
        "number": "+977 984 1234567",
        "words": "Nepali, after six in the evening. No message on the machine.",
        "named": "Union of Domestic Workers",
        "on": "18 Nov 2026",
        "ends": "16 Feb 2027",
        "taken_back": False,
        "settle_href": "#",
        "give_back_href": "#",
    }
    return {
        "people": [one, one | {"called": "أمينة", "taken_back": True, "give_back_href": ""}],
        "refused": 1,
        "mine": [{"to": NAME, "says": "Sundays at three.", "until": "17 May 2027", "stop_href": "#"}],
        "choices": [("", "—", True), ("1", "Union of Domestic Workers", False)],
        "sent": {},
        "problems": {"called": "Please give a name."},
        "action": "#",
        "form_token": "t",
        "together_href": "#",
    }


@shows("campaigns", "campaigns/home")
def home() -> dict[str, Any]:
    signal = {
        "name": "Golden Bridge Manpower",
        "chips": ["Recruitment agency", "Nepal"],
        "words": "Passports are held, and wages end after two months.",
        "desk": "Harbour desk",
        "coordinators": "Mei",
        "week": "16 Nov 2026",
    }
    due = {
        "href": "#",
        "title": "Give every passport back",
        "why": "Demand to be met",
        "campaign": "Nine months",
    }
    return {
        "campaigns": [
            {
                "href": "#",
                "name": "Nine months, nine wages",
                "level": "Locality",
                "demands": "1 open demand",
                "won": "Paid QAR 12,000.00, of QAR 30,000.00 awarded and QAR 40,000.00 claimed",
            }
        ],
        "due": [due | {"day": "25 Nov 2026", "level": "soon"}],
        "refused": 0,
        "shared": [signal, signal | {"name": "مؤسسة الوفاء", "words": ""}],
        "amiss": 1,
        "fallen": [
            {"href": "#", "title": "Harbour workers", "note": "Himal left on 5 Jun 2026: it is below three."}
        ],
        "waiting": 2,
        "releases": [
            {"id": "1", "days": "1 Jul to 30 Sep 2026", "released": "12 Oct 2026", "shown": "61 numbers"}
        ],
    }

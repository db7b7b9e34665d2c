"""Invented people in several scripts, as plain values of the shape that the templates expect."""

from types import SimpleNamespace
from typing import Any

KINDS = {
    "detention": "Detention",
    "deportation": "Deportation",
    "wage_theft": "Wage theft",
    "trafficking": "Trafficking",
    "recruitment_debt": "Recruitment debt",
}


def case(called: str, ref: str, risk: str, kinds: str, **more: Any) -> SimpleNamespace:
    """One case as a list shows it."""
    given: dict[str, Any] = {
        "href": "#" + ref,
        "called": called,
        "ref": ref,
        "risk": (risk, risk.capitalize()) if risk else None,
        "kinds": [(k, KINDS[k]) for k in kinds.split()],
        "status": ("assessment", "Assessment"),
        "worker": "Amina Diallo",
        "due": None,
        "changed": "2 days ago",
        "reason": None,
        "safe": ("careful", "Text only, after 20:00"),
        "seen_by": "Harbour desk (6 people)",
    }
    return SimpleNamespace(**{**given, **more})


def cases() -> list[SimpleNamespace]:
    """Cases in five scripts, with the shapes that break a layout."""
    soon = ("in 4 hours", "2031-05-04T16:00:00+00:00", "now")
    return [
        case("أمينة عبد الرحمن", "KQ7M-2XPD", "emergency", "detention deportation", due=soon),
        case(
            "सुनिता तामाङ",
            "H4TR-9WNC",
            "high",
            "recruitment_debt wage_theft",
            due=("3 May", "2031-05-03", "soon"),
            worker="",
        ),
        case("মোহাম্মদ রফিকুল ইসলাম", "B2VX-7KQF", "medium", "wage_theft", due=("12 June", "2031-06-12", None)),
        case("ብርሃነ ገብረመድህን", "N8PL-3DGJ", "low", "trafficking", worker="ውብሸት"),
        case(
            "Maria Concepción Dela Cruz-Villanueva de los Santos",
            "T5ZC-6MHB",
            "medium",
            "wage_theft recruitment_debt",
        ),
        case("", "W9FD-4RKV", "", "", changed="today", worker="", reason="phone ends in 4471"),
        case("Juma", "X3GN-8TQL", "low", "detention", status=("closed", "Closed")),
    ]


def many(count: int) -> list[SimpleNamespace]:
    """A long list, each line with a name, a reference and days of its own."""
    names = [
        "أمينة عبد الرحمن",
        "सुनिता तामाङ",
        "মোহাম্মদ রফিকুল",
        "ብርሃነ ገብረ",
        "Maria Dela Cruz",
        "Juma",
        "Nguyễn Thị Lan",
    ]
    risks, kinds = ("emergency", "high", "medium", "low"), list(KINDS)
    return [
        case(
            f"{names[n % 7]} {chr(65 + n % 26)}{n}",
            f"{(n * 7919) % 9973:04d}-{(n * 104729) % 9967:04d}",
            risks[n % 4],
            kinds[n % 5],
            due=(f"{1 + n % 28} June", f"2031-06-{1 + n % 28:02d}", None) if n % 3 else None,
            changed=f"{n % 9 + 1} days ago",
        )
        for n in range(count)
    ]


def entries() -> list[dict[str, Any]]:
    """What was done in a case."""
    return [
        {
            "kind": "call",
            "kind_label": "Call",
            "when": "4 May 2031, 16:10",
            "iso": "2031-05-04T16:10",
            "who": "Amina Diallo",
            "text": "اتصلت أختها. الموعد غداً في التاسعة صباحاً.\nرقم الملف 4471.",
        },
        {
            "kind": "visit",
            "kind_label": "Visit",
            "when": "2 May 2031",
            "iso": "2031-05-02",
            "who": "ውብሸት",
            "text": "Saw her for ten minutes. She has medicine for three days.",
            "facts": [("Medicine until", "5 May 2031")],
        },
        {"kind": "event", "kind_label": "Event", "when": "1 May 2031", "who": "", "sealed": True},
        {
            "kind": "note",
            "kind_label": "Note",
            "when": "30 April 2031",
            "who": "सुनिता",
            "text": "मालिकले पासपोर्ट राखेको छ।",
        },
    ]


def around() -> list[dict[str, Any]]:
    """People around somebody."""
    links = {"reach_href": "#", "edit_href": "#", "take_href": "#"}
    told = [("What may be told to them", "That she is well"), ("Age", "31 years")]
    return [
        {
            "name": "كمالا",
            "role": "Brother or sister",
            "told": ("Knows of the case", True),
            "facts": told,
            "reachable": True,
        }
        | links,
        {
            "name": None,
            "role": "Witness",
            "told": ("Tell them nothing", False),
            "facts": [],
            "reachable": False,
        }
        | links,
    ]


def facts() -> list[Any]:
    """What is known of a story."""
    return [
        (
            "What they said",
            "Worked fourteen months in a house. Paid for two. The passport lies with the agent.",
        ),
        ("نص بالعربية", "كانت تعمل في بيت في الحي القديم، رقم 12."),
        ("Language", "नेपाली"),
        {"label": "Asylum ever raised", "sealed": True},
    ]


def versions() -> list[dict[str, str]]:
    """Answers that two people changed at once."""
    theirs_by = "ውብሸት, 4 May, 16:12"
    return [
        {
            "name": "place",
            "label": "Where they are held",
            "theirs": "Northgate, second floor",
            "theirs_by": theirs_by,
            "mine": "Northgate, transferred today to Hillside",
        },
        {
            "name": "medicine",
            "label": "Medicine",
            "theirs": "",
            "theirs_by": theirs_by,
            "mine": "ইনসুলিন, তিন দিনের জন্য",
        },
    ]


def told() -> list[dict[str, Any]]:
    """Answers about consent: a yes, a no, and one that was taken back."""
    common = {"recipient": "", "at": "4 May 2031", "by": "Amina Diallo", "how": "Spoken", "until": None}
    common |= {"withdrawn": None, "withdraw_href": None}
    return [
        common
        | {
            "purpose": "Work on my case",
            "given": True,
            "holds": True,
            "until": "4 May 2032",
            "withdraw_href": "#",
        },
        common | {"purpose": "Contact an embassy or consulate", "given": False, "holds": False},
        common
        | {
            "purpose": "Share with a named lawyer or paralegal",
            "recipient": "Lucía Paz",
            "given": True,
            "holds": False,
            "withdrawn": "3 May 2031",
        },
    ]

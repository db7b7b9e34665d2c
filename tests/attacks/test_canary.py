"""The canary: every field of every form is filled with marked text, then everything that stays is searched.

Nothing may be found: not in the database, its log, a dump, the heap, Valkey, the logs, the folders, with
every secret of the server in hand. A mark that is planted is found, so that the search could have found one.
"""

import re
import sys
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from casework import clock, codes
from casework.campaigns import sorts as campaign_sorts
from casework.cases import kinds
from casework.cases.fields import Type
from casework.db import db
from casework.drafts.models import Draft, LateForm
from casework.formations import sorts as formation_sorts
from casework.money.account import sorts
from casework.papers import catalogue
from casework.queue import Outbox
from casework.search.models import SavedView
from tests.attacks.crawler import DIGITS, WORD, Crawler
from tests.attacks.traces import opened_by_the_server, places, seen
from tests.evidence import made

_TAKEN, _SHOWN, _REFUSED = 302, 200, 422
#: Of a desk's card: thirty digits in groups of five.
_CODE = r"(?:\d{5} ){5}\d{5}"
PARTS = (
    "identity",
    "story",
    "legal",
    "money",
    "health",
    "evidence",
    "plan",
    "safety",
    "profile",
)


def fill(app, visit, world) -> Crawler:
    """Marks typed into every form that a coordinator reaches, on a case of every kind."""
    # Before the crawler changes who is what at the desk.
    story, mei, cara = begin_a_story(visit, world), visit(world.mei), visit(world.cara, world.network_id)
    luz = visit(world.luz)
    come_as_an_ally(luz)
    sign_a_story(mei, luz, story.partition("/stories/")[0], str(world.luz.id))
    run_a_campaign(cara, "campaigns", campaign_pages())
    tell_a_story(mei, cara, story)
    crawler = Crawler(mei, alone=str(world.luz.id))
    crawler.walk(mei.at())
    cases = []
    for kind in kinds.all():
        case = mei.log(kind=kind.key, called=f"{WORD} {kind.key}")
        cases.append(case.location)
        crawler.sent = {shape for shape in crawler.sent if "/part/" not in shape}
        crawler.pages = {shape for shape in crawler.pages if "/part/" not in shape}
        agree(mei, case.location, "profile", "organise")
        for part in PARTS:
            crawler.walk(f"{case.location}/part/{part}/edit", most=len(crawler.pages) + 1)
    fill_ledger(crawler, case.location)
    name_others(crawler, case.location)
    bind_a_group(mei, case.location)
    piece = hand_in_evidence(mei, case.location)
    make_papers(mei, case.location)
    see_a_signal(mei, cases)
    refer_somewhere(crawler, case.location)
    share_with_an_ally(mei, luz, case.location, str(world.luz.id))
    nina = visit(world.nina)
    refer_to_a_desk(mei, nina, case.location)
    prove_a_line(crawler, piece)
    correct_a_note(crawler, case.location)
    join_two(crawler, mei.log(called=f"{WORD} once", distinct="1").location)
    before_a_flight(crawler)
    list_by_profile(crawler)
    unasked = dict.fromkeys(("consent.given", "consent.how", "consent.interpreter", "consent.present"))
    danger = mei.log(called=f"{WORD} danger", **unasked, **{"consent.danger": f"{WORD} is held"})
    assert danger.status_code == _TAKEN
    mei.get(f"{danger.location}/consents")
    assert (
        mei.post(f"{danger.location}/emergency", {"reason": f"{WORD} cannot be asked"}).status_code == _TAKEN
    )
    stand_together(cara)
    want_to_organise(mei, cara, replace(nina, desk=world.codes[world.network_id]))
    keep_for_themselves(mei, case.location)
    lost = visit()
    lost.get("/back/")
    assert lost.post("/back/", dict.fromkeys(("card1", "card2", "login"), WORD)).status_code == _REFUSED
    crawler.closing = True
    crawler.pages = {shape for shape in crawler.pages if "/close" not in shape}
    crawler.walk(f"{case.location}/close", most=len(crawler.pages) + 1)
    return crawler


def agree(mei, case: str, *purposes: str, **more: str) -> None:
    """What somebody agrees to beside casework."""
    for purpose in purposes:
        mei.get(f"{case}/consents")
        yes = {"purpose": purpose, "given": "yes", "how": "spoken", "language": "ne"}
        alone = {"interpreter": "none_needed", "present": "nobody"}
        assert mei.post(f"{case}/consents", yes | alone | more).status_code == _TAKEN


def fill_ledger(crawler: Crawler, case: str) -> None:
    """A line that is there when the money of a case is walked through: it is changed, struck out, counted and kept."""
    stage = {"stage": "paid", "amount-amount": "3", "amount-currency": "NPR", "subject": "wages"}
    day = {"on-day": "3", "on-month": "3", "on-year": "2025", "note": f"{WORD} heard it"}
    crawler.visitor.get(f"{case}/money/new/stage")
    assert crawler.visitor.post(f"{case}/money/new/stage", stage | day).status_code == _TAKEN
    crawler.pages = {shape for shape in crawler.pages if "/money" not in shape}
    crawler.sent = {shape for shape in crawler.sent if "/money" not in shape}
    crawler.walk(f"{case}/money", most=len(crawler.pages) + 60)


def name_others(crawler: Crawler, case: str) -> None:
    """People around a case whose person agrees: the crawler has taken back consents elsewhere before it came to this."""
    crawler.pages = {shape for shape in crawler.pages if "/around" not in shape}
    crawler.sent = {shape for shape in crawler.sent if "/around" not in shape}
    for shape in [shape for shape in crawler.statuses if "/around" in shape]:
        del crawler.statuses[shape]
    mei = crawler.visitor
    mei.get(f"{case}/around/new")
    assert mei.post(f"{case}/around/new", {"role": "friend", "name": f"{WORD} friend"}).status_code == _TAKEN
    crawler.walk(f"{case}/around", most=len(crawler.pages) + 12)
    reach = re.search(r'href="([^"]+/around/[^"]+/reach)"', mei.get(f"{case}/around").get_data(as_text=True))
    mei.get(reach.group(1))
    mei.post(f"{reach.group(1)}/edit", {"read": "1"})
    way = {"reach-0-channel": "call", "reach-0-number": f"{DIGITS}999", "reach-0-name": f"{WORD} way"}
    assert mei.post(f"{reach.group(1)}/save", way | {"others": f"{WORD} story"}).status_code == _TAKEN


def bind_a_group(mei, case: str) -> None:
    """A group that a case belongs to, and several people who are logged from it in one go."""
    mei.get(mei.at("groups/new"))
    made = mei.post(
        mei.at("groups/new"), {"name": f"{WORD} house", "sort": "dormitory", "place": f"{WORD} town"}
    )
    assert made.status_code == _TAKEN
    mei.get(f"{case}/groups/ask")
    said = {"given": "yes", "how": "spoken", "language": "ne", "interpreter": "phone", "present": ["nobody"]}
    asked = mei.post(f"{case}/groups/ask", said | {"group": made.location.rpartition("/")[2]})
    assert asked.status_code == _TAKEN
    mei.get(f"{made.location}/log")
    shared = {"safe_now": "no", "what_happened": f"{WORD} locked in", "danger": f"{WORD} raid"}
    people = {"people-0-called": f"{WORD} one", "people-0-language": "ne", "people-0-number": f"{DIGITS}998"}
    assert mei.post(f"{made.location}/log", shared | people | {"distinct": "1"}).status_code == _TAKEN


def see_a_signal(mei, cases: list[str]) -> None:
    """One name in three cases: entered, corrected, merged, hanging together; what is written about the signal."""
    mei.get(mei.at("respondents/new"))
    told = {"name": f"{WORD} agency", "kind": "recruiter", "aliases": f"{WORD} alias", "distinct": "1"}
    told |= {
        "licences-0-number": f"{WORD}77",
        "places-0-place": f"{WORD} street",
        "phones-0-phone": f"{DIGITS}991",
    }
    told |= {
        "public-0-what": "judgment",
        "public-0-says": f"{WORD} fined",
        "public-0-source": f"{WORD} court",
    }
    agency = mei.post(mei.at("respondents/new"), told).location
    mei.get(mei.at("respondents/new"))
    double = mei.post(mei.at("respondents/new"), {**told, "name": f"{WORD} agensy"}).location
    mei.get(agency)
    assert (
        mei.post(f"{agency}/chain", {"sort": "owns", "to": double.rpartition("/")[2]}).status_code == _TAKEN
    )
    mei.get(f"{double}/merge")
    same = {"into": agency.rpartition("/")[2], "why": f"{WORD} licence"}
    assert mei.post(f"{double}/merge", same).status_code == _TAKEN
    for case in cases[:3]:
        mei.get(f"{case}/respondents/name")
        named = {"respondent": agency.rpartition("/")[2], "role": "recruited"}
        assert mei.post(f"{case}/respondents/name", named).status_code == _TAKEN
    signal = agency.replace("/respondents/", "/signals/")
    day = clock.today().isoformat()
    for path, said in (
        ("decided", {"on": day, "what": "nothing", "text": f"{WORD} decided"}),
        ("aside", {"until": day, "why": f"{WORD} aside"}),
    ):
        assert mei.get(signal).status_code == _SHOWN
        assert mei.post(f"{signal}/{path}", said).status_code == _TAKEN


def hand_in_evidence(mei, case: str) -> str:
    """Marks inside files of every sort, and in what is said about them; each is opened again. Gives the last."""
    for data in (made.picture(), made.pdf(), f"{WORD} text\n".encode() * 60_000, made.sound()):
        mei.get(f"{case}/evidence/new")
        said = {"what": "other", "grade": "photo", "called": f"{WORD} called", "note": f"{WORD} note"}
        said["place"] = f"{WORD} place"
        answer = mei.hand_in(f"{case}/evidence/new", said, data, f"{WORD}.jpg")
        assert answer.status_code == _TAKEN
        mei.get(answer.location)
        saved = {"which": "original", "recipient": "here"}
        assert mei.post(f"{answer.location}/save", saved).status_code == _SHOWN
        mei.get(f"{answer.location}/copy")
    return answer.location


def prove_a_line(crawler: Crawler, piece: str) -> None:
    """A file is said to prove the lines of the ledger that stand there."""
    lines = f"{piece}/lines"
    shown = re.findall(r'name="shown" value="([^"]+)"', crawler.visitor.get(lines).get_data(as_text=True))
    assert shown
    crawler.send(lines, lines, {"shown": shown, "lines": shown[:1]})


def correct_a_note(crawler: Crawler, case: str) -> None:
    """Marks in what a note said first, and in what it says instead."""
    new = f"{case}/entries/new"
    crawler.send(new, new, {"kind": "note", "text": f"{WORD} is wrong"})
    page = crawler.visitor.get(f"{case}/entries").get_data(as_text=True)
    edit = re.search(r'href="([^"]+/correct)"', page)[1]
    crawler.send(edit, edit, {"text": f"{WORD} is right"})


def join_two(crawler: Crawler, case: str) -> None:
    """Marks in the reasons for which two cases are joined, taken apart, and joined again."""
    mei, ref = crawler.visitor, case.rpartition("/")[2]
    other = mei.log(called=f"{WORD} again", distinct="1").location.rpartition("/")[2]
    beside, join, apart = f"{case}/join?other={other}", f"{case}/join", f"{case}/apart/{other}"
    mei.get(join)
    assert mei.post(f"{join}/with", {"other": f"{WORD} of the sister"}).status_code == 422
    crawler.send(beside, join, {"other": other, "reason": f"{WORD} one sister"})
    crawler.send(apart, apart, {"reason": f"{WORD} two sisters"})
    crawler.send(beside, join, {"other": other, "reason": f"{WORD} one again"})
    assert mei.get(mei.at(f"cases/{other}")).location.endswith(ref)


def before_a_flight(crawler: Crawler) -> None:
    """Marks in what came of a step before a removal; one is taken, one is done."""
    mei, day = crawler.visitor, clock.today() + timedelta(days=3)
    case = mei.log(kind="deportation", called=f"{WORD} flies", host="KW", take=None).location
    at = "deportation.removal_at"
    told = {f"{at}-day": day.day, f"{at}-month": day.month, f"{at}-year": day.year, f"{at}-time": "22:30"}
    legal = f"{case}/part/legal/edit"
    crawler.send(legal, legal, told | {f"{at}-zone": "Asia/Kuwait"})
    page = mei.get(f"{case}/flight").get_data(as_text=True)
    for deed, said in (("mine", {}), ("done", {"reason": f"{WORD} was filed"})):
        crawler.send(f"{case}/flight", re.search(rf'action="([^"]+/{deed})"', page)[1], dict(said))


def list_by_profile(crawler: Crawler) -> None:
    """A list of those who say something of themselves, and of those who want to organise, kept under a name."""
    cases, views = crawler.visitor.at("cases/"), crawler.visitor.at("cases/views")
    found = crawler.send(cases, cases, {"organise": "yes", "groups": "migrant_worker"})
    crawler.send(found, views, {"view_name": f"{WORD} organisers"})


def refer_somewhere(crawler: Crawler, case: str) -> None:
    """Marks in what was given, and in a referral from its consent to its outcome."""
    mei, place = crawler.visitor, f"{WORD} clinic"
    mei.get(mei.at("services/new"))
    entered = mei.post(mei.at("services/new"), {"name": place, "how": f"{WORD} how"}).location
    mei.get(f"{entered}/edit")
    assert mei.post(f"{entered}/edit", {"name": place, "address": f"{WORD} address"}).status_code == _TAKEN
    mei.get(mei.at("services/"))
    assert mei.post(mei.at("services/"), {"text": f"{WORD} looked for"}).status_code == _TAKEN
    mei.get(f"{case}/plan/given")
    given = {"service": "food", "by": f"{WORD} by", "note": f"{WORD} note"}
    assert mei.post(f"{case}/plan/given", given).status_code == _TAKEN
    agree(mei, case, "referral", recipient=place, data=f"{WORD} data")
    mei.get(f"{case}/plan/refer")
    sent = {"to": place, "told": f"{WORD} told", "after": "14", "home_state": "no"}
    answer = mei.post(f"{case}/plan/refer", sent)
    assert answer.status_code == _TAKEN
    page = mei.get(answer.location).get_data(as_text=True)
    referral = re.search(rf'"({case}/plan/referrals/[0-9a-f-]+)"', page).group(1)
    mei.get(referral)
    assert mei.post(referral, {"outcome": "helped", "note": f"{WORD} outcome"}).status_code == _TAKEN


def come_as_an_ally(luz) -> None:
    """Marks in an ally's own list of clients and opponents."""
    assert luz.get(luz.at("review/promise")).status_code == _SHOWN
    assert luz.post(luz.at("review/promise"), {"accept": "y"}).status_code == _TAKEN
    luz.get(luz.at("review/conflicts"))
    listed = {"names": f"{WORD} client\n{WORD} opponent"}
    assert luz.post(luz.at("review/conflicts"), listed).status_code == _TAKEN


def share_with_an_ally(mei, luz, case: str, ally: str) -> None:
    """Marks in what an ally is given, in what is asked, answered, noted and shared; a file taken along."""
    agree(mei, case, "legal_ally", recipient="Luz", data=f"{WORD} data")
    form = mei.get(f"{case}/lawyers/new").get_data(as_text=True)
    files = re.findall(r'name="downloads" value="([^"]+)"', form)
    ends = (clock.today() + timedelta(days=5)).isoformat()
    sent = {"ally": ally, "sections": ["story", "legal"], "downloads": files[:1], "ends_on": ends}
    answer = mei.post(f"{case}/lawyers/new", sent)
    assert answer.status_code == _TAKEN
    mei.get(answer.location)
    ruled = {"ruling": "allow", "reason": f"{WORD} of the same name"}
    assert mei.post(f"{answer.location}/rule", ruled).status_code == _TAKEN
    page = luz.at(f"review/{case.rsplit('/', 1)[1]}")
    for path in ("", "/part/story", "/part/legal", f"/file/{files[0]}", f"/file/{files[0]}/take"):
        assert luz.get(page + path).status_code == _SHOWN, path
    for path, words in (("/ask", "question"), ("/note", "note")):
        luz.get(page)
        assert luz.post(page + path, {"text": f"{WORD} {words}"}).status_code == _TAKEN
    shared = re.search(r'action="([^"]+/share)"', luz.get(page).get_data(as_text=True))
    assert luz.post(shared.group(1)).status_code == _TAKEN
    mei.get(answer.location)
    assert mei.post(f"{answer.location}/answer", {"text": f"{WORD} answer"}).status_code == _TAKEN


def campaign_pages() -> dict[str, tuple]:
    """The questions of a campaign, and of each sort of item in it."""
    return {"": campaign_sorts.brief()} | {key: one.fields for key, one in campaign_sorts.SORTS.items()}


def run_a_campaign(cara, place: str, pages: dict[str, tuple]) -> None:
    """Marks in every question of a campaign, and of everything that is written in one; each item is changed once more."""
    cara.get(cara.at(f"{place}/new"))
    made = cara.post(cara.at(f"{place}/new"), marked(pages[""]))
    assert made.status_code == _TAKEN, cara.last
    written: dict[str, str] = {}
    for sort in (one for one in pages if one):
        address = f"{made.location}/new/{sort}"
        cara.get(address)
        belongs = campaign_sorts.SORTS[sort].of if sort in campaign_sorts.SORTS else ()
        said = marked(pages[sort]) | {"of": written[belongs[0]] if belongs else ""}
        assert cara.post(address, said).status_code == _TAKEN, (sort, cara.last)
        cara.get(made.location)
        newest = set(re.findall(r"/item/([0-9a-f-]{36})", cara.last)) - set(written.values())
        (written[sort],) = newest
        cara.get(f"{made.location}/item/{written[sort]}")
        assert cara.post(f"{made.location}/item/{written[sort]}", said).status_code == _TAKEN
    cara.get(f"{made.location}/edit")
    assert cara.post(f"{made.location}/edit", marked(pages[""])).status_code == _TAKEN


def stand_together(cara) -> None:
    """Marks in every question of an organisation, a formation, and of everything that is written of one."""
    for sort in formation_sorts.ALONE:
        fill_of_formation(cara, cara.at(f"formations/new/{sort}"), sort)
    cara.get(cara.at("formations/"))
    home = re.search(rf'href="({cara.at("formations/")}[0-9a-f-]{{36}})"', cara.last).group(1)
    cara.get(f"{home}/new/member")
    listed = re.search(r'<option value="([0-9a-f-]{36})"', cara.last).group(1)
    for sort in formation_sorts.OF_FORMATION:
        fill_of_formation(cara, f"{home}/new/{sort}", sort, {"of": listed})
    cara.get(home)
    written = set(re.findall(rf'"({cara.at("formations/item/")}[0-9a-f-]{{36}})"', cara.last))
    assert len(written) == len(formation_sorts.OF_FORMATION) + 1
    for item in written:
        assert cara.get(item).status_code == _SHOWN


def fill_of_formation(cara, address: str, sort: str, more: dict[str, str] | None = None) -> None:
    cara.get(address)
    said = marked(formation_sorts.fields(sort)) | (more or {})
    # An organisation that left already would not be of the council.
    said = {key: one for key, one in said.items() if not key.startswith("left_on")}
    assert cara.post(address, said).status_code == _TAKEN, (sort, cara.last)


def want_to_organise(mei, cara, nina) -> None:
    """Marks in who meets people, in what is passed to them, and in what they read.

    One stays, one is taken back, one is given back by the organiser and goes to whom the person named beforehand.
    """
    meet_people(cara)
    said = {"given": "yes", "how": "spoken", "language": "ne", "interpreter": "phone", "present": ["nobody"]}
    for _each in range(2):
        case = mei.log(called=f"{WORD} organises", **{"reach-0-number": f"{DIGITS}997"}).location
        mei.get(f"{case}/organising")
        offer = re.search(r'name="offer" value="([^"]+)"', mei.last).group(1)
        told = {"offer": offer, "channel": "call", "called": f"{WORD} there", "words": f"{WORD} after six"}
        assert mei.post(f"{case}/organising", said | told).status_code == _TAKEN, mei.last
        assert cara.get(cara.at("organising/")).status_code == _SHOWN
    assert f"{WORD} there" in cara.last
    mei.get(f"{case}/organising")
    assert mei.post(re.search(r'action="([^"]+/back)"', mei.last).group(1)).status_code == _TAKEN
    let_another_step_in(mei, cara, nina, said)


def meet_people(organiser) -> None:
    """Marks in how somebody is called who meets people, and in what people can expect."""
    organiser.get(organiser.at("organising/"))
    union = re.search(r'<option value="([0-9a-f-]{36})"', organiser.last).group(1)
    offered = {"organisation": union, "called": f"{WORD} organiser", "says": f"{WORD} on Sundays"}
    assert organiser.post(organiser.at("organising/"), offered).status_code == _TAKEN


def let_another_step_in(mei, cara, nina, said: dict[str, object]) -> None:
    """Marks in what an organiser gives back, and in what the one who steps in reads and settles."""
    meet_people(nina)
    case = mei.log(called=f"{WORD} waits", **{"reach-0-number": f"{DIGITS}996"}).location
    mei.get(f"{case}/organising")
    first, other = re.findall(r'name="offer" value="([^"]+)"', mei.last)
    told = {"offer": first, "channel": "call", "called": f"{WORD} back", "words": f"{WORD} at dawn"}
    assert mei.post(f"{case}/organising", said | told | {"stand_in": other}).status_code == _TAKEN, mei.last
    has, steps_in = cara, nina
    if f"{WORD} back" not in has.get(has.at("organising/")).get_data(as_text=True):
        has, steps_in = nina, cara
        has.get(has.at("organising/"))
    person = re.search(rf'<bdi>{WORD} back</bdi>.*?action="([^"]+/given-back/[^"]+)"', has.last, re.DOTALL)
    assert has.post(person.group(1)).status_code == _TAKEN
    mei.get(f"{case}/organising")
    assert mei.post(re.search(r'action="([^"]+/stand-in)"', mei.last).group(1)).status_code == _TAKEN
    assert f"{WORD} at dawn" in steps_in.get(steps_in.at("organising/")).get_data(as_text=True)
    steps_in.get(steps_in.at("organising/"))
    settled = re.search(rf'<bdi>{WORD} back</bdi>.*?action="([^"]+/met/[^"]+)"', steps_in.last, re.DOTALL)
    assert steps_in.post(settled.group(1)).status_code == _TAKEN


def begin_a_story(visit, world) -> str:
    """Marks in somebody's own words, written and approved three days ago; two others said what could happen."""
    with clock.at(clock.now() - timedelta(days=3)):
        asha = visit(world.asha)
        case = asha.log(called=f"{WORD} tells", distinct="1").location
        asha.get(f"{case}/stories/new")
        words = {"title": f"{WORD} title", "text": f"{WORD} words", "language": "ne", "guarded": "unknown"}
        story = asha.post(f"{case}/stories/new", words).location
        asha.get(f"{story}/edit")
        assert asha.post(f"{story}/edit", words | {"text": f"{WORD} other words"}).status_code == _TAKEN
        asha.get(story)
        assert asha.post(f"{story}/approve", heard() | {"read_back": "yes"}).status_code == _TAKEN
        bo = visit(world.bo)
        bo.get(story)
        assert bo.post(f"{story}/second", {"harm": f"{WORD} harm"}).status_code == _TAKEN
    return story


def sign_a_story(mei, luz, case: str, ally: str) -> None:
    """Marks in what a legal ally says who approves a story under their own key."""
    mei.get(f"{case}/stories/new")
    words = {"title": f"{WORD} title", "text": f"{WORD} again", "language": "ne", "guarded": "yes"}
    story = mei.post(f"{case}/stories/new", words).location
    mei.get(story)
    assert mei.post(f"{story}/approve", heard() | {"read_back": "yes"}).status_code == _TAKEN
    agree(mei, case, "legal_ally", recipient="Luz", data=f"{WORD} data")
    mei.get(f"{case}/lawyers/new")
    ends = (clock.today() + timedelta(days=5)).isoformat()
    answer = mei.post(f"{case}/lawyers/new", {"ally": ally, "sections": ["legal"], "ends_on": ends})
    if f"{answer.location}/rule" in mei.get(answer.location).get_data(as_text=True):
        ruled = {"ruling": "allow", "reason": f"{WORD} of the same name"}
        assert mei.post(f"{answer.location}/rule", ruled).status_code == _TAKEN
    page = luz.at(f"review/{case.rsplit('/', 1)[1]}/stories/")
    rev = re.search(r'name="rev" value="(\d+)"', luz.get(page).get_data(as_text=True))[1]
    said = {"lawyer": f"{WORD} advice", "harm": f"{WORD} harm", "rev": rev}
    assert luz.post(page + story.rsplit("/", 1)[1], said).status_code == _TAKEN
    assert "Signed by the legal ally" in mei.get(story).get_data(as_text=True)
    luz.get(page)
    assert luz.post(f"{page}{story.rsplit('/', 1)[1]}/back").status_code == _TAKEN


def tell_a_story(mei, cara, story: str) -> None:
    """Marks in a second approval, in where a story is used, and in what came of taking it down."""
    mei.get(story)
    second = {"harm": f"{WORD} harm", "lawyer": f"{WORD} lawyer"}
    assert mei.post(f"{story}/second", second).status_code == _TAKEN
    mei.get(story)
    assert mei.post(f"{story}/again", heard()).status_code == _TAKEN
    page = mei.get(story).get_data(as_text=True)
    campaign = re.search(r'name="campaign"[^>]* value="([^"]+)"', page)[1]
    assert mei.post(f"{story}/give", {"campaign": campaign}).status_code == _TAKEN
    stories = cara.at(f"campaigns/{campaign}/stories/")
    one = re.search(rf'href="({stories}[0-9a-f-]+)"', cara.get(stories).get_data(as_text=True))[1]
    cara.get(one)
    assert WORD in cara.last
    where = {"where": f"{WORD} where", "who": f"{WORD} who"}
    assert cara.post(f"{one}/use", where).status_code == _TAKEN
    mei.get(story)
    assert mei.post(f"{story}/back", {}).status_code == _TAKEN
    down = re.search(r'action="([^"]+/down/[^"]+)"', cara.get(one).get_data(as_text=True))[1]
    assert cara.post(down, {"result": "down", "text": f"{WORD} gone"}).status_code == _TAKEN
    take_papers(cara, cara.at(f"campaigns/{campaign}/papers"))


def take_papers(cara, papers: str) -> None:
    """Marks in for whom papers of a campaign are, in what its public page says, and in where that goes."""
    for paper in ("brief", "plan", "ilo24", "un", "oecd"):
        cara.get(f"{papers}/new/{paper}")
        made = cara.post(f"{papers}/new/{paper}", {"language": "en", "recipient": f"{WORD} union"})
        assert made.mimetype == "application/pdf"
    cara.get(f"{papers}/page")
    said = {"title": f"{WORD} heading", "text": f"{WORD} text", "join": f"{WORD} join", "tells": "demand"}
    assert cara.post(f"{papers}/page", said).status_code == _TAKEN
    cara.get(f"{papers}/page")
    assert WORD in cara.post(f"{papers}/page/take", {"recipient": f"{WORD} site"}).get_data(as_text=True)


def heard() -> dict[str, str]:
    """A yes that was said alone."""
    said = {"given": "yes", "how": "spoken", "language": "ne", "interpreter": "none_needed"}
    return said | {"present": "nobody"}


def marked(fields: tuple) -> dict[str, object]:
    """An answer to each question: a mark where words are asked for, the first choice elsewhere."""
    said: dict[str, object] = {}
    for field in fields:
        if field.type in (Type.TEXT, Type.LONG_TEXT):
            said[field.key] = f"{WORD} {field.key}"
        elif field.type in (Type.CHOICE, Type.CHOICES, Type.ANSWER):
            said[field.key] = next(iter(codes.load(field.codes))).key
        elif field.type is Type.DATE:
            said |= {f"{field.key}-day": "3", f"{field.key}-month": "3", f"{field.key}-year": "2026"}
        elif field.type is Type.MONEY:
            said |= {f"{field.key}-amount": "31", f"{field.key}-currency": "QAR"}
        elif field.type is not Type.NUMBER:
            said[field.key] = "NP" if field.type is Type.COUNTRY else "ne"
    return said


def refer_to_a_desk(mei, nina, case: str) -> None:
    """Marks in three packets for another desk, with a file: one declined, one accepted and answered, one that waits."""
    for one, other in ((mei, nina), (nina, mei)):
        page = other.get(other.at("partners/card")).get_data(as_text=True)
        letters, code = re.search(r"CASEWORK-DESK:[A-Z2-7]+", page).group(0), re.search(_CODE, page).group(0)
        one.get(one.at("partners/"))
        brought = one.post(one.at("partners/"), {"card": letters}).location
        one.get(brought)
        assert one.post(brought, {"digits": code}).status_code == _TAKEN
    agree(mei, case, "referral", recipient="Valley desk", data=f"{WORD} data")
    form = mei.get(f"{case}/packets/new").get_data(as_text=True)
    partner = re.search(r'<option[^>]* value="([0-9a-f-]{36})"', form).group(1)
    file = re.search(r'name="files" value="([^"]+)"', form).group(1)
    ends = (clock.today() + timedelta(days=5)).isoformat()
    parts = ["story", "legal", "money", "health", "identity"]
    sent = {
        "partner": partner,
        "told": f"{WORD} asked for",
        "sections": parts,
        "files": file,
        "ends_on": ends,
    }
    for deed in ("decline", "accept", "wait"):
        mei.get(f"{case}/packets/new")
        went = mei.post(f"{case}/packets/new", sent)
        assert went.status_code == _TAKEN
        packet = nina.at(f"packets/{went.location.rpartition('/')[2]}")
        assert nina.get(f"{packet}/open").status_code == _SHOWN
        if deed == "wait":
            continue
        reason = {"reason": f"{WORD} no room"} if deed == "decline" else {"take": "y"}
        assert nina.post(f"{packet}/{deed}", reason).status_code == _TAKEN
        if deed == "accept":
            nina.get(packet)
            told = {"outcome": "helped", "note": f"{WORD} came of it"}
            assert nina.post(f"{packet}/tell", told).status_code == _TAKEN
        assert mei.get(went.location).status_code == _SHOWN


def keep_for_themselves(mei, case: str) -> None:
    """Marks in what belongs to one person alone: drafts, a form of an ended session, a list under a name."""
    for path in ("cases/new", f"{case}/part/story/edit", f"{case}/entries/new"):
        address = mei.at(path) if path == "cases/new" else path
        for how in ("pause", "1"):
            mei.get(address)
            sent = {"what_happened": f"{WORD} draft", "text": f"{WORD} draft", "draft": how}
            assert mei.post(address, sent).status_code in {204, _TAKEN}
    mei.get(mei.at("cases/new"))
    late = {
        "what_happened": f"{WORD} late",
        "csrf": re.search(r'name="csrf" value="([^"]+)"', mei.last).group(1),
    }
    cookies, mei.client._cookies = mei.client._cookies, {}
    assert mei.post(mei.at("cases/new"), late).status_code == _TAKEN
    mei.client._cookies = cookies
    mei.get(mei.at("cases/"))
    mei.get(mei.post(mei.at("cases/"), {"kind": "detention"}).location)
    assert mei.post(mei.at("cases/views"), {"view_name": f"{WORD} list"}).status_code == _TAKEN
    with mei.client.application.app_context():
        for table in (Draft, LateForm, SavedView):
            assert db.session.query(table).count() > 0, table
        db.session.rollback()


def make_papers(mei, case: str) -> None:
    """Every paper, with everything that it can tell; each is fetched."""
    owed = log_who_is_owed(mei)
    for sort in catalogue.SORTS:
        # What the crawler writes into a ledger gives no sum that could be demanded.
        of = owed if sort.key == "demand" else case
        mei.get(f"{of}/papers/new/{sort.key}")
        said = {"recipient": "person", "sections": [one.value for one in sort.tells], "language": "en"}
        answer = mei.post(f"{of}/papers/new/{sort.key}", said)
        assert answer.status_code == _TAKEN, sort.key
    fetched = [href for of in (case, owed) for href in papers_of(mei, of)]
    assert len(fetched) >= len(catalogue.SORTS)
    for href in fetched:
        assert mei.get(href).status_code == _SHOWN


def papers_of(mei, case: str) -> list[str]:
    """Where the papers that were kept with a case are fetched."""
    page = mei.get(f"{case}/papers").get_data(as_text=True)
    return re.findall(rf'"({case}/papers/[0-9a-f-]+/fetch)"', page)


def log_who_is_owed(mei) -> str:
    """A case with leave that was not paid out, and nothing beside it."""
    case = mei.log(kind="wage_theft", called=f"{WORD} unpaid").location
    leave = {"what": "leave", "amount-amount": "900", "amount-currency": "NPR", "note": f"{WORD} leave"}
    mei.get(f"{case}/money/new/entitlement")
    assert mei.post(f"{case}/money/new/entitlement", leave).status_code == _TAKEN
    return case


def test_no_mark_can_be_read_anywhere(app, settings, visit, world, capfd):
    filled = fill(app, visit, world)
    out, err = capfd.readouterr()
    with app.app_context():
        everything = list(places(settings, (out + err).encode()))
        sealed = opened_by_the_server(settings)
    names = {name.split(":")[0] for name, _ in everything}
    stays = {"instance"} if settings.database_url.startswith("sqlite") else {"heap and WAL", "dump"}
    assert any(name.startswith("instance: ") and len(raw) > 60_000 for name, raw in everything), (
        "no file is kept"
    )
    assert stays | {"valkey key", "valkey value", "logs"} <= names
    for mark in (
        WORD,
        DIGITS,
        "Sita Test",
        "Harbour desk",
        "Valley desk",
        "Three months without pay",
        "980 111 2233",
    ):
        assert seen(mark, everything) == [], mark
    assert sealed == []
    every_form_was_taken(filled)


def every_form_was_taken(filled: Crawler) -> None:
    """A canary that fills nothing proves nothing."""
    assert len(filled.marks) > 80
    taken = {shape for shape, status in filled.statuses.items() if status == 302}
    case = "/desk/<desk>/cases/<ref>"
    for shape in (
        "/desk/<desk>/cases/new",
        f"{case}/entries/new",
        f"{case}/entries/<id>/correct",
        f"{case}/consents",
        f"{case}/respondents/name",
        f"{case}/workers",
        f"{case}/around/new",
        "/desk/<desk>/groups/new",
        "/desk/<desk>/groups/<id>",
        "/desk/<desk>/groups/<id>/edit",
        "/desk/<desk>/groups/<id>/log",
        f"{case}/around/<id>/edit",
        f"{case}/close",
        "/desk/<desk>/cases/",
        "/desk/<desk>/search/",
        "/desk/<desk>/respondents/new",
        "/desk/<desk>/respondents/<id>/edit",
        "/desk/<desk>/respondents/<id>/merge",
        "/desk/<desk>/members/invite",
        "/desk/<desk>/about/name",
        f"{case}/who",
        "/desk/<desk>/cards/",
        "/account/words",
        *(f"{case}/part/{part}/edit" for part in PARTS),
        *(f"{case}/money/new/{sort.key}" for sort in sorts.all()),
        f"{case}/money/line/<id>",
        f"{case}/money/line/<id>/strike",
        f"{case}/money/count/standing",
        f"{case}/money/weeks",
        "/desk/<desk>/services/new",
        f"{case}/join",
        f"{case}/apart/<ref>",
        f"{case}/flight/<id>/mine",
        f"{case}/flight/<id>/done",
        f"{case}/evidence/<id>/lines",
        "/desk/<desk>/cases/views",
    ):
        assert shape in taken, (shape, filled.statuses.get(shape), filled.refused.get(shape))


def test_a_planted_mark_is_found(app, settings, visit, world, capfd):
    """In the database, in Valkey, in the log and in a file, in other letters and encodings too."""
    sys.stdout.write("a line of the log with Qzxlogwvj in it\n")
    with app.app_context():
        db.session.add(Outbox(name="QZXDBWVJ", ids=["UXp4YmFzZXd2ag=="], due_at=clock.now()))
        db.session.commit()
        app.extensions["casework.memory"].client.set("Qzxkeywvj", b"51" + b"Qzxvaluewvj".hex().encode())
        (settings.instance / "left-behind").write_bytes("Qzxfilewvj".encode("utf-16-le"))
        out, err = capfd.readouterr()
        everything = list(places(settings, (out + err).encode()))
        (settings.instance / "left-behind").unlink()
    for mark in ("Qzxdbwvj", "Qzxbasewvj", "Qzxkeywvj", "Qzxvaluewvj", "Qzxlogwvj", "Qzxfilewvj"):
        assert seen(mark, everything) != [], mark


def test_a_row_sealed_under_a_server_secret_would_be_seen(app, settings, world):
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - the attack has its own

    with app.app_context():
        raw = bytes(5) + bytes(12) + AESGCM(settings.secret).encrypt(bytes(12), b"x" * 64, None)
        db.session.execute(text("UPDATE desk SET body = :raw"), {"raw": raw})
        assert opened_by_the_server(settings) != []
        db.session.rollback()

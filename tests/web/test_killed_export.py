"""The server is killed while a whole desk is being saved, or the line is lost: nothing half passes for whole, and it is made again."""

import datetime as dt
import html
import http.client
import re
import time
from urllib.parse import urlencode
from uuid import UUID

import pytest

from casework import clock
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import opening
from casework.db import db
from casework.errors import Refused
from casework.export import service
from casework.vault import age
from tests.evidence import made as pictures
from tests.web.test_cases import ref_of
from tests.web.test_export import WHY, cleo, words_of
from tests.web.test_killed_server import served
from tests.web.visitor import text

__all__ = ["cleo", "served"]

pytestmark = pytest.mark.slow
PATIENCE = 30


@pytest.fixture
def cases(visit, world):
    """A small one with a file that no socket swallows whole, and two after it."""
    asha = visit(world.asha)
    refs = [ref_of(asha.log(called=f"{name} Test")) for name in ("One", "Two", "Three")]
    new = asha.at(f"cases/{min(refs)}/evidence/new")
    asha.get(new)
    photo = pictures.picture("PNG", (1600, 1400), compress_level=0)
    said = {"what": "contract", "called": "Contract A", "grade": "photo"}
    assert asha.hand_in(new, said, photo).status_code == 302
    return sorted(refs)


@pytest.fixture
def asked(app, world, cases, cleo):
    """Two coordinators said yes a day ago and an hour."""
    with app.app_context(), clock.at(clock.now() - dt.timedelta(hours=25)):
        mei = world.actor(world.mei)
        export_id = service.ask(mei, WHY, UUID(int=7))
        one = service.standing(mei)[0]
        service.agree(world.actor(cleo), export_id, one.asked.fingerprint)
        db.session.commit()
    return export_id


class Saving:
    """Mei's browser over real connections, with the cookie of a session that outlives the server."""

    def __init__(self, served, visitor, export_id):
        self._served, self._visitor = served, visitor
        self.path = visitor.at(f"export/{export_id}")
        cookie = visitor.client.get_cookie("casework-session")
        self._cookie = {"Cookie": f"casework-session={cookie.value}"}

    def begin(self):
        """Take new words and send the form; the answer, of which nothing is read yet, and the words."""
        asked = self._asked()
        asked.request("GET", f"{self.path}/make", headers=self._cookie)
        page = asked.getresponse().read().decode()
        words = words_of(page)
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        sent = self._asked()
        sent.request(
            "POST", f"{self.path}/make", urlencode(_hidden(page) | {"words": words}), self._cookie | kind
        )
        answer = sent.getresponse()
        assert answer.status == 200
        return answer, words

    def page(self):
        return text(self._visitor.get(self.path).get_data(as_text=True))

    def _asked(self):
        return http.client.HTTPConnection("127.0.0.1", self._served.port, timeout=PATIENCE)


def _hidden(page):
    """What the form with the words sends along."""
    form = page[page.index("/make") :]
    tags = re.findall(r"<input[^>]*>", form)
    named = [
        (re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag))
        for tag in tags
        if "hidden" in tag
    ]
    return {name[1]: html.unescape(value[1]) for name, value in named if name and value}


@pytest.fixture
def saving(served, visit, world, asked):
    return Saving(served, visit(world.mei), asked)


def opened(sealed, words):
    return b"".join(age.opened(words, [sealed]))


def test_what_was_saved_before_a_kill_opens_to_nothing_whole_and_it_is_made_again(
    app, world, served, saving, cases
):
    answer, words = saving.begin()
    sealed = answer.read(400_000)
    served.kill()
    # The browser is told that it is not the whole: the last chunk never came.
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        answer.read()
    with pytest.raises(Refused):
        opened(sealed, words)
    served.start()
    assert "did not come to its end" in saving.page()
    answer, words = saving.begin()
    assert opened(answer.read(), words).startswith(b"PK")
    told = saving.page()
    assert told.count("did not come to its end") == 1
    assert "3 cases" in told
    with app.app_context():
        desk = world.actor(world.mei).desk
        events = [one.event for one in audit.of_desk(desk)]
        assert (events.count(Event.EXPORT_BEGUN), events.count(Event.EXPORT_MADE)) == (2, 1)
        left = [
            [one.event for one in audit.of_case(desk, opening.load(world.actor(world.mei), ref).keys)]
            for ref in cases
        ]
        # Each time that a case was on its way is in its record: the first twice, as it left twice.
        assert left[0].count(Event.CASE_EXPORTED) == 2
        assert all(1 <= each.count(Event.CASE_EXPORTED) <= 2 for each in left)


def test_a_lost_line_ends_it_and_it_is_made_again(served, saving):
    answer, words = saving.begin()
    sealed = answer.read(400_000)
    answer.close()
    with pytest.raises(Refused):
        opened(sealed, words)
    until = time.monotonic() + PATIENCE
    while "did not come to its end" not in saving.page():
        assert time.monotonic() < until
        time.sleep(0.1)
    answer, words = saving.begin()
    assert opened(answer.read(), words).startswith(b"PK")
    assert saving.page().count("did not come to its end") == 1

"""What is written down of a case: the answers of the first page, those to the questions of its kind, consents."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from casework.cases import kinds, questions
from casework.cases.questions import stored_key
from casework.demo import persons
from casework.demo.circumstances import Circumstances
from casework.demo.drawing import draw
from casework.demo.persons import Named
from casework.demo.sources import table
from casework.demo.wishes import Wish
from casework.people.consents import CASEWORK, Answer
from casework.vault import Section

Answers = dict[str, Any]

_TOLD = 0.95
_IN_OWN_WORDS = 0.55
_ALSO = 0.35
_HOW = ("spoken", "spoken", "spoken", "written", "message", "thumbprint")
_INTERPRETERS = ("worker", "worker", "volunteer", "phone", "none_needed", "friend")
_PRESENT = (("nobody",), ("nobody",), ("interpreter",), ("colleague",), ("friend",), ("child",))
_SAFE_NOW = {"emergency": ("no",), "high": ("no", "unknown", "yes")}


def first_page(of: Circumstances, wish: Wish) -> Answers:
    """What the first page says, but for who the person is; as far as somebody asked."""
    rng = of.rng
    answers = {"home": of.home.code, "host": of.host.code, "what_happened": _story(of), "risk": wish.risk}
    told: Answers = {key: value for key, value in answers.items() if rng.random() < _TOLD}
    told |= {"language": of.language, "kind": of.scene.kind}
    told["safe_now"] = rng.choice(_SAFE_NOW.get(wish.risk, ("yes",)))
    told["danger_now"] = "yes" if wish.risk == "emergency" else "no"
    if of.scene.also and rng.random() < _ALSO:
        told["other_kinds"] = [rng.choice(of.scene.also)]
    return told


def _story(of: Circumstances) -> str:
    """In the person's own words where somebody wrote them down, else as the worker tells it."""
    own = of.scene.said.get(of.language)
    return own if own and of.rng.random() < _IN_OWN_WORDS else of.fill(of.one(of.scene.stories))


def who(of: Circumstances, named: Named) -> Answers:
    """Who the person is, and how to reach them, as the first page asks it."""
    return {"called": named.called, "reach": persons.reach(of)}


def more_of_who(of: Circumstances, named: Named) -> Answers:
    """What is asked about the person later."""
    common = table("common")["answers"]
    asked = {key: of.one(of.scene.answers.get(key, common[key])) for key in ("age_band", "accommodation")}
    asked["gender"] = named.gender
    told: Answers = {key: value for key, value in asked.items() if of.rng.random() < _TOLD}
    return told | ({"name_variants": "\n".join(named.variants)} if named.variants else {})


def of_every_kind(of: Circumstances) -> Answers:
    """What is asked of every case."""
    common = table("common")["answers"]
    asked = {"sector": of.scene.sector, "dependants": of.rng.randint(*common["dependants"])}
    asked["proofs"] = of.one(common["proofs"])
    return {key: value for key, value in asked.items() if value != "" and of.rng.random() < _TOLD}


def _day(on: date) -> Answers:
    """A day as a form gives it, whole."""
    iso = on.isoformat()
    return {"written": iso, "calendar": "gregorian", "date": iso, "precision": "day"}


def plan(of: Circumstances, on: date) -> Answers:
    """What somebody wants, in their words; what is still to be done; what was given on that day."""
    words, rng = table("common")["plans"], of.rng
    return {
        "goals": [
            {"goal": goal, "reached": "open"} for goal in rng.sample(words["goals"], rng.randint(1, 2))
        ],
        "actions": [{"what": rng.choice(words["actions"]), "done": rng.choice(("yes", "no"))}],
        "services": [{"service": rng.choice(words["services"]), "on": _day(on)}],
    }


def of_kind(of: Circumstances, steps: Collection[str], thorough: float) -> Answers:
    """Answers to the questions that the kind asks at some steps.

    Args:
        of: what is true.
        steps: of the list `steps`.
        thorough: how likely it is that a question was asked.
    """
    kind, found = kinds.get(of.scene.kind), {}
    for field in kind.fields():
        given = of.scene.answers.get(field.key)
        if field.step in steps and of.rng.random() < thorough:
            value = draw(field, given, of)
            if value is not None:
                found[stored_key(kind.key, field.key)] = value
    return found


def by_section(answers: Answers, *, identified: bool) -> Iterator[tuple[Section, Answers]]:
    """Answers in their sections; without agreement nothing that identifies anybody."""
    for section, part in questions.by_section(answers).items():
        if part and (identified or section is not Section.IDENTITY):
            yield section, part


def agreement(of: Circumstances, purpose: str = CASEWORK, *, given: bool = True) -> Answer:
    """An answer to one question, given so that it counts."""
    common = table("common")
    recipient = of.one(common["recipients"].get(purpose, ""))
    return Answer(
        purpose=purpose,
        given=given,
        how=of.one(_HOW),
        language=of.language,
        interpreter=of.one(_INTERPRETERS),
        present=of.rng.choice(_PRESENT),
        recipient=of.fill(recipient),
        data=common["data"].get(purpose, ""),
    )


def asked_for(of: Circumstances) -> list[Answer]:
    """What else the person is asked to agree to, with what they answer; many things are never asked."""
    found = []
    for purpose, (asked, yes) in table("common")["consents"].items():
        if of.rng.randrange(100) < asked:
            found.append(agreement(of, purpose, given=of.rng.randrange(100) < yes))
    return found

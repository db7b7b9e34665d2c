"""The paper intake form: two pages, the questions of the first contact with the numbers that they have there."""

from casework.cases import kinds
from casework.cases.fields import Field, Type
from casework.cases.values import Voice
from casework.cases.values.choices import list_of
from casework.cases.values.labels import label
from casework.papers.blocks import Paper

#: Lists that are too long for boxes are written in.
_FEW = 9


def form(voice: Voice) -> Paper:
    """A form without a case, to be filled in by hand and typed in later."""
    say = voice.gettext
    paper = Paper(
        say("First contact"),
        say("Fill in what the person wants to say. Nothing has to be answered but 1 and 2."),
    )
    for number, one in enumerate(kinds.first_contact(), 1):
        _ask(paper, voice, f"{number}. {say(one.label)}", one)
    number = len(kinds.first_contact()) + 1
    # The day on which they said it stands at the foot.
    for one in (asked for asked in kinds.page("may_we_keep") if not asked.folded):
        _ask(paper, voice, f"{number}. {say(one.label)}", one)
    paper.text(
        say("Keep this paper where a search would not find it, and destroy it once it is typed in."), "note"
    )
    paper.sign(say("Written down by"), say("Place and day"))
    return paper


def _ask(paper: Paper, voice: Voice, title: str, one: Field) -> None:
    paper.text(title, "strong")
    if one.type is Type.GROUP:
        for part in one.fields:
            _answer(paper, voice, voice.gettext(part.label), part)
        return
    _answer(paper, voice, "", one)


def _answer(paper: Paper, voice: Voice, title: str, one: Field) -> None:
    listed = kinds.code_list(list_of(one)) if list_of(one) else None
    if listed is not None and len(listed) <= _FEW and not listed.named_by:
        paper.boxes(title, [label(listed, code.key, voice) for code in listed])
    else:
        paper.blank(title, 4 if one.type is Type.LONG_TEXT else 1)

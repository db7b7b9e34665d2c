"""An exception, a library's line or a warning that quotes a person leaves no trace of the quote."""

import json
import logging
import sys
import threading
import warnings

import pytest
import structlog

from casework import log

MARK = "Zzyx-Marked-Amina"


@pytest.fixture
def lines(monkeypatch, capsys):
    """Gives what was written since, whole and as parsed lines."""
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    log.configure()

    def read():
        written = capsys.readouterr().err
        return written, [json.loads(line) for line in written.splitlines()]

    yield read
    logging.captureWarnings(capture=False)


def _fail(said):
    secret = said
    try:
        raise KeyError(secret)  # noqa: TRY301 - one error that causes another is the case in point
    except KeyError as inner:
        raise ValueError(f"cannot take {said}") from inner


def test_a_line_of_ours_keeps_event_and_known_keys(lines):
    structlog.get_logger().info("job.done", job="sweep", ms=12, name=MARK)
    text, [line] = lines()
    assert MARK not in text
    assert (line["event"], line["job"], line["ms"], line["level"]) == ("job.done", "sweep", 12, "info")


def test_an_event_that_is_a_sentence_is_not_written(lines):
    structlog.get_logger().info(f"hello {MARK}")
    text, [line] = lines()
    assert MARK not in text
    assert line["event"] == "event.unnamed"


def test_an_exception_leaves_its_class_and_frames_only(lines):
    try:
        _fail(MARK)
    except ValueError:
        structlog.get_logger().error("request.failed", exc_info=True)
    text, [line] = lines()
    assert MARK not in text
    assert [cause["class"] for cause in line["error"]] == ["ValueError", "KeyError"]
    assert line["error"][0]["frames"][-1].startswith("tests/log/test_content_free.py:")


def test_a_library_line_leaves_where_it_came_from(lines):
    logging.getLogger("some.library").error("cannot take %s", MARK)
    try:
        _fail(MARK)
    except ValueError:
        logging.getLogger("some.library").exception(f"again {MARK}")  # noqa: G004 - as libraries do
    text, [plain, failed] = lines()
    assert MARK not in text
    assert plain["logger"] == "some.library"
    assert failed["error"][0]["class"] == "ValueError"


def test_a_warning_leaves_no_text(lines):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"strange value {MARK}", stacklevel=1)
    text, _ = lines()
    assert MARK not in text


def test_a_line_whose_arguments_do_not_fit_prints_none_of_them(lines):
    logging.getLogger("some.library").error("%d", MARK)
    assert MARK not in lines()[0]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_that_nobody_caught_leaves_no_message(lines, monkeypatch):
    for owner, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    log.guard_process()
    thread = threading.Thread(target=_fail, args=(MARK,))
    thread.start()
    thread.join()
    try:
        _fail(MARK)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    text, found = lines()
    assert MARK not in text
    assert [line["event"] for line in found] == ["error.uncaught"] * 2


def test_the_search_would_have_found_it(lines):
    sys.stderr.write(json.dumps({"event": MARK}) + "\n")
    assert MARK in lines()[0]

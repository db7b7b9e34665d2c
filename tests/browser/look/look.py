"""Takes pictures of the specimen and of every page, to be looked at by a person.

python -m tests.browser.look.look [address …]     writes screenshots/look/*.png
"""

import contextlib
import sys
import threading
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from casework.settings import ROOT
from tests.browser.look.specimen import make_app
from tests.stories import find_chromium

FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
#: name -> (width, height, what to add to the address, media)
VIEWS: dict[str, tuple[int, int, str, str]] = {
    "320": (320, 640, "", "light"),
    "390": (390, 844, "", "light"),
    "390-dark": (390, 844, "", "dark"),
    "390-rtl": (390, 844, "lang=ar", "light"),
    "1280": (1280, 800, "", "light"),
    "1280-rtl-dark": (1280, 800, "lang=ar&theme=dark", "light"),
    "zoom": (640, 400, "", "light"),
    "print": (794, 1123, "", "print"),
}


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """The specimen app on a free port, for as long as the block lasts."""
    server = make_server("127.0.0.1", 0, make_app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()


@contextlib.contextmanager
def browsing() -> Iterator[Browser]:
    """The Chromium of this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS.split())
        yield browser
        browser.close()


def picture(browser: Browser, address: str, view: str, name: str, *, whole: bool = True) -> None:
    """One picture of one page."""
    width, height, query, media = VIEWS[view]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.emulate_media(
        color_scheme="dark" if media == "dark" else "light", media="print" if media == "print" else "screen"
    )
    page.goto(address + ("&" if "?" in address else "?") + query)
    folder = ROOT / "screenshots" / "look"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(folder / f"{name}-{view}.png"), full_page=whole)
    page.close()


def main() -> None:
    wanted = [a for a in sys.argv[1:] if a.startswith("/")] or ["/specimen"]
    views = [a for a in sys.argv[1:] if a in VIEWS] or list(VIEWS)
    with serving() as base, browsing() as browser:
        for path in wanted:
            for view in views:
                picture(
                    browser,
                    base + path,
                    view,
                    path.strip("/").replace("/", "-") or "home",
                    whole="--fold" not in sys.argv,
                )


if __name__ == "__main__":
    main()

"""Opens a page that Canvass wrote in a real browser without a network, and uses it as a reader would.

    page.py REPORT [FOLDER]     with a folder, pictures of the page and its print are left there
"""

import os
import pathlib
import re
import shutil
import sys

from playwright.sync_api import sync_playwright

report = pathlib.Path(sys.argv[1]).resolve()
folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
browser_path = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])))

# The contrast of every visible text with what is painted behind it, by WCAG 2; the lowest is returned with its text.
CONTRAST = """() => {
  const channel = (value) => { value /= 255; return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, a] = numbers(getComputedStyle(at).backgroundColor);
      if (a === undefined || a > 0.99) return [r, g, b];
    }
    return [255, 255, 255];
  };
  let worst = [99, ""];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || ["SCRIPT", "STYLE", "title", "desc"].includes(element.tagName) || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(numbers(element instanceof SVGElement ? style.fill : style.color)), light(behind(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < worst[0]) worst = [contrast, text.slice(0, 60)];
  }
  return worst;
}"""


def rest_on(page, target):
    """Moves the pointer there once the page has come to rest: scrolling takes a note away."""
    target.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    target.hover()
    page.mouse.move(*[side + 1 for side in middle(target)])


def middle(target):
    box = target.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drive(page):
    """Keyboard, hover, theme and filters."""
    # The first stop of the keyboard leads past the contents; every stop after it can be seen.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            "(() => { const a = document.activeElement, b = a.getBoundingClientRect(), s = getComputedStyle(a);"
            " return [a.tagName, a.className.baseVal ?? a.className, b.width > 0 && b.height > 0, s.outlineStyle]; })()"
        )
        if stop[0] == "BODY":
            break
        assert stop[2] and stop[3] != "none", stop
        stops.append(stop[1] if stop[1] else stop[0])
    assert "SUMMARY" in stops and "field" in stops, stops

    tip = page.locator("#tip")
    bar = page.locator("tr.bar").first
    rest_on(page, bar.locator(".plot"))
    assert tip.is_visible() and tip.inner_text().startswith(bar.locator("th").inner_text().split("\n")[0]), tip.inner_text()

    chart = page.locator("figure.lines svg.field").first
    rest_on(page, chart)
    assert page.locator(".cross.seen").count() == 1 and ":" in tip.inner_text()
    chart.focus()
    page.keyboard.press("End")
    last = page.locator("figure.lines").first.locator("tbody tr").last.locator("th")
    assert tip.inner_text().startswith(last.text_content()), tip.inner_text()
    page.keyboard.press("Escape")
    assert tip.is_hidden()

    theme = page.locator("#theme")
    paper = lambda: page.evaluate("getComputedStyle(document.body).backgroundColor")
    found = [paper()]
    for _ in range(2):
        theme.focus()
        page.keyboard.press("Enter")
        found.append(paper())
    assert found[0] == found[1] != found[2], found
    assert "dark" in theme.inner_text()
    page.keyboard.press("Enter")

    if page.locator("[data-story]").count():
        story_of_a_run(page)
    ledger(page)


def story_of_a_run(page):
    """The timeline: one run at a time, its kinds, words, and causes."""
    choice = page.locator("#story-choice")
    if choice.count():
        assert page.locator("[data-story]:visible").count() == 1
        choice.select_option(index=1)
        assert page.locator("#story-1").is_visible() and page.locator("#story-0").is_hidden()
        choice.select_option(index=0)
    story = page.locator("#story-0")
    events = story.locator(".event")
    all_of_them = events.count()
    box = story.locator("input[type=checkbox]").first
    box.focus()
    page.keyboard.press("Space")
    kind = box.get_attribute("data-kind")
    assert story.locator(".event:visible").count() == all_of_them - story.locator(f".event[data-kind={kind}]").count()
    assert "are shown" in story.locator("[data-status]").inner_text()
    story.locator("[data-reset]").click()
    assert story.locator(".event:visible").count() == all_of_them
    story.locator("[data-search]").fill("no event says this")
    assert story.locator(".event:visible").count() == 0
    story.locator("[data-reset]").click()
    caused = story.locator(".event:not([data-cause=''])").first
    cause = caused.get_attribute("data-cause")
    caused.focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.getAttribute('data-number')") == cause
    page.keyboard.press("Enter")
    chain = story.locator(".event:visible").count()
    assert 2 <= chain <= all_of_them and chain == story.locator(".event.chain").count()
    page.keyboard.press("Escape")
    assert story.locator(".event:visible").count() == all_of_them
    story.locator(".dot").last.click()
    assert page.evaluate("document.activeElement.id") == events.last.get_attribute("id")
    story.locator("[data-reset]").click()


def ledger(page):
    """The numbers: by basis, by words, in order."""
    rows = page.locator("#ledger tbody tr")
    page.locator("#ledger-more").click() if page.locator("#ledger-more").is_visible() else None
    assert page.locator("#ledger tbody tr:visible").count() == rows.count()
    page.locator("input[data-basis=assumed]").click()
    assert page.locator("#ledger tbody tr:visible").count() == page.locator("#ledger tbody tr:not([data-basis=assumed])").count()
    page.locator("input[data-basis=assumed]").click()
    page.locator("#ledger thead button").first.click()
    names = page.locator("#ledger tbody th").all_text_contents()
    assert names == sorted(names)
    page.locator("#ledger thead button").first.click()
    assert page.locator("#ledger thead th").first.get_attribute("aria-sort") == "descending"
    page.locator("#ledger-search").fill(re.split(r"\W", names[0])[0])
    assert 0 < page.locator("#ledger tbody tr:visible").count() <= len(names)
    page.locator("#ledger-search").fill("")


with sync_playwright() as playwright:
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(executable_path=browser_path, args=arguments)
    complaints = []
    for width in (1280, 375):
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True, reduced_motion="reduce"
            )
            page = context.new_page()
            page.on("console", lambda said: complaints.append(f"console: {said.text}"))
            page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
            page.on("request", lambda asked: complaints.append(f"request: {asked.url}") if asked.url != report.as_uri() else None)
            page.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
            page.goto(report.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"too wide at {width}"
            contrast, text = page.evaluate(CONTRAST)
            assert contrast >= 4.5, f"{contrast:.2f}: {text!r} at {width}, {scheme}"
            if folder:
                page.screenshot(path=folder / f"page-{width}-{scheme}.png", full_page=True)
            if (width, scheme) == (1280, "light"):
                drive(page)
                page.emulate_media(media="print")
                assert page.locator("nav").is_hidden() and page.locator("#theme").is_hidden()
                pdf = page.pdf(format="Letter", print_background=True)
                assert pdf.startswith(b"%PDF") and pdf.count(b"/Type /Page\n") != 0
                if folder:
                    (folder / "page.pdf").write_bytes(pdf)
            context.close()
    # What it says does not depend on scripts.
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.locator("main section").count() >= 3 and page.locator(".filters:visible").count() == 0
    browser.close()
    assert not complaints, complaints
print(f"{report.name}: {report.stat().st_size:,} bytes, no request, no complaint")

"""Turns an executed notebook into a page: contents list, light and dark, phone and desk, no network."""

import html
import itertools
import re
from pathlib import Path

from nbconvert import HTMLExporter

# A chart as HTML for this page; src/charts/core/mime-bundle.ts makes it.
FIGURE = "application/vnd.rekindle.figure"


def render_page(notebook, title, style, script):
    numbers = itertools.count(1)
    exporter = HTMLExporter(filters={"unique_ids": lambda figure: with_unique_ids(figure, next(numbers))})
    exporter.raw_template = (Path(__file__).parent / "page.html.j2").read_text(encoding="utf-8")
    page = {"style": style, "script": script, "figure": FIGURE}
    text, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": title}, "page": page})
    return with_contents(text)


def remove_figures(notebook):
    """The page has them; the notebook has the charts in forms that Jupyter knows."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(FIGURE, None)


def with_unique_ids(figure, number):
    """Ids are unique among charts, but a notebook may show one twice."""
    figure = re.sub(r'(<[^>]*\bid=")', rf"\g<1>c{number}-", figure)
    return re.sub(r"(url\(#)", rf"\g<1>c{number}-", figure)


# nbconvert marks the headings of Markdown cells so, and no others.
HEADING = re.compile(r'<h([1-6]) id="([^"]*)">(.*?)<a class="anchor-link".*?</a></h\1>', re.DOTALL)


def with_contents(page):
    """Fills the contents list, and makes the ids of headings unique."""
    entries = []
    used = {"content"}

    def heading(match):
        level, name, text = match.groups()
        unique = next(one for one in itertools.chain([name], (f"{name}-{n}" for n in itertools.count(2))) if one not in used)
        used.add(unique)
        if level in "23":
            entries.append((level, unique, re.sub(r"<[^>]*>", "", text)))
        return f'<h{level} id="{unique}">{text}</h{level}>'

    page = HEADING.sub(heading, page)
    items = "".join(
        f'<li{" class=deeper" if level == "3" else ""}><a href="#{html.escape(html.unescape(name))}">{text}</a></li>'
        for level, name, text in entries
    )
    contents = f"<details open><summary>Contents</summary><ol>{items}</ol></details>" if entries else ""
    # nbconvert sorts attributes, and makes every cell a stop of the tab key.
    page = re.sub(r'<nav [^>]*class="contents"[^>]*>(?=</nav>)', lambda found: found.group(0) + contents, page, count=1)
    return re.sub(r'(class="jp-Cell-inputWrapper") tabindex="0"', r"\1", page)

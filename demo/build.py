"""Builds the pages in `town/` from `source/`: page bodies with a YAML head, put into one layout.

Edit `source/`, run `python -m demo.build`, and commit both. A test fails while `town/` is not what this writes.
Files under `town/assets` and `town/documents` and `robots.txt` and `sitemap.xml` are kept by hand or by other tools.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

SOURCE = Path(__file__).parent / "source"
TOWN = Path(__file__).parent / "town"
HEAD_END = "\n---\n"
LANGUAGE_HOMES = {"en": "/", "de": "/de/", "fr": "/fr/"}


@dataclass(frozen=True, slots=True)
class Source:
    """One page's source. `template` is `classic` (with the shared barriers), `new` (without) or `bare` (no layout).

    `short` is the name in breadcrumbs; `html_lang` overrides the true language (an empty one leaves it out);
    `alternates` lead to this page in other languages; `in_sitemap` lists the page in the XML sitemap.
    """

    path: str
    body: str
    title: str
    updated: str
    template: str = "classic"
    short: str = ""
    lead: str = ""
    heading: bool = True
    html_lang: str | None = None
    viewport: str = "width=device-width, initial-scale=1"
    head: str = ""
    scripts: tuple[str, ...] = ()
    alternates: dict[str, str] = field(default_factory=dict)
    in_sitemap: bool = True

    @property
    def lang(self) -> str:
        """The language the page is written in, by its place."""
        first = self.path.split("/")[1]
        return first if first in LANGUAGE_HOMES else "en"

    @property
    def name(self) -> str:
        """What breadcrumbs call this page."""
        return self.short or self.title


def read_sources(folder: Path = SOURCE) -> dict[str, Source]:
    """Return every page's source by URL path. Raises ValueError naming the file when one is malformed."""
    sources = {}
    for file in sorted((folder / "pages").rglob("*.html")):
        relative = file.relative_to(folder / "pages").as_posix()
        path = "/" + relative.removesuffix("index.html")
        head, found, body = file.read_text(encoding="utf-8").removeprefix("---\n").partition(HEAD_END)
        if not found:
            raise ValueError(f"{relative}: the YAML head must end with a line of three dashes")
        data: dict[str, Any] = yaml.safe_load(head)
        try:
            sources[path] = Source(path=path, body=body.strip(), **data)
        except TypeError as error:
            raise ValueError(f"{relative}: {error}") from error
    return sources


def breadcrumbs(page: Source, sources: dict[str, Source]) -> list[Source]:
    """Return the pages above `page`, from its language's home page down."""
    home = LANGUAGE_HOMES[page.lang]
    folders = ["/" + "/".join(page.path.split("/")[1:depth]) + "/" for depth in range(2, page.path.count("/") + 1)]
    trail = [home, *[folder for folder in folders if folder != home]]
    return [sources[path] for path in trail if path in sources and path != page.path]


def build(folder: Path = SOURCE) -> dict[str, str]:
    """Return the text of every file that is built, by its path under `town/`."""
    sources = read_sources(folder)
    # The sources are ours and are HTML already, so nothing is escaped here; titles hold no markup.
    environment = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    words = yaml.safe_load((folder / "words.yaml").read_text(encoding="utf-8"))
    built = {}
    for path, page in sources.items():
        layout = environment.get_template("bare.html" if page.template == "bare" else "layout.html")
        name = path.lstrip("/") + ("index.html" if path.endswith("/") else "")
        built[name] = layout.render(
            page=page, crumbs=breadcrumbs(page, sources), words=words[page.lang], homes=LANGUAGE_HOMES
        )
    listed = [page for page in sources.values() if page.in_sitemap]
    built["sitemap-pages.xml"] = environment.get_template("sitemap-pages.xml").render(pages=listed)
    return built


def main(town: Path = TOWN) -> int:
    """Write the built files and remove pages that have no source any more; return 0."""
    built = build()
    for name, text in built.items():
        file = town / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    for file in sorted(town.rglob("*.html")):
        if file.relative_to(town).as_posix() not in built:
            file.unlink()
    sys.stdout.write(f"{len(built)} files written to {town}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

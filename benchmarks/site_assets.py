"""The generated site's shared files: two style sheets, two scripts, six pictures. Made once, served from memory."""

from __future__ import annotations

import struct
import zlib

PICTURES = 6
PICTURE_WIDTH, PICTURE_HEIGHT = 360, 240
SPACINGS = tuple(range(0, 65, 4))
SIDES = {"t": "top", "r": "right", "b": "bottom", "l": "left"}
HELPERS = 120
"""Small functions in the library script: about 20 KB, as a council's bundle has."""

_BASE_CSS = """
*,*::before,*::after{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%}
body{margin:0;font-family:"Source Sans Pro",Arial,Helvetica,sans-serif;line-height:1.5;color:#1b1b1b;background:#fff}
a{color:#005ea2}a:visited{color:#54278f}a:hover{color:#1a4480}a:focus{outline:4px solid #2491ff;outline-offset:0}
h1,h2,h3,h4{font-family:Merriweather,Georgia,serif;line-height:1.3;margin:1.5em 0 .5em}
h1{font-size:2.4rem}h2{font-size:1.9rem}h3{font-size:1.3rem}p{max-width:68ch;margin:0 0 1em}
img{max-width:100%;height:auto;border:0}
.skip-link{position:absolute;left:-9999px}.skip-link:focus{left:0;top:0;padding:8px;background:#fff}
.wrap{max-width:72rem;margin:0 auto;padding:0 1rem}
.banner{background:#f0f0f0;font-size:.85rem;padding:.3rem 0}
.masthead{display:flex;justify-content:space-between;align-items:center;padding:1rem 0}
.brand{font-size:1.5rem;font-weight:700;color:#1b1b1b;text-decoration:none}
.social{display:inline-block;width:32px;height:32px;background:#005ea2}
.menu{background:#162e51}.menu ul{display:flex;flex-wrap:wrap;list-style:none;margin:0;padding:0}
.menu a{display:block;padding:.6rem .8rem;color:#fff;text-decoration:none}.menu a:hover{background:#1a4480}
.crumbs ol{display:flex;flex-wrap:wrap;list-style:none;padding:0;font-size:.9rem}
.crumbs li+li::before{content:"/";padding:0 .5em;color:#5c5c5c}
.columns{display:grid;grid-template-columns:16rem 1fr;gap:2rem}
.side ul{list-style:none;padding:0}.side li{border-bottom:1px solid #dfe1e2}.side a{display:block;padding:.4rem}
.cards{display:grid;grid-template-columns:repeat(3,1fr);gap:1rem;list-style:none;padding:0}
.card{border:1px solid #dfe1e2;border-radius:4px;padding:1rem;box-shadow:0 1px 3px rgba(0,0,0,.1)}
.tag{display:inline-block;padding:0 .4em;border-radius:2px;font-size:.8rem;background:#e7f6f8;color:#1b1b1b}
table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border:1px solid #a9aeb1;padding:.4rem;text-align:left}
thead th{background:#dfe1e2}tbody tr:nth-child(even){background:#f7f7f7}
form{background:#f7f9fa;padding:1rem;border-radius:4px}label{display:block;font-weight:700;margin-top:1rem}
.hint{display:block;color:#5c5c5c;font-size:.9rem}
input,select,textarea{width:100%;max-width:30rem;padding:.5rem;border:1px solid #565c65}
.button{display:inline-block;padding:.6rem 1.2rem;background:#005ea2;color:#fff;border:0;border-radius:4px}
.feed{color:#b4b4b4}.site-footer{background:#f0f0f0;margin-top:3rem;padding:2rem 0}
.footer-columns{display:grid;grid-template-columns:repeat(5,1fr);gap:1rem}
.footer-columns ul{list-style:none;padding:0}
.identity{background:#1b1b1b;color:#fff;padding:1rem 0}.identity a{color:#fff}
@media (max-width:40em){.columns,.cards,.footer-columns{grid-template-columns:1fr}.masthead{display:block}}
@media print{.menu,.side,.site-footer{display:none}}
@media (prefers-color-scheme:dark){.none-yet{color:#fff}}
"""

_BEHAVIOUR_JS = """
(function () {
  "use strict";
  function each(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }
  document.addEventListener("DOMContentLoaded", function () {
    document.documentElement.className += " js";
    each(".menu a", function (link) {
      if (link.pathname === location.pathname) { link.setAttribute("aria-current", "page"); }
    });
    each("main h2", function (heading, index) { heading.id = heading.id || "part-" + (index + 1); });
    var contents = document.querySelector(".contents ol");
    if (contents) {
      each("main h2", function (heading) {
        var item = document.createElement("li"), link = document.createElement("a");
        link.href = "#" + heading.id;
        link.textContent = heading.textContent;
        item.appendChild(link);
        contents.appendChild(item);
      });
    }
    each("a[href^='http']", function (link) { if (link.host !== location.host) { link.rel = "external"; } });
    each("[data-toggle]", function (button) {
      button.addEventListener("click", function () {
        var open = button.getAttribute("aria-expanded") === "true";
        button.setAttribute("aria-expanded", String(!open));
      });
    });
  });
})();
"""


def _utilities() -> str:
    rules = []
    for size in SPACINGS:
        for short, side in SIDES.items():
            rules.append(f".m{short}-{size}{{margin-{side}:{size}px !important}}")
            rules.append(f".p{short}-{size}{{padding-{side}:{size}px !important}}")
    for column in range(1, 13):
        width = column / 12
        rules += [f".{screen}col-{column}{{width:{width:.4%};float:left}}" for screen in ("", "tablet-", "desktop-")]
    return "\n".join(rules)


def _library() -> str:
    functions = [
        f"  lib.helper{n} = function (items, wanted) {{ var kept = []; for (var i = 0; i < items.length; i += 1) "
        f"{{ if (items[i] && items[i].value{n} === wanted) {{ kept.push(items[i]); }} }} return kept; }};"
        for n in range(HELPERS)
    ]
    return "\n".join(["window.council = window.council || {};", "(function (lib) {", *functions, "})(window.council);"])


def _picture(number: int) -> bytes:
    """Return a PNG of stripes and a gradient, a few kilobytes."""
    rows = bytearray()
    for y in range(PICTURE_HEIGHT):
        rows.append(0)  # this row is not filtered
        for x in range(PICTURE_WIDTH):
            rows += bytes((x // 8 * (number + 1) & 0xFF, (y // 2 + 40 * number) & 0xFF, (x ^ y) // 16 * 8 & 0xFF))
    header = struct.pack(">IIBBBBB", PICTURE_WIDTH, PICTURE_HEIGHT, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 6)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


FILES: dict[str, tuple[str, bytes]] = {
    "/assets/base.css": ("text/css", _BASE_CSS.encode()),
    "/assets/utilities.css": ("text/css", _utilities().encode()),
    "/assets/library.js": ("text/javascript", _library().encode()),
    "/assets/behaviour.js": ("text/javascript", _BEHAVIOUR_JS.encode()),
    "/favicon.ico": ("image/png", _picture(0)),
} | {f"/assets/picture-{n}.png": ("image/png", _picture(n)) for n in range(PICTURES)}
"""Path -> media type and body."""

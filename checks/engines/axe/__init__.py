"""axe-core as an engine.

What an engine is to the rest of Curbcut, and all that another one would have to offer:

- `init_script(source())`: JavaScript to install in every frame before any script of the page;
- `run_script()` and `run_options(tags)`: an async JavaScript function to evaluate once in the top frame when the page
  has settled, and its argument; it resolves to plain JSON data;
- `normalise(raw, page_url)`: findings, rule outcomes and gaps from that data, which is hostile;
- `rule_infos(tags)`: what people need to know of its rules.

Known gap, on purpose: axe's best-practice and experimental rules are not run, for they are no failures of WCAG.

Measured on 13 real government pages, transfer to Python included: 0.45 of the time of `axe.run` with the same tags as
it comes, 0.76 of it with `resultTypes`, a sixtieth of the bytes, and the very same failures and questions. What saves:
a reporter that describes only what failed or asks, no HTML of elements that passed (else 1.2 times as long), and no
fetching of style sheets, which only an experimental rule reads (else 1.26). No `preload` at all gains nothing more and
would lose no-autoplay-audio. Reading each colour once (`colours.js`) saves a third of the browser's processor time on
pages of a thousand elements. Noting the browser's built-ins costs 3 to 4 ms a document, putting them back 2 ms a run.
"""

from checks.engines.axe._normalise import AxeResult, normalise
from checks.engines.axe._rules import ENGINE, help_url, rule_id, rule_infos, wcag_from_tags
from checks.engines.axe._script import (
    AxeScriptError,
    bundled_version,
    init_script,
    run_options,
    run_script,
    source,
    version,
)

__all__ = [
    "ENGINE",
    "AxeResult",
    "AxeScriptError",
    "bundled_version",
    "help_url",
    "init_script",
    "normalise",
    "rule_id",
    "rule_infos",
    "run_options",
    "run_script",
    "source",
    "version",
    "wcag_from_tags",
]

"""axe-core as an engine.

`engine` is what a scan uses. Its parts serve those who run axe-core by themselves, such as the tests of our own pages.
Known gap, on purpose: axe's experimental rules are not run.

Measured on 13 real government pages, transfer to Python included: 0.45 of the time of `axe.run` with the same tags as
it comes, 0.76 of it with `resultTypes`, a sixtieth of the bytes, and the very same failures and questions. What saves:
a reporter that describes only what failed or asks, no HTML of elements that passed (else 1.2 times as long), and no
fetching of style sheets, which only an experimental rule reads (else 1.26). No `preload` at all gains nothing more and
would lose no-autoplay-audio. Reading each colour once (`colours.js`) saves a third of the browser's processor time on
pages of a thousand elements. Noting the browser's built-ins costs 3 to 4 ms a document, putting them back 2 ms a run.
"""

from checks.engines.axe._engine import AxeEngine
from checks.engines.axe._normalise import normalise
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

engine = AxeEngine()

__all__ = [
    "ENGINE",
    "AxeScriptError",
    "bundled_version",
    "engine",
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

"""axe-core as one of the engines."""

from __future__ import annotations

from checks.engines.axe import _rules, _script
from checks.engines.axe._normalise import normalise
from checks.engines.engine import Orders
from checks.judging import PageResult
from checks.model import EngineScript, RuleInfo


class AxeEngine:
    """axe-core: the bundled script, or the file that the orders name (`--axe-script`)."""

    name = _rules.ENGINE
    title = "axe-core"

    def version(self, orders: Orders) -> str:
        """Return the script's version; `AxeScriptError` when it is none of axe-core 4."""
        return _script.version(self._source(orders))

    def prepare(self, orders: Orders) -> EngineScript:
        """Return what the browser runs: the rules of the profile's tags, and best practices if asked."""
        return EngineScript(
            name=self.name,
            init=_script.init_script(self._source(orders)),
            run=_script.run_script(),
            options=_script.run_options(_tags(orders)),
        )

    def read(self, raw: object, page_url: str) -> PageResult:
        """Return the findings in what a page sent."""
        return normalise(raw, page_url)

    def rule_infos(self, orders: Orders) -> tuple[RuleInfo, ...]:
        """Return what people need to know of the rules that run."""
        return _rules.rule_infos(_tags(orders), self.version(orders))

    def _source(self, orders: Orders) -> str:
        return _script.source(orders.files.get(self.name))


def _tags(orders: Orders) -> tuple[str, ...]:
    return (*orders.profile.axe_tags, *([_rules.BEST_PRACTICE_TAG] if orders.best_practices else []))

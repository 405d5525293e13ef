"""`curbcut rules`: what is checked, with sources."""

from __future__ import annotations

import difflib
import json
from dataclasses import asdict

import click

from checks.model import RuleInfo
from checks.standards import profile, profiles
from cli.console import fail
from cli.exit_codes import Exit
from cli.options import settings_options
from cli.running import guarded, settings_from
from scan.judge import rule_infos
from styleguide.guides import known_guides
from styleguide.rules import CONFIDENCES


@click.command("rules")
@click.argument("rule", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option(
    "--confidence",
    type=click.Choice(CONFIDENCES),
    default=CONFIDENCES[0],
    help="Also list style rules that are right less often. Only `curbcut style --confidence` runs them.",
)
@settings_options("profile", "guide", "only", "best_practices")
def command(rule: str | None, as_json: bool, confidence: str, **flags: str) -> None:
    """List what is checked, with sources; with RULE, everything about one rule."""
    settings = settings_from(flags)
    chosen = profile(settings.profile)
    every = guarded(lambda: rule_infos(settings, chosen, CONFIDENCES[-1]))
    infos = rule_infos(settings, chosen, confidence) if rule is None else (_named(every, rule),)
    if as_json:
        click.echo(json.dumps([asdict(i) for i in infos], ensure_ascii=False, indent=1))
    elif rule is not None:
        _show(infos[0])
    else:
        _list(infos, left_out=len(every) - len(infos))


def _named(infos: tuple[RuleInfo, ...], rule: str) -> RuleInfo:
    known = {info.id: info for info in infos}
    if rule in known:
        return known[rule]
    near = difflib.get_close_matches(rule, known, n=1, cutoff=0.4)
    fail(f"There is no rule {rule}." + (f" Did you mean {near[0]}?" if near else " See: curbcut rules"), Exit.USAGE)


def _list(infos: tuple[RuleInfo, ...], *, left_out: int) -> None:
    width = max(len(i.id) for i in infos)
    for info in infos:
        criteria = ", ".join(info.wcag) or info.guide
        click.echo(f"{info.id:<{width}}  {criteria:<14}  {info.title}")
    click.echo(f"\n{len(infos)} rules. More about one: curbcut rules {infos[0].id}")
    if left_out:
        more = f"curbcut rules --confidence {CONFIDENCES[-1]}"
        click.echo(f"{left_out} more style rules are right less often, so they are off. See: {more}")
    click.echo("Profiles: " + ", ".join(profiles()))
    click.echo("Style guides: " + ", ".join(known_guides()))


def _show(info: RuleInfo) -> None:
    click.echo(f"{info.id}: {info.title}\n")
    rows = (
        ("What", info.description),
        ("Whom it hinders", info.who),
        ("How to mend it", info.how),
        ("WCAG", ", ".join(info.wcag)),
        ("Impact", info.impact or ""),
        ("Guide", info.guide),
        ("More", info.help_url),
        ("Sources", "\n".join(info.sources)),
    )
    for label, value in rows:
        if value:
            click.echo(f"{label}:\n  " + str(value).strip().replace("\n", "\n  "))

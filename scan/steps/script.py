"""Reads a script of steps; what is wrong with it is told with file, line and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from crawler.urls import BadUrlError, canonical
from scan.errors import UsageError
from scan.steps.secrets import LEAST_CHARS, Secrets, names_in
from styleguide.errors import RuleFileError
from styleguide.yaml_entries import Entry, read_entry

Kind = Literal["go", "fill", "press", "expect", "check"]
KINDS: tuple[Kind, ...] = ("go", "fill", "press", "expect", "check")
MAX_STEPS = 200
SAYS = {
    "go": "Go to {what}",
    "fill": "Fill “{what}” with “{value}”",
    "press": "Press “{what}”",
    "expect": "Expect “{what}”",
    "check": "Check this page as “{what}”",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `what` is an address, a field, a button or a text; `value` what a field is filled with, as written."""

    kind: Kind
    what: str
    value: str
    line: int

    @property
    def says(self) -> str:
        """The step in words, with the names of secrets and never their values."""
        return SAYS[self.kind].format(what=self.what, value=self.value)


@dataclass(frozen=True, slots=True)
class Script:
    """A script: its steps, and the secrets that they ask for. `checks_named` says whether it names pages to check."""

    file: str
    steps: tuple[Step, ...]
    secrets: Secrets

    @property
    def checks_named(self) -> bool:
        """Whether only the places of `check` are checked; else every page that a step leads to."""
        return any(step.kind == "check" for step in self.steps)

    def wrong(self, step: Step, problem: str) -> UsageError:
        """Return the error for a step."""
        return UsageError(f"{self.file}:{step.line}: {self.secrets.hide(problem)}")


def read_script(path: Path, environment: Mapping[str, str]) -> Script:
    """Return a script; secrets are taken from `environment`. Raises UsageError, OSError."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not a text file in UTF-8.") from error
    try:
        whole = read_entry(text, str(path))
        whole.only("steps")
        steps = tuple(_step(entry) for entry in whole.entries("steps"))
        if not steps or steps[0].kind != "go":
            raise whole.wrong("steps", "the first step must be “go: https://...”.")
        if len(steps) > MAX_STEPS:
            raise whole.wrong("steps", f"more than {MAX_STEPS} steps; make two files of it.")
        secrets = _secrets(whole, steps, environment)
    except RuleFileError as error:
        raise UsageError(str(error)) from error
    script = Script(str(path), steps, secrets)
    for step in steps:
        _check_address(script, step)
    return script


def _step(entry: Entry) -> Step:
    kinds = [kind for kind in KINDS if kind in entry]
    if len(kinds) != 1:
        entry.only(*KINDS, "with")
        raise RuleFileError(entry.file, entry.line, f"a step is one of: {', '.join(KINDS)}; begin each with a dash.")
    [kind] = kinds
    if kind != "fill":
        if "with" in entry:
            raise entry.wrong("with", f"“with” belongs to “fill”, not to “{kind}”.")
        entry.only(kind)
        return Step(kind, entry.text(kind), "", entry.lines[kind])
    entry.only("fill", "with")
    value = entry.get("with")
    if isinstance(value, bool):
        value = "yes" if value else "no"  # what YAML makes of yes and no
    elif isinstance(value, int):
        raise entry.wrong("with", "“with” must be a text; put it in quotation marks.")
    else:
        value = entry.text("with")
    return Step("fill", entry.text("fill"), value, entry.lines["fill"])


def _secrets(whole: Entry, steps: tuple[Step, ...], environment: Mapping[str, str]) -> Secrets:
    values: dict[str, str] = {}
    for step in steps:
        if step.kind not in ("go", "fill") and names_in(step.what):
            raise RuleFileError(whole.file, step.line, "${NAME} may stand in “go” and “with” only.")
        for name in names_in(step.what if step.kind == "go" else step.value):
            value = environment.get(name, "")
            if not value:
                raise RuleFileError(
                    whole.file, step.line, f"the environment variable {name} is not set; set it before you run this."
                )
            if len(value) < LEAST_CHARS:
                raise RuleFileError(
                    whole.file,
                    step.line,
                    f"the value of {name} is shorter than {LEAST_CHARS} characters, so it could not be kept out of "
                    "reports; use a longer one.",
                )
            values[name] = value
    return Secrets(values)


def _check_address(script: Script, step: Step) -> None:
    if step.kind != "go":
        return
    try:
        canonical(script.secrets.fill(step.what))
    except BadUrlError as error:
        raise script.wrong(
            step, f"“{step.what}” is no web address: {error}. Example: https://www.example.org/"
        ) from None

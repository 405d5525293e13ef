"""The exit codes: a contract with scripts. `docs/exit-codes.md` is generated from this."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What a command's exit status says."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    DISK_FULL = 3
    INTERRUPTED = 4
    LIMITED = 5
    BROWSER = 6


MEANING = {
    Exit.DONE: "Done: the command did what it was asked. A scan is complete.",
    Exit.FINDINGS: "More failures than allowed: see `--fail-on`, `--max-findings` and `--baseline`.",
    Exit.USAGE: "Bad usage or configuration, or no page could be checked. The message says what to change.",
    Exit.DISK_FULL: "The disk is full. What was found is kept; make room and use `--resume`.",
    Exit.INTERRUPTED: "Interrupted (Ctrl-C or a signal). What was found is kept; go on with `--resume`.",
    Exit.LIMITED: "Stopped by a limit (pages, depth or minutes). Raise it and use `--resume` to go on.",
    Exit.BROWSER: "No browser could be started, or it kept dying. Run `curbcut doctor`.",
}

"""What can be wrong with a guide: errors for whoever writes or names one."""

from __future__ import annotations


class GuideError(ValueError):
    """A guide cannot be used; the message says what to do."""


class UnknownGuideError(GuideError):
    """No guide has this name."""


class RuleFileError(GuideError):
    """A rule file is wrong: the message names the file, the line and the mend."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem}")
        self.file = file
        self.line = line

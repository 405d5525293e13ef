"""Scans every site of a sample, several at once: one process and one scan folder a site.

What is done is read from the folders alone, so a campaign that is killed goes on where it was: a finished scan is left,
an unfinished one resumed, and one that outlived its campaign is waited for. Two sites on one host are never scanned at
once. A site that fails, whose scan cannot be started, or of which something cannot be written (a full disk, say) is
tried again after all others, and then listed with its reason.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from crawler.urls import host_of
from monitoring.campaign._log import SAID, last_line
from monitoring.campaign.status import MARK, SiteStatus, is_done, is_scanned_elsewhere, read_status
from reports.escape import safe_name
from scan.run import DATABASE

ATTEMPTS = 2
POLL_S = 0.2
GOOD_EXITS = (0, 1, 5)
"""Done, more findings than allowed, stopped by a limit: in each case the scan has an end (cli/exit_codes.py)."""

STOPPING_EXIT = 4


@dataclass(slots=True)
class _Job:
    url: str
    folder: Path
    attempts: int = 0
    process: subprocess.Popen[bytes] | None = None
    said: IO[bytes] | None = None


@dataclass(slots=True)
class Campaign:
    """A running campaign. `tell` is given the overview: every site's status, whenever something changed.

    `scanned` is given the folder of each site whose scan has ended well; where it raises OSError, the site has failed.
    """

    folder: Path
    arguments: Sequence[str]
    workers: int
    tell: Callable[[list[SiteStatus]], None]
    scanned: Callable[[Path], None] | None = None
    failed: dict[str, str] = field(default_factory=dict)
    stopped: bool = False

    def run(self, urls: Iterable[str]) -> list[SiteStatus]:
        """Scan the sites that are not done yet; return how each stands at the end."""
        jobs = [_Job(url, site_folder(self.folder, url)) for url in urls]
        queue = deque(job for job in jobs if not is_done(job.folder))
        running: list[_Job] = []
        try:
            while (queue and not self.stopped) or running:
                has_failed = self._start(queue, running)
                time.sleep(POLL_S)
                ended = [job for job in running if job.process is not None and job.process.poll() is not None]
                for job in ended:
                    running.remove(job)
                    self._ended(job, queue)
                if ended or has_failed:
                    self.tell(self._statuses(jobs, running))
        except KeyboardInterrupt:  # the scans were told, too: each ends its pages in work and can be resumed
            self.stopped = True
            for job in running:
                if job.process is not None:
                    job.process.wait()
                self._close(job)
        return self._statuses(jobs, [])

    def _start(self, queue: deque[_Job], running: list[_Job]) -> bool:
        """Start as many scans as may run; return whether one of them could not be."""
        has_failed = False
        for _ in range(len(queue)):
            if len(running) >= self.workers or self.stopped:
                break
            job = queue.popleft()
            try:
                if host_of(job.url) in {host_of(other.url) for other in running} or is_scanned_elsewhere(job.folder):
                    queue.append(job)
                    continue
                self._begin(job)
            except OSError as error:
                self._close(job)
                self._failed(job, queue, f"its scan could not be started: {error.strerror or error}")
                has_failed = True
            else:
                running.append(job)
        return has_failed

    def _begin(self, job: _Job) -> None:
        job.folder.mkdir(parents=True, exist_ok=True)
        resume = ["--resume"] if (job.folder / DATABASE).is_file() else []
        command = [sys.executable, "-m", "cli.main", "scan", job.url, "--out", str(job.folder), *resume]
        job.said = (job.folder / SAID).open("wb")
        job.process = subprocess.Popen(  # noqa: S603 - our own program
            [*command, *self.arguments], stdin=subprocess.DEVNULL, stdout=job.said, stderr=job.said
        )

    def _ended(self, job: _Job, queue: deque[_Job]) -> None:
        self._close(job)
        try:
            self._take(job, queue)
        except OSError as error:
            place = f" ({error.filename})" if error.filename else ""
            reason = f"its scan ended, but what follows could not be written: {error.strerror or error}{place}"
            self._failed(job, queue, reason)

    def _take(self, job: _Job, queue: deque[_Job]) -> None:
        code = job.process.returncode if job.process is not None else 0
        if code in GOOD_EXITS:
            if self.scanned is not None:
                self.scanned(job.folder)
            (job.folder / MARK).touch()
            self.failed.pop(job.url, None)
        elif is_scanned_elsewhere(job.folder):
            queue.append(job)  # somebody else was quicker; this was no try
        elif code == STOPPING_EXIT:
            self.stopped = True
        else:
            self._failed(job, queue, last_line(job.folder) or f"its scan ended with exit code {code}")

    def _failed(self, job: _Job, queue: deque[_Job], reason: str) -> None:
        job.attempts += 1
        self.failed[job.url] = reason
        if job.attempts < ATTEMPTS:
            queue.append(job)

    def _close(self, job: _Job) -> None:
        if job.said is not None:
            job.said.close()

    def _statuses(self, jobs: list[_Job], running: list[_Job]) -> list[SiteStatus]:
        now = {job.url for job in running}
        return [
            read_status(job.url, job.folder, is_running=job.url in now, reason=self.failed.get(job.url, ""))
            for job in jobs
        ]


def site_folder(folder: Path, url: str) -> Path:
    """Return the folder of a site's scan, named after its address."""
    return folder / safe_name(url.split("://", 1)[-1])

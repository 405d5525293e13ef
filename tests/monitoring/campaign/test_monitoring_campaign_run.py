"""A campaign scans each site once, goes on after a stop, and lists a site that fails with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitoring.campaign.run import Campaign, site_folder
from monitoring.campaign.status import SiteStatus, read_status
from scan.folder_server import serve_folder

PAGE = '<!doctype html><html lang="en"><title>T</title><main><h1>Town</h1><img src="x.png"></main></html>'


@pytest.mark.browser
def test_a_campaign_scans_lists_and_goes_on(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(PAGE)
    seen: list[list[SiteStatus]] = []
    arguments = ("--only", "wcag", "--delay", "0", "--pages-per-template", "0", "--no-sitemaps", "--tabs", "1")
    folder = tmp_path / "campaign"
    with serve_folder(tmp_path / "one") as one, serve_folder(tmp_path / "two") as two:
        gone = f"{two}/missing/".replace("127.0.0.1", "localhost")  # answers 404
        urls = [f"{one}/", gone, f"{two}/"]
        ended = Campaign(folder, arguments, 2, seen.append).run(urls)
    assert [(each.state, each.pages) for each in ended] == [("done", 1), ("failed", 0), ("done", 1)]
    assert ended[1].reason
    assert len(seen) == 4  # three sites, and one of them tried again
    for statuses in seen:  # one and two share a host
        assert sum(each.state == "running" and "127.0.0.1" in each.url for each in statuses) <= 1
    assert read_status(gone, site_folder(folder, gone)).state == "failed"

    started = (site_folder(folder, urls[0]) / "campaign.log").stat().st_mtime_ns
    again = Campaign(folder, arguments, 2, seen.append).run([urls[0], urls[2]])
    assert [each.state for each in again] == ["done", "done"]
    assert (site_folder(folder, urls[0]) / "campaign.log").stat().st_mtime_ns == started

"""Tells a check against robots, or a firewall's refusal, from the page it stands in for, though it answers with 200.

Without it, a site that turns crawlers away would be reported as hundreds of pages without a barrier.
"""

from __future__ import annotations

import re
from typing import Any

from crawler.errors import SiteError

MARKS: tuple[tuple[str, str], ...] = (
    ("Cloudflare", "_cf_chl_opt"),
    ("Anubis", "anubis_challenge"),  # answers with 200 unless told otherwise: TecharoHQ/anubis issue 473
    ("AWS WAF", "gokuProps"),
    ("Imperva", "Incapsula incident ID"),
    ("Imperva", "_Incapsula_Resource?SWUDNSAI"),
    ("Akamai", "/_sec/cp_challenge/"),
    ("DataDome", "captcha-delivery.com/"),
    ("HUMAN", 'id="px-captcha"'),
    ("F5", "The requested URL was rejected. Please consult with your administrator"),
    ("F5", "Please enable JavaScript to view the page content.<br>Your support ID is"),
    ("Sucuri", "sucuri_cloudproxy_js"),
    ("SiteGround", "/.well-known/sgcaptcha/"),
    ("Fortinet", "FortiGuard Intrusion Prevention"),
)
"""Who makes it, and what stands in its challenge or refusal. Pages they guard may hold the same: length counts."""

CAPTCHA = re.compile(
    r"challenges\.cloudflare\.com/turnstile|hcaptcha\.com/1/api\.js|google\.com/recaptcha/|friendly-?challenge"
)
ASKS = re.compile(r'<(textarea|select)\b|<input(?![^>]*\btype="?(hidden|submit|button|checkbox))', re.IGNORECASE)
"""A field to fill in: a form that a captcha guards is a page of the site."""

MAX_WORDS = 120
"""A page with more is no mere challenge, whatever it holds."""

TAG = re.compile(r"<[^>]*>")


def check_not_blocked(html: str, scripts: Any) -> None:
    """Raise SiteError where a page is a check against robots.

    `scripts` are its scripts as `snapshot.js` gives them: none at all of a page that leads on. Another try may help:
    some checks let a browser pass that has run their script.
    """
    if not isinstance(scripts, list):
        return
    source = "\n".join([html, *map(str, scripts)])
    maker = next((name for name, mark in MARKS if mark in source), "")
    if not maker and (not CAPTCHA.search(source) or ASKS.search(html)):
        return
    if len(TAG.sub(" ", html).split()) <= MAX_WORDS:
        raise SiteError("blocked", maker, retry=True)

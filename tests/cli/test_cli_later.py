from __future__ import annotations

import subprocess
import sys


def test_a_module_is_loaded_when_it_is_used() -> None:
    code = """
import sys
from cli.later import load_later
load_later("soupsieve", "no_such_module")
from bs4 import BeautifulSoup
print("soupsieve.css_parser" in sys.modules, "no_such_module" in sys.modules)
print([tag.name for tag in BeautifulSoup("<p><b>x</b></p>", "lxml").select("p > b")])
import soupsieve
print(soupsieve.compile("p") is not None, "soupsieve.css_parser" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines() == ["False False", "['b']", "True True"]

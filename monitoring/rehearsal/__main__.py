"""`make rehearsal`: rehearse monitoring in the made-up country and hold every figure to what was planted."""

from __future__ import annotations

import sys

from monitoring.rehearsal.run import main

sys.exit(main())

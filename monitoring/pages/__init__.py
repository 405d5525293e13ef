"""Page samples: which pages of a site are evaluated in depth, and why (Decision (EU) 2018/1524, Annex I, point 3.2)."""

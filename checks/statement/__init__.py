"""Reads accessibility statements and judges them: Decision (EU) 2018/1523, in 24 languages. Never fetches."""

"""Tells which natural language a text is written in, offline. Imports nothing of ours; every room may import it."""

from language.detector import KNOWN, Guess, detect, is_known, is_same, primary
from language.names import english_name

__all__ = ["KNOWN", "Guess", "detect", "english_name", "is_known", "is_same", "primary"]

"""Classes of English words for patterns over words: what a reader needs no tagger to see."""

from __future__ import annotations

from styleguide.words import words_in

_NOT_PARTICIPLES = words_in(
    "need indeed speed feed seed breed bleed weed reed deed exceed proceed succeed embed shed bed red hundred "
    "sacred naked wicked kindred biped moped infrared unneeded hatred"
)

_STATES = words_in(
    "interested based located situated involved concerned married tired supposed related pleased excited "
    "experienced skilled qualified entitled dedicated committed limited detailed complicated advanced united "
    "prepared used retired employed unemployed registered disabled injured satisfied worried surprised confused "
    "delighted needed required designed intended aged gone done made set put known called named titled born left "
    "lost closed allowed expected recommended encouraged advised eligible able available due likely unable exposed"
)
"""Participles that mostly tell of a state, or that a writer has little reason to turn round: “you are entitled to”."""

_IRREGULAR = words_in(
    "beaten become begun bent bet bitten blown bought bound broken brought built burnt caught chosen cut dealt "
    "drawn driven drunk eaten fallen fed felt fought found flown forbidden forgotten forgiven frozen given grown "
    "heard held hidden hit hurt kept laid led lent let lit meant met overcome overseen overtaken paid proven read "
    "rewritten ridden rung risen run said sawn seen sent sewn shaken shown shrunk shut sold sought sown spent "
    "split spoken spread stolen struck stuck sung sunk sworn swept taken taught thrown told torn understood "
    "undertaken undergone upheld withdrawn withheld won worn woven written made done set put known left lost"
)

BE = words_in("am is are was were be been being")
MODALS = words_in("must shall should may will can could would")
_ADVERBS = words_in("not also always often never only already still then now first usually sometimes just ever")


def is_participle(word: str) -> bool:
    """Return whether a word looks like a past participle that makes a passive."""
    if word in _STATES:
        return False
    return word in _IRREGULAR or (
        len(word) > 4 and word.endswith("ed") and word not in _NOT_PARTICIPLES and "-" not in word
    )


def is_any_participle(word: str) -> bool:
    """Return whether a word looks like a past participle, those that tell of a state included."""
    return word in _IRREGULAR or (len(word) > 3 and word.endswith("ed") and word not in _NOT_PARTICIPLES)


def is_adverb(word: str) -> bool:
    """Return whether a word may stand between the parts of a verb."""
    return word in _ADVERBS or (len(word) > 4 and word.endswith("ly"))


def is_noun_of_action(word: str) -> bool:
    """Return whether a word is a noun made from a verb, by its ending."""
    if word in _NOT_ACTIONS:
        return False
    return len(word) > 6 and word.endswith(("tion", "sion", "ment", "ance", "ence", "tions", "ments", "ances"))


_NOT_ACTIONS = words_in(
    "section sections question questions position positions condition conditions station stations nation nations "
    "fraction fractions population option options function functions document documents department departments "
    "government governments element elements moment moments comment comments insurance allowance allowances "
    "distance instance instances circumstance experience evidence sentence sentences audience conference licence "
    "reference references science finance finances balance balances substance version versions pension pensions "
    "mission television environment apartment equipment instrument instruments parliament intention attention "
    "tradition generation occasion profession dimension dimensions caption captions exception exceptions "
    "information education legislation organisation organization association institution corporation transaction "
    "foundation location locations relation regulation regulations constitution citation publication publications "
    "application applications edition editions convention conventions"
)

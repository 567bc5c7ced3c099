"""The Vietnamese syllable: its parts, what is possible, and one spelling for each.

A syllable is onset + rime + tone. The table of rimes is the usual one of school grammars, with the
rimes that occur only in borrowed or place names ("xoong", "Đắk") added.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from .chars import fold, lower, nfc

#: Combining marks of the tones, in dictionary order: level, huyền, hỏi, ngã, sắc, nặng.
TONE_MARKS: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")

ONSETS: Final = tuple(
    "ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p r s t v x".split()  # noqa: SIM905
) + ("",)

RIMES: Final = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ak
    ăc ăm ăn ăng ăp ăt ăk  âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăp oăt
    oc oe oen oeo oet oi om on ong op ot ooc oong
    ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ưt ươc ươi ươm ươn ương ươp ươt ươu ưu
    y yêm yên yêng yêt yêu
    """.split()  # noqa: SIM905
)

# After "qu" the u belongs to the onset, so y may open a rime.
_RIMES_AFTER_QU: Final = frozenset(
    """
    a ac ach ai ang an anh ao at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât ây
    e en eo et ê ên ênh êch êt i in ich it iu o ôc ơ ơi y yn yt ych ynh yên yêt yu
    """.split()  # noqa: SIM905
)

_STOPS: Final = ("c", "ch", "k", "p", "t")
_VOWELS: Final = frozenset("aăâeêioôơuưy")
_QUALITY_VOWELS: Final = frozenset("ăâêôơư")
_Y_FOR_I_AFTER: Final = frozenset(["h", "k", "l", "m", "s", "t", "v", "qu"])
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST: Final = 7  # "nghiêng"


class Syllable(NamedTuple):
    """A syllable taken apart; ``tone`` is an index into :data:`TONE_MARKS`."""

    onset: str
    rime: str
    tone: int


def parse_syllable(word: str) -> Syllable | None:
    """Take a lower-case NFC ``word`` apart, or return None when Vietnamese has no such syllable.

    Where the tone mark stands does not matter: "hoà", "hòa" and even "tòan" are understood.
    """
    if not 0 < len(word) <= _LONGEST:
        return None
    letters, tone = _split_tone(word)
    if tone < 0:
        return None
    for onset in ONSETS:
        if not letters.startswith(onset):
            continue
        rime = letters[len(onset) :]
        allowed = _RIMES_AFTER_QU if onset == "qu" else RIMES
        if rime in allowed and _tone_fits(rime, tone):
            return Syllable(onset, rime, tone)
    return None


def is_syllable(word: str) -> bool:
    """Tell whether lower-case ``word`` is a possible syllable with the accents it has."""
    return parse_syllable(word) is not None


@lru_cache(maxsize=1)
def _unaccented() -> frozenset[str]:
    rimes = {fold(rime) for rime in RIMES}
    words = {fold(onset) + rime for onset in ONSETS if onset != "qu" for rime in rimes}
    return frozenset(words | {"qu" + fold(rime) for rime in _RIMES_AFTER_QU})


def is_unaccented_syllable(word: str) -> bool:
    """Tell whether lower-case ``word`` can be a syllable typed without its accents."""
    return word in _unaccented()


def compose(syllable: Syllable) -> str:
    """Spell ``syllable`` with its tone in the place the government press uses (hòa, thủy)."""
    onset, rime, tone = syllable
    if not tone:
        return onset + rime
    at = _tone_place(rime)
    return onset + rime[:at] + nfc(rime[at] + TONE_MARKS[tone]) + rime[at + 1 :]


def canonical(text: str) -> str:
    """Return NFC ``text`` with every syllable in one spelling, letter case kept.

    "hoà" becomes "hòa", "thuỷ" becomes "thủy", and y as the only vowel after h, k, l, m, s, t, v,
    qu becomes i ("kỹ" → "kĩ", "quý" → "quí"). Words that are no syllables stay as they are. The
    length does not change.
    """
    return _WORD.sub(lambda match: _canonical_word(match[0]), nfc(text))


def _canonical_word(word: str) -> str:
    changed = canonical_syllable(lower(word))
    if word.islower():
        return changed
    return "".join(
        new.upper() if old.isupper() else new for old, new in zip(word, changed, strict=True)
    )


@lru_cache(maxsize=1 << 16)
def canonical_syllable(word: str) -> str:
    """Return the one spelling of lower-case NFC ``word`` (see :func:`canonical`)."""
    syllable = parse_syllable(word)
    if syllable is None:
        return word
    if syllable.rime == "y" and syllable.onset in _Y_FOR_I_AFTER:
        syllable = syllable._replace(rime="i")
    return compose(syllable)


def _split_tone(word: str) -> tuple[str, int]:
    """Return the word without its tone mark, and the tone; tone -1 when it has two."""
    if word.isascii():
        return word, 0
    letters, tone = [], 0
    for char in unicodedata.normalize("NFD", word):
        if char in TONE_MARKS[1:]:
            if tone:
                return word, -1
            tone = TONE_MARKS.index(char)
        else:
            letters.append(char)
    return nfc("".join(letters)), tone


def _tone_fits(rime: str, tone: int) -> bool:
    # Rimes that end in a stop carry sắc or nặng; without any tone they are unaccented typing,
    # which is only plain when no other mark shows that accents were meant.
    if not rime.endswith(_STOPS):
        return True
    return tone in (4, 5) or (tone == 0 and rime.isascii())


def _tone_place(rime: str) -> int:
    marked = [i for i, char in enumerate(rime) if char in _QUALITY_VOWELS]
    if marked:
        return marked[-1]
    vowels = [i for i, char in enumerate(rime) if char in _VOWELS]
    if len(vowels) == 1:
        return vowels[0]
    has_coda = rime[-1] not in _VOWELS
    return vowels[1] if has_coda or len(vowels) == 3 else vowels[0]

"""Telex and VNI typed while the input method was off ("uyr ban nhaan daan", "uy3 ban nha6n da6n").

A query is decoded only when it cannot be meant as typed: it has words that are neither Vietnamese
without accents, nor abbreviations, nor common English, and that are proper syllables once decoded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from .abbreviations import shipped_table
from .syllables import Syllable, compose, is_unaccented_syllable, parse_syllable

_WORD: Final = re.compile(r"[A-Za-z0-9]+")
_LONGEST: Final = 10

_TELEX_TONES: Final = {"f": 1, "r": 2, "x": 3, "s": 4, "j": 5}
_VNI_TONES: Final = {"2": 1, "3": 2, "4": 3, "1": 4, "5": 5}
_HAT: Final = {"a": "â", "e": "ê", "o": "ô"}
_HOOK: Final = {"a": "ă", "o": "ơ", "u": "ư"}

# Common English (and international) words that would decode to a syllable.
_ENGLISH: Final = frozenset(
    """
    as is us his has was gas bus bas sos its yes has mas pass cas ms
    or for her per far car bar our your four tour hour air chair hair pair their
    fur nor sir bur tar war dear near year bear tear hear gear
    of if off half roof leaf chef gif proof
    tax fax max fix mix six box fox sex ox ax wax text
    see tree free three fee bee been seen teen green keen keep deep week meet need seed
    too two boo zoo moon soon noon room food door book look took cook school
    how now new few low row law raw saw draw own town down show know view
    dad add odd aaa www eee ooo visa usa asia data media user
    room town tree moon seem teen view flow born work form hoax case base cause use
    these those does goes done one due true blue house mouse nurse course
    taxi taxis maxi thanks this thus plus bonus bias focus virus corpus status axis oasis pisa
    """.split()  # noqa: SIM905
)

# Words of other languages that Vietnamese sentences have.
_LOANS: Final = frozenset(
    "taxi gas bar bus fax visa tour data mix video radio laser clip wifi wi fi web".split()  # noqa: SIM905
)

# Keys that no language has in this order: "ddaats", "nuwowcs".
_STRONG: Final = re.compile(
    r"dd[a-z]{2,}|[a-z]*(?:ee|oo|[ao]w)[a-z]*[fsrxj]|[a-z]*(?:aa|uw|[aeiouy]j)[a-z]*"
)
_SYLLABLES: Final = re.compile(r"[a-zâêôăơưđ]{3,12}")

# "thon3" is "thôn 3" without the space, not VNI.
_COUNTED: Final = frozenset(
    """
    thon to khu xom quan phuong doi ap cum lop khoi nhom ngo ngach hem so lo tap ky quy dot
    vung tang can nha duong khoa ban mau cap hang loai bac tuan thang nam ngay cau bai
    chuong muc dieu khoan diem tiet phan quyen ki tuyen kiet xa xe la chi
    """.split()  # noqa: SIM905
)


def decode_typing(query: str) -> str | None:
    """Return ``query`` with raw Telex or VNI decoded, or None when it can be meant as typed."""
    if any(char.isalpha() and not char.isascii() for char in query):
        return None
    results = [_decode(query, method) for method in (decode_telex, decode_vni)]
    score, decoded = max(results, key=lambda result: result[0])
    return decoded if score > 0 else None


def decode_telex(word: str) -> str | None:
    """Decode one lower-case ASCII word typed in Telex; None when no syllable results."""
    if not word.isalpha() or len(word) > _LONGEST:
        return None
    letters, tone = _take_tone(word, _TELEX_TONES)
    if tone is None:
        return None
    at_once = _finish(_telex_letters(letters, late=False), tone)
    return at_once or (_finish(_telex_letters(letters, late=True), tone) if tone else None)


def decode_vni(word: str) -> str | None:
    """Decode one lower-case ASCII word typed in VNI; None when no syllable results."""
    if not word[:1].isalpha() or len(word) > _LONGEST:
        return None
    letters, tone = _take_tone(word, _VNI_TONES)
    if tone is None:
        return None
    return _finish(_vni_letters(letters), tone)


def encode_telex(word: str) -> str:
    """Return the keys that type lower-case NFC ``word`` in Telex, tone last."""
    keys = {"đ": "dd", "â": "aa", "ê": "ee", "ô": "oo", "oo": "ooo"}
    return _encode(word, keys, "w", "w", "frxsj")


def encode_vni(word: str) -> str:
    """Return the keys that type lower-case NFC ``word`` in VNI, tone last."""
    keys = {"đ": "d9", "â": "a6", "ê": "e6", "ô": "o6"}
    return _encode(word, keys, "7", "8", "23415")


class _Evidence(NamedTuple):
    """What a query's words say about how it was typed (counts of words)."""

    decodable: int
    strong: int
    foreign: int
    plain: int
    counted: int

    @property
    def score(self) -> int:
        """Positive when the query cannot be meant as typed, the higher the surer."""
        if self.decodable == self.counted:
            return 0
        # One odd word among many plain ones is a foreign name, not an input method.
        if not self.strong and self.decodable * 4 < self.plain:
            return 0
        return self.decodable + 2 * self.strong - self.foreign


def _decode(query: str, method: Callable[[str], str | None]) -> tuple[int, str]:
    """Return how sure the decoding is (positive: decode) and the decoded query."""
    score = _evidence(query, method).score
    if score <= 0:
        return 0, query

    def replace(match: re.Match[str]) -> str:
        # Once the method is known, "coong" is "công" and "gif" is "gì".
        word = match[0].lower()
        if shipped_table().is_short(word) or word in _LOANS:
            return match[0]
        decoded = method(word) or (_loosely(word) if method is decode_telex else None)
        return _in_case_of(match[0], decoded) if decoded else match[0]

    return score, _WORD.sub(replace, query)


def _evidence(query: str, method: Callable[[str], str | None]) -> _Evidence:
    decodable = strong = foreign = plain = counted = 0
    for typed in _WORD.findall(query):
        word = typed.lower()
        if _meant_as_typed(word):
            plain += not word.isdigit()
        elif _is_english(word) or _is_unit(word) or method(word) is None:
            foreign += not (typed.isupper() or any(char.isdigit() for char in word))
        else:
            decodable += 1
            strong += bool(_STRONG.match(word))
            counted += word[:-1] in _COUNTED and word[-1].isdigit()
    return _Evidence(decodable, strong, foreign, plain, counted)


def _is_english(word: str) -> bool:
    return word in _ENGLISH or (word.endswith("s") and word[:-1] in _ENGLISH)


def _loosely(word: str) -> str | None:
    """Decode what is no single syllable: "HDDND" (HĐND), "ootoo" (ôtô)."""
    letters = _telex_letters(word, late=False, once=False) or word
    if letters == word:
        return None
    if not any(char in "aeiouyâêôăơư" for char in letters):
        return letters
    return letters if _SYLLABLES.fullmatch(letters) and _is_row(letters) else None


def _is_row(letters: str) -> bool:
    """Whether letters can be cut into syllables without tones."""
    if not letters:
        return True
    return any(
        parse_syllable(letters[:at]) and _is_row(letters[at:])
        for at in range(1, min(len(letters), 7) + 1)
    )


def _is_unit(word: str) -> bool:
    return len(word) == 2 and word[1] == "w"  # kW, MW


def _meant_as_typed(word: str) -> bool:
    if word.isdigit() or is_unaccented_syllable(word):
        return True
    # One letter with a digit names paper, vitamins, roads: a4, b1.
    return shipped_table().is_short(word) or (len(word) == 2 and word[1].isdigit())


def _in_case_of(typed: str, decoded: str) -> str:
    if typed.isupper():
        return decoded.upper()
    return decoded.capitalize() if typed[0].isupper() else decoded


def _take_tone(word: str, keys: dict[str, int]) -> tuple[str, int | None]:
    """Take the tone key out of ``word``: the one after a vowel. Two tone keys make it no word."""
    first_vowel = next((i for i, char in enumerate(word) if char in "aeiouyw"), len(word))
    at = [i for i, char in enumerate(word) if char in keys and i > first_vowel]
    if len(at) > 1:
        return word, None
    if not at:
        return word, 0
    return word[: at[0]] + word[at[0] + 1 :], keys[word[at[0]]]


def _telex_letters(keys: str, *, late: bool, once: bool = True) -> str | None:
    """Apply dd, aa, ee, oo and w. With ``late`` the doubled vowel may come after the coda.

    Only the first letter of a syllable (``once``) can be đ.
    """
    letters = ""
    for key in keys:
        if key == "d" and (letters[:1] == "d" or (not once and letters[-1:] == "d")):
            at = 0 if once else len(letters) - 1
            letters = letters[:at] + "đ" + letters[at + 1 :]
        elif key == "w":
            letters = _hooked(letters) or letters + "ư"
        elif key in _HAT and letters[-1:] == _HAT[key]:
            letters = letters[:-1] + key + key
        elif key in _HAT and key in (letters if late else letters[-1:]):
            at = letters.rindex(key)
            letters = letters[:at] + _HAT[key] + letters[at + 1 :]
        else:
            letters += key
    return letters


def _vni_letters(keys: str) -> str | None:
    letters = ""
    for key in keys:
        if not key.isdigit():
            letters += key
            continue
        changed = _vni_change(letters, key)
        if changed is None:
            return None
        letters = changed
    return letters


def _vni_change(letters: str, key: str) -> str | None:
    if key == "9":
        return "đ" + letters[1:] if letters[:1] == "d" else None
    if key == "7":
        return _hooked(letters, "ou")
    table = {"6": _HAT, "8": {"a": "ă"}}.get(key)
    if table is None:
        return None
    at = max((letters.rfind(vowel) for vowel in table), default=-1)
    return letters[:at] + table[letters[at]] + letters[at + 1 :] if at >= 0 else None


def _hooked(letters: str, vowels: str = "aou") -> str | None:
    """Put the hook or breve of a w (VNI 7) on the vowel that can carry it."""
    at = letters.rfind("uo")
    if at >= 0:
        return letters[:at] + ("uơ" if letters[at:] == "uo" else "ươ") + letters[at + 2 :]
    at = max(letters.rfind(vowel) for vowel in vowels)
    if at < 0:
        return None
    if letters.endswith("ua") and not letters.startswith("q"):
        at = len(letters) - 2  # "muaw" is mưa
    return letters[:at] + _HOOK[letters[at]] + letters[at + 1 :]


def _finish(letters: str | None, tone: int) -> str | None:
    """Return the syllable of these letters and tone, spelt properly, or None."""
    for spelling in _spellings(letters or ""):
        syllable = parse_syllable(spelling)
        if syllable is None or syllable.tone:
            # A rime that ends in a stop is no syllable before it has its tone.
            syllable = _with_tone(spelling, tone) if tone else None
        if syllable is not None:
            toned = compose(syllable._replace(tone=tone))
            return toned if parse_syllable(toned) else None
    return None


def _spellings(letters: str) -> list[str]:
    """ "uơ" and "ưo" are half-typed "ươ" unless the syllable ends there ("thuở")."""
    whole = letters.replace("uơ", "ươ").replace("ưo", "ươ")
    return [letters, whole] if whole != letters else [letters]


@lru_cache(maxsize=4096)
def _with_tone(letters: str, tone: int) -> Syllable | None:
    for at, char in enumerate(letters):
        marked = compose(Syllable("", char, tone)) if char in "aăâeêioôơuưy" else ""
        if marked and (syllable := parse_syllable(letters[:at] + marked + letters[at + 1 :])):
            return syllable
    return None


def _encode(word: str, keys_of: dict[str, str], hook: str, breve: str, tones: str) -> str:
    syllable = parse_syllable(word)
    if syllable is None:
        return word
    table = {**keys_of, "ơ": "o" + hook, "ư": "u" + hook, "ă": "a" + breve}
    keys = syllable.onset + syllable.rime
    for letter in sorted(table, key=len, reverse=True):
        keys = keys.replace(letter, table[letter])
    return keys + (tones[syllable.tone - 1] if syllable.tone else "")

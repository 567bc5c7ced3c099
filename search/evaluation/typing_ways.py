"""How people type what stands in a title: the same words, seven ways.

Written apart from `search.text`, which has to understand them: a mistake shared by both would
measure nothing.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from typing import Final

TONES: Final = {"\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0301": "s", "\u0323": "j"}
QUALITIES: Final = {"\u0302": "", "\u0306": "w", "\u031b": "w"}
LETTERS: Final = "abcdeghiklmnopqrstuvxy"
# The three rimes whose tone stands on the first vowel in the old and on the second in the new way.
MOVING: Final = ("oa", "oe", "uy")

Way = Callable[[str, random.Random], str]


def as_typed(text: str, _rng: random.Random) -> str:
    """Unchanged."""
    return text


def in_lower_case(text: str, _rng: random.Random) -> str:
    """In small letters."""
    return text.lower()


def decomposed(text: str, _rng: random.Random) -> str:
    """With marks as characters of their own, as macOS and some PDFs give them."""
    return unicodedata.normalize("NFD", text)


def without_accents(text: str, _rng: random.Random) -> str:
    """In small letters without any mark."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in letters if not unicodedata.combining(char))


def other_tone_place(text: str, _rng: random.Random) -> str:
    """With the tone of oa, oe, uy on the other vowel ("hòa" ↔ "hoà")."""
    return " ".join(map(_move_tone, text.split(" ")))


def has_moving_tone(text: str) -> bool:
    """Whether `other_tone_place` changes anything."""
    return other_tone_place(text, random.Random()) != text  # noqa: S311


def _move_tone(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    if letters[:2].lower() == "qu":
        return word
    bare = "".join(char for char in letters if char not in TONES)
    tone = next((char for char in letters if char in TONES), "")
    if not tone or bare[-2:].lower() not in MOVING:
        return word
    first = letters.endswith(bare[-1])
    moved = bare + tone if first else bare[:-1] + tone + bare[-1]
    return unicodedata.normalize("NFC", moved)


def in_telex(text: str, rng: random.Random) -> str:
    """The keys of Telex as they come out while the input method is off.

    People end a syllable with its tone or type it after the vowel, and write ư, ơ as "uow" or
    "uwow": each query chooses.
    """
    tone_last, short_hook = rng.random() < 0.7, rng.random() < 0.5
    return " ".join(_telex(word, tone_last, short_hook) for word in text.split(" "))


def _telex(word: str, tone_last: bool, short_hook: bool) -> str:
    keys, tone = "", ""
    for char in unicodedata.normalize("NFC", word):
        if char in "đĐ":
            keys += char.replace("đ", "dd").replace("Đ", "DD")
            continue
        base, *marks = list(unicodedata.normalize("NFD", char))
        keys += base
        for mark in marks:
            if mark in TONES:
                tone = TONES[mark]
                keys += "" if tone_last else tone
            elif mark in QUALITIES:
                keys += QUALITIES[mark] or base.lower()
    if short_hook:
        keys = keys.replace("uwow", "uow").replace("Uwow", "Uow")
    return keys + tone if tone_last else keys


def with_an_error(text: str, rng: random.Random) -> str:
    """One letter of one syllable left out, doubled by another, changed, or swapped."""
    words = text.split(" ")
    places = [i for i, word in enumerate(words) if len(word) > 2 and word.isalpha()]
    if not places:
        return text
    at = rng.choice(places)
    word, wrong = words[at], words[at]
    while wrong == word:
        i = rng.randrange(len(word))
        letter = rng.choice(LETTERS)
        wrong = rng.choice([
            word[:i] + word[i + 1 :],
            word[:i] + letter + word[i:],
            word[:i] + letter + word[i + 1 :],
            word[:i] + word[i : i + 2][::-1] + word[i + 2 :],
        ])  # fmt: skip
    return " ".join([*words[:at], wrong, *words[at + 1 :]])


def with_an_error_and_without_accents(text: str, rng: random.Random) -> str:
    """The same mistake in a text without marks."""
    return with_an_error(without_accents(text, rng), rng)

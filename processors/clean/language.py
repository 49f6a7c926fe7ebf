"""The language of an article: by script and function words where they settle it, by a model only in doubt."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from processors.clean.lexicon import load_toml

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 450
_LEAST_LETTERS = 20
"""Fewer letters tell no language apart."""
_ENGLISH_SHARE = 0.22
"""Of the words of English news 35 to 50% are in the list, of other languages' under 12%: so this much settles it."""
_SCRIPT_SHARE = 0.3
_CONFIDENT = 0.5
"""Headlines of names and nouns get .2 to .5 for a wrong language, a sentence in its own language .55 and more."""
_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"([A-Za-z]{2})(?:[-_].*)?")


class _Signs(NamedTuple):
    english: frozenset[str]
    scripts: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _signs() -> _Signs:
    data = load_toml("languages.toml")
    scripts = tuple((code, re.compile(f"[{chars}]")) for code, chars in data["scripts"].items())
    return _Signs(frozenset(data["stop_words"]["en"]), scripts)


def language_code(tag: str | None) -> str | None:
    """Return the ISO 639-1 code of a language tag (BCP 47: `en-US`), or None if it holds none."""
    found = _CODE.fullmatch(tag.strip()) if tag else None
    return found[1].lower() if found else None


def guess_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, judged by its first characters; None if they don't tell.

    Function words settle English and a script of its own a dozen more; the model (py3langid, after Lui and Baldwin 2012)
    sees the rest, at most 450 characters.
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if letters < _LEAST_LETTERS:
        return None
    signs = _signs()
    hits = sum(word.lower() in signs.english for word in words)
    if hits >= _ENGLISH_SHARE * len(words):
        return "en"
    if not sample.isascii():
        for code, script in signs.scripts:
            if len(script.findall(sample)) >= _SCRIPT_SHARE * letters:
                return code
    code, probability = _model().classify(sample)
    return str(code) if probability >= _CONFIDENT else None


@cache
def _model() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - 400 ms, seldom needed

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(load_toml("languages.toml")["model"]["languages"])
    return model

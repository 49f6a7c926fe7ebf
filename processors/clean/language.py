"""The language of an article: by script and function words where they settle it, by a model only in doubt."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from processors.clean.lexicon import load_toml

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 450
_LEAST_LETTERS = 20
"""Fewer letters tell no language apart."""
_SHARE, _LEAST_WORDS = 0.15, 3
"""Of the words of news 30 to 50% are in the list of its language: this share, and so many different words, can settle it..."""
_LEAST_ALONE = 2
"""...or so many, if none of them is a word of another language: of a headline the model knows less."""
_LEAD = 1.6
"""...if no other language has more than one to this: neighbours like Danish and Norwegian share most of their words."""
_SCRIPT_SHARE = 0.3
_CONFIDENT = 0.5
"""Headlines of names and nouns get .2 to .5 for a wrong language, a sentence in its own language .55 and more."""
_WORD = re.compile(r"[^\W\d_]+")
_ASCII_WORD = re.compile("[a-z]+")
"""The same on ASCII in lower case, at half the time."""
_CODE = re.compile(r"([A-Za-z]{2})(?:[-_].*)?")


class _Signs(NamedTuple):
    languages: dict[str, tuple[str, ...]]
    """The languages in which a word is a function word."""
    scripts: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _signs() -> _Signs:
    data = load_toml("languages.toml")
    scripts = tuple((code, re.compile(f"[{chars}]")) for code, chars in data["scripts"].items())
    languages: dict[str, tuple[str, ...]] = {}
    for code, words in data["stop_words"].items():
        for word in words:
            languages[word] = (*languages.get(word, ()), code)
    return _Signs(languages, scripts)


def language_code(tag: str | None) -> str | None:
    """Return the ISO 639-1 code of a language tag (BCP 47: `en-US`), or None if it holds none."""
    found = _CODE.fullmatch(tag.strip()) if tag else None
    return found[1].lower() if found else None


def guess_language(text: str, said: str | None = None) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, judged by its first characters; None if they don't tell.

    `said` is what the page says of itself: it decides between languages of which none leads.

    Function words settle the languages that have a list, a script of its own a dozen more; the model (py3langid, after Lui
    and Baldwin 2012) sees the rest, at most 450 characters.
    """
    sample = text[:_SAMPLE]
    words = (_ASCII_WORD if sample.isascii() else _WORD).findall(sample.lower())
    letters = sum(map(len, words))
    if letters < _LEAST_LETTERS:
        return None
    settled = _by_function_words(words, said)
    if settled:
        return settled
    if not sample.isascii():
        for code, script in _signs().scripts:
            if len(script.findall(sample)) >= _SCRIPT_SHARE * letters:
                return code
    code, probability = _model().classify(sample)
    return str(code) if probability >= _CONFIDENT else None


def _by_function_words(words: list[str], said: str | None) -> str | None:
    """Return the language whose function words are clearly the most frequent among `words`, or None."""
    languages = _signs().languages
    known = [word for word in words if word in languages]
    if len(known) < max(_LEAST_ALONE, _SHARE * len(words)):
        return None
    hits = Counter(chain.from_iterable(map(languages.__getitem__, known)))
    best = max(hits, key=hits.__getitem__)
    most = hits[best]
    if any(most < _LEAD * count for code, count in hits.items() if code != best):
        if not said or hits.get(said, 0) < most:
            return None
        best = said
    # U.S. is no two function words
    different = {word for word in set(known) if len(word) > 1 and best in languages[word]}
    least = _LEAST_ALONE if len(hits) == 1 else _LEAST_WORDS
    return best if most >= _SHARE * len(words) and len(different) >= least else None


def load_model() -> None:
    """Load the model now instead of at the first text in doubt; it takes 0.4 s."""
    _model()


@cache
def _model() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - 400 ms, seldom needed

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(load_toml("languages.toml")["model"]["languages"])
    return LanguageIdentifier(  # a model of these languages alone: the other one keeps the table of all 142 (28 MB)
        model.nb_ptc,
        model.nb_pc,
        model.nb_classes,
        model.tk_nextmove,
        model.tk_output,
        norm_probs=True,
        tk_row=model.tk_row,
    )

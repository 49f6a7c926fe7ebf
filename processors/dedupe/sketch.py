"""Make the sketch of a text: content hash, MinHash signature, sentences and facts."""

import hashlib
from bisect import bisect_left
from itertools import chain
from operator import itemgetter
from typing import Final

from processors.dedupe.constants import (
    LEAD_SENTENCES,
    MAX_NAMES,
    MAX_NUMBERS,
    MAX_RECURRING,
    MAX_SENTENCES,
    MIN_HASHED_WORDS,
)
from processors.dedupe.facts import Facts, Token, lexicon, read
from processors.dedupe.minhash import minhash
from processors.dedupe.normal import normalise, script, words_by_sentence
from processors.dedupe.rows import Row, facts_of, hash32, is_cased, row_of, term_hash
from schemas.sketch import Sketch

_TERM_LETTERS: Final = 6


def make_sketch(title: str | None, text: str, language: str | None) -> Sketch:
    """Return the sketch of an article; the same on every machine and in every process.

    `text` is the cleaned text without its headline, of which only marks like `UPDATE 2` count here unless there is
    hardly any text. `language` decides nothing yet: the script of the letters does.
    """
    del language
    heading, body = normalise(title or ""), normalise(text)
    split = words_by_sentence(body)
    tokens = [list(map(read, sentence)) for sentence in split]
    flat = list(chain.from_iterable(tokens))
    lowered = list(map(itemgetter(0), flat))
    cased = is_cased(body)
    counted = lowered if len(flat) >= MIN_HASHED_WORDS else [*_folded(heading), "\n", *lowered]
    hashes = minhash(b"".join(map(itemgetter(1), flat)))
    facts = facts_of(split, tokens, cased=cased)
    rows = [row_of(fact, len(sentence)) for fact, sentence in zip(facts, tokens, strict=True)]
    kept = _sample(rows)
    names, numbers = _once(facts)
    return Sketch(
        digest=hashlib.sha256(" ".join(counted).encode("utf-8", "surrogatepass")).digest()[:16],
        signature=hashes.signature,
        words=min(len(flat), 0xFFFFFFFF),
        shingles=hashes.shingles,
        headline=_headline(heading),
        script=script(body or heading),
        cased=cased,
        update=bool(lexicon().updates.match(heading)),
        keys=hashes.keys,
        sentences=tuple([rows[place] for place in kept]),
        names=names,
        numbers=numbers,
        recurring=_recurring(_terms(facts, tokens, cased=cased), kept),
    )


def _headline(heading: str) -> int:
    marked = lexicon().updates.sub("", heading)
    return hash32(" ".join(_folded(marked))) if marked.strip() else 0


def _folded(text: str) -> list[str]:
    return [read(word).low for word in chain.from_iterable(words_by_sentence(text))]


def _sample(rows: list[Row]) -> range | list[int]:
    """Return the places of the sentences that are kept of a long text, ascending."""
    if len(rows) <= MAX_SENTENCES:
        return range(len(rows))
    rest = sorted(range(LEAD_SENTENCES, len(rows)), key=lambda place: (rows[place], place))
    return [*range(LEAD_SENTENCES), *sorted(rest[: MAX_SENTENCES - LEAD_SENTENCES])]


def _once(facts: list[Facts]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the hashes of the distinct names and numbers of the text, each ascending."""
    names = set(map(term_hash, {name for fact in facts for name in fact.names}))
    numbers = set(map(term_hash, {number for fact in facts for number in fact.numbers}))
    return tuple(sorted(names)[:MAX_NAMES]), tuple(sorted(numbers)[:MAX_NUMBERS])


def _terms(facts: list[Facts], tokens: list[list[Token]], *, cased: bool) -> list[list[str]]:
    """Return for each sentence what can recur: its names, or its long words in a text without capitals."""
    if cased:
        return [fact.names for fact in facts]
    return [[token.low for token in sentence if len(token.low) >= _TERM_LETTERS] for sentence in tokens]


def _recurring(terms: list[list[str]], kept: range | list[int]) -> tuple[tuple[int, int, int], ...]:
    """Return (term, first sentence, last sentence) of the terms in two sentences or more, the most frequent of them.

    Sentences are counted among those `kept`.
    """
    places: dict[str, list[int]] = {}
    for place, those in enumerate(terms):
        for term in dict.fromkeys(those):
            places.setdefault(term, []).append(place)
    several = []
    for term, where in places.items():
        if len(where) > 1:
            first, last = bisect_left(kept, where[0]), bisect_left(kept, where[-1])
            if first < last:
                several.append((-len(where), term_hash(term), term, first, last))
    several.sort()
    return tuple(sorted([(short, first, last) for _, short, _, first, last in several[:MAX_RECURRING]]))

"""The coder: an article in, its tags and mentions out. Pure: no clock, no randomness, no I/O."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

from processors.coding.article import complete
from processors.coding.casualties import told_already
from processors.coding.coreference import Memory
from processors.coding.explain import Explanation, near_misses
from processors.coding.frames import Rules  # noqa: TC001 - part of the public signature
from processors.coding.match import Matcher
from processors.coding.mentions import build
from processors.coding.mishaps import is_relief
from processors.coding.narrated import era
from processors.coding.people import settle
from processors.coding.questions import is_question
from processors.coding.reading import default_rules
from processors.coding.retold import last_of
from processors.coding.roles import Roles
from processors.coding.senses import Senses
from processors.coding.talk import is_public, is_talk
from processors.coding.triggers import Hits, Triggers, may_fire
from processors.coding.view import View, behind_dateline
from processors.tag import Tagger
from processors.text import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processors.coding.coreference import Sentence
    from processors.coding.draft import Draft
    from processors.tag import ActorSpan, Tagged
    from processors.tag.model import Field
    from schemas.article import CleanArticle
    from schemas.mention import Mention
    from schemas.tags import Tags

LONGEST_TITLE = 600
"""Code points of a title that are read: a longer one is no title."""


_ROOMS = ("resolve", "tag", "text")
"""Packages whose data decides on events, beside the rules of this one."""


def _data() -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of their data files, in a fixed order."""
    for room in _ROOMS:
        for file in sorted((files("processors") / room / "data").iterdir(), key=lambda f: f.name):
            if not file.name.endswith(".md"):
                yield f"{room}/{file.name}", file.read_bytes()


class Coder:
    """Tags and codes articles. Compiled once; holds no state between articles, so that their order changes nothing."""

    def __init__(self, rules: Rules | None = None) -> None:
        """Take rules, by default those of the package; RuleError if these are broken.

        `rules_version` is the hash of all data that decides on events: frames, words, actors, places, what makes two mentions one.
        """
        self.rules = rules or default_rules()
        self._triggers, self._senses = Triggers(self.rules), Senses(self.rules.sets)
        self.tagger = Tagger()
        digest = hashlib.sha256(self.rules.version.encode())
        for name, data in _data():
            digest.update(name.encode() + b"\0" + data + b"\0")
        self.rules_version = digest.hexdigest()[:16]

    def code(self, article: CleanArticle) -> tuple[Tags, tuple[Mention, ...]]:
        """Return the tags and the mentions of one article version, in the order of its text, the title first.

        Articles in another language than English get tags only. Never raises for what the text holds.
        """
        published = article.published_at.date() if article.published_at else None
        tagged = self.tagger.tag(article.title, article.text, article.language, published)
        if article.language not in (None, "en"):
            return tagged.tags, ()
        return tagged.tags, tuple(
            build(article, view, draft, memory) for view, draft, memory in self._coded(article, tagged)
        )

    def explain(self, article: CleanArticle) -> tuple[Explanation, ...]:
        """Return, sentence by sentence, which rules fired, which almost did, and why these did not.

        Nothing for an article in another language than English: no rule is tried on it.
        """
        if article.language not in (None, "en"):
            return ()
        published = article.published_at.date() if article.published_at else None
        tagged = self.tagger.tag(article.title, article.text, article.language, published)
        memory = Memory((*tagged.title, *tagged.text), tagged.places, self._senses)
        out = []
        for field, text, start, end, spans in _sentences(article, tagged):
            coded = self.sentence(text, field, start, end, spans, memory)
            view = View(text, field, start, end, spans)
            fired = tuple("+".join((d.frame.id, *(name for name, _ in d.operators))) for _, d in coded)
            rules = {part for rule in fired for part in rule.split("+")}
            missed = near_misses(view, Roles(view, memory), self.rules, rules)
            out.append(Explanation(field, start, end, text[start:end], tuple(spans), fired, missed))
        return tuple(out)

    def _coded(self, article: CleanArticle, tagged: Tagged) -> list[tuple[View, Draft, Memory]]:
        memory = Memory((*tagged.title, *tagged.text), tagged.places, self._senses)
        coded: list[tuple[View, Draft]] = []
        for sentence, hits in self._screened(article, tagged, memory):
            if hits is None:
                memory.note(sentence)
                continue
            field, text, start, end, spans = sentence
            view = View(text, field, start, end, spans)
            if may_fire(hits, view.chunks):
                coded += self._events(view, memory, hits)
            else:
                memory.note(sentence, view)
        memory.forget()
        topics = tagged.tags.topics
        coded = [(v, d) for v, d in complete(coded, self.rules) if not is_relief(d, topics)]
        public = [(v, d) for v, d in coded if v.field == "title" or is_public(d.source, d.target)]
        if len(public) < len(coded) and is_talk(article.text):
            coded = public
        return [(view, draft, memory) for view, draft in coded]

    def _screened(
        self, article: CleanArticle, tagged: Tagged, memory: Memory
    ) -> list[tuple[Sentence, Hits | None]]:
        """Return each sentence with what may fire on it.

        One test after the other over the whole article: what a test looks things up in then stays in the processor's cache.
        """
        sentences = list(_sentences(article, tagged))
        placed = [
            bool(spans or memory.starts(field, start, end)) for field, _, start, end, spans in sentences
        ]
        hits = [
            None
            if is_question(text, start, end)
            else self._triggers.hits(text[behind_dateline(text, start, end) : end], spans, placed=here)
            for (_, text, start, end, spans), here in zip(sentences, placed, strict=True)
        ]
        return list(zip(sentences, hits, strict=True))

    def sentence(
        self, text: str, field: Field, start: int, end: int, spans: Sequence[ActorSpan], memory: Memory
    ) -> list[tuple[View, Draft]]:
        """Return the events of one sentence as drafts."""
        view = View(text, field, start, end, spans)
        if is_question(text, start, end):
            memory.note((field, text, start, end, spans), view)
            return []
        return self._events(view, memory)

    def _events(self, view: View, memory: Memory, hits: Hits | None = None) -> list[tuple[View, Draft]]:
        roles = Roles(view, memory)
        matcher = Matcher(self.rules, view, roles, hits)
        found: list[Draft] = []
        for draft in matcher.drafts():
            matcher.finish(draft)
            settled = settle(draft.copy(), view, roles, matcher)
            found += [d for d in settled if not told_already(d, found)]
        if found:
            went_on = era(view, memory)
            for draft in found:
                draft.era = went_on
            memory.attack = last_of(found, view, memory.sentence) or memory.attack
        memory.note((view.field, view.text, view.start, view.end, view.actors), view, roles)
        return [(view, draft) for draft in found]


def _sentences(article: CleanArticle, tagged: Tagged) -> Iterator[Sentence]:
    """Yield (field, its text, start, end, actor spans) of each sentence, the title first."""
    fields: tuple[tuple[Field, str, tuple[ActorSpan, ...]], ...] = (
        ("title", (article.title or "")[:LONGEST_TITLE], tagged.title),
        ("text", article.text, tagged.text),
    )
    for field, text, spans in fields:
        at = 0
        for start, end in split_sentences(text):
            while at < len(spans) and spans[at].end <= start:
                at += 1
            upto = at
            while upto < len(spans) and spans[upto].start < end:
                upto += 1
            yield field, text, start, end, spans[at:upto]

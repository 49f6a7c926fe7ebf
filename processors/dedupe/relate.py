"""Find the earlier texts that an article has to do with, and sort them by what they are to it."""

from dataclasses import dataclass, field

from processors.dedupe.compare import Comparison, Relation, compare
from processors.dedupe.constants import GROUP_COMPARISONS, ROUNDUP_STORIES, SURE_COPY
from processors.dedupe.entry import Entry, group_of, sketch_of
from processors.dedupe.overlap import Sieve
from processors.dedupe.store import Candidate, LookUp, Store
from schemas.sketch import Sketch, digest_of
from schemas.verdict import Edge, VerdictKind


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier article and what the new one is to it."""

    seq: int
    entry: Entry
    found: Comparison

    def edge(self, kind: VerdictKind) -> Edge:
        """Return the match as the edge of a verdict."""
        return Edge.trusted(
            kind=kind,
            to=self.entry.ref.model(),
            similarity=self.found.similarity,
            containment=self.found.containment,
            reason=self.found.reason,
        )


@dataclass(slots=True)
class Relations:
    """All matches of an article.

    `exact` is the one of the same content, `replaced` the version that it takes the place of, `late` whether a version of its address
    that was published after it is here already.
    """

    exact: Match | None = None
    replaced: Match | None = None
    late: bool = False
    copies: list[Match] = field(default_factory=list)
    revisions: list[Match] = field(default_factory=list)
    stories: list[Match] = field(default_factory=list)
    holders: list[Match] = field(default_factory=list)

    def identical(self, encoded: bytes) -> bool:
        """Tell whether the exact copy has the same sketch to the byte: then what it is a copy of is known already."""
        return self.exact is not None and self.exact.entry.sketch == encoded

    def groups(self) -> list[int]:
        """Return the groups that the article is a copy in."""
        matches = self.copies if self.exact is None else [self.exact, *self.copies]
        return sorted({match.entry.group for match in matches})

    def origin(self) -> str | None:
        """Return the origin that the earliest copy has."""
        matches = self.copies if self.exact is None else [self.exact, *self.copies]
        first = min(matches, key=lambda match: match.seq, default=None)
        return None if first is None else first.entry.origin

    def edges(self) -> tuple[Edge, ...]:
        """Return all matches as edges, by the seq of what they lead to."""
        kinds = (
            (VerdictKind.EXACT, [] if self.exact is None else [self.exact]),
            (VerdictKind.NEAR, self.copies),
            (
                VerdictKind.REVISION,
                self.revisions if self.replaced is None else [self.replaced, *self.revisions],
            ),
            (VerdictKind.ROUNDUP, [*self.stories, *self.holders]),
        )
        found = [(match.seq, match.edge(kind)) for kind, matches in kinds for match in matches]
        return tuple(edge for _, edge in sorted(found, key=lambda pair: pair[0]))

    def is_revision(self) -> bool:
        """Tell whether the article is a new version before it is a copy.

        A shortened copy of the old version, without the sentence that has changed, is like both versions. So it takes
        a copy that has the changed sentences to call the article one; where none is known, the text nearest to it decides.
        """
        if self.replaced is not None:
            return True
        if self.exact is not None or not self.revisions:
            return False
        if any(match.found.changed for match in self.revisions):
            told = [set(match.found.places) for match in self.copies]
            return not all(
                any(where >= set(match.found.changed) for where in told) for match in self.revisions
            )
        newest = max(match.found.similarity for match in self.revisions)
        return newest > max((match.found.similarity for match in self.copies), default=0.0)

    def revised(self) -> Match | None:
        """Return what the article is a new version of: of its URL before all, else the text nearest to it, the later of two."""
        if self.replaced is not None:
            return self.replaced
        return max(self.revisions, key=lambda match: (match.found.similarity, match.seq), default=None)

    def contained(self) -> tuple[int, ...]:
        """Return the seqs of the stories that the article holds, or else of the round-ups that hold it."""
        if self.exact is not None and not self.stories and not self.holders:
            return self.exact.entry.contained
        return tuple(sorted(match.seq for match in self.stories or self.holders))


_SAME = {True: "same-url", False: "same-content"}


def relate(store: Store, sketch: Sketch, entry: Entry, found: LookUp, *, by_url: bool) -> Relations:
    """Return what an article, of which `entry` is to be kept, is to those in `store`.

    `by_url`: its article id comes from a URL, so versions share it.
    """
    relations, encoded = Relations(), entry.sketch
    versions = found.versions if by_url else []
    entries = [(seq, known) for seq in versions if (known := store.entry(seq)) is not None]
    current = max(entries, key=lambda version: (not version[1].late, version[0]), default=None)
    if current is not None:
        relations.late = _is_late(entry.dated, sketch.digest, [known for _, known in entries], current[1])
    for seq, known in entries:
        replaced = seq == current[0] and not relations.late if current is not None else False
        _version(sketch, seq, known, relations, replaced=replaced)
    if sketch.words and relations.exact is None and found.twin is not None:
        seq = store.holder(found.twin)
        twin = store.entry(seq)
        if twin is not None:
            _exact(seq, twin, relations, same_url=False)
    if sketch.words and not relations.identical(encoded):
        _by_text(store, sketch, found.candidates(), set(versions), relations)
    return relations


def _is_late(dated: int | None, digest: bytes, versions: list[Entry], current: Entry) -> bool:
    """Tell whether a version that was known at its address comes once more, behind the one that stands there now.

    A page that takes a change back has its old text again, but at a later date than it had before, or it says no date. A feed
    that is read again has the date that it had.
    """
    same = [version for version in versions if digest_of(version.sketch) == digest]
    if dated is None or not same:
        return False
    if current.dated is not None and dated < current.dated:
        return True
    stands = digest_of(current.sketch) == digest
    return not stands and any(version.dated is not None and dated <= version.dated for version in same)


def _exact(seq: int, entry: Entry, relations: Relations, *, same_url: bool) -> None:
    relations.exact = Match(seq, entry, Comparison(Relation.COPY, 1.0, 1.0, _SAME[same_url], ()))


def _version(sketch: Sketch, seq: int, entry: Entry, relations: Relations, *, replaced: bool) -> None:
    other = Sketch.decode(entry.sketch)
    if other.digest == sketch.digest:
        _exact(seq, entry, relations, same_url=True)
        return
    match = Match(seq, entry, compare(sketch, other, same_url=True))
    if match.found.relation is Relation.COPY:
        relations.copies.append(match)
    elif replaced:
        relations.replaced = match


def _by_text(
    store: Store, sketch: Sketch, candidates: list[Candidate], versions: set[int], relations: Relations
) -> None:
    settled = dict.fromkeys(relations.groups(), GROUP_COMPARISONS)
    excerpts: list[Match] = []
    sieve = Sieve(sketch)
    for born, _, symmetric in candidates:
        seq = store.holder(born)
        data = store.kept(seq)
        if data is None or seq in versions or settled.get(group_of(data), 0) >= GROUP_COMPARISONS:
            continue
        encoded = sketch_of(data)
        if not sieve.lets_through(encoded):
            continue
        comparison = compare(sketch, Sketch.decode(encoded), same_url=False)
        relation = comparison.relation
        if relation is Relation.NONE:
            continue
        entry = Entry.decode(data)
        match = Match(seq, entry, comparison)
        if relation is Relation.COPY and symmetric:
            sure = match.found.similarity >= SURE_COPY
            settled[entry.group] = GROUP_COMPARISONS if sure else settled.get(entry.group, 0) + 1
            relations.copies.append(match)
        elif relation is Relation.REVISION:
            relations.revisions.append(match)
        elif relation is Relation.HOLDS:
            relations.stories.append(match)
        elif relation is Relation.HELD or (
            relation is Relation.EXCERPT and entry.kind is VerdictKind.ROUNDUP
        ):
            relations.holders.append(match)
        elif relation is Relation.EXCERPT:
            excerpts.append(match)
    relations.stories = _stories(relations.stories, excerpts)


def _stories(whole: list[Match], excerpts: list[Match]) -> list[Match]:
    """Return the stories of a round-up: one for each place of the text that is taken from somewhere, the fullest first.

    Beginnings alone make a round-up only where there are several of them side by side.
    """
    stories: list[Match] = []
    taken: set[int] = set()
    for match in [*whole, *sorted(excerpts, key=lambda match: (-len(match.found.places), match.seq))]:
        places = set(match.found.places)
        if not places & taken:
            stories.append(match)
            taken |= places
    return stories if whole or len(stories) >= ROUNDUP_STORIES else []

"""Topics: weighted keywords, counted once over the text in lower case."""

import ahocorasick_rs

THRESHOLD = 3.0  # summed weight that makes a topic


class Topics:
    """The compiled keywords of topics.toml."""

    def __init__(self, data: dict[str, dict[str, float]]) -> None:
        """Compile `{topic: {keyword: weight}}`; a keyword that ends in `*` matches the beginning of a word."""
        patterns: dict[str, list[tuple[str, float, bool]]] = {}
        for topic, words in data.items():
            for word, weight in words.items():
                stem = word.rstrip("*")
                patterns.setdefault(stem, []).append((topic, weight, word.endswith("*")))
        self._meanings = list(patterns.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(patterns),
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            implementation=ahocorasick_rs.Implementation.DFA,  # twice as fast, and small for so few words
        )

    def count(self, text: str) -> dict[str, float]:
        """Return the summed weight of each topic that `text` touches."""
        low = text.lower()
        size = len(low)
        totals: dict[str, float] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(low):
            if start and low[start - 1].isalnum():
                continue
            whole = end >= size or not low[end].isalnum()
            for topic, weight, prefix in self._meanings[index]:
                if whole or prefix:
                    totals[topic] = totals.get(topic, 0.0) + weight
        return totals

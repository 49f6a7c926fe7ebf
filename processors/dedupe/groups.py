"""Groups: the components over all copy edges, told by the seq of their first member.

Nothing here is kept by itself: each entry names its group, and a join rewrites the entries of the group that gives way. So a
restart finds the same groups even when the article that joined two of them has left the window.
"""

from array import array
from bisect import bisect

from processors.dedupe.entry import Entry, Ref
from processors.dedupe.store import Store


class Groups:
    """The living members of each group of two or more, and what changes when groups join or lose their lead."""

    def __init__(self, store: Store) -> None:
        """Take the store that holds the entries."""
        self._store = store
        self._members: dict[int, array[int]] = {}

    def members(self, group: int) -> list[int]:
        """Return the living members by seq."""
        return self._members[group].tolist() if group in self._members else [group]

    def add(self, group: int, seq: int) -> None:
        """Note a member; a group of one is not kept."""
        if seq != group:
            alone = [group] if self._store.alive(group) else []
            members = self._members.get(group) or array("I", alone)
            at = bisect(members, seq)
            self._members[group] = members[:at] + array("I", [seq]) + members[at:]

    def drop(self, group: int, seq: int) -> None:
        """Forget a member that is no longer alive."""
        if group in self._members:
            self._members[group].remove(seq)
            if not self._members[group]:
                del self._members[group]

    def join(self, groups: list[int]) -> tuple[int, str, Ref | None, list[str], list[int]]:
        """Make one group of several.

        Returns (the one that stays: the earliest, its name, its lead, the names that gave way, the seqs written anew). The lead
        is that of the earliest group that has one. Groups of versions of one URL may have one name, which then stays.
        """
        ordered = sorted(groups)
        heads = [self._head(group) for group in ordered]
        kept, name = ordered[0], heads[0].name
        lead = next((head.lead for head in heads if head.lead is not None), None)
        written = []
        for group, head in zip(ordered, heads, strict=True):
            if group == kept and head.lead == lead:
                continue
            for seq in list(self.members(group)):
                self._rewrite(seq, kept, name, lead)
                written.append(seq)
                if group != kept:
                    self.add(kept, seq)
            if group != kept:
                self._members.pop(group, None)
        lost = dict.fromkeys(head.name for head in heads if head.name != name)
        return kept, name, lead, list(lost), written

    def set_lead(self, group: int, lead: Ref | None) -> list[int]:
        """Give all members another lead; return the seqs written anew."""
        written = []
        for seq in self.members(group):
            entry = self._store.entry(seq)
            if entry is not None and entry.lead != lead:
                self._rewrite(seq, group, entry.name, lead)
                written.append(seq)
        return written

    def _head(self, group: int) -> Entry:
        entry = self._store.entry(self._members[group][0] if group in self._members else group)
        if entry is None:
            raise LookupError(group)
        return entry

    def _rewrite(self, seq: int, group: int, name: str, lead: Ref | None) -> None:
        entry = self._store.entry(seq)
        if entry is not None:
            entry.group, entry.name, entry.lead = group, name, lead
            self._store.replace(seq, entry)

"""Finite verb or participle? "Men held in X were freed" has one verb and one participle, though both end in -ed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processors.coding.chunks import ACTED_ON, AND, COMMA, IN, MANNER, NP, STOP, SUBORD, TIME, VG, WH
from processors.coding.coordination import NAMING
from processors.coding.grammar import words
from processors.coding.walks import SKIP, governed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processors.coding.chunks import Chunk

CLAUSE_PREPOSITIONS = words("clause_prepositions")
INTRANSITIVE = words("intransitive")
PARTICLES = words("particles")
UNMISTAKABLE = words("unmistakable")
SPEECH = words("speech")
SAID_OF = words("said_of")
ATTACHED = words("attached")
_PASSED = frozenset((NP, IN, TIME, MANNER))
"""Chunks that tell nothing by themselves."""
RESUMING = ("two", "he", "she", "they", "we", "it")
"""Words that after "and" begin a clause: "hosted X and the two talked"."""
_BOUNDS = frozenset((COMMA, WH, SUBORD, STOP))
"""Chunks that part two verbs."""
SUFFERED = words("takes_object")
"""Verbs that are passive where nothing is there that they are done to."""
CIRCUMSTANCE = frozenset("in at by after near during outside for over to".split())
"""Prepositions that lead to no object of theirs."""
HURTING = ("kill", "injure", "wound")
"""Verbs of those who come to harm; they need an object too."""
RELATIVES = ("that", "whom", "which")
"""Words behind which a subject and its verb say who is meant."""
SHOT = ("shoot", "stab")
WHERE = ("in", "near", "outside", "inside", "during", "by")
"""Verbs that leave who did it out, and the prepositions behind them that lead to no aim."""
ANSWERING = words("answering")
CLAIM_NOUNS = words("claim_nouns")
CHARGING = ("accuse", "suspect", "convict", "acquit")
"""Verbs that need an object: behind a noun and before "of" they are participles."""
REPORTED = ("confirm", "report", "fear", "presume", "believe", "declare")
"""Verbs whose passive may be followed by what was done: "was reported killed"."""


def reduce_participles(chunks: Sequence[Chunk]) -> None:
    """Make the first of two finite verbs with nothing between them to part them a participle: "men held in X were freed"."""
    last: int | None = None
    before: Chunk | None = None  # the verb group before this one, of whatever form
    for at, chunk in enumerate(chunks):
        if chunk.kind in _PASSED:
            continue
        if chunk.kind == VG:
            if before is not None and before.form == "inf" and _goes_on(chunks, at):
                chunk.form = "inf"  # "to reclaim territory and join the alliance"
            elif (
                chunk.form == "fin" and before is not None
                and before.form in ("inf", "ing") and (last is not None or before.lemma == "leave")
                and _simple(chunk) and chunks[at - 1].kind == NP and chunks[at - 2] is before
            ):  # fmt: skip
                chunk.form, chunk.passive = "part", True  # "to begin negotiations aimed at ..."
            follow = chunks[at + 1].kind if at + 1 < len(chunks) else STOP
            may = chunk.lemma in ATTACHED or (before is None and chunks[at - 1].kind == COMMA)
            if may and chunk.form == "fin" and _says_who(chunks, at, before, follow):
                chunk.form, chunk.passive = "part", True
            elif (
                chunk.form == "fin"
                and before is not None
                and chunks[at - 1].kind == COMMA
                and _simple(chunk)
                and chunk.lemma not in INTRANSITIVE
                and not _closes_relative(chunks, at - 1)
                and (
                    follow in (TIME, IN, STOP, COMMA)
                    or (chunk.lemma in SAID_OF and _infinitive(chunks, at + 1))
                )
            ):
                chunk.form, chunk.passive = "part", True  # "freed the blogger, arrested last week"
            elif (
                chunk.form == "fin"
                and chunk.past
                and not chunk.passive
                and (form := _bereft(chunks, at, before))
            ):
                chunk.form, chunk.passive = form, True
            elif before is not None and before.passive and _passive_too(chunks, at, before, follow):
                chunk.passive = True
            before = chunk
        if chunk.kind == VG and chunk.form == "fin":
            if (
                last is not None
                and not _trails(chunks, last, at)
                and (chunks[last].lemma not in SPEECH or _announced(chunks, last, at))
            ):
                _part(chunks, last, at)
            if chunk.form == "part":
                continue
            last = at
        elif chunk.kind in _BOUNDS or (
            chunk.kind == AND
            and at + 1 < len(chunks)
            and (chunks[at + 1].kind != NP or chunks[at + 1].word in RESUMING)
        ):
            last = None


def _verb_later(chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether a finite verb stands behind the next comma."""
    comma = next((k for k in range(at + 1, len(chunks)) if chunks[k].kind == COMMA), len(chunks))
    return any(c.kind == VG and c.form == "fin" for c in chunks[comma + 1 :])


def _says_who(chunks: Sequence[Chunk], at: int, before: Chunk | None, follow: int) -> bool:
    """Tell whether a verb only says more of the noun before it: "militias linked to X", "X, accused of a plot, was ..."."""
    chunk = chunks[at]
    if before is None and chunks[at - 1].kind == COMMA and _inserted(chunks, at):
        return True
    return chunk.lemma in ATTACHED and _simple(chunk) and follow == IN and chunks[at - 1].kind == NP


def _inserted(chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether the first verb of a sentence opens an insertion behind its subject, which a finite verb goes on behind."""
    follow = chunks[at + 1].kind if at + 1 < len(chunks) else STOP
    if at < 2 or chunks[at - 1].kind != COMMA or chunks[at - 2].kind != NP or follow not in (IN, TIME):  # noqa: PLR2004
        return False
    if not _simple(chunks[at]) or chunks[at].lemma in INTRANSITIVE:
        return False
    closing = next((k for k in range(at + 1, len(chunks) - 1) if chunks[k].kind == COMMA), -1)
    behind = chunks[closing + 1] if closing > 0 else None
    return behind is not None and behind.kind == VG and behind.form == "fin"


def _bereft(chunks: Sequence[Chunk], at: int, before: Chunk | None) -> str:
    """Return the form of a passive that passes for a past, as its object is missing; an empty string where it does not.

    A participle: "graves, including those of men killed in X", "a man accused of plotting". A finite verb: "Ten killed in X".
    """
    chunk = chunks[at]
    follow = chunks[at + 1] if at + 1 < len(chunks) else None
    if follow is None and before is None and chunk.lemma in (*SHOT, *SUFFERED) and _simple(chunk):
        return "fin" if chunks[at - 1].kind == NP else ""  # a headline: "Minister stabbed"
    if follow is None or not _simple(chunk) or chunk.lemma in INTRANSITIVE:
        return ""
    leads = follow.word if follow.kind == IN else ""
    prep = governed(chunks, at - 1) if chunks[at - 1].kind == NP else -1
    if (
        prep == 0
        and before is None
        and leads
        and chunks[0].word not in CLAUSE_PREPOSITIONS
        and _verb_later(chunks, at)
    ):
        return (
            "part"  # "In a report released in Lima, doctors said": what a preposition leads to is no subject
        )
    if prep > 0 and chunks[prep].word == "with" and chunk.lemma in SUFFERED and follow.kind != NP:
        return "part"  # ", with nine others injured"
    if chunk.lemma == "blame" and leads == "on" and chunks[at - 1].kind == NP:
        return "part"  # "an ambush blamed on the rebels"
    if before is not None and (
        (follow.kind in (TIME, IN, STOP, COMMA) and _among(chunks, at - 1))
        or (chunk.lemma in CHARGING and leads in ("of", "with"))
        or (chunk.lemma in HURTING and leads == "in" and before.form == "ing")
    ):
        return "part"
    if before is None and chunk.lemma in CHARGING and leads in ("of", "with") and chunks[at - 1].kind == NP:
        return "fin"  # a headline: "Lawyer convicted of fraud"
    aimed = [c.word in ("air", "sky", "direction") for c in chunks[at + 2 : at + 3]]  # "shot in the air"
    if chunk.lemma in SHOT and leads in WHERE and not any(aimed) and chunks[at - 1].kind == NP:
        return "fin" if before is None else ""  # "Guard shot in Nairobi"
    asked = at > 1 and chunks[at - 2].kind == WH  # "whom police arrested in X"
    return "fin" if chunk.lemma in SUFFERED and leads in CIRCUMSTANCE and not asked else ""


def _passive_too(chunks: Sequence[Chunk], at: int, before: Chunk, follow: int) -> bool:
    """Tell whether the verb at chunk `at` shares the passive before it: "was stormed and attacked by", "are confirmed killed by"."""
    chunk = chunks[at]
    if chunk.form != "fin" or not _simple(chunk):
        return False
    if chunks[at - 1] is before:
        return before.lemma in REPORTED
    joined = before.form == "fin" and chunks[at - 1].kind == AND and chunks[at - 2] is before
    return joined and chunk.lemma not in INTRANSITIVE and follow in (TIME, IN, STOP, COMMA)


def _goes_on(chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether the verb at chunk `at` can be a second infinitive: bare, and joined to what stands before it."""
    chunk = chunks[at]
    bare = chunk.end - chunk.start == 1 and not chunk.past and not chunk.modal
    joined = chunks[at - 1].kind == AND or (chunks[at - 1].kind == MANNER and chunks[at - 2].kind == AND)
    return bare and joined and chunk.form == "fin"


def _among(chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether the noun phrase at chunk `at` ends an open insertion: ", including the bodies of men"."""
    while at > 1 and chunks[at].kind == NP and chunks[at - 1].kind == IN:
        if chunks[at - 1].word in NAMING:
            return chunks[at - 2].kind == COMMA
        at -= 2
    return False


def _infinitive(chunks: Sequence[Chunk], at: int) -> bool:
    return chunks[at].kind == VG and chunks[at].form == "inf"


def _trails(chunks: Sequence[Chunk], first: int, second: int) -> bool:
    """Tell whether the second verb says who says so at the end, the comma left out: "killed the chief Sunday sources said"."""
    return chunks[second].lemma in SPEECH and second + 2 >= len(chunks) and chunks[first + 1].kind == NP


def _closes_relative(chunks: Sequence[Chunk], comma: int) -> bool:
    """Tell whether the comma ends a relative clause: "the minister, who met the envoy, resigned"."""
    for p in range(comma - 1, 0, -1):
        if chunks[p].kind == WH:
            return True
        if chunks[p].kind in (COMMA, STOP, SUBORD):
            return False
    return False


def object_relative(chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether the verb at chunk `at` acts on the noun before a relative: "the soldiers that rebels captured"."""
    if at < 3 or chunks[at - 1].kind != NP or chunks[at - 3].kind != NP:  # noqa: PLR2004
        return False
    noun = chunks[at - 3].word
    return chunks[at - 2].word in RELATIVES and (noun not in CLAIM_NOUNS or chunks[at].lemma in ANSWERING)


def bare_relative(chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether the verb at chunk `at` acts on a noun with no relative word between: "a move Ruritania condemned"."""
    if at < 2 or chunks[at - 1].kind != NP or chunks[at - 2].kind != NP:  # noqa: PLR2004
        return False
    return chunks[at - 2].word in ACTED_ON and bool(chunks[at - 1].actors)


def _part(chunks: Sequence[Chunk], first: int, second: int) -> None:
    """Decide which of two finite verbs, with no boundary between them, is a participle, if one is."""
    between = chunks[first + 1 : second]
    if not all(
        c.kind in (NP, IN, TIME, MANNER, AND) and c.word not in CLAUSE_PREPOSITIONS - {"than"}
        for c in between
    ):
        return
    if object_relative(chunks, first):
        return  # "the soldiers that rebels captured were freed"
    one, two = chunks[first], chunks[second]
    tail = next((i for i in range(second - 1, first, -1) if chunks[i].kind not in SKIP), first)
    bound = tail == first or (chunks[tail].kind == NP and governed(chunks, tail) > first)
    off = 1 if between and between[0].word in PARTICLES else 0  # "shot down two drones launched from X"
    has_object = len(between) > off and between[off].kind == NP
    if has_object and _simple(two) and chunks[tail].kind == NP:
        two.form, two.passive = "part", True
    elif bound and _simple(one) and one.lemma not in INTRANSITIVE and first and chunks[first - 1].kind == NP:
        one.form, one.passive = "part", True
    elif bound and _simple(two) and tail > first:
        two.form, two.passive = "part", True


def _announced(chunks: Sequence[Chunk], first: int, second: int) -> bool:
    """Tell whether the first verb has a noun as its object: "announced the release of a man held in ..."."""
    follow = chunks[second + 1].kind if second + 1 < len(chunks) else STOP
    plain = follow in (IN, TIME, COMMA, STOP) and chunks[second].lemma not in INTRANSITIVE
    return (
        plain
        and chunks[first].lemma in ("announce", "demand", "propose", "confirm", "report", "deny")
        and governed(chunks, second - 1) > first
    )


def _simple(verb: Chunk) -> bool:
    """Tell whether a verb group is one word that can be a past participle; "allegedly linked" is one too."""
    alone = verb.end - verb.start == 1 or (verb.lemma in ATTACHED and not verb.passive and not verb.perfect)
    return alone and bool(verb.past) and not verb.modal and verb.lemma not in UNMISTAKABLE

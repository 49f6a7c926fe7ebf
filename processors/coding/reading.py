"""Reads the rules from their data files; every mistake is told with its file, its frame and what is wrong."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from processors.coding import fitting
from processors.coding.frames import Frame, Operator, Refinement, RuleError, Rules
from processors.coding.grammar import words as word_class
from processors.coding.slot import SPECIAL
from schemas.registry import cameo_codes, event_types

if TYPE_CHECKING:
    from collections.abc import Iterable

HAPPEN = word_class("happen")
FRAME_KEYS = frozenset(
    "id verb noun adj type cameo object not_object near not_near prep prep_object subject voice source target symmetric"
    " modality light free reliability operator clause modifier split".split()
)
OPERATOR_KEYS = frozenset("name type modality codes types otherwise otherwise_type".split())
VOICES = frozenset((*fitting.VOICES, "inner", "any", "negated", ""))
SPECIAL_SLOTS = frozenset((*SPECIAL, "subject", "object", "by"))
PREPOSITIONS = frozenset(
    "to with against on upon from for over at into toward towards in of between among by as about after around along outside near"
    " through behind like across inside object".split()
)

DEFAULT_TARGET = "object to with against on upon from for over at into toward towards in of"
"""Where the target stands unless a frame says otherwise: the object, then these prepositions in this order."""


def _expand(text: str, sets: dict[str, frozenset[str]], where: str) -> frozenset[str]:
    words: set[str] = set()
    for word in text.split():
        if word.startswith("@"):
            if word[1:] not in sets:
                msg = f"{where}: there is no word set {word} in sets.toml"
                raise RuleError(msg)
            words |= sets[word[1:]]
        else:
            words.add(word)
    return frozenset(words)


def _frame(row: dict[str, Any], sets: dict[str, frozenset[str]], file: str, order: int) -> Frame:
    where = f"{file}: frame {row.get('id', '(no id)')}"
    if extra := sorted(set(row) - FRAME_KEYS):
        msg = f"{where}: unknown field {', '.join(extra)}"
        raise RuleError(msg)
    triggers = [k for k in ("verb", "noun", "adj") if k in row]
    if "id" not in row or len(triggers) != 1:
        msg = f"{where}: a frame needs an id and exactly one of verb, noun, adj"
        raise RuleError(msg)
    if not row.get("operator"):
        if row.get("type") not in event_types():
            msg = f"{where}: {row.get('type')!r} is no event type of the registry"
            raise RuleError(msg)
        if row.get("cameo") not in cameo_codes():
            msg = f"{where}: {row.get('cameo')!r} is no CAMEO code"
            raise RuleError(msg)

    def words(key: str) -> frozenset[str]:
        return _expand(row.get(key, ""), sets, where)

    if row.get("voice", "") not in VOICES:
        msg = f"{where}: voice {row['voice']!r} is none of {', '.join(sorted(VOICES - {''}))}"
        raise RuleError(msg)
    for key in ("source", "target"):
        for slot in row.get(key, "").split():
            if slot not in SPECIAL_SLOTS | PREPOSITIONS | {"belonging", "that"}:
                msg = f"{where}: {key}: {slot!r} is no slot and no preposition"
                raise RuleError(msg)
    lemmas = tuple(sorted(words(triggers[0])))
    if not lemmas:
        msg = f"{where}: the trigger has no words"
        raise RuleError(msg)
    return Frame(
        row["id"], triggers[0], lemmas, row.get("type", ""), row.get("cameo", ""), words("object"), words("not_object"),
        words("near"), words("not_near"), words("prep"), words("prep_object"), words("subject"), words("modifier"),
        row.get("voice", ""), tuple(row.get("source", "subject").split()), tuple(row.get("target", DEFAULT_TARGET).split()),
        bool(row.get("symmetric", False)), row.get("modality", ""), words("light"), bool(row.get("free", False)),
        bool(row.get("split", False)), float(row.get("reliability", 0.8)), row.get("operator", ""), order,
    )  # fmt: skip


def _operator(row: dict[str, Any]) -> Operator:
    where = f"operators.toml: operator {row.get('name', '(no name)')}"
    if extra := sorted(set(row) - OPERATOR_KEYS):
        msg = f"{where}: unknown field {', '.join(extra)}"
        raise RuleError(msg)

    def longest(table: dict[str, str]) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(table.items(), key=lambda item: (-len(item[0]), item[0])))

    for code in (*row.get("codes", {}).values(), row.get("otherwise", "")):
        if code and code not in cameo_codes():
            msg = f"{where}: {code!r} is no CAMEO code"
            raise RuleError(msg)
    return Operator(
        row["name"], row.get("type", ""), row.get("modality", ""), longest(row.get("codes", {})),
        longest(row.get("types", {})), row.get("otherwise", ""), row.get("otherwise_type", ""),
    )  # fmt: skip


def read_files() -> dict[str, bytes]:
    """Return {name: bytes} of every rule file: of this package, of the text tools and of the registry, sorted by name."""
    folder = files("processors.coding") / "data"
    found = {p.name: p.read_bytes() for p in folder.iterdir() if p.name.endswith(".toml")}
    frames = {
        f"frames/{p.name}": p.read_bytes() for p in (folder / "frames").iterdir() if p.name.endswith(".toml")
    }
    text = {
        f"text/{p.name}": p.read_bytes() for p in (files("processors.text") / "data").iterdir() if p.is_file()
    }
    registry = {
        f"schemas/{p.name}": p.read_bytes() for p in (files("schemas") / "data").iterdir() if p.is_file()
    }
    return dict(sorted((found | frames | text | registry).items()))


def _tables(found: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    tables = {}
    for name, data in found.items():
        if name.endswith(".toml") and not name.startswith(("text/", "schemas/")):
            try:
                tables[name] = tomllib.loads(data.decode("utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                msg = f"{name}: not valid TOML: {error}"
                raise RuleError(msg) from None
    for name in ("sets.toml", "operators.toml", "refine.toml", "conflicts.toml"):
        if name not in tables:
            msg = f"{name}: the file is missing"
            raise RuleError(msg)
    return tables


def _refinements(rows: list[dict[str, Any]], rules: Rules) -> None:
    for row in rows:
        for key in ("code", "to"):
            if row.get(key) not in cameo_codes():
                msg = f"refine.toml: {key} = {row.get(key)!r} is no CAMEO code"
                raise RuleError(msg)
        if row.get("type") and row["type"] not in event_types():
            msg = f"refine.toml: {row['type']!r} is no event type of the registry"
            raise RuleError(msg)
        words = _expand(row["words"], rules.sets, f"refine.toml: {row['code']} to {row['to']}")
        refinement = Refinement(row["code"], row["to"], words, row.get("type", ""))
        rules.refinements.setdefault(row["code"], []).append(refinement)
        rules.finer[row["code"]] = rules.finer.get(row["code"], frozenset()) | words


def _index(tables: dict[str, dict[str, Any]], rules: Rules) -> None:
    """Read the frames into the tables by trigger, the most specific first."""
    order = 0
    ids: dict[str, str] = {}
    for name in sorted(n for n in tables if n.startswith("frames/")):
        for row in tables[name].get("frame", ()):
            frame = _frame(row, rules.sets, name, order)
            order += 1
            if frame.id in ids:
                msg = f"{name}: frame {frame.id} stands already in {ids[frame.id]}"
                raise RuleError(msg)
            if frame.operator and frame.operator not in rules.operators:
                msg = f"{name}: frame {frame.id}: there is no operator {frame.operator!r}"
                raise RuleError(msg)
            ids[frame.id] = name
            if frame.voice == "any":
                rules.generic.update(dict.fromkeys(frame.lemmas, frame))
                continue
            table = {"verb": rules.verbs, "noun": rules.nouns, "adj": rules.adjectives}[frame.trigger]
            for lemma in frame.lemmas:
                table.setdefault(lemma, []).append(frame)
    for table in (rules.verbs, rules.nouns, rules.adjectives):
        for frames in table.values():
            frames.sort(key=lambda f: (-f.weight, f.order))


def _beginnings(verbs: Iterable[str]) -> frozenset[str]:
    """Return what verbs of several words begin with: "crack" and "crack_down" of "crack_down_on"."""
    parts = [verb.split("_") for verb in verbs]
    return frozenset("_".join(part[:n]) for part in parts for n in range(1, len(part)))


def parse(found: dict[str, bytes]) -> Rules:
    """Build the rules from the bytes of their files; RuleError on a mistake, naming file and frame."""
    tables = _tables(found)
    rules = Rules()
    for name, text in tables["sets.toml"]["sets"].items():  # a set may hold sets that stand before it
        rules.sets[name] = _expand(text, rules.sets, f"sets.toml: {name}")
    for verb, nouns in tables["sets.toml"].get("nominal", {}).items():
        rules.nominal.update(dict.fromkeys(nouns.split(), verb))
    for row in tables["operators.toml"]["operator"]:
        operator = _operator(row)
        rules.operators[operator.name] = operator
    _refinements(tables["refine.toml"]["refine"], rules)
    rules.conflicts = tables["conflicts.toml"]["conflict"]
    _index(tables, rules)
    rules.particles = frozenset(v.split("_", 1)[1] for v in rules.verbs if "_" in v)
    rules.heads = frozenset(rules.verbs) | _beginnings(rules.verbs)
    rules.noun_heads = frozenset(n.rsplit("_", 1)[-1] for n in rules.nouns)
    rules.phrasal = _beginnings((*rules.verbs, *(v for frame in rules.frames for v in frame.light), *HAPPEN))
    digest = hashlib.sha256()
    for name, data in found.items():
        digest.update(name.encode() + b"\0" + data + b"\0")
    rules.version = digest.hexdigest()[:16]
    return rules


@cache
def default_rules() -> Rules:
    """Return the rules that come with the package."""
    return parse(read_files())

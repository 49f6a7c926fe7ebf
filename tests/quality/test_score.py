"""The scoring itself, on rows made for it."""

from pathlib import Path

import pytest

from tests.quality import evalsets, gold, report, score
from tests.quality.gold import Event, Row


def event(
    kind: str,
    source: str = "",
    target: str = "",
    modality: str = "factual",
    *,
    cameo: str | None = None,
    symmetric: bool = False,
    confidence: float = 1.0,
    alternatives: tuple[Event, ...] = (),
) -> Event:
    """Return an event; countries are given with spaces between them."""
    sides = frozenset(source.split()), frozenset(target.split())
    return Event(kind, cameo, *sides, symmetric, modality, confidence, alternatives)


def row(*events: Event, row_id: str = "r") -> Row:
    """Return a row of the gold."""
    return Row(row_id, "text", None, "active", events)


def test_dyads_of_a_mutual_act_hold_in_both_directions() -> None:
    """What both sides do has no first side."""
    assert score.dyads(event("meeting-held", "PER", "ECU", symmetric=True)) == {
        ("PER", "ECU"),
        ("ECU", "PER"),
    }
    assert score.dyads(event("meeting-held", "PER ECU", symmetric=True)) == {("PER", "ECU"), ("ECU", "PER")}


def test_dyads_of_an_act_lead_from_source_to_target() -> None:
    """Each source goes with each target; a side that is missing is None."""
    assert score.dyads(event("aid-delivered", "DNK", "UKR MDA")) == {("DNK", "UKR"), ("DNK", "MDA")}
    assert score.dyads(event("veto-cast", "RUS")) == {("RUS", None)}
    assert score.dyads(event("ceasefire-agreed", "AFG", symmetric=True)) == {("AFG", None)}


def test_root_is_the_plover_class_with_yield_for_two() -> None:
    """CONCEDE and RETREAT are one class; statements have none."""
    assert score.root("sanctions-eased") == score.root("concession-made") == "YIELD"
    assert score.root("attack-carried-out") == "ASSAULT"
    assert score.root("position-stated") is None


def test_compare_counts_hits_extras_and_misses() -> None:
    """Counts are of sets, row by row: an event found twice is one hit."""
    rows = [row(event("veto-cast", "RUS", "MLI"), event("demand-made", "RUS", "MLI"))]
    found = {
        "r": [event("veto-cast", "RUS", "MLI"), event("veto-cast", "RUS", "MLI"), event("arrest-made", "MLI")]
    }
    counts = score.compare(rows, found, score.by_type)
    assert counts == (1, 1, 1)
    assert (counts.precision, counts.recall, counts.f1) == (0.5, 0.5, 0.5)


def test_compare_by_dyad_wants_the_right_sides() -> None:
    """Source and target the wrong way round are a miss and an extra."""
    rows = [row(event("demand-made", "JPN", "RUS"))]
    assert score.compare(rows, {"r": [event("demand-made", "RUS", "JPN")]}, score.by_dyad) == (0, 1, 1)


def test_a_statement_is_allowed_where_the_gold_has_none() -> None:
    """A statement neither helps nor harms in a row without one; it is wanted in a row that has one."""
    said = event("position-stated", "RUS")
    assert score.compare([row()], {"r": [said]}, score.by_type) == (0, 0, 0)
    assert score.compare([row(said)], {}, score.by_type) == (0, 0, 1)
    assert score.fired([row(said)], {"r": [said]}) == []


def test_a_quiet_row_fires_in_any_plover_class() -> None:
    """Every type but the statement counts."""
    assert score.fired([row()], {"r": [event("arrest-made", "MLI")]}) == [("r", "arrest-made")]
    assert score.fired([row(event("arrest-made"))], {"r": [event("arrest-made", "MLI")]}) == []


def test_false_fact_of_the_same_type() -> None:
    """Denied in the text, factual in the answer."""
    denied = [row(event("attack-carried-out", "RUS", "UKR", "denied"))]
    assert score.false_facts(denied, {"r": [event("attack-carried-out", "RUS", "UKR")]}) == [
        ("r", "attack-carried-out")
    ]
    assert score.false_facts(denied, {"r": [event("attack-carried-out", "RUS", "UKR", "denied")]}) == []


def test_false_fact_of_the_deed_that_was_only_promised() -> None:
    """A meeting to come coded as a meeting held."""
    rows = [row(event("meeting-planned", "PER ECU", modality="planned", symmetric=True))]
    found = {"r": [event("meeting-held", "PER ECU", symmetric=True)]}
    assert score.false_facts(rows, found) == [("r", "meeting-held")]


def test_a_fact_beside_a_plan_is_no_false_fact() -> None:
    """Where the row holds both, the dyad tells which is meant."""
    rows = [row(event("arrest-made", "MLI", "FRA", "denied"), event("arrest-made", "TCD", "FRA"))]
    assert score.false_facts(rows, {"r": [event("arrest-made", "TCD", "FRA")]}) == []


def test_modality_is_counted_where_the_type_was_found() -> None:
    """A type that was missed says nothing about modality."""
    rows = [row(event("veto-cast", "USA", "PSE", "planned"), event("demand-made", "USA"))]
    assert score.modality(rows, {"r": [event("veto-cast", "USA", "PSE", "planned")]}) == (1, 1)
    assert score.modality(rows, {"r": [event("veto-cast", "USA", "PSE")]}) == (0, 1)


def test_code_is_counted_where_the_gold_states_one() -> None:
    """CAMEO codes are compared only in events whose text allows one."""
    rows = [row(event("visit-made", "SEN", "MRT", cameo="042"), event("veto-cast", "RUS"))]
    assert score.code(
        rows, {"r": [event("visit-made", "SEN", "MRT", cameo="043"), event("veto-cast", "RUS")]}
    ) == (0, 1)


def test_an_alternative_reading_counts_where_it_fits_better() -> None:
    """The gold's own reading wins a tie."""
    other = event("threat-issued", "USA", "RWA")
    own = event("sanctions-imposed", "USA", "RWA", "planned", alternatives=(other,))
    assert score.settled([row(own)], {"r": [other]})[0].events == (other,)
    assert score.settled([row(own)], {})[0].events == (own,)
    both = {"r": [other, event("sanctions-imposed", "USA", "RWA", "planned")]}
    assert score.settled([row(own)], both)[0].events == (own,)


def test_reliability_puts_events_into_bins_of_confidence() -> None:
    """Right is type, dyad and modality; full confidence belongs to the last bin."""
    rows = [row(event("veto-cast", "RUS", "MLI"))]
    found = {
        "r": [event("veto-cast", "RUS", "MLI", confidence=1.0), event("arrest-made", "RUS", confidence=0.55)]
    }
    table = dict(score.reliability(rows, found))
    assert table[0.9, 1.01] == (1, 1)
    assert table[0.5, 0.6] == (0, 1)


def test_errors_name_what_is_missed_and_what_is_extra() -> None:
    """One line a row, as a reader of errors wants it."""
    rows = [row(event("veto-cast", "RUS", "MLI"))]
    lines = list(report.errors(rows, {"r": [event("veto-cast", "RUS")]}))
    assert lines == ["r active: -veto-cast(RUS>MLI)factual +veto-cast(RUS>)factual | text"]
    assert list(report.errors(rows, {"r": [event("veto-cast", "RUS", "MLI")]})) == []


def test_figures_are_written_between_the_marks_of_a_page() -> None:
    """The words around them stay; a page without marks is refused."""
    page = f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n"
    assert report.renewed(page, "new") == "before\nnew\nafter\n"
    with pytest.raises(ValueError, match="lacks the marks"):
        report.renewed("nothing here", "new")


def test_an_evaluation_set_is_scored_by_what_its_labels_allow() -> None:
    """Root, triple, full code and rows that hold no event, as the evaluation scripts count them."""
    actors = {"source": [{"country": "KEN"}], "target": [{"country": "SOM"}]}
    rows = [
        {
            "id": 1,
            "text": "one",
            "date": "2001-05-01",
            "events": [{"cameo": "111", "cameo_root": "11", **actors}],
        },
        {"id": 2, "text": "two", "events": [], "relevant": False},
        {"id": 3, "text": "three", "events": [{"penta": 0}]},
    ]
    answers: dict[str, list[tuple[Event, str | None]]] = {
        "one": [(event("condemnation-issued", "KEN", "SOM", cameo="112"), "ACCUSE")],
        "two": [(event("position-stated", "KEN", cameo="010"), None)],
        "three": [(event("sanctions-eased", "KEN", cameo="085"), "RETREAT")],
    }
    measured = evalsets.measure(rows, lambda _, text, __: answers[text])
    assert measured == {"root": (1, 0, 0), "triple": (1, 0, 0), "cameo": (0, 1, 1), "false rows": (1, 2)}


def test_evaluation_rows_without_annotation_are_left_out(tmp_path: Path) -> None:
    """A folder may hold other files: none of their rows can be scored."""
    path = tmp_path / "stream.jsonl"
    path.write_text(
        '{"id": "a", "text": "no events here"}\n{"id": "b", "title": "t", "events": []}\n', "utf-8"
    )
    assert evalsets.read(path) == []
    assert list(evalsets.sets([path.parent])) == [path]


def test_a_broken_line_of_the_gold_is_named(tmp_path: Path) -> None:
    """The message says which line and why."""
    path = tmp_path / "gold.jsonl"
    path.write_text(
        '{"id": "g1", "text": "t", "construction": "active", "events": [{"type": "no-such-type"}]}\n', "utf-8"
    )
    with pytest.raises(ValueError, match=r"gold.jsonl, line 1.*no such event type: no-such-type"):
        gold.read(path)

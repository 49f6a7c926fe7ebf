"""The gate: coding on gold.jsonl keeps to floors.toml, and no floor is lowered by accident."""

from pathlib import Path

import pytest

from processors.coding import Coder
from tests.quality import evaluate, floors, gold, score

FIGURES = sorted(floors.load())


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    """Return the figures of the coder on the gold, measured once."""
    rows = gold.read()
    found = evaluate.predictions(Coder(), rows)
    return score.figures(score.settled(rows, found), found)


def test_the_gold_covers_types_modalities_and_constructions() -> None:
    """420 annotated rows, 150 quiet ones, each type five times, each modality and construction, nothing twice."""
    assert gold.faults(gold.read()) == []


def test_faults_of_a_gold_are_told() -> None:
    """A gold with one row, twice, lacks nearly everything and says so."""
    row = gold.Row("g1", "A sentence.", None, "chiasmus", (gold.read()[0].events[0],))
    told = gold.faults([row, row])
    assert "2 rows have the id 'g1'" in told
    assert "g1: 'chiasmus' is no construction" in told
    assert "veto-cast has 0 events, 5 are needed" in told
    assert "no event is denied" in told
    assert "0 quiet rows, 150 are needed" in told


@pytest.mark.parametrize("name", FIGURES)
def test_figure_keeps_to_its_floor(name: str, figures: dict[str, float]) -> None:
    """Shares are at least, counts of what is wrong at most, what the floors file says."""
    floor = floors.load()[name]
    assert floors.holds(name, figures[name], floor), f"{name} is {figures[name]:.4f}, its floor {floor:g}"


def test_every_figure_has_a_floor(figures: dict[str, float]) -> None:
    """A figure without a floor would be no gate."""
    assert sorted(figures) == FIGURES


def test_a_floor_is_not_lowered_unasked() -> None:
    """Neither a worse share, nor more false rows, nor a figure that is gone."""
    old = {"type_f1": 0.8, "quiet_fired_count": 3.0}
    for measured in (
        {"type_f1": 0.79, "quiet_fired_count": 3.0},
        {"type_f1": 0.9, "quiet_fired_count": 4.0},
        {"type_f1": 0.9},
    ):
        with pytest.raises(floors.LoweredError):
            floors.renew(old, measured)


def test_a_refused_floor_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """The command says which floor would be lowered and writes nothing; --allow-lower writes."""
    path = tmp_path / "floors.toml"
    assert evaluate.set_floors({"type_f1": 0.806, "false_facts_count": 2.0}, path, allow_lower=False) is None
    before = path.read_text("utf-8")
    refused = evaluate.set_floors({"type_f1": 0.7, "false_facts_count": 2.0}, path, allow_lower=False)
    assert refused is not None
    assert "type_f1: 0.8 to 0.69" in refused
    assert path.read_text("utf-8") == before
    assert evaluate.set_floors({"type_f1": 0.7, "false_facts_count": 2.0}, path, allow_lower=True) is None
    assert floors.load(path) == {"type_f1": 0.69, "false_facts_count": 2.0}


def test_floors_rise_with_what_is_measured() -> None:
    """Shares a little below the figure, counts as they are; a floor that still holds is kept, never loosened."""
    old = {"type_f1": 0.8, "root_f1": 0.9, "quiet_fired_count": 5.0}
    measured = {"type_f1": 0.8763, "root_f1": 0.9012, "quiet_fired_count": 3.0}
    assert floors.renew(old, measured) == {"type_f1": 0.87, "root_f1": 0.9, "quiet_fired_count": 3.0}


def test_floors_read_back_as_written(tmp_path: Path) -> None:
    """The file is plain TOML in two tables."""
    path = tmp_path / "floors.toml"
    wanted = {"type_f1": 0.87, "types_found": 59.0, "false_facts_count": 2.0}
    path.write_text(floors.dump(wanted), "utf-8")
    assert floors.load(path) == wanted
    assert floors.load(tmp_path / "none.toml") == {}


def test_a_path_that_is_missing_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The command answers with one line and exit status 2."""
    assert evaluate.main([str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err

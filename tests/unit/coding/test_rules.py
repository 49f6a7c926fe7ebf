"""The rule data, their checks and what they are turned into."""

from importlib.resources import files
from pathlib import Path

import pytest

from processors.coding import Rules, article, default_rules, governing, homes, parse, read_files, triggers
from processors.coding.frames import RuleError
from processors.coding.reading import SPECIAL_SLOTS, VOICES
from processors.coding.validate import main, remarks

FRAME = """
[[frame]]
id = "test.one"
verb = "impose"
object = "sanction"
type = "sanctions-imposed"
cameo = "163"
"""


def with_frames(text: str) -> dict[str, bytes]:
    """Return the package's data with one file of frames more."""
    return read_files() | {"frames/zz_test.toml": text.encode()}


def test_the_data_of_the_package_are_sound() -> None:
    """No mistake, every verb has its forms, every event type has a rule."""
    assert remarks(default_rules()) == []
    assert main([]) == 0


def test_every_cameo_root_from_03_to_20_is_reached() -> None:
    """By a frame, or by an operator on one."""
    rules = default_rules()
    reached = {f.cameo[:2] for f in rules.frames} | {
        c[:2] for o in rules.operators.values() for _, c in o.codes
    }
    reached |= {o.otherwise[:2] for o in rules.operators.values()} | {
        r.to[:2] for rows in rules.refinements.values() for r in rows
    }
    assert {f"{n:02d}" for n in range(1, 21)} <= reached


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (FRAME.replace("sanctions-imposed", "sanction-imposed"), "'sanction-imposed' is no event type"),
        (FRAME.replace('"163"', '"999"'), "'999' is no CAMEO code"),
        (FRAME.replace('object = "sanction"', 'objekt = "sanction"'), "unknown field objekt"),
        (FRAME.replace('"sanction"', '"@nowhere"'), "there is no word set @nowhere"),
        (FRAME.replace('verb = "impose"', ""), "exactly one of verb, noun, adj"),
        (
            FRAME.replace('"test.one"', '"sanction.impose"'),
            "sanction.impose stands already in frames/sanction.toml",
        ),
        (FRAME + 'voice = "loud"', "voice 'loud' is none of"),
        (FRAME + 'target = "sideways"', "'sideways' is no slot and no preposition"),
        (FRAME + 'operator = "bless"', "there is no operator 'bless'"),
        ("[[frame]\n", "not valid TOML"),
    ],
)
def test_mistakes_are_told_with_their_place(text: str, message: str) -> None:
    """The sentence names the file, the frame and what is wrong with it."""
    with pytest.raises(RuleError, match=r"zz_test\.toml") as caught:
        parse(with_frames(text))
    assert message in str(caught.value)


def test_a_folder_with_a_mistake_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says what is wrong on stderr and exits with 1."""
    (tmp_path / "frames").mkdir()
    (tmp_path / "sets.toml").write_text("[sets]\n", "utf-8")
    assert main([str(tmp_path)]) == 1
    assert "operators.toml: the file is missing" in capsys.readouterr().err


def test_a_new_verb_without_forms_is_remarked() -> None:
    """A frame on a verb that no list holds would never fire; the validator says so."""
    rules = parse(with_frames(FRAME.replace('"impose"', '"mothball"')))
    assert any("'mothball' is not in" in remark for remark in remarks(rules))


def test_the_version_is_the_hash_of_all_rule_data() -> None:
    """One letter more in any file is another version; the same files are the same one."""
    found = read_files()
    assert parse(found).version == default_rules().version
    changed = found | {"text/abbreviations.txt": found["text/abbreviations.txt"] + b"x\n"}
    assert parse(changed).version != default_rules().version


def test_operators_build_codes_as_cameo_does() -> None:
    """To promise, demand, refuse, threaten and end an act: the longest prefix decides."""
    rules: Rules = default_rules()
    apply = {name: operator.apply for name, operator in rules.operators.items()}
    assert apply["pledge"]("073") == "0333"
    assert apply["demand"]("0841") == "1053"
    assert apply["reject"]("085") == "1244"
    assert apply["threaten"]("163") == "1312"
    assert apply["end"]("163") == "085"
    assert apply["end"]("057") is None
    assert apply["demand"]("999") == "100"


def test_rules_that_the_code_names_exist() -> None:
    """A frame that is renamed in the data takes what the code says of it along."""
    named = {governing.PROPOSE, triggers.TALKS, *homes.JUDGED, *article.VAGUE}
    assert named <= {frame.id for frame in default_rules().frames}


@pytest.mark.parametrize("name", sorted((VOICES | SPECIAL_SLOTS) - {""}))
def test_the_format_of_the_data_tells_of_each_voice_and_slot(name: str) -> None:
    """Whoever writes a frame finds in the README of the data what may stand in it."""
    assert f"`{name}`" in (files("processors.coding") / "data" / "README.md").read_text("utf-8")

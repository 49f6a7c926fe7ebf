"""States and great bodies in articles of other languages."""

import pytest

from processors.tag import DataError, load
from processors.tag.tables import parse_exonyms
from processors.tag.validate import faults
from tests.unit.tag.helpers import tag
from tests.unit.tag.test_data import WORDS


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("de", "Russlands Außenminister traf in der Türkei Vertreter der Ukraine.", {"RUS", "TUR", "UKR"}),
        ("fr", "L'Allemagne et les États-Unis soutiennent l'Ukraine.", {"DEU", "USA", "UKR"}),
        ("es", "Estados Unidos impuso sanciones a Irán y Corea del Norte.", {"USA", "IRN", "PRK"}),
        ("pt", "A Rússia e o Irã assinaram um acordo com a Arábia Saudita.", {"RUS", "IRN", "SAU"}),
        ("it", "La Cina e la Germania hanno firmato un accordo.", {"CHN", "DEU"}),
        ("nl", "Duitsland en Frankrijk steunen Oekraïne.", {"DEU", "FRA", "UKR"}),
        ("pl", "Polska i Niemcy wspierają Ukrainę.", {"POL", "DEU", "UKR"}),
        ("ru", "Россия и Южная Корея обсудили отношения с Китаем.", {"RUS", "KOR", "CHN"}),
        ("uk", "Україна та Німеччина підписали угоду, Росію засудили.", {"UKR", "DEU", "RUS"}),
        ("tr", "Türkiye ve Rusya'nın dışişleri bakanları Mısır'da görüştü.", {"TUR", "RUS", "EGY"}),
        ("ar", "اجتمع وزير خارجية إيران وروسيا في تركيا.", {"IRN", "RUS", "TUR"}),
        ("zh", "俄罗斯总统与印度尼西亚总统会谈，韩国表示欢迎。", {"RUS", "IDN", "KOR"}),
    ],
)
def test_states_are_tagged_in_twelve_languages(language: str, text: str, wanted: set[str]) -> None:
    """Cases, joined letters and missing spaces hide no name, and nothing else is found."""
    assert {t.key for t in tag(text, language=language).tags.countries} == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "L'ONU a réagi."),
        ("ru", "В ООН ответили."),
        ("zh", "联合国表示关切。"),
        ("es", "La ONU respondió."),
    ],
)
def test_the_united_nations_are_one_body(language: str, text: str) -> None:
    """A body has one key in every language."""
    assert [t.key for t in tag(text, language=language).tags.organisations] == ["org.UN"]


@pytest.mark.parametrize(
    ("language", "text"), [("ru", "Папа Франциск и Кубок мира."), ("de", "Chinatown und Indiens"), ("en", "La Cina")]
)  # fmt: skip
def test_parts_of_words_and_other_languages_name_no_state(language: str, text: str) -> None:
    """A name ends where its word ends, and counts in its own language only."""
    assert not {t.key for t in tag(text, language=language).tags.countries} - {"IND"}


def test_sixty_states_have_names_in_eight_languages_or_more() -> None:
    """The states of which the news tell most."""
    full = [row for row in load().exonyms if len(row.of) == 3 and len(row.forms) >= 8]
    assert len(full) >= 60


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("QQQ\tHier", "'QQQ' is neither"),
        ("FRA\tDort\nDEU\tDort", "stands for FRA and for DEU"),
        ("FRA\t*", "nothing before"),
    ],
)
def test_faults_are_told(row: str, message: str) -> None:
    """The validator names what is wrong."""
    assert any(message in fault for fault in faults({"exonyms.tsv": f"#of\tde\n{row}", "words.toml": WORDS}))


def test_languages_must_be_named() -> None:
    """Columns without a heading can't be read."""
    with pytest.raises(DataError, match="no line names the languages"):
        parse_exonyms("FRA\tFrankreich")

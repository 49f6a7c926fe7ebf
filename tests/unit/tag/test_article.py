"""Places, topics and tags of an article."""

from tests.unit.tag.helpers import tag, tagger


def test_place_has_position_and_granularity() -> None:
    """A city and a strait come with degrees and kind."""
    places = {p.name: p for p in tag("A ship from Odesa reached the Strait of Hormuz.").places}
    assert (places["Odesa"].country, places["Odesa"].granularity) == ("UKR", "city")
    assert abs((places["Odesa"].lat or 0) - 46.48) < 0.1
    assert (places["Strait of Hormuz"].country, places["Strait of Hormuz"].granularity) == (None, "sea")


def test_homonym_follows_the_article() -> None:
    """The word 'Georgia' is the American state among American places, else the country; "Congo" goes by its capital."""
    assert [p.country for p in tag("Votes from Atlanta and all of Georgia were counted.").places] == [
        "USA",
        "USA",
    ]
    assert [a.country for a in tag("Georgia and Armenia signed.").text] == ["GEO", "ARM"]
    assert [a.country for a in tag("Congo has signed it.").text] == ["COD"]
    assert tag("Congo has signed it in Brazzaville.").text[0].country == "COG"


def test_korean_follows_the_article() -> None:
    """The word 'Korean' is northern where only the North is named."""
    assert tag("Pyongyang said Korean troops were ready.").text[1].key == "PRK.MIL"
    assert tag("Seoul said Korean troops were ready.").text[1].key == "KOR.MIL"


def test_topics_need_weight() -> None:
    """A topic is tagged by several words for it, not by one."""
    strong = tag("Rebels shelled the town with artillery before the ceasefire.").tags.topics
    assert "conflict" in {t.key for t in strong}
    assert tag("The rebels spoke.").tags.topics == ()


def test_tags_count_and_order() -> None:
    """Tags come by falling count, then by key."""
    tags = tag("France, Germany and France met Vladimir Putin in the Kremlin.").tags
    assert [(t.key, t.count) for t in tags.countries] == [("FRA", 2), ("RUS", 2), ("DEU", 1)]
    assert [t.key for t in tags.persons] == ["person.RUS.vladimir-putin"]
    assert [t.key for t in tags.organisations] == ["RUS.GOV.kremlin"]


def test_other_language_gives_certain_names_only() -> None:
    """In another language full names and states are found, no nominals."""
    tagged = tag("Emmanuel Macron visita Portugal con officials y police.", language="es")
    assert [a.key for a in tagged.text] == ["person.FRA.emmanuel-macron", "PRT"]


def test_empty_and_odd_text() -> None:
    """Nothing, blanks and marks without words give no actors and no error."""
    for text in ("", " \n\t ", "''s 's ’s -- (", "\x00\ud7ff\uffff", "U.S.", "the the the of of"):
        assert all(a.text == text[a.start : a.end] for a in tag(text).text)


def test_same_article_same_answer() -> None:
    """The tagger keeps nothing between articles."""
    text = "Petrenko met Kazakh Foreign Minister Ivan Petrenko. Moscow and NATO agreed."
    first = tagger().tag("Petrenko", text, "en", None)
    tagger().tag("Ivan Other", "Rebel leader Ivan Other met Petrenko.", "en", None)
    assert tagger().tag("Petrenko", text, "en", None) == first

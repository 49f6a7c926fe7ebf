"""Boilerplate and its doubles: lines around articles go, sentences of articles that resemble them stay."""

from datetime import UTC, datetime

import pytest

from processors.clean import Cleaner
from schemas.raw import RawArticle

NOW = datetime(2025, 5, 5, tzinfo=UTC)
CLEANER = Cleaner()
LEAD = "The interior ministers of Ghana and Togo opened a joint border post on Monday, two years later than planned."
NEXT = "Officials on both sides expect that lorries will now wait hours instead of days at the crossing near Lomé."
LAST = (
    "Traders in the border towns had asked for the post since 2019, when floods carried away the old bridge."
)
REST = [
    LAST,
    "The new one carries forty tonnes, twice as much, and was paid for by a loan that both states will repay until 2041.",
    "Customs officers of the two countries will sit at one desk, check each lorry once, and split the fees by half.",
    "Opponents in both parliaments had called the plan a waste of money as long as the coastal road is not paved.",
]

PROSE = [
    "Subscribe to the treaty or leave the union, the president told the four governments that had abstained.",
    "By signing up to the accord, Togo has bound itself to open three more crossings within a year.",
    "The court ruled that the ministry's privacy policy for travellers was against the constitution.",
    "Cookies and sweets were handed to children at the ceremony, which lasted for three hours.",
    "Share prices in Accra fell by two per cent after the announcement, which surprised brokers.",
    "The two ministers agreed to share this burden equally, though neither named a sum.",
    "“Read more and shout less,” the Togolese minister told deputies who had mocked the plan.",
    "Related charges against a customs chief were dropped in March, his lawyer said.",
    "Follow-up talks will be held in Kara in June.",
    "More than 40 lorries were waiting when the barrier went up.",
    "Comments on the draft are due by Friday, the ministry said in a notice.",
    "The wait will be shorter, he said on Friday.",
    "Nothing has been signed yet, a diplomat said on 3 May.",
    "A handout of 500 cedis for every driver was approved by parliament in April.",
    "This combination of fees and fines has driven smaller traders out of business.",
    "Click beetles had destroyed the maize on the Togolese side, according to the farm ministry.",
    "Advertisement of the new fees began only on Sunday, drivers said.",
    "Watch towers will be built along the road by the end of the year.",
    "Sign-up sheets for the first convoy were full within an hour.",
    "Support our demand or we strike, the union's leader told reporters, who had followed him to the gate.",
    "Newsletters printed by the opposition had claimed that the post was a military base.",
    "All rights of way across the old bridge were cancelled by a decree that took effect on Monday.",
    "Updated maps of the border were exchanged at the ceremony.",
    "In pictures sent to the African Union, the floods are said to have reached the customs house.",
    "Sponsored by neither state, the market had grown on its own.",
    "Continue talking, the mediators told both delegations, which had threatened to leave.",
]
NOISE = [
    "* * *",
    "Follow The Volta Post on social media for alerts.",
    "Follow us on Facebook and Instagram",
    "If you like what we do, become a member on our membership page.",
    "Forwarded by a friend? Sign up here.",
    "You are receiving this email because you subscribed. Unsubscribe",
    "Lea también: Los diez mejores mercados",
    "Lire aussi : Le port de Lomé en chiffres",
    "Lesen Sie auch: Wie Togo seine Häfen ausbaut",
    "Leia também: A nova estrada do litoral",
    "Читайте также: Как живут водители грузовиков",
    "Czytaj także: Nowa droga do portu",
    "Baca juga: Pelabuhan baru di Lomé",
    "Drivers wait at the new post near Lomé. (Kodjo Mensah/Volta Pictures)",
    "The minister cuts the ribbon. (Handout)",
    "RelatedTogo to widen the coastal road",
    "Subscribe to our newsletter",
    "Read more: Togo to widen the coastal road",
    "Advertisement",
    "#Ghana #Togo #trade",
    "GSE INDEX 4,812.20 ▲ 0.4%",
    "We use cookies to give you the best experience on our site.",
    "By Ama Owusu",
    "Share",
    "5 min read",
    "https://voltapost.example/borders",
]


def clean(lines: list[str], *, markup: bool = False) -> list[str]:
    """Return the paragraphs of the article in `lines`, sent as text or as a page."""
    if markup:
        body = (
            "<html><body><article>"
            + "".join(f"<p>{line}</p>\n" for line in lines)
            + "</article></body></html>"
        )
        raw = RawArticle(body=body, content_type="text/html", title="Border post opens")
    else:
        raw = RawArticle(body="\n\n".join(lines), title="Border post opens")
    return CLEANER.clean(raw, NOW).text.split("\n\n")


@pytest.mark.parametrize("markup", [False, True])
@pytest.mark.parametrize("line", PROSE)
def test_prose_that_resembles_boilerplate_stays(line: str, markup: bool) -> None:
    """A sentence of the article is kept though it holds the words of a banner, a box or a caption."""
    assert clean([LEAD, line, NEXT, LAST], markup=markup) == [LEAD, line, NEXT, LAST]


@pytest.mark.parametrize("markup", [False, True])
@pytest.mark.parametrize("line", NOISE)
def test_boilerplate_within_an_article_goes(line: str, markup: bool) -> None:
    """A banner, box, credit or ticker between two paragraphs is dropped, and nothing else is."""
    assert clean([LEAD, NEXT, line, *REST], markup=markup) == [LEAD, NEXT, *REST]


def test_prose_at_the_end_stays() -> None:
    """The last paragraph is no footer because it speaks of rights, comments or subscriptions."""
    for line in PROSE:
        assert clean([LEAD, NEXT, LAST, line])[-1] == line


def test_boilerplate_after_an_article_goes() -> None:
    """The same lines, and a list of tags, are no last paragraph."""
    for line in [*NOISE, "Tags: Ghana, Togo, trade"]:
        assert clean([LEAD, NEXT, *REST, line]) == [LEAD, NEXT, *REST]

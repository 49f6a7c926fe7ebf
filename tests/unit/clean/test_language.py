"""Languages."""

import pytest

from processors.clean.language import guess_language, language_code


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministers of both countries met on Monday and said that the talks would go on.", "en"),
        (
            "Die Minister beider Länder trafen sich am Montag und sagten, dass die Gespräche weitergehen.",
            "de",
        ),
        (
            "Los ministros de ambos países se reunieron el lunes y dijeron que las conversaciones seguirán.",
            "es",
        ),
        ("Министры обеих стран встретились в понедельник и заявили, что переговоры продолжатся.", "ru"),
        ("Міністри обох країн зустрілися в понеділок і заявили, що переговори триватимуть.", "uk"),
        ("Οι υπουργοί των δύο χωρών συναντήθηκαν τη Δευτέρα.", "el"),
        ("両国の大臣は月曜日に会談し、協議を続けると述べた。", "ja"),
        ("两国部长周一举行会晤，表示谈判将继续进行下去并努力达成协议。", "zh"),
        ("양국 장관은 월요일에 만나 회담을 계속하겠다고 말했다.", "ko"),
        ("التقى وزيرا البلدين يوم الاثنين وقالا إن المحادثات ستستمر.", "ar"),
        ("The trial of former president Juan Orlando Hernández", "en"),  # two words that only English has
        ("Kenya accuses the government of Uhuru Kenyatta", "en"),
        ("Oslo", None),
        ("12 345 678 901 234 567 890", None),
    ],
)
def test_guesses(text: str, language: str | None) -> None:
    """Script and function words settle the clear cases, the model the others; too little text is none."""
    assert guess_language(text) == language


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en-US", "en"), ("PT_br", "pt"), ("uk", "uk"), ("", None), (None, None), ("english", None)],
)
def test_codes(tag: str | None, code: str | None) -> None:
    """A language tag gives its two-letter code."""
    assert language_code(tag) == code


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan President William Ruto met French President Emmanuel Macron in Paris on Monday.",
        "Ghana demands seat at Accra fisheries talks",
        "Malawi, Zambia restore diplomatic relations",
        "Chad expels Danish ambassador over tweet",
        "Togo accused Benin of training saboteurs.",
    ],
)
def test_english_full_of_names_is_not_taken_for_another_language(text: str) -> None:
    """Where names outweigh function words the guess is English or none; the coder reads both."""
    assert guess_language(text) in {"en", None}

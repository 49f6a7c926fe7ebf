"""Questions, which say of nobody that he did anything."""

_CLOSING = " \n\"”'’)]"
"""What may stand behind the mark that ends a sentence."""


def is_question(text: str, start: int, end: int) -> bool:
    """Tell whether the sentence `text[start:end]` is a question."""
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    return end > start and text[end - 1] == "?"

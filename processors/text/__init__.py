"""Text tools without any politics in them: sentences, tokens, word forms."""

from processors.text.morphology import lexicon
from processors.text.sentences import split_sentences
from processors.text.tokens import Tokens, tokenize

__all__ = ["Tokens", "lexicon", "split_sentences", "tokenize"]

"""Every threshold and size of deduplication, each with the reason for its value.

Those that shape a sketch (the first block) are part of its format: after changing one, raise `schemas.sketch.VERSION`.
"""

SHINGLE_WORDS = 4
"""Words of a shingle. Three make chance matches of set phrases; five lose a sentence of eight words to one typing error."""

MAX_KEYS, KEY_BINS = 10, 16
"""Candidate keys, one MinHash each, from the first 10 of 16 bins. Two texts of Jaccard .3 meet in none of 10 with a chance of
.7**10 = 2.8 %, and then mostly in a sentence; one key is as selective as a band of several elsewhere, since four words in a row are
rarely shared by chance. Each key costs 15 bytes a text; 8 lost .3 % of print and web editions, 16 gained nothing."""

MAX_SENTENCES, LEAD_SENTENCES = 96, 32
"""Sentences kept of a long text: its first 32, which truncated copies and round-ups take, and those of the 64 lowest
hashes, which two long texts sample alike. Bounds a sketch at 1.9 kB."""

MAX_NAMES, MAX_NUMBERS, MAX_RECURRING = 48, 32, 40
"""Facts kept of a text, by lowest hash, so that two texts keep the same ones. An article of 900 words has about 40 names."""

MIN_HASHED_WORDS = 40
"""Below so many words the headline is part of the content hash: two bare "read more" pages are not one article."""

INDEXED_SENTENCES, INDEXED_LEAD = 10, 5
"""Sentence keys of a text in the index: its first 5, which meet a truncated copy or a round-up for certain, and the 5 of
lowest hash, which meet a middle part of six sentences in two cases of three. Each costs 11 bytes a text."""

MIN_SENTENCE_WORDS = 6
"""Shorter sentences ("He did not elaborate.") are in too many texts to be a key."""

POSTINGS_PER_KEY = 16
"""Texts found by one key: the first 16 alive. What more texts share is boilerplate, or a story that other keys find."""

MAX_CANDIDATES = 32
"""Texts compared with one article, those that meet in most keys first. Bounds the cost; the sets stay below 20."""

GROUP_COMPARISONS, SURE_COPY = 4, 0.9
"""Copies found in one group before the rest of it is passed over; one of Jaccard .9 is enough. The others are looked at since a
shortened copy is like the old version and the new one, and only the whole one tells which it is."""

MIN_OVERLAP = 0.2
"""Least share of the shorter text, else there is no relation worth an edge: below it lie shared quotations and footers."""

COPY_OVERLAP = 0.55
"""Share of the shorter text that makes a copy. Editors who fit a report into print keep 70 % and more of it; the estimate
from 128 bins is off by .07 (one sigma) at that place."""

MIN_COPY_JACCARD, CONTAINED_OVERLAP = 0.22, 0.8
"""A copy shares this Jaccard, or else nearly all of the shorter text is in the longer one (a truncated copy)."""

MIN_SHARED = 24
"""Words that a copy shares at least where the greater part differs: two short notes may have as much of a footer."""

TEMPLATE_SHARE = 0.34
"""Share of words in sentences of the same skeleton with other facts, from which two texts are one template filled twice.
Updates of a wire story change a fifth of their aligned sentences at most, reports from a template the greater part."""

SAME_NAMES = 0.5
"""Share of the names of the text with fewer of them that the other one has too. Copies: nearly all; templates: the rest."""

SAME_NUMBERS, COMPARED_NUMBERS = 0.34, 4
"""The same for numbers and dates, if both texts have four or more: the reports of a series (daily losses, closing prices) keep
their names and change these. Print and web editions share .4 of them at times, with page and word counts among them."""

MIN_ALIGNED_WORDS = 4
"""Words of a sentence before its facts are compared, or its place counts: shorter ones ("233 words", "By John Smith") are page
furniture, or halves of an abbreviation."""

OWN_WORDS, OWN_SHARE, TOLD_SHARE = 12, 0.08, 0.5
"""What two texts have each for itself in one run, at least, in words and as a share of the text, and the share of it in sentences
with a name or a number, if each is a story of its own in a frame that both share. Menus and appeals state few facts."""

REWRITTEN = 0.4
"""Share of that run that the two have in common all the same, by the MinHash, if it is one passage in two wordings: edited
passages have .6 and more of it, other stories .2 at most, which is the error of the estimate."""

HELD_SHARE = 0.65
"""Share of a round-up's words that one of its stories may make up; beyond it the text is that story."""

BLOCK_DENSITY = 0.6
"""Share of the sentences from the first to the last one in common that are in common: a story stands in a round-up in
one block; an editor who shortens a report for print takes sentences from all of it."""

LEAD_PLACE = 2
"""A story is taken from its beginning: the block opens with one of its first three sentences. In the round-up, a block that
opens behind its third sentence has another story before it."""

COHESION = 0.1
"""Share of a story's names that the rest of a text takes up again, at least, if all of it is one story. A truncated copy is
taken up by .14 and more of the full text; the first story of a round-up by the others in .06 on average."""

STORY_SENTENCES, STORY_WORDS = 3, 60
"""Least that a round-up takes of a story that is found in it alone: three sentences, sixty words. Less may be a quotation."""

EXCERPT_SENTENCES, EXCERPT_WORDS = 2, 30
"""Least that it takes of each of several stories."""

ROUNDUP_STORIES = 2
"""Stories, each of another group, that make a text a round-up when it holds only the beginning of each."""

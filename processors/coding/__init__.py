"""Event coding: frames over sentences give typed, evidenced mentions.

`Coder().code(article)` gives `(tags, mentions)`. The rules are data; see `data/README.md`.
"""

from processors.coding.coder import Coder
from processors.coding.frames import RuleError, Rules
from processors.coding.reading import default_rules, parse, read_files

__all__ = ["Coder", "RuleError", "Rules", "default_rules", "parse", "read_files"]

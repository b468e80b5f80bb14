"""Each module here is one rule: NAME, a docstring that says what it demands, and check(repository) → findings."""

from house_rules.rules import arrows, calls, fences, purity, tables, words

ALL = (arrows, fences, purity, calls, tables, words)

"""Our words in the catalog's text indexes.

Plone's ``plone_lexicon`` gets *folded words* in place of its own splitter and
normaliser; ``hopso_exact_lexicon`` serves the ranking by exact accents.
Elements of one class are equal, so that importing the profile again does not
empty a lexicon whose indexes are full.
"""

from hopso.archive.normalise import exact_tokens
from hopso.archive.normalise import tokens
from Products.ZCTextIndex.PipelineFactory import element_factory


GROUP = "Word Splitter"
FOLDED, EXACT = "Hopso folded words", "Hopso exact words"


class FoldedWords:
    """Splits into folded words; a star after a word asks for what begins with it."""

    words = staticmethod(tokens)

    def __eq__(self, other):
        return type(self) is type(other)

    def __hash__(self):
        return hash(type(self))

    def process(self, texts) -> list[str]:
        """Return the words of *texts*, for indexing."""
        return [word for text in texts for word in self.words(text)]

    def processGlob(self, texts) -> list[str]:
        """Return the words of a query, the last one with its star."""
        found = []
        for text in texts:
            words = self.words(text)
            if text.endswith("*") and words and not text.startswith('"'):
                words[-1] += "*"
            found.extend(words)
        return found


class ExactWords(FoldedWords):
    """Splits into exact words."""

    words = staticmethod(exact_tokens)


element_factory.registerFactory(GROUP, FOLDED, FoldedWords)
element_factory.registerFactory(GROUP, EXACT, ExactWords)

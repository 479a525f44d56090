"""How somebody wants pages to look. Pure."""

from dataclasses import dataclass
from itertools import product

THEMES = ("system", "light", "dark")
TEXT_SIZES = (100, 115, 130, 150)  # percent of the usual size


@dataclass(frozen=True, slots=True)
class Display:
    """Colours, letters, and whether pictures and videos wait to be asked for.

    theme      system, light, dark
    text_size  percent of the usual size
    """

    theme: str = "system"
    text_size: int = 100
    data_saver: bool = False

    @property
    def scheme(self) -> str:
        """Return what browsers are told about the colours of the page."""
        return "light dark" if self.theme == "system" else self.theme

    @property
    def is_large(self) -> bool:
        """Say whether letters are so large that fewer things fit beside each other."""
        return self.text_size >= 130

    @property
    def word(self) -> str:
        """Return all of it as one short word, for a cookie."""
        return f"{self.theme}-{self.text_size}-{int(self.data_saver)}"


USUAL = Display()
# There are few: made once, taken at every request.
_ALL = {facts: Display(*facts) for facts in product(THEMES, TEXT_SIZES, (False, True))}
_BY_WORD = {one.word: one for one in _ALL.values()}


def of(theme: str, text_size: int, data_saver: bool) -> Display:
    """Return the display with these facts; raises KeyError when there is none."""
    return _ALL[theme, text_size, data_saver]


def of_word(word: str | None) -> Display:
    """Return what a cookie says; the usual one when it says nothing known."""
    return _BY_WORD.get(word or "", USUAL)

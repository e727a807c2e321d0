"""Where a number, a rule or a definition comes from."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class Source:
    """One citation that a reader can follow to the page.

    Parameters
    ----------
    title : str
        Name of the statute, policy, paper or file.
    locator : str
        Section, page, table or cell within it; never blank.
    url : str
        Public address, or blank where the source is not on the web.
    as_of : str
        Date or year for which the source speaks, as printed there; may be blank.

    Raises
    ------
    InvalidValue
        If title or locator is blank.
    """

    title: str
    locator: str
    url: str = ""
    as_of: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.locator.strip():
            raise InvalidValue("A source needs a title and a locator: give the section, page or table.")

    @property
    def words(self) -> str:
        """Title, locator and date, without the address, for where that is a link or stands in a place of its own."""
        when = f" ({self.as_of})" if self.as_of else ""
        return f"{self.title}, {self.locator}{when}."

    def __str__(self) -> str:
        return f"{self.words} {self.url}" if self.url else self.words

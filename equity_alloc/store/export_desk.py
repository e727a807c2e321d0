"""What lies on the page Export: business that is still open, and the account codes in use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportDesk:
    """What a visitor has told about the documents.

    Parameters
    ----------
    unfinished : str
        As typed, one sentence a line.
    pattern : str
        Name of the shipped pattern of account codes; "" for the first.
    own_name, own_text : str
        The district's own pattern: the name of its file, and the file; "" where there is none.
    chosen : tuple of str or None
        Codes of the documents that are chosen; None until a visitor chooses others than the usual.
    made : tuple of str
        Codes of the documents that were handed out last; the files themselves are kept for hours only.
    """

    unfinished: str = ""
    pattern: str = ""
    own_name: str = ""
    own_text: str = ""
    chosen: tuple[str, ...] | None = None
    made: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The business that is still open."""
        return tuple(line.strip() for line in self.unfinished.splitlines() if line.strip())

"""What the store raises when it cannot be used; the pages go on without drafts."""

from __future__ import annotations

from equity_alloc.domain.errors import EquityAllocError


class StoreUnavailable(EquityAllocError):
    """The store cannot be read or written at the moment."""

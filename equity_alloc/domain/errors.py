"""Every exception of the package, one sentence each. Data problems are findings, not exceptions."""

from __future__ import annotations


class EquityAllocError(Exception):
    """Base of all errors that the package raises on purpose; its text is fit for a visitor."""


class InvalidValue(EquityAllocError):
    """A value that cannot be: a setting out of range, a blank source, a negative count in code."""


class NothingToTell(EquityAllocError):
    """A document that is asked for would be empty, because there is nothing that it has to tell: no failure."""


class UnknownCode(EquityAllocError):
    """A school, fund, position, rule or objective is named that does not exist."""


class UnknownNeed(EquityAllocError):
    """A need weight asks for a pupil count that the district has not reported."""


class CannotServe(EquityAllocError):
    """A fund does not reach the schools that its law or the district's choices would have it reach."""


class EmptyDistribution(EquityAllocError):
    """A measure was asked of no pupils."""


class ProtectedAttribute(EquityAllocError):
    """A formula or rule names an attribute that is for audit only."""


class SolverFailed(EquityAllocError):
    """The solver stopped without an answer that may be read."""


class StoredFormat(EquityAllocError):
    """A stored district, scenario or plan cannot be read by this version."""

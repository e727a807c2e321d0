"""Which rule causes how much, in sentences and amounts that add up as printed."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.causes import Cause, Causes

#: Printed with so many digits: cents, or hundredths of a percent.
PLACES = 100


def printed_shares(found: Causes) -> tuple[int, ...]:
    """Return each cause's share in cents (or hundredths of a percent), rounded so that they add up to the printed total.

    What rounding leaves over goes to the shares that were cut most (largest remainder).
    """
    scale = PLACES * _per(found)
    exact = [cause.share * scale for cause in found.causes]
    cut = [floor(each) for each in exact]
    left = printed_total(found) - sum(cut)
    order = sorted(range(len(exact)), key=lambda k: (cut[k] - exact[k], k))
    return tuple(each + (k in order[:left]) for k, each in enumerate(cut))


def printed_total(found: Causes) -> int:
    """Return what all rules do to the lowest level, as the difference of the two printed levels."""
    scale = PLACES * _per(found)
    return round(found.with_all * scale) - round(found.without * scale)


def amount_words(found: Causes, amount: Fraction | int) -> str:
    """Return an effect with its sign, in the levels' unit; an integer is in printed digits.

    A price of zero has no sign.
    """
    scale = PLACES * _per(found)
    digits = amount if isinstance(amount, int) else round(amount * scale)
    if not digits:
        return _print(found, 0)
    return f"{'+' if digits > 0 else '-'}{_print(found, abs(digits))}"


def level_words(found: Causes, level: Fraction) -> str:
    """Return a level."""
    return _print(found, round(level * PLACES * _per(found)))


def cause_headline(found: Causes) -> str:
    """Return how much all rules take off the lowest level, and which takes most."""
    total = printed_total(found)
    levels = f"could have {level_words(found, found.without)}; with all rules {level_words(found, found.with_all)}"
    start = f"With only the rules that always hold, the lowest school {levels} ({found.unit})."
    if not total:
        return f"{start} The other rules take nothing off it."
    shares = dict(zip(found.causes, printed_shares(found), strict=True))
    most = min(found.causes, key=lambda cause: (shares[cause], cause.number))
    return (
        f"{start} Of the {_print(found, abs(total))} between them, {_print(found, abs(shares[most]))} "
        f"{'comes' if shares[most] else 'come'} from rule {most.number} ({found.titles[most.number - 1]})."
    )


def cause_method(found: Causes) -> str:
    """Return how the shares were found, and how sure they are."""
    how = (
        "A rule's share is its mean effect over all orders in which the rules may come (Shapley value); alone, and last, "
        "are its effects where no other and where every other rule holds."
    )
    if found.orders:
        worst = max((cause.error for cause in found.causes), default=0.0)
        how += (
            f" With {len(found.causes)} rules not all orders were tried: {found.orders} were drawn, and a share's "
            f"standard error is at most {_print(found, round(worst * PLACES * _per(found)))}. The shares still add up "
            "exactly."
        )
    if found.held:
        listed = ", ".join(str(number) for number in found.held)
        how += f" Rules that bring money ({listed}) hold throughout."
    return f"{how} Best levels in dollars and fractions of posts; {found.judged:,} sets of rules were judged."


def is_idle(cause: Cause) -> bool:
    """Whether a rule does nothing to the lowest level, alone, last or in any order that was tried."""
    return not (cause.share or cause.first_in or cause.last_out)


def idle_words(found: Causes) -> str:
    """Return how many rules do nothing to the lowest level; blank where each does."""
    idle = sum(1 for cause in found.causes if is_idle(cause))
    tried = "in any order that was drawn" if found.orders else "in any order"
    return f"{idle:,} other {'rule does' if idle == 1 else 'rules do'} nothing to it {tried}." if idle else ""


def _per(found: Causes) -> int:
    """Return by how much a level is multiplied to be printed: a share is shown in percent."""
    return 100 if found.unit.startswith("share") else 1


def _print(found: Causes, digits: int) -> str:
    if found.unit.startswith("share"):
        return f"{digits / PLACES:.2f} %"
    return print_dollars(digits, with_cents=True)

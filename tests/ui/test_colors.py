"""What is written can be read, in light and in dark."""

from __future__ import annotations

from tests.house import ROOT


def test_no_button_is_filled_with_the_accent_because_white_words_on_it_cannot_be_read_in_dark():
    # Streamlit writes white on a primary button. White on the dark theme's accent is 2.1 : 1, and WCAG 2.1, 1.4.3 asks 4.5.
    screens = [*(ROOT / "equity_alloc" / "ui").glob("*.py"), *(ROOT / "pages").glob("*.py")]
    assert len(screens) > 50
    assert [] == [path.name for path in screens if 'type="primary"' in path.read_text(encoding="utf-8")]

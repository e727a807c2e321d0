"""Who is looking: one random cookie per browser, so that a reload finds this visitor's district and nobody else's.

The cookie carries 256 random bits and nothing about the person. Only its SHA-256 digest is meant to be stored: a copy of
the store does not let anyone pose as a visitor.
"""

import hashlib
import re
import secrets

import streamlit as st

COOKIE = "equity_alloc_visitor"
LIFETIME_SECONDS = 180 * 24 * 3600

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """Return a fresh token of 256 random bits, 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def is_token(text: str | None) -> bool:
    """Say whether a cookie's text has the form that :func:`new_token` gives.

    Examples
    --------
    >>> is_token(new_token())
    True
    >>> is_token("lincoln-high")
    False
    >>> is_token(None)
    False
    """
    return text is not None and _TOKEN.fullmatch(text) is not None


def visitor_key(token: str) -> str:
    """Return the name under which a visitor's work is stored: the token's SHA-256 digest, 64 hexadecimal digits.

    Examples
    --------
    >>> visitor_key("A" * 43)[:12]
    '0f007385b6f9'
    """
    return hashlib.sha256(token.encode("ascii")).hexdigest()


def current_visitor() -> str | None:
    """Return the key of the visitor whose page is being drawn, or None when the browser keeps no cookies.

    With None, work lasts as long as the open page; say so rather than storing it under a shared name.
    """
    token = st.context.cookies.get(COOKIE)
    if not isinstance(token, str) or not is_token(token):  # a page under test has no browser and no text here
        return None
    return visitor_key(token)


def set_cookie_header(token: str, *, secure: bool) -> str:
    """Return the ``Set-Cookie`` value that gives a browser its token.

    Parameters
    ----------
    token : str
        A value of :func:`new_token`.
    secure : bool
        True when the page travels by https; the browser then never sends the cookie in the clear.

    Returns
    -------
    str
        Unreadable for scripts (HttpOnly), never sent along from another site (SameSite=Strict), kept for 180 days.

    References
    ----------
    RFC 6265bis, Cookies: HTTP State Management Mechanism, sections 5.6 and 8.8 (SameSite).

    Examples
    --------
    >>> set_cookie_header("t0ken", secure=False)
    'equity_alloc_visitor=t0ken; Max-Age=15552000; Path=/; HttpOnly; SameSite=Strict'
    """
    header = f"{COOKIE}={token}; Max-Age={LIFETIME_SECONDS}; Path=/; HttpOnly; SameSite=Strict"
    return f"{header}; Secure" if secure else header

"""What every answer of the server carries: headers that protect the visitor, and the visitor's cookie.

Plain ASGI middleware, so that WebSocket and file traffic pass untouched.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from equity_alloc.ui.page_list import DEFAULT
from equity_alloc.ui.visitor import COOKIE, is_token, new_token, set_cookie_header

# Nothing is fetched from or sent to another host, so the dashboard works offline and cannot leak a district's figures.
# Streamlit needs inline styles and one inline script; WebGL charts and Graphviz need code made at run time.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "frame-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)

SECURITY_HEADERS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)

# The browser asks for this once, just before it opens the WebSocket.
_LAST_REQUEST_BEFORE_WEBSOCKET = "/_stcore/host-config"
# Files offered for download: they hold a district's figures and must not stay in a shared computer's cache.
_DOWNLOADS = "/media/"


class SecurityHeaders:
    """Add :data:`SECURITY_HEADERS` to every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS:
                    headers.setdefault(name, value)
                if _DOWNLOADS in scope["path"]:
                    headers["Cache-Control"] = "private, no-store"
            await send(message)

        await self.app(scope, receive, send_with_headers)


class DefaultPage:
    """Send whoever asks for the default page by its name to where Streamlit has it, the address without a name."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "http" and scope["path"].removesuffix("/").endswith(f"/{DEFAULT}"):
            # Relative, so that it holds below any address that a proxy gives the dashboard.
            query = scope["query_string"].decode("latin-1")
            there = ("../" if scope["path"].endswith("/") else "./") + (f"?{query}" if query else "")
            await RedirectResponse(there)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class VisitorCookie:
    """Give every browser its own cookie before the page opens its WebSocket, and renew the one it has.

    Notes
    -----
    A link followed from another site (an e-mail, a calendar) arrives without SameSite=Strict cookies although the browser
    holds one. A new cookie there would replace it, and with it the way to the visitor's work. Such a page gets
    none; the page's own next request, which does carry the cookie, settles the matter.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        header = cookie_to_set(scope) if scope["type"] == "http" else None
        if header is None:
            await self.app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("Set-Cookie", header)
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def cookie_to_set(scope: Scope) -> str | None:
    """Return the ``Set-Cookie`` value this request should be answered with, or None.

    Parameters
    ----------
    scope : Scope
        An ASGI scope of type ``http``.

    Returns
    -------
    str or None
        The visitor's own token renewed when a page is opened; a new token when there is none and the request shows
        that the browser holds none; else None.
    """
    headers = Headers(scope=scope)
    if scope["method"] != "GET" or headers.get("sec-fetch-site") == "cross-site":
        return None
    token = cookie_parser(headers.get("cookie", "")).get(COOKIE)
    opens_page = "text/html" in headers.get("accept", "")
    if is_token(token) and not opens_page:
        return None
    if not opens_page and not scope["path"].endswith(_LAST_REQUEST_BEFORE_WEBSOCKET):
        return None
    if token is None or not is_token(token):
        token = new_token()
    return set_cookie_header(token, secure=scope["scheme"] == "https")


MIDDLEWARE = (Middleware(SecurityHeaders), Middleware(VisitorCookie), Middleware(DefaultPage))

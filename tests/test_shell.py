"""What every answer carries: security headers, and a cookie exactly when the browser has none of its own."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from equity_alloc.ui.shell import MIDDLEWARE, SECURITY_HEADERS
from equity_alloc.ui.visitor import COOKIE, is_token, new_token

PAGE = {"accept": "text/html,*/*"}
HOST_CONFIG = "/_stcore/host-config"


def answer(path="/", *, scheme="http", method="GET", **headers):
    """Return the headers with which the middleware answers, cookies apart."""

    async def hello(_request):
        return PlainTextResponse("hello")

    app = Starlette(routes=[Route("/{rest:path}", hello, methods=["GET", "POST"])], middleware=MIDDLEWARE)
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "scheme": scheme,
        "query_string": b"",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    with ThreadPoolExecutor(max_workers=1) as apart:  # a browser test leaves an event loop running in this thread
        apart.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    return [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]


def cookie_given(*arguments, **headers):
    """Return the whole Set-Cookie value of an answer, or None."""
    return dict(answer(*arguments, **headers)).get("set-cookie")


def token_of(cookie):
    return re.match(rf"{COOKIE}=([^;]+);", cookie).group(1)


@pytest.mark.parametrize("path", ["/", "/plan", "/static/js/index.js", "/media/a.xlsx", HOST_CONFIG])
def test_every_answer_carries_the_security_headers(path):
    headers = dict(answer(path))
    assert dict(SECURITY_HEADERS) == {name: headers[name.lower()] for name, _ in SECURITY_HEADERS}


@pytest.mark.parametrize(
    ("path", "there"), [("/plan", "./"), ("/plan/", "../"), ("/rules", None), ("/", None), ("/planning", None)]
)
def test_the_default_page_is_found_by_its_name_too(path, there):
    assert there == dict(answer(path)).get("location")


def test_pages_may_not_talk_to_another_host():
    policy = dict(SECURITY_HEADERS)["Content-Security-Policy"]
    assert "http" not in policy
    assert "*" not in policy


def test_downloads_stay_out_of_shared_caches():
    assert "private, no-store" == dict(answer("/media/a.xlsx"))["cache-control"]


def test_a_first_page_gives_a_cookie_that_scripts_and_other_sites_cannot_use():
    cookie = cookie_given(**PAGE)
    assert is_token(token_of(cookie))
    assert "; HttpOnly" in cookie
    assert "; SameSite=Strict" in cookie
    assert "Secure" not in cookie


def test_a_page_that_travels_by_https_gives_a_secure_cookie():
    assert cookie_given(scheme="https", **PAGE).endswith("; Secure")


def test_two_browsers_get_two_cookies():
    assert cookie_given(**PAGE) != cookie_given(**PAGE)


def test_opening_a_page_again_renews_the_same_cookie():
    token = new_token()
    assert token == token_of(cookie_given(cookie=f"a=b; {COOKIE}={token}", **PAGE))


@pytest.mark.parametrize("value", ["", "admin", "../../etc/passwd", "A" * 42, "A" * 44, "A" * 42 + "é"])
def test_a_cookie_that_is_not_ours_is_replaced(value):
    assert is_token(token_of(cookie_given(cookie=f"{COOKIE}={value}", **PAGE)))


def test_a_link_from_another_site_does_not_replace_a_cookie_it_cannot_see():
    assert cookie_given(sec_fetch_site="cross-site", **PAGE) is None


def test_the_request_before_the_websocket_gives_a_cookie_to_a_browser_without_one():
    assert is_token(token_of(cookie_given(HOST_CONFIG, accept="*/*", sec_fetch_site="same-origin")))
    assert cookie_given(HOST_CONFIG, accept="*/*", cookie=f"{COOKIE}={new_token()}") is None


@pytest.mark.parametrize("path", ["/static/js/index.js", "/_stcore/health", "/media/a.xlsx"])
def test_files_give_no_cookie(path):
    assert cookie_given(path, accept="*/*") is None


def test_sending_a_form_gives_no_cookie():
    assert cookie_given(method="POST", **PAGE) is None

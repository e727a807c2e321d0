"""The front page opens in a real browser, is protected, and knows one visitor from another."""

import urllib.request

import pytest
from playwright.sync_api import expect

from equity_alloc.ui.shell import SECURITY_HEADERS
from equity_alloc.ui.visitor import COOKIE, is_token
from tests.browser.streamlit_page import failures, settled


def visitor_cookie(context):
    return next((cookie for cookie in context.cookies() if cookie["name"] == COOKIE), None)


def test_the_front_page_shows_the_name_and_no_failure(open_page):
    page = open_page("/")
    expect(page.get_by_text("Equity Alloc", exact=True).first).to_be_visible()
    assert "Equity Alloc" in page.title()
    assert [] == failures(page)


def test_the_server_protects_its_pages(base_url):
    with urllib.request.urlopen(base_url) as answer:
        assert dict(SECURITY_HEADERS) == {name: answer.headers[name] for name, _ in SECURITY_HEADERS}


def test_the_front_page_asks_no_other_host_for_anything(page, base_url):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    settled(page)
    assert [] == [url for url in asked if not url.startswith((base_url, "data:", "blob:"))]


def test_a_visitor_gets_one_cookie_and_keeps_it(open_page, page, context):
    open_page("/")
    cookie = visitor_cookie(context)
    assert is_token(cookie["value"])
    assert cookie["httpOnly"]
    assert "Strict" == cookie["sameSite"]
    page.reload()
    settled(page)
    assert cookie["value"] == visitor_cookie(context)["value"]


def test_the_websocket_of_the_first_visit_already_carries_the_cookie(browser, base_url):
    """Only then does the first run of a page know its visitor."""
    with browser.new_context(base_url=base_url) as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        answers = []
        session.on("Network.webSocketHandshakeResponseReceived", lambda event: answers.append(event["response"]))
        page.goto("/")
        settled(page)
        sent = {name.lower(): value for name, value in answers[0]["requestHeaders"].items()}
        assert f"{COOKIE}={visitor_cookie(context)['value']}" in sent["cookie"]


@pytest.mark.parametrize("known", [True, False], ids=["known visitor", "new visitor"])
def test_a_link_from_another_site_keeps_or_gives_a_cookie(browser, base_url, known):
    with browser.new_context(base_url=base_url) as context:
        page = context.new_page()
        if known:
            page.goto("/")
            settled(page)
        before = visitor_cookie(context)
        letter = "http://mail.example/letter"
        page.route(letter, lambda route: route.fulfill(body=f'<a href="{base_url}">Open</a>', content_type="text/html"))
        page.goto(letter)
        page.get_by_role("link").click()
        settled(page)
        after = visitor_cookie(context)
        assert is_token(after["value"])
        assert not known or before["value"] == after["value"]


def test_two_browsers_are_two_visitors(browser, base_url):
    values = set()
    for _ in range(2):
        with browser.new_context(base_url=base_url) as context:
            page = context.new_page()
            page.goto("/")
            settled(page)
            values.add(visitor_cookie(context)["value"])
    assert 2 == len(values)

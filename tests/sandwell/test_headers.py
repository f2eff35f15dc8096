"""What every answer says to the browser, pages and refusals alike."""

import pytest

POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
PAGES = [
    ("/contracts/sandwell/", 200),
    ("/contracts/sandwell/indicators/PI2/", 200),
    ("/contracts/sandwell/dashboard.csv", 200),
    ("/contracts/sandwell/reports/", 403),
    ("/contracts/nowhere/", 404),
    ("/nothing", 404),
    ("/admin/", 302),
    ("/account/", 200),
    ("/", 302),
    ("/api/v1/contracts/sandwell/statuses/", 200),
    ("/health/live", 200),
]


@pytest.mark.parametrize(("path", "status"), PAGES)
def test_each_answer_is_safe(persona, signed_in, path, status):
    answer = signed_in(persona("client-officer")).get(path)

    assert answer.status_code == status
    assert {rule.strip() for rule in answer["Content-Security-Policy"].split(";") if rule.strip()} == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Server" not in answer and "X-Powered-By" not in answer


def test_cookies_are_kept_from_scripts_and_other_sites(db, client):
    answer = client.get("/sign-in/")

    assert answer.cookies["csrftoken"]["samesite"] == "Lax"
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_the_session_cookie(persona, signed_in):
    client = signed_in(persona("client-officer"))
    cookie = client.cookies["sessionid"]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax") or cookie["httponly"] == ""
    answer = client.get("/account/")
    assert "private" in answer.get("Cache-Control", "private")


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "evil.example\r\nX: y"])
def test_a_foreign_host_is_refused(db, client, host):
    assert client.get("/sign-in/", headers={"host": host}).status_code == 400

"""What is refused before anybody is known still gets a page of ours, with all its headers."""

import pytest


@pytest.mark.parametrize("host", ["evil.example", "[::1", "<fz>"])
def test_a_wrong_host_gets_the_page_for_what_cannot_be_read(host, db, client):
    client.raise_request_exception = False
    response = client.get("/sign-in", HTTP_HOST=host)
    assert response.status_code == 400
    assert b"could not read that" in response.content
    assert host.encode() not in response.content
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_an_origin_that_is_no_address_does_not_break_the_page_that_keeps_words(world, client):
    response = client.post(
        f"/c/{'A' * 22}/ask", {"text": "How many quarters are in three?"}, HTTP_ORIGIN="http://["
    )
    assert response.status_code == 403
    assert b"How many quarters" in response.content

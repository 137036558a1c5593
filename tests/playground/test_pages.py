"""The chat page's files, as a browser asks for them."""

import pytest


@pytest.mark.parametrize(
    ("path", "kind"),
    [("", "text/html"), ("js/main.js", "text/javascript"), ("img/icon.svg", "image/svg+xml")],
)
async def test_a_file_of_the_page_comes_whole_and_is_asked_for_anew(http, playground, path, kind):
    async with http.get(f"{playground.url}/{path}") as response:
        body = await response.text()

    assert (response.status, response.content_type) == (200, kind)
    assert response.headers["Cache-Control"] == "no-cache"
    assert body.strip().endswith(("</html>", "}", ";", "</svg>"))


@pytest.mark.parametrize("path", ["js/none.js", "%2e%2e/server.py", "..%2f..%2fdemo.py", "a%00b"])
async def test_nothing_beside_the_page_is_given_out(http, playground, path):
    async with http.get(f"{playground.url}/{path}") as response:
        assert response.status == 404

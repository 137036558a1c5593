"""Nobody but this machine, and no other site's page."""

import pytest
from yarl import URL

READ, WRITE = "GET", "POST"


@pytest.mark.parametrize(
    ("verb", "path", "headers", "status"),
    [
        (READ, "/sim/people", {}, 200),
        (READ, "/sim/people", {"Host": "localhost:8000"}, 200),
        (READ, "/sim/people", {"Host": "[::1]:8000"}, 200),
        (READ, "/sim/people", {"Host": "evil.example"}, 403),
        (READ, "/", {"Host": "127.0.0.1.evil.example"}, 403),
        (WRITE, "/sim/clock", {"Origin": "https://evil.example"}, 403),
        (WRITE, "/sim/clock", {"Origin": "null"}, 403),
        (WRITE, "/sim/clock", {"Origin": "http://localhost:1", "Host": "localhost:2"}, 403),
        (WRITE, "/sim/clock", {"Sec-Fetch-Site": "cross-site"}, 403),
        (WRITE, "/sim/clock", {"Origin": "http://localhost:2", "Host": "localhost:2"}, 200),
        ("DELETE", "/sim/faults", {"Origin": "https://evil.example"}, 403),
    ],
)
async def test_who_is_served(playground, http, verb, path, headers, status):
    body = {"by": 1} if verb == WRITE else None

    async with http.request(verb, playground.url + path, headers=headers, json=body) as response:
        assert response.status == status


async def test_the_page_never_leaves_its_folder(playground, http):
    url = URL(f"{playground.url}/..%2fserver.py", encoded=True)

    async with http.get(url) as response:
        assert response.status == 404


async def test_the_root_serves_the_chat_page(playground, http):
    async with http.get(playground.url) as response:
        text = await response.text()

    assert response.status == 200
    assert text

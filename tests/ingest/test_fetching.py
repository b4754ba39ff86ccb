import gzip
import socket
import threading
import time
import zlib
from datetime import UTC, datetime

import pytest
from website import HASTY, Answer, Website, visitor, website

from dashboard.ingest.answers import FetchFailed, TooLarge, retry_after
from dashboard.ingest.network import may_be_visited
from dashboard.ingest.politeness import Manners


def failure_of(url, **options):
    with visitor(**options) as fetcher, pytest.raises(FetchFailed) as raised:
        fetcher.get(url, max_bytes=1_000_000)
    return raised.value


def test_a_page_comes_with_its_marks_and_is_not_read_again_while_it_is_the_same():
    def page(site: Website, target: str, headers: dict[str, str]) -> Answer:
        marks = {"ETag": '"v1"', "Last-Modified": "Mon, 06 Jul 2020 10:00:00 GMT"}
        if headers.get("if-none-match") == '"v1"':
            return Answer(b"", 304, marks)
        return Answer("été".encode(), 200, {**marks, "Content-Type": "text/html; charset=UTF-8"})

    with website({"/page": page}) as site, visitor(contact="redaction@presse.example") as fetcher:
        first = fetcher.get(f"{site.url}/page#ancre")
        again = fetcher.get(f"{site.url}/page", etag=first.etag, last_modified=first.last_modified)
        assert first.body.decode() == "été"
        assert (first.charset, first.media_type) == ("utf-8", "text/html")
        assert again.not_modified
        assert again.body == b""
        assert site.headers[-1]["if-modified-since"] == "Mon, 06 Jul 2020 10:00:00 GMT"
        assert site.headers[-1]["user-agent"].startswith("Vigie/")
        assert site.headers[-1]["user-agent"].endswith("(+redaction@presse.example)")


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause():
    manners = Manners(pause=0.05, backoff=0.01)
    with website({"*": Answer(b"x")}) as site, visitor(manners=manners) as fetcher:
        begun = time.monotonic()
        threads = [threading.Thread(target=fetcher.get, args=(f"{site.url}/{n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert site.busiest == 1
        assert time.monotonic() - begun >= 4 * 0.05


def test_robots_txt_closes_addresses_and_is_asked_once():
    robots = b"User-agent: *\nDisallow: /prive/\nUser-agent: Autre\nDisallow: /\n"
    with website({"/robots.txt": Answer(robots), "/a": Answer(b"x"), "/prive/b": Answer(b"y")}) as site:
        with visitor() as fetcher:
            assert fetcher.get(f"{site.url}/a").body == b"x"
            with pytest.raises(FetchFailed, match=r"robots\.txt") as raised:
                fetcher.get(f"{site.url}/prive/b")
            assert not raised.value.temporary
        assert site.asked == ["/robots.txt", "/a"]


def test_a_broken_robots_txt_keeps_the_visitor_out_for_now():
    with website({"/robots.txt": Answer(b"", 503), "/a": Answer(b"x")}) as site:
        assert failure_of(f"{site.url}/a").temporary
        assert site.pages_asked() == []


def test_a_server_that_recovers_is_asked_again():
    def page(site: Website, target: str, headers: dict[str, str]) -> Answer:
        return Answer(b"ok") if site.asked.count("/a") == 3 else Answer(b"", 503)

    with website({"/a": page}) as site, visitor() as fetcher:
        assert fetcher.get(f"{site.url}/a").body == b"ok"


@pytest.mark.parametrize("written", ["Fri, 31 Dec 2099 23:59:59 GMT", "999999999", "120"])
def test_a_long_retry_after_is_not_waited_for(written):
    with website({"/a": Answer(b"", 429, {"Retry-After": written})}) as site:
        failure = failure_of(f"{site.url}/a")
        assert failure.temporary
        assert failure.status == 429
        assert 0 < (failure.retry_after or 0) <= 86_400
        assert site.pages_asked() == ["/a"]


def test_retry_after_is_read_in_seconds_and_as_a_date():
    now = datetime(2024, 1, 1, tzinfo=UTC)
    assert retry_after("7") == 7
    assert retry_after("Mon, 01 Jan 2024 00:00:30 GMT", now) == 30
    assert retry_after("Sun, 31 Dec 2023 00:00:00 GMT", now) == 0
    assert retry_after("bientôt") is None
    assert retry_after("") is None


@pytest.mark.parametrize(
    ("status", "temporary"),
    [(401, False), (403, False), (404, False), (410, False), (429, True), (500, True), (503, True)],
)
def test_every_refusal_is_a_french_sentence_that_names_the_host(status, temporary):
    with website({"/a": Answer(b"non", status)}) as site:
        failure = failure_of(f"{site.url}/a")
        assert (failure.status, failure.temporary, failure.body) == (status, temporary, b"non")
        assert "127.0.0.1" in str(failure)
        assert str(failure).endswith(".")


def test_a_gzip_bomb_is_refused_before_it_is_unpacked():
    bomb = gzip.compress(bytes(50_000_000))
    with website({"/a": Answer(bomb, 200, {"Content-Encoding": "gzip"})}) as site:
        assert isinstance(failure_of(f"{site.url}/a"), TooLarge)


@pytest.mark.parametrize("coding", ["gzip, gzip", "br", "gzip,deflate"])
def test_one_coding_at_most_is_unpacked(coding):
    with website({"/a": Answer(gzip.compress(b"x"), 200, {"Content-Encoding": coding})}) as site:
        assert "codage" in str(failure_of(f"{site.url}/a"))


def test_packed_bodies_are_unpacked_and_cut_ones_are_not_taken_for_whole():
    text = b"texte " * 1000
    routes = {
        "/gzip": Answer(gzip.compress(text), 200, {"Content-Encoding": "gzip"}),
        "/deux": Answer(gzip.compress(text) + gzip.compress(b"fin"), 200, {"Content-Encoding": "gzip"}),
        "/deflate": Answer(zlib.compress(text), 200, {"Content-Encoding": "deflate"}),
        "/coupe": Answer(gzip.compress(text)[:-20], 200, {"Content-Encoding": "gzip"}),
        "/court": Answer(b"abc", 200, {"Content-Length": "10", "Connection": "close"}),
    }
    with website(routes) as site:
        with visitor() as fetcher:
            assert fetcher.get(f"{site.url}/gzip").body == text
            assert fetcher.get(f"{site.url}/deux").body == text + b"fin"
            assert fetcher.get(f"{site.url}/deflate").body == text
        assert failure_of(f"{site.url}/coupe").temporary


def test_a_body_that_announces_or_has_too_many_bytes_is_refused():
    with website({"/a": Answer(bytes(1_100_000))}) as site:
        assert isinstance(failure_of(f"{site.url}/a"), TooLarge)


def test_a_trickle_of_bytes_does_not_outlast_the_deadline():
    manners = Manners(pause=0, tries=1, deadline=0.4)
    with website({"/a": Answer(bytes(100), trickle=0.05)}) as site:
        failure = failure_of(f"{site.url}/a", manners=manners)
        assert "n’a pas répondu" in str(failure)
        assert failure.temporary


def test_a_silent_server_is_left():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        manners = Manners(pause=0, tries=1, deadline=0.3)
        failure = failure_of(f"http://127.0.0.1:{silent.getsockname()[1]}/", manners=manners)
        assert failure.temporary


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://example.com/",
        "javascript:alert(1)",
        "http://169.254.169.254/latest/meta-data/",
        "http://0.0.0.0/",
        "http://[::ffff:169.254.169.254]/",
        "http://[fe80::1]/",
        "//moi:secret@127.0.0.1/",
    ],
)
def test_a_redirect_to_a_forbidden_place_is_not_followed(target):
    with website({"/a": Answer(b"", 302, {"Location": target})}) as site:
        assert not failure_of(f"{site.url}/a").temporary


def test_redirects_are_followed_a_few_times_only():
    routes = {
        "/boucle": Answer(b"", 302, {"Location": "/boucle"}),
        "/ancien": Answer(b"", 301, {"Location": "nouveau?x=1#y"}),
        "/nouveau?x=1": Answer(b"ici"),
    }
    with website(routes) as site:
        with visitor() as fetcher:
            found = fetcher.get(f"{site.url}/ancien")
            assert (found.body, found.url) == (b"ici", f"{site.url}/nouveau?x=1")
        assert "sans fin" in str(failure_of(f"{site.url}/boucle"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", "0x7f.1"])
def test_this_machine_is_not_visited_unless_that_was_allowed(host):
    with website({"/a": Answer(b"secret")}) as site:
        port = site.url.rpartition(":")[2]
        failure = failure_of(f"http://{host}:{port}/a", allow_private=False)
        assert not failure.temporary
        assert site.asked == []


def test_a_name_is_resolved_once_so_that_changing_its_address_after_the_check_gains_nothing(monkeypatch):
    asked = []
    real = socket.getaddrinfo

    def resolve(host, port, *more, **options):
        if host != "piege.example":
            return real(host, port, *more, **options)
        asked.append(host)
        return real("127.0.0.1" if len(asked) == 1 else "127.0.0.2", port, *more, **options)

    with website({"/robots.txt": Answer(b"", 404, {"Connection": "keep-alive"}), "/a": Answer(b"x")}) as site:
        port = site.url.rpartition(":")[2]
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        with visitor() as fetcher:
            assert fetcher.get(f"http://piege.example:{port}/a").body == b"x"
        assert asked == ["piege.example"]


def test_a_name_is_refused_when_one_of_its_addresses_is_private(monkeypatch):
    real = socket.getaddrinfo

    def resolve(host, port, *more, **options):
        return real("93.184.216.34", port, **options) + real("127.0.0.1", port, **options)

    with website({"/a": Answer(b"secret")}) as site:
        port = site.url.rpartition(":")[2]
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        assert "privée" in str(failure_of(f"http://double.example:{port}/a", allow_private=False))
        assert site.asked == []


@pytest.mark.parametrize(
    ("address", "public", "on_request"),
    [
        ("93.184.216.34", True, True),
        ("2606:2800:220:1::1", True, True),
        ("10.1.2.3", False, True),
        ("192.168.0.1", False, True),
        ("100.64.0.1", False, True),
        ("127.0.0.1", False, True),
        ("::1", False, True),
        ("fd00::1", False, True),
        ("::ffff:127.0.0.1", False, True),
        ("64:ff9b::7f00:1", False, True),
        ("64:ff9b::5db8:d822", True, True),
        ("2002:7f00:1::", False, True),
        ("169.254.169.254", False, False),
        ("::ffff:169.254.169.254", False, False),
        ("fe80::1%eth0", False, False),
        ("0.0.0.0", False, False),
        ("224.0.0.1", False, False),
    ],
)
def test_which_addresses_may_be_visited(address, public, on_request):
    assert may_be_visited(address, allow_private=False) is public
    assert may_be_visited(address, allow_private=True) is on_request


@pytest.mark.parametrize(
    "url", ["", "x", "http://", "http://[", "file:///etc/passwd", "http://a b/", "http:// /"]
)
def test_what_is_no_web_address_is_refused(url):
    assert not failure_of(url).temporary


def test_the_manners_of_the_tests_are_not_those_of_the_product():
    assert Manners().pause >= 1
    assert Manners().longest_wait == 60
    assert HASTY.pause == 0

"""A fetch reaches the public network alone, and nothing for long. Against a server of the test's own."""

import ipaddress
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from opw.fetch import AskedLately, Fetcher, NotFetched, is_public
from tests.certificate import self_signed
from tests.forge import INSIDE, Forge, forge


@pytest.fixture
def here() -> Iterator[Forge]:
    with forge() as server:
        yield server


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
        "100.100.100.200", "169.254.169.254", "169.254.1.1", "168.63.129.16", "192.0.0.192", "192.0.2.1", "192.88.99.1",
        "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1",
        "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
        "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_the_publics(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "140.82.121.4", "2606:4700::6810:84e5", "::ffff:8.8.8.8"])
def test_an_address_of_the_public_network(address):
    assert is_public(ipaddress.ip_address(address))


def test_a_page_is_fetched(here):
    url = here.says("/page?id=1", "<title>Hello</title>", "text/html; charset=utf-8")

    found = here.fetcher().get(url)

    assert (found.url, found.status, found.body) == (url, 200, b"<title>Hello</title>")
    assert here.asked == ["forge.example/page?id=1"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::1]"])
def test_this_machine_is_refused_unless_a_test_names_it(here, host):
    here.says("/", "a secret")

    with pytest.raises(NotFetched):
        Fetcher().get(here.url("/", host))

    assert here.asked == []


@pytest.mark.parametrize(
    "addresses",
    [[INSIDE], ["127.0.0.1", "10.0.0.1"], ["169.254.169.254"], ["::ffff:127.0.0.2"], ["fd00:ec2::254"], []],
)
def test_a_name_that_leads_inside_is_refused(here, addresses):
    here.says("/", "a secret")
    here.names["forge.example"] = addresses

    with pytest.raises(NotFetched, match="not in the public network"):
        here.fetcher().get(here.url("/"))

    assert here.asked == []


def test_a_name_is_asked_once_so_that_a_second_answer_changes_nothing(here):
    url, answers = here.says("/", "fine"), [["127.0.0.1"], [INSIDE]]

    found = here.fetcher(resolve=lambda host, port: answers.pop(0)).get(url)

    assert found.body == b"fine"
    assert answers == [[INSIDE]]


def test_a_redirect_is_followed(here):
    here.says("/new", "here")
    url = here.leads("/old", "/new", 301)

    found = here.fetcher().get(url)

    assert (found.url, found.body) == (here.url("/new"), b"here")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_the_inside_is_refused(here, status):
    here.says("/secret", "a secret")
    here.names["inside.example"] = [INSIDE]

    for target in (here.url("/secret", INSIDE), here.url("/secret", "inside.example")):
        with pytest.raises(NotFetched, match="not in the public network"):
            here.fetcher().get(here.leads("/", target, status))

    assert here.asked == ["forge.example/", "forge.example/"]


def test_a_name_that_changes_between_two_redirects_is_refused(here):
    here.says("/again", "a secret")
    answers = [["127.0.0.1"], [INSIDE]]

    with pytest.raises(NotFetched, match="not in the public network"):
        here.fetcher(resolve=lambda host, port: answers.pop(0)).get(here.leads("/", "/again"))

    assert here.asked == ["forge.example/"]


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "gopher://forge.example/", "ftp://forge.example/", "javascript:alert(1)",
     "http://user:secret@forge.example/", "http://forge.example:99999/", "http://[::1", "http://förge.example/"],
)  # fmt: skip
def test_a_redirect_to_something_else_is_refused(here, target):
    with pytest.raises(NotFetched):
        here.fetcher().get(here.leads("/", target))

    assert here.asked == ["forge.example/"]


def test_redirects_come_to_an_end(here):
    url = here.leads("/", "/")

    with pytest.raises(NotFetched, match="one redirect too many"):
        here.fetcher(redirects=3).get(url)

    assert len(here.asked) == 4


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_only_the_ports_of_the_web_are_asked(port):
    with pytest.raises(NotFetched, match="not for web pages"):
        Fetcher(resolve=lambda host, port: ["8.8.8.8"]).get(f"http://forge.example:{port}/")


def test_a_long_answer_ends_at_the_limit(here):
    url = here.says("/", b"a" * 1_000_000)

    found = here.fetcher(octets=1_000).get(url)

    assert found.body == b"a" * 1_000


def dripping(headers: bool) -> object:
    """An answer that comes a byte at a time, and never ends."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\n" + (b"X: " if headers else b"\r\n"))
        while True:
            request.wfile.write(b"a")
            request.wfile.flush()
            time.sleep(0.05)

    return answer


@pytest.mark.parametrize("headers", [True, False])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_answer_that_drips_is_cut(here, headers, capfd):
    here.answers["/"] = dripping(headers)
    began_at = time.monotonic()

    with pytest.raises(NotFetched):
        here.fetcher(seconds=0.5).get(here.url("/"))

    assert time.monotonic() - began_at < 10


def test_a_host_that_is_not_to_be_asked_now_is_not_asked(here):
    here.says("/", "fine")

    with pytest.raises(AskedLately):
        here.fetcher(may_ask=lambda host: False).get(here.url("/"))

    assert here.asked == []


def test_every_host_on_the_way_is_asked_for_once(here):
    here.says("/end", "fine")
    here.leads("/middle", here.url("/end", "other.example"))
    asked_for: list[str] = []

    def may_ask(host: str) -> bool:
        asked_for.append(host)
        return True

    here.fetcher(may_ask=may_ask).get(here.leads("/", "/middle"))

    assert asked_for == ["forge.example", "other.example"]


@pytest.mark.parametrize("path", ["/a b", "/a\r\nX-Injected: 1", "/ü", "/\x00"])
def test_an_address_cannot_write_a_header(here, path):
    with pytest.raises(NotFetched):
        here.fetcher().get(here.url(path))

    assert here.asked == []


def test_a_server_that_speaks_no_tls_is_refused(here):
    here.says("/", "fine")

    with pytest.raises(NotFetched):
        here.fetcher().get(here.url("/").replace("http:", "https:"))

    assert here.asked == []


@pytest.mark.parametrize(("vouched_for", "name"), [(False, "forge.example"), (True, "other.example")])
def test_a_server_that_is_not_who_it_says_is_refused(tmp_path, monkeypatch, vouched_for, name):
    certificate = self_signed("forge.example", tmp_path)
    if vouched_for:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with forge(certificate) as server:
        server.says("/", "fine")

        with pytest.raises(NotFetched, match="certificate verify failed"):
            server.fetcher().get(server.url("/", name).replace("http:", "https:"))

        assert server.asked == []


def test_a_server_with_a_good_certificate_is_asked_by_its_name(tmp_path, monkeypatch):
    certificate = self_signed("forge.example", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with forge(certificate) as server:
        url = server.says("/", "fine").replace("http:", "https:")

        found = server.fetcher().get(url)

    assert found.body == b"fine"


def test_nobody_listens():
    with pytest.raises(NotFetched):
        Fetcher(own_networks=(ipaddress.ip_network("127.0.0.1/32"),)).get("http://127.0.0.1:1/")

"""What an address says of the work behind it, and when two addresses lead to the same work."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.links import canonical, check_link, plain, read
from applications.models import Contribution

MID = "20130910.1200-2-git-send-email-ada@example.org"
HASH = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
KINDS = {"patch", "code_review", "bug_report", "documentation"}

# A link; the forge, repository, kind and number that are read from it.
READ = [
    ("https://github.com/Xen/mini-os/pull/12/files", "GitHub", "Xen/mini-os", "patch", "12"),
    ("https://github.com/Xen/mini-os/issues/3#issuecomment-9", "GitHub", "Xen/mini-os", "bug_report", "3"),
    ("https://github.com/Xen/mini-os/commit/0f00ba4.patch", "GitHub", "Xen/mini-os", "patch", "0f00ba4"),
    ("https://github.com/a/b/pull/3/files#discussion_r7", "GitHub", "a/b", "code_review", "3"),
    ("https://github.com/a/b/wiki/Building", "GitHub", "a/b", "documentation", ""),
    ("https://gitlab.com/group/sub/tool/-/merge_requests/4/diffs", "GitLab", "group/sub/tool", "patch", "4"),
    ("https://gitlab.com/group/tool/merge_requests/4", "GitLab", "group/tool", "patch", "4"),
    ("https://git.example.org/g/tool/-/issues/8", "GitLab", "g/tool", "bug_report", "8"),
    ("https://git.example.org/g/tool/-/wikis/Start", "GitLab", "g/tool", "documentation", ""),
    ("https://codeberg.org/ada/engine/pulls/5/commits", "Gitea", "ada/engine", "patch", "5"),
    ("https://codeberg.org/ada/engine/issues/6", "Gitea", "ada/engine", "bug_report", "6"),
    ("https://git.example.org:3000/ada/engine/pulls/5", "Gitea", "ada/engine", "patch", "5"),
    ("https://gerrit.example.org/r/#/c/1234/2", "Gerrit", "", "patch", "1234"),
    ("https://review.example.org/c/core/tool/+/1234/2/a.c", "Gerrit", "core/tool", "patch", "1234"),
    ("https://review.example.org/1234", "Gerrit", "", "patch", "1234"),
    ("https://reviews.example.org/D77?vs=1&id=2", "Phabricator", "", "patch", "D77"),
    ("https://phabricator.example.org/T78#1", "Phabricator", "", "bug_report", "T78"),
    ("https://lists.sr.ht/~ada/tool-devel/patches/9", "sourcehut", "~ada/tool-devel", "patch", "9"),
    (f"https://lists.sr.ht/~ada/tool-devel/%3C{MID}%3E", "sourcehut", "~ada/tool-devel", "patch", MID),
    ("https://todo.sr.ht/~ada/tool/10", "sourcehut", "~ada/tool", "bug_report", "10"),
    ("https://git.sr.ht/~ada/tool/commit/0f00ba4", "sourcehut", "~ada/tool", "patch", "0f00ba4"),
    ("https://bugs.launchpad.net/ubuntu/+source/xen/+bug/11", "Launchpad", "ubuntu/+source/xen", "bug_report", "11"),
    ("https://launchpad.net/bugs/11", "Launchpad", "", "bug_report", "11"),
    ("https://code.launchpad.net/~ada/tool/fix/+merge/12", "Launchpad", "~ada/tool/fix", "patch", "12"),
    ("https://bugs.example.org/show_bug.cgi?id=13#c2", "Bugzilla", "", "bug_report", "13"),
    ("https://bugzilla.example.org/14", "Bugzilla", "", "bug_report", "14"),
    ("https://bugs.example.org/attachment.cgi?id=15&action=diff", "Bugzilla", "", "patch", "15"),
    (f"https://lore.kernel.org/xen-devel/{MID}/T/#u", "lore", "xen-devel", "patch", MID),
    (f"https://lore.kernel.org/r/{MID}", "lore", "", "patch", MID),
    (f"https://inbox.example.org/git/{MID}/raw", "public-inbox", "git", "patch", MID),
    (f"https://patchwork.example.org/project/xen-devel/patch/{MID}/", "Patchwork", "xen-devel", "patch", MID),
    ("https://lists.example.org/pipermail/tool/2013-October/01.html", "Pipermail", "tool", "patch", "2013-October/01"),
    ("https://lists.example.org/archives/tool/2013q4/01.html", "Pipermail", "tool", "patch", "2013q4/01"),
    (f"https://l.example.org/archives/list/t@e.org/message/{HASH}/", "HyperKitty", "t@e.org", "patch", HASH),
    ("https://marc.info/?l=xen-devel&m=138&w=2", "MARC", "xen-devel", "patch", "138"),
    (f"https://marc.info/?i={MID}", "MARC", "", "patch", MID),
    ("https://www.mail-archive.com/t@e.org/msg9.html", "The Mail Archive", "t@e.org", "patch", "msg9"),
    (f"https://www.mail-archive.com/search?l=mid&q={MID}", "The Mail Archive", "", "patch", MID),
    ("https://lists.example.org/archives/html/xen/2013-10/msg7.html", "MHonArc", "xen", "patch", "2013-10/msg7"),
    ("https://example.org/blog/how-i-did-it", "", "", "", ""),
    ("https://git.example.org/pull/1", "", "", "", ""),
    ("https://social.example.org/users/ada@example.org", "", "", "", ""),
]

# Addresses that lead to the same work.
SAME = [
    [
        "https://github.com/xen/mini-os/pull/12",
        "http://www.github.com/Xen/Mini-OS/pull/12/commits/0f00ba4?w=1#diff-1",
        "https://github.com/xen/mini-os/issues/12#issuecomment-4",
        "https://github.com/xen/mini-os/pull/12.diff",
        "https://GitHub.com:443/xen/mini-os/pull/12/?utm_source=mail&notification_referrer_id=1",
    ],
    [
        "https://gitlab.com/group/tool/-/merge_requests/4",
        "https://gitlab.com/Group/Tool/merge_requests/4/diffs?commit_id=0f00ba4#note_3",
    ],
    ["https://codeberg.org/ada/engine/pulls/5", "https://codeberg.org/Ada/engine/issues/5#issuecomment-1"],
    [
        "https://gerrit.example.org/r/#/c/1234/",
        "https://gerrit.example.org/r/#/c/core/tool/+/1234/3/src/a.c",
        "https://gerrit.example.org/r/c/core/tool/+/1234/4",
        "https://gerrit.example.org/r/1234",
    ],
    ["https://bugs.launchpad.net/xen/+bug/11", "https://bugs.launchpad.net/bugs/11", "http://launchpad.net/bugs/11"],
    ["https://bugs.example.org/show_bug.cgi?id=13", "https://bugs.example.org/show_bug.cgi?format=multiple&id=13#c9"],
    [
        f"https://lore.kernel.org/xen-devel/{MID}/",
        f"https://lore.kernel.org/lkml/{MID}/T/#t",
        f"https://lore.kernel.org/all/{MID.replace('@', '%40')}/",
        f"https://lkml.kernel.org/r/{MID}",
        f"https://inbox.example.org/git/{MID}/#r",
        f"https://marc.info/?i={MID}",
        f"https://lists.sr.ht/~ada/tool/%3C{MID}%3E",
    ],
    [
        f"https://lists.example.org/archives/list/t@example.org/message/{HASH}/",
        f"https://lists.example.org/archives/list/t@example.org/thread/{HASH}/",
        f"https://lists.example.org/archives/list/t@example.org/thread/{HASH[::-1]}/#{HASH}",
    ],
    ["https://marc.info/?l=xen-devel&m=138", "http://marc.info/?m=138&l=xen-devel&w=2"],
    ["https://example.org/a?id=1", "HTTP://www.Example.ORG./a/?utm_campaign=x&id=1&fbclid=y#top"],
    ["https://bücher.example/a", "https://xn--bcher-kva.example/a", "https://BÜCHER.example/a/"],
]

# Addresses that lead to different work, however alike they look.
DIFFERENT = [
    "https://github.com/xen/mini-os/pull/1",
    "https://github.com/xen/mini-os/pull/12",
    "https://github.com/xen/mini-os/pull/12#pullrequestreview-7",
    "https://github.com/xen/mini-os/commit/0f00ba4",
    "https://gitlab.com/xen/mini-os/-/merge_requests/12",
    "https://gitlab.com/xen/mini-os/-/issues/12",
    "https://example.org/A",
    "https://example.org/a",
    "https://example.org:8443/a",
    "https://example.org/a?id=1",
    "https://sub.example.org/a",
]


@pytest.mark.parametrize(("url", "forge", "repository", "kind", "number"), READ)
def test_a_link_says_what_it_leads_to(url, forge, repository, kind, number):
    link = read(url)

    assert (link.forge, link.repository, link.kind, link.number) == (forge, repository, kind, number)


@pytest.mark.parametrize("url", [row[0] for row in READ])
def test_a_canonical_form_stays_as_it_is(url):
    once = canonical(url)

    assert canonical(once) == once


@pytest.mark.parametrize("urls", SAME, ids=lambda urls: urls[0])
def test_the_same_work_has_one_form(urls):
    assert len({canonical(url) for url in urls}) == 1


def test_different_work_has_different_forms():
    assert len({canonical(url) for url in DIFFERENT}) == len(DIFFERENT)


def test_every_kind_that_is_read_is_a_kind_of_contribution():
    assert {read(row[0]).kind for row in READ} - {""} == KINDS
    assert set(Contribution.Kind) >= KINDS


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://github.com/Xen/mini-os/pull/12", "Pull request 12, Xen/mini-os"),
        ("https://github.com/a/b/pull/3#pullrequestreview-7", "Review of pull request 3, a/b"),
        ("https://github.com/a/b/wiki/How-to-build%20it", "How to build it"),
        ("https://bugzilla.example.org/14", "Bug 14"),
        (f"https://lore.kernel.org/xen-devel/{MID}/", ""),
        ("https://example.org/a", ""),
    ],
)
def test_a_link_names_the_work_where_it_can(url, title):
    assert read(url).title == title


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("https://github.com/Xen/mini-os/pull/12", "github.com, Xen/mini-os"),
        ("https://bugzilla.example.org/14", "bugzilla.example.org"),
        ("https://www.example.org/a", "example.org"),
        ("https://gıthub.com/xen/mini-os/pull/12", "xn--gthub-n4a.com"),
        ("https://githuЬ.com/xen/mini-os/pull/12", "xn--githu-10e.com"),
    ],
)
def test_where_a_link_leads_is_said_in_letters_that_nobody_confuses(url, where):
    assert read(url).where == where


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://github.com/Xen/mini-os/pull/12", "pull request 12 of Xen/mini-os, GitHub"),
        ("https://github.com/Xen/mini-os/wiki/Start", "page of Xen/mini-os, GitHub"),
        ("https://reviews.example.org/D77", "revision D77, Phabricator"),
        (f"https://lore.kernel.org/xen-devel/{MID}/", "a mail to xen-devel, lore"),
        (f"https://lore.kernel.org/r/{MID}", "a mail, lore"),
        ("https://example.org/a", "a page of example.org"),
    ],
)
def test_what_was_read_is_said_in_words(url, words):
    assert read(url).words == words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://gıthub.com/a", "https://xn--gthub-n4a.com/a"),
        ("https://Example.org/Füße?q=ß", "https://example.org/F%C3%BC%C3%9Fe?q=%C3%9F"),
        ("http://example.org:8080/a#top", "http://example.org:8080/a#top"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
    ],
)
def test_a_link_is_kept_in_ascii(typed, kept):
    assert plain(typed) == kept


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://example.org/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "ftp://example.org/a",
        "file:///etc/passwd",
        "mid:a@example.org",
        "//example.org/a",
        "https://",
        "https:///a",
        "https://ada:secret@example.org/a",
        "https://ada@example.org/a",
        "https://@example.org/a",
        "https://example.org:99999/a",
        "https://example.org:port/a",
        "https://exam ple.org/a",
        "https://example.org/a b",
        "https://example.org/a\tb",
        "https://example.org/a\x00b",
        "https://example.org/\u202egpj.exe",
        "https://example.org/a\u200bb",
        "https://example.org\\@evil.example/a",
        "https://exa%6dple.org/a",
        "https://example..org\u3002/a",
        "https://\ud800.example/a",
        "https://[::1/a",
        "no link at all",
        "",
    ],
)
def test_what_is_not_a_plain_link_is_refused(url):
    with pytest.raises(ValidationError):
        check_link(url)


HOSTS = st.sampled_from(
    [
        "github.com",
        "gitlab.com",
        "codeberg.org",
        "lore.kernel.org",
        "marc.info",
        "review.example.org",
        "www.a.org",
        "ü.de",
    ]
)
PIECES = st.sampled_from(
    ["pull", "pulls", "issues", "12", "-", "merge_requests", "c", "+", "D1", "~a", "bugs", "+bug", "a@b1.2", "patch",
     "project", "show_bug.cgi", "?id=1", "?l=x&m=2", "?i=a@b.c", "#/c/3", "#top", "list", "message", HASH, "%2F", "%00",
     "2013-10", "msg1.html", ".", "..", "", "ß", "wiki", "www.", "utm_source=1", "&"]
)  # fmt: skip
ADDRESSES = st.builds(
    lambda scheme, host, pieces: f"{scheme}://{host}/{'/'.join(pieces)}",
    st.sampled_from(["http", "https", "HTTPS"]), HOSTS, st.lists(PIECES, max_size=7),
)  # fmt: skip


TEXTS = st.one_of(st.text(), st.builds("{}{}".format, ADDRESSES | st.just("https://"), st.text()), ADDRESSES)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure
@given(TEXTS)
def test_any_text_is_read_and_its_form_stays_as_it_is(text):
    once = canonical(text)

    assert canonical(once) == once


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ADDRESSES)
def test_an_address_fits_where_it_is_kept(address):
    link = read(address)

    assert "\x00" not in link.canonical
    assert len(link.canonical) <= len(plain(address)) + 100
    assert len({*link.title} & {"\x00", "\n", "\r"}) == 0


@pytest.mark.parametrize("piece", ["a/", "a.", "-/", "&id=", "@", "a@1", "%", "[", "//", "(", "~a/", "www."])
def test_a_very_long_address_is_read_in_no_time(piece):
    link = read("https://example.org/" + piece * 20_000)

    assert link.host == "example.org"

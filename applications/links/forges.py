"""How forges address their pages: a table of patterns, read from the top; the first that fits says what a link is.

A pattern is held against an address without its scheme and with its escapes undone, from the host on. It ends before
whatever may follow (a tab of the page, a comment). Hosts named here are known; other shapes fit on any host.
"""

import re
from dataclasses import dataclass

PATCH, CODE_REVIEW, BUG_REPORT, DOCUMENTATION = "patch", "code_review", "bug_report", "documentation"

_END = r"(?=[/?#.;&]|$)"
_REPO = r"(?P<repository>[\w.-]+/[\w.-]+?)"
_NUMBER = rf"(?P<number>\d{{1,12}}){_END}"
_COMMIT = rf"(?P<number>[0-9a-fA-F]{{7,64}}){_END}"
_ANY = r"(?P<host>[\w.:-]+)"
_GITEA = r"(?P<host>codeberg\.org|gitea\.com|code\.forgejo\.org|(?:gitea|forgejo)\.[\w.:-]+)"
_GITLAB = r"(?P<host>gitlab\.com|gitlab\.[\w.:-]+|salsa\.debian\.org|invent\.kde\.org|code\.videolan\.org)"
_GROUPS = r"(?P<repository>[\w.-]+(?:/[\w.-]+){1,20}?)"
_GERRIT = r"(?P<host>(?:(?:code)?review|gerrit)\.[\w.:-]+|[\w.-]+-review\.[\w.:-]+)"
_PAGE = r"(?P<title>[^/?#]+)"


@dataclass(frozen=True)
class Shape:
    """One kind of page. ``same`` is the address of the same work, filled in from the pattern's groups."""

    forge: str
    kind: str
    thing: str
    pattern: re.Pattern[str]
    same: str = ""  # nothing: the address as it is
    folds: bool = False  # whether the forge takes capitals and small letters for the same
    api: str = ""  # where the forge tells machines of it


def _shapes(forge: str, *rows: tuple[str, ...], folds: bool = False) -> list[Shape]:
    """The shapes of one forge: kind, thing, pattern, the same work's address, and its machine-readable one."""
    made = []
    for kind, thing, pattern, *addresses in rows:
        same, api = [*addresses, "", ""][:2]
        made.append(Shape(forge, kind, thing, re.compile(pattern, re.ASCII), same, folds, api))
    return made


_ISSUE = "https://{host}/{repository}/issues/{number}"
_COMMIT_PAGE = "https://{host}/{repository}/commit/{number}"
_GITHUB = r"(?P<host>github\.com)"
_GITHUB_API = "https://api.github.com/repos/{repository}/issues/{number}"
_GITEA_API = "https://{host}/api/v1/repos/{repository}/issues/{number}"
_GITLAB_API = "https://{host}/api/v4/projects/{project}"
_MERGE_REQUEST = ("https://{host}/{repository}/-/merge_requests/{number}", f"{_GITLAB_API}/merge_requests/{{number}}")
_GITLAB_ISSUE = ("https://{host}/{repository}/-/issues/{number}", f"{_GITLAB_API}/issues/{{number}}")
_GITLAB_COMMIT = "https://{host}/{repository}/-/commit/{number}"
_REVIEW = r"(?P<review>pullrequestreview-\d{1,12}|discussion_r\d{1,12})"

# A pull request and an issue share their numbers on GitHub and Gitea, and each leads to the other.
GITHUB = _shapes(
    "GitHub",
    (CODE_REVIEW, "review of pull request", rf"{_GITHUB}/{_REPO}/(?:pull|issues)/{_NUMBER}[^#]*#{_REVIEW}",
     _ISSUE + "#{review}"),
    (PATCH, "pull request", rf"{_GITHUB}/{_REPO}/pull/{_NUMBER}", _ISSUE, _GITHUB_API),
    (BUG_REPORT, "issue", rf"{_GITHUB}/{_REPO}/issues/{_NUMBER}", _ISSUE, _GITHUB_API),
    (PATCH, "commit", rf"{_GITHUB}/{_REPO}/commit/{_COMMIT}", _COMMIT_PAGE),
    (DOCUMENTATION, "page", rf"{_GITHUB}/{_REPO}/wiki/{_PAGE}"),
    folds=True,
)  # fmt: skip
GITLAB = _shapes(
    "GitLab",
    (PATCH, "merge request", rf"{_ANY}/{_GROUPS}/-/merge_requests/{_NUMBER}", *_MERGE_REQUEST),
    (BUG_REPORT, "issue", rf"{_ANY}/{_GROUPS}/-/(?:issues|work_items)/{_NUMBER}", *_GITLAB_ISSUE),
    (PATCH, "commit", rf"{_ANY}/{_GROUPS}/-/commit/{_COMMIT}", _GITLAB_COMMIT),
    (DOCUMENTATION, "page", rf"{_ANY}/{_GROUPS}/-/wikis/{_PAGE}"),
    (PATCH, "merge request", rf"{_GITLAB}/{_GROUPS}/merge_requests/{_NUMBER}", *_MERGE_REQUEST),
    (BUG_REPORT, "issue", rf"{_GITLAB}/{_GROUPS}/issues/{_NUMBER}", *_GITLAB_ISSUE),
    (PATCH, "commit", rf"{_GITLAB}/{_GROUPS}/commit/{_COMMIT}", _GITLAB_COMMIT),
    folds=True,
)  # fmt: skip
GITEA = _shapes(
    "Gitea",
    (PATCH, "pull request", rf"{_ANY}/{_REPO}/pulls/{_NUMBER}", _ISSUE, _GITEA_API),
    (BUG_REPORT, "issue", rf"{_GITEA}/{_REPO}/issues/{_NUMBER}", _ISSUE, _GITEA_API),
    (PATCH, "commit", rf"{_GITEA}/{_REPO}/commit/{_COMMIT}", _COMMIT_PAGE),
    (DOCUMENTATION, "page", rf"{_GITEA}/{_REPO}/wiki/{_PAGE}"),
    folds=True,
)  # fmt: skip
_CHANGE = "https://{host}{prefix}/c/{number}"
GERRIT = _shapes(
    "Gerrit",
    (PATCH, "change", rf"{_ANY}(?P<prefix>(?:/r|/gerrit)?)/c/(?P<repository>[\w./-]+?)/\+/{_NUMBER}", _CHANGE),
    (PATCH, "change", rf"{_ANY}(?P<prefix>(?:/r|/gerrit)?)/#/c/(?:(?P<repository>[\w./-]+?)/\+/)?{_NUMBER}", _CHANGE),
    (PATCH, "change", rf"{_GERRIT}(?P<prefix>(?:/r|/gerrit)?)(?:/c)?/{_NUMBER}", _CHANGE),
)  # fmt: skip
PHABRICATOR = _shapes(
    "Phabricator",
    (PATCH, "revision", rf"{_ANY}/(?P<number>D\d{{1,9}}){_END}", "https://{host}/{number}"),
    (BUG_REPORT, "task", rf"{_ANY}/(?P<number>T\d{{1,9}}){_END}", "https://{host}/{number}"),
)
_OWNED = r"(?P<repository>~[\w.-]+/[\w.-]+)"
SOURCEHUT = _shapes(
    "sourcehut",
    (PATCH, "patch set", rf"(?P<host>lists\.sr\.ht)/{_OWNED}/patches/{_NUMBER}",
     "https://{host}/{repository}/patches/{number}"),
    (BUG_REPORT, "ticket", rf"(?P<host>todo\.sr\.ht)/{_OWNED}/{_NUMBER}", "https://{host}/{repository}/{number}"),
    (PATCH, "commit", rf"(?P<host>git\.sr\.ht)/{_OWNED}/commit/{_COMMIT}", _COMMIT_PAGE),
)  # fmt: skip
LAUNCHPAD = _shapes(
    "Launchpad",
    (BUG_REPORT, "bug", rf"(?:bugs\.)?launchpad\.net/(?:bugs|(?P<repository>[\w.+~/-]+?)/\+bug)/{_NUMBER}",
     "https://bugs.launchpad.net/bugs/{number}"),
    (PATCH, "merge proposal", rf"(?:code\.)?launchpad\.net/(?P<repository>~[\w.+~/-]+?)/\+merge/{_NUMBER}",
     "https://code.launchpad.net/{repository}/+merge/{number}"),
)  # fmt: skip
_BUG = "https://{host}{prefix}/show_bug.cgi?id={number}"
BUGZILLA = _shapes(
    "Bugzilla",
    (BUG_REPORT, "bug", rf"{_ANY}(?P<prefix>(?:/[\w.-]+){{0,5}}?)/show_bug\.cgi\?(?:[^#]*[&;])?id={_NUMBER}", _BUG),
    (BUG_REPORT, "bug", rf"(?P<host>(?:bugzilla|bugs)\.[\w.:-]+)(?P<prefix>)/{_NUMBER}", _BUG),
    (PATCH, "attachment", rf"{_ANY}(?P<prefix>(?:/[\w.-]+){{0,5}}?)/attachment\.cgi\?(?:[^#]*[&;])?id={_NUMBER}",
     "https://{host}{prefix}/attachment.cgi?id={number}"),
)  # fmt: skip

FORGES = [*GITHUB, *GITLAB, *GITEA, *GERRIT, *PHABRICATOR, *SOURCEHUT, *LAUNCHPAD, *BUGZILLA]

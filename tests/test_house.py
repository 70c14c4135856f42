"""The house rules of section 8, held by tests: style, types, floors, sizes, templates, migrations, settings."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(settings.BASE_DIR)
OURS = ["opw", "projects", "applications", "mentors", "tests"]
LINES_A_FILE = 400
LINES_A_FUNCTION = 40
LINES_A_VIEW = 15

# Where an inline import is allowed: when the apps are ready, and before Django can be imported.
LATE_IMPORTS = {"ready"}
LATE_FILES = {"manage.py"}

PYTHON = [
    *(path for folder in OURS for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts),
    ROOT / "manage.py",
]
# Mail programs read no style sheets: what goes into letters brings its style along.
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if path.name != "_letter.html")


def place(path: Path) -> str:
    return str(path.relative_to(ROOT))


def says(*command: str, **environment: str) -> str:
    """What a command prints when it fails; nothing when it is content."""
    program = Path(sys.executable).with_name(command[0])
    done = subprocess.run(
        [str(program), *command[1:]], cwd=ROOT, capture_output=True, text=True, env=os.environ | environment
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "--quiet", "."),
        ("ruff", "format", "--check", "--quiet", "."),
        ("mypy", "."),
        ("lint-imports", "--no-cache"),
    ],
    ids=["style", "format", "types", "floors"],
)
def test_the_checkers_are_content(command):
    complaints = says(*command)

    assert not complaints, f"\n{complaints}"


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))


def lines_of(function: ast.FunctionDef) -> int:
    """The lines of its body, docstring apart."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_file_is_longer_than_a_reader_holds_in_mind():
    long = {place(path): length for path in PYTHON if (length := len(path.read_text().splitlines())) > LINES_A_FILE}

    assert long == {}


def test_no_function_is_longer_than_a_screen():
    long = {
        f"{place(path)}:{function.name}": length
        for path in PYTHON
        for function in functions(path)
        if (length := lines_of(function)) > LINES_A_FUNCTION
    }

    assert long == {}


def test_no_view_is_longer_than_a_glance():
    views = [path for path in PYTHON if "views" in path.parts or path.name == "views.py"]
    long = {
        f"{place(path)}:{function.name}": length
        for path in views
        for function in functions(path)
        if (length := lines_of(function)) > LINES_A_VIEW and function.args.args[:1] and _takes_a_request(function)
    }

    assert views
    assert long == {}


def _takes_a_request(function: ast.FunctionDef) -> bool:
    return function.args.args[0].arg == "request" and not function.name.startswith("_")


def test_imports_stand_at_the_top():
    inline = {
        f"{place(path)}:{node.lineno}"
        for path in PYTHON
        if path.name not in LATE_FILES
        for function in functions(path)
        if function.name not in LATE_IMPORTS
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert inline == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_a_template_holds_no_inline_style_or_script(path):
    html = path.read_text()

    found = re.findall(
        r"""\sstyle\s*=|<style\b|<script(?![^>]*\s(?:src=|type="application/json"))[^>]*>|\son[a-z]+\s*=\s*["']|javascript:""",
        html,
    )

    assert found == []


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    said = StringIO()

    call_command("makemigrations", check=True, dry_run=True, stdout=said)

    assert said.getvalue() == "No changes detected\n"


def test_production_settings_raise_no_warning():
    complaints = says(
        "python", "manage.py", "check", "--deploy", "--fail-level", "WARNING",
        SITE_URL="https://portal.example.org", SECRET_KEY="x9" * 40 + "only-for-this-check", DEBUG="",
    )  # fmt: skip

    assert not complaints, f"\n{complaints}"


def nameless(patterns: list[URLPattern | URLResolver] | None = None, start: str = "") -> Iterator[str]:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        here = start + str(entry.pattern)
        if here.startswith(("admin/", "accounts/social/")):  # the libraries' own
            continue
        if isinstance(entry, URLResolver):
            yield from nameless(entry.url_patterns, here)
        elif not entry.name:
            yield here


def test_every_address_has_a_name():
    assert list(nameless()) == []


def test_no_reason_is_missing_where_a_checker_is_silenced():
    silenced = re.compile(r"#\s*(type: ignore|noqa)\b[^#\n]*(?P<reason>#.*)?$")
    bare = {
        f"{place(path)}:{number}"
        for path in PYTHON
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if (found := silenced.search(line)) and not found["reason"]
    }

    assert bare == set()

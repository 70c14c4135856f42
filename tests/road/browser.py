"""A browser without a screen: cookies, links and forms over real HTTP."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import requests

PATIENCE = 120  # seconds for one answer, on a machine that may be busy


class Page(HTMLParser):
    """The forms and the text of one answer."""

    def __init__(self, response: requests.Response) -> None:
        super().__init__(convert_charrefs=True)
        self.status = response.status_code
        self.address = response.url
        self.html = response.text
        self.forms: list[Form] = []
        self.text = ""
        self._select: str | None = None
        self._options: list[tuple[str, str, bool]] = []
        self._textarea: str | None = None
        self.feed(self.html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append(Form(found.get("action", ""), found.get("method", "get")))
        elif self.forms and (name := found.get("name")):
            self._field(tag, name, found, dict(attributes))
        if tag == "option" and self._select:
            self._options.append((found.get("value", ""), "", "selected" in found))

    def _field(self, tag: str, name: str, found: dict[str, str], attributes: dict[str, str | None]) -> None:
        form = self.forms[-1]
        if tag == "select":
            self._select, self._options = name, []
        elif tag == "textarea":
            self._textarea = name
            form.fields[name] = ""
        elif tag == "button":
            form.buttons[name] = found.get("value", "")
        elif tag == "input" and found.get("type") in ("radio", "checkbox"):
            form.fields.setdefault(name, "")
            if "checked" in attributes:
                form.fields[name] = found.get("value", "on")
        elif tag == "input":
            form.fields[name] = found.get("value", "")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._textarea:
            self.forms[-1].fields[self._textarea] += data
        elif self._select and self._options:
            value, words, selected = self._options[-1]
            self._options[-1] = (value, words + data, selected)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = None
        elif tag == "select" and self._select:
            options = {words.strip(): value for value, words, _ in self._options}
            chosen = next((value for value, _, selected in self._options if selected), "")
            self.forms[-1].options[self._select] = options
            self.forms[-1].fields[self._select] = chosen
            self._select = None

    def form(self, with_field: str = "", action: str = "") -> "Form":
        """The first POST form that has a field of this name, or whose action ends like this."""
        for form in self.forms:
            if form.method == "post" and form.fits(with_field, action):
                return form
        raise LookupError(f"{self.address} has no form with {with_field or action!r}")


class Form:
    """One form as it stands on a page, with what is filled in already."""

    def __init__(self, action: str, method: str) -> None:
        self.action = action
        self.method = method.lower()
        self.fields: dict[str, str] = {}
        self.buttons: dict[str, str] = {}
        self.options: dict[str, dict[str, str]] = {}

    def fits(self, field: str, action: str) -> bool:
        """Whether this is the form that is looked for; the one to sign out, on every page, never is."""
        if self.action.endswith("/logout/"):
            return False
        return self.action.endswith(action) and (not field or field in self.fields)


class Browser:
    """One person's browser."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.session = requests.Session()

    def get(self, address: str) -> Page:
        """Open an address; redirects are followed."""
        return Page(self.session.get(urljoin(self.site, address), timeout=PATIENCE))

    def submit(self, page: Page, form: Form, button: str = "", **fields: object) -> Page:
        """Fill in a form and send it; a field named in words is chosen from its options."""
        data: dict[str, object] = {name: value for name, value in form.fields.items() if value != ""}
        for name, value in fields.items():
            options = form.options.get(name, {})
            data[name] = options.get(value, value) if isinstance(value, str) else value
        if button:
            data[button] = form.buttons[button]
        address = urljoin(page.address, form.action)
        return Page(self.session.post(address, data=data, headers={"Referer": page.address}, timeout=PATIENCE))

    def fill(self, address: str, button: str = "", **fields: object) -> Page:
        """Open an address, fill in the form that has these fields, and send it."""
        page = self.get(address)
        return self.submit(page, page.form(with_field=next(iter(fields))), button, **fields)

    def press(self, address: str, action: str) -> Page:
        """Open an address and press the one button of the form that leads to this action."""
        page = self.get(address)
        return self.submit(page, page.form(action=action))


def path_of(page: Page) -> str:
    """Where a page is, without the site."""
    return urlsplit(page.address).path

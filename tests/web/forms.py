"""Forms as a browser reads them off a page, and sending them with anything in them."""

import secrets
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote_from_bytes, urljoin

Fields = list[tuple[str, str]]


@dataclass
class Form:
    """What one button of a form sends: names and values in their order."""

    action: str
    is_multipart: bool = False
    fields: Fields = field(default_factory=list)
    files: list[str] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[tuple[dict, Fields, list[str], list[dict]]] = []
        self.apart: list[dict] = []  # buttons outside of the form they send
        self._text: str | None = None
        self._menu = ""

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            self.found.append((said, [], [], []))
        if not self.found:
            return
        _form, fields, files, buttons = self.found[-1]
        name, kind = said.get("name", ""), said.get("type", "")
        if tag == "button":
            (self.apart if "form" in said else buttons).append(said)
        elif tag == "textarea":
            self._text = ""
            fields.append((name, ""))
        elif tag == "select":
            self._menu = name
            fields.append((name, ""))
        elif tag == "option" and ("selected" in said or not fields[-1][1]):
            fields[-1] = (self._menu, said.get("value", ""))
        elif tag == "input" and kind == "file":
            files.append(name)
        elif (
            tag == "input"
            and name
            # All of a group are kept once, as if its first were chosen.
            and (kind not in ("radio", "checkbox") or name not in dict(fields))
        ):
            fields.append((name, said.get("value") or ""))

    def handle_endtag(self, tag):
        if tag == "textarea" and self._text is not None:
            fields = self.found[-1][1]
            fields[-1] = (fields[-1][0], self._text.removeprefix("\n"))
            self._text = None

    def handle_data(self, data):
        if self._text is not None:
            self._text += data


def of(page: str, address: str, action: str) -> Form | None:
    """Return the form of a page that is sent to `action`, filled in as it stands.

    address  of the page
    """
    reader = _Forms(address)
    reader.feed(page)
    for said, fields, files, buttons in reader.found:
        if said.get("method", "").lower() != "post":
            continue
        target = urljoin(address, said.get("action") or address).partition("?")[0]
        buttons += [b for b in reader.apart if b["form"] == said.get("id")]
        targets = {
            urljoin(address, b["formaction"]) if "formaction" in b else target: b
            for b in reversed(buttons)
        }
        if action in targets:
            button = targets[action]
            pressed = [(button["name"], button["value"])] if "name" in button else []
            is_multipart = said.get("enctype") == "multipart/form-data"
            return Form(action, is_multipart, [*fields, *pressed], files)
    return None


@dataclass(frozen=True)
class File:
    """A file in the place of a field's value."""

    data: bytes
    name: str = "berkas.pdf"


def send(client, form: Form, fields: list[tuple[str, object]], **more):
    """Send fields as bytes, whatever stands in them; a File makes it multipart."""
    if form.is_multipart or any(isinstance(value, File) for _name, value in fields):
        body, content_type = _multipart(fields)
    else:
        pairs = (f"{_quoted(name)}={_quoted(value)}" for name, value in fields)
        body = "&".join(pairs).encode()
        content_type = "application/x-www-form-urlencoded"
    return client.post(form.action, data=body, content_type=content_type, **more)


def _quoted(text: str) -> str:
    return quote_from_bytes(_bytes(text))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _multipart(fields) -> tuple[bytes, str]:
    border = secrets.token_hex(16)
    parts = b""
    for name, value in fields:
        head = f'Content-Disposition: form-data; name="{name}"'
        data = value
        if isinstance(value, File):
            head += f'; filename="{value.name}"\r\nContent-Type: application/pdf'
            data = value.data
        else:
            data = _bytes(value)
        parts += _bytes(f"--{border}\r\n{head}\r\n\r\n") + data + b"\r\n"
    body = parts + f"--{border}--\r\n".encode()
    return body, f"multipart/form-data; boundary={border}"

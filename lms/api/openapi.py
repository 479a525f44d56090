"""The OpenAPI 3.1 document, made of resources.py. Pure."""

from typing import Any

from .resources import ALL, SCOPES
from .shapes import CODE, UID, Resource

VERSION = "1.0.0"
NDJSON = "application/x-ndjson"
PROBLEM = "application/problem+json"
STREAMED = ("completions",)

_PROBLEMS = {
    "400": "Parameter salah, atau kursor rusak.",
    "401": "Token tidak ada, salah, kedaluwarsa, atau dicabut.",
    "403": "Cakupan token tidak memuat sumber daya ini.",
    "404": "Tidak ada, atau di luar cakupan unit token.",
    "405": "API ini hanya dibaca: GET, HEAD, OPTIONS.",
    "429": "Terlalu sering; tunggu sebanyak Retry-After.",
}
_HEADERS: dict[str, Any] = {
    "ETag": {"schema": {"type": "string"}, "description": "Untuk If-None-Match."},
    "RateLimit": {
        "schema": {"type": "string"},
        "description": "Percobaan: sisa permintaan (rancangan IETF, belum RFC).",
    },
    "RateLimit-Policy": {
        "schema": {"type": "string"},
        "description": "Percobaan: batasnya (rancangan IETF, belum RFC).",
    },
}


def document(site_name: str, base_url: str) -> dict[str, Any]:
    """Return the whole document.

    base_url  of the site, without a slash at the end
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site_name}: API",
            "version": VERSION,
            "description": "Data belajar ASN bagi sistem lain. Hanya dibaca.",
        },
        "servers": [{"url": f"{base_url}/api/v1"}],
        "security": [{"token": []}],
        "tags": [{"name": one.name, "description": one.about} for one in ALL],
        "paths": dict(_paths()),
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Token layanan lms_…; cakupan: " + ", ".join(SCOPES),
                }
            },
            "schemas": {one.name: one.schema() for one in ALL}
            | {"problem": _problem(), "end": _end()},
            "responses": {
                status: _problem_answer(status, text)
                for status, text in _PROBLEMS.items()
            },
        },
    }


def _paths():
    for one in ALL:
        yield one.path, {"get": _list(one)}
        if one.key:
            yield f"{one.path}/{{{one.key}}}", {"get": _show(one)}


def _list(one: Resource) -> dict[str, Any]:
    content = {"application/json": {"schema": page_schema(one)}}
    if one.name in STREAMED:
        row = {"anyOf": [_ref(one.name), _ref("end")]}
        content[NDJSON] = {"schema": row}
    parameters = [
        {
            "name": asked.name,
            "in": "query",
            "description": asked.about,
            "schema": asked.schema(),
        }
        for asked in one.asked
    ]
    found = _answer("Satu halaman.", content)
    found["headers"] = found["headers"] | {
        "Link": {
            "schema": {"type": "string"},
            "description": 'RFC 8288: rel="next", selama masih ada.',
        }
    }
    return _operation(one, f"list_{one.name}", f"Urut: {one.order}.") | {
        "parameters": [*_places(one.path), *parameters],
        "responses": {"200": found} | _refusals(with_missing="{" in one.path),
    }


def _show(one: Resource) -> dict[str, Any]:
    content = {"application/json": {"schema": _ref(one.name)}}
    kind = {field.name: field for field in one.fields}[one.key].kind
    return _operation(one, f"show_{one.name}", "Satu rekaman.") | {
        "parameters": [_place(one.key, _key_schema(kind))],
        "responses": {"200": _answer("Rekaman itu.", content)}
        | _refusals(with_missing=True),
    }


def _operation(one: Resource, name: str, text: str) -> dict[str, Any]:
    return {
        "operationId": name,
        "tags": [one.name],
        "summary": one.title,
        "description": f"{text} Cakupan: {one.scope}.",
        "security": [{"token": []}],
        "x-scope": one.scope,
    }


def _answer(text: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, "headers": _HEADERS, "content": content}


def _refusals(with_missing: bool) -> dict[str, Any]:
    wanted = [s for s in _PROBLEMS if s != "404" or with_missing]
    refs = {s: {"$ref": f"#/components/responses/{s}"} for s in wanted}
    return refs | {"304": {"description": "Tidak berubah sejak ETag itu."}}


def _places(path: str) -> list[dict[str, Any]]:
    return [_place("id", _key_schema("uid"))] if "{id}" in path else []


def _place(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _key_schema(kind: str) -> dict[str, Any]:
    if kind == "integer":
        return {"type": "integer", "minimum": 0}
    return {"type": "string", "pattern": UID if kind == "uid" else CODE}


def page_schema(one: Resource) -> dict[str, Any]:
    """Return the JSON Schema of one page of a list."""
    return {
        "type": "object",
        "properties": {
            "data": {"type": "array", "items": _ref(one.name)},
            "next_cursor": {
                "type": ["string", "null"],
                "description": "Untuk melanjutkan; pada completions tidak pernah null.",
            },
            "has_more": {"type": "boolean", "description": "Sekarang masih ada."},
        },
        "required": ["data", "next_cursor", "has_more"],
        "additionalProperties": False,
    }


def _end() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "Baris terakhir aliran NDJSON: tanda bahwa alirannya utuh.",
        "properties": {"next_cursor": {"type": "string"}},
        "required": ["next_cursor"],
        "additionalProperties": False,
    }


def _problem() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "type": "object",
        "description": "Galat menurut RFC 9457; detail berbahasa Indonesia.",
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "instance": text,
            "code": text,
            "request_id": text,
            "errors": {"type": "object", "additionalProperties": text},
        },
        "required": ["type", "title", "status", "detail", "instance", "code"],
    }


def _problem_answer(status: str, text: str) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if status in ("401", "403"):
        headers["WWW-Authenticate"] = {"schema": {"type": "string"}}
    if status == "429":
        headers["Retry-After"] = {"schema": {"type": "integer"}}
    return {
        "description": text,
        "headers": headers,
        "content": {PROBLEM: {"schema": _ref("problem")}},
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}

"""The API is what its OpenAPI document says, whatever is asked."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from lms.api.openapi import document
from lms.api.resources import ALL

TRIES = 12  # requests made up per operation and database


def test_every_view_is_described_and_every_description_has_its_view(app):
    described = {
        (path.replace("{", "<").replace("}", ">"), said["get"]["x-scope"])
        for path, said in document("Kelas", "https://kelas.id")["paths"].items()
    }

    views = app.view_functions
    built = set()
    for rule in app.url_map.iter_rules():
        scope = getattr(views[rule.endpoint], "token_scope", None)
        if scope:
            path = rule.rule.removeprefix("/api/v1")
            for _place in rule.arguments:
                path = path[: path.index("<")] + "<id>" + path[path.index(">") + 1 :]
            built.add((path, scope))
    assert built == described


def test_answers_have_the_described_fields_and_no_other(program, done):
    reader = program()
    for one in ALL:
        if "{" in one.path:
            continue
        for row in reader.rows(one.path):
            assert list(row) == [field.name for field in one.fields]


@pytest.mark.filterwarnings("ignore")  # of the tools that make requests up
def test_made_up_requests_get_what_the_document_says(app, program, done):
    reader = program()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)

    @settings(
        max_examples=TRIES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        headers = {
            "Authorization": f"Bearer {reader.token}",
            "Accept-Encoding": "identity",
        }
        excluded = [ignored_auth]
        if "cursor" in (case.query or {}):  # no schema says which texts are signed
            excluded.append(positive_data_acceptance)
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    count = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        strategy = operation.as_strategy()
        count += 1
        given(case=strategy)(ask)()
    assert count == len(ALL) + sum(bool(one.key) for one in ALL)

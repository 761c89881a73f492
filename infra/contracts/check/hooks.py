"""What Schemathesis must know of Hone and no document can say."""
import itertools
import json
import re

import schemathesis

# Why a request that fits its schema is refused nonetheless: what is on record, or another part of it, says so.
REASONS = re.compile(
    r"on record|an approved model|an? (evaluation|optimization|prompt) of|, as in the path|a key of its own"
    r"|a next_cursor of this list|a time before|a time to come|both prices or none|an id of its own"
    r"|a model of /v1/models|text without it|without a user or password|the last message|a text that is not empty"
    r"|each choice once|a word of its own|one of the choices|none where the answer is JSON|expected a template,"
    r"|answer.json_schema|at least one case|^expected.json_schema|the budget of|has no price"
    # No place on earth is so far from Greenwich.
    r"|HONE_REPLY_KEYS|RFC 3339 time.*[+-](1[4-9]|2[0-3]):\d\d"
)
KEY = re.compile(r"[!-~]{1,200}")
# Who does the work meanwhile: nobody retires them.
STAFF = ("ada", "bob")
numbers = itertools.count()


@schemathesis.serializer("application/x-ndjson")
def lines(context, value):
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()


@schemathesis.hook
def before_call(context, case, kwargs):
    """No two requests are one: else most would only be told that their key is taken."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and KEY.fullmatch(key):
        case.headers["Idempotency-Key"] = f"{key}-{next(numbers)}"
    if case.method == "DELETE" and case.path_parameters.get("id") in STAFF:
        case.path_parameters["id"] = "poet"


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Whether it is one."""
    if failure.code == "ST202":
        # To a schema JSON lines are a text like any other.
        return case.media_type != "application/x-ndjson" and not all(map(REASONS.search, faults(response.json())))
    # A wrong token is answered 429 instead of 401 once there were too many.
    return not (failure.code == "ST401" and "429 Too Many Requests" in failure.message)


def faults(problem):
    """Each field with what was expected of it and found."""
    if "errors" in problem:
        return [f"{fault['field']}: expected {fault['expected']}, found {fault['found']}" for fault in problem["errors"]]
    return [problem["error"]["message"] if "error" in problem else problem["detail"]]

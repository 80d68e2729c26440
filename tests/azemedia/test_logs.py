import json
import logging

from azemedia import logs


def record(message, *args, **fields):
    return logging.LogRecord("articles.workflow", logging.INFO, __file__, 1, message, args, **fields)


def test_a_json_line_carries_the_message_and_the_request_it_belongs_to():
    line = record("published %s", "Bakıda görüş", exc_info=None)
    token = logs.request_id.set("edge-42")
    logs.RequestIdFilter().filter(line)
    logs.request_id.reset(token)

    read = json.loads(logs.JsonFormatter().format(line))

    assert read["message"] == "published Bakıda görüş"
    assert (read["level"], read["logger"], read["request_id"]) == ("INFO", "articles.workflow", "edge-42")
    assert read["at"].endswith("+00:00")


def test_an_error_stays_on_one_line():
    try:
        raise LookupError("no such slug")
    except LookupError as error:
        line = record("failed", exc_info=(LookupError, error, error.__traceback__))

    written = logs.JsonFormatter().format(line)

    assert "\n" not in written
    assert "LookupError: no such slug" in json.loads(written)["exception"]

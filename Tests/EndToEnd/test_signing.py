"""`stackgen sign --jsonl`: Signature Version 4, a line for a line, compared with botocore."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from conftest import BINARY, ROOT

DIFFERENTIAL = ROOT / "Tests" / "AWSTests" / "differential" / "sign.py"
REQUEST = {
    "method": "GET",
    "url": "https://example.amazonaws.com/",
    "region": "us-east-1",
    "service": "service",
    "access_key": "AKIDEXAMPLE",
    "secret_key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    "datetime": "20150830T123600Z",
}


def ask(offline, *requests):
    lines = "".join(json.dumps(REQUEST | request) + "\n" for request in requests)
    return [json.loads(line) for line in offline("sign", "--jsonl", stdin=lines).out.splitlines()]


def authorization(answer):
    (value,) = [value for name, value in answer["headers"] if name == "Authorization"]
    return value


def test_generated_requests_are_signed_as_botocore_signs_them():
    done = subprocess.run(
        [sys.executable, str(DIFFERENTIAL), "--seed", "5", "--count", "3000", str(BINARY), "sign", "--jsonl"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3000 requests signed" in done.stdout and " 0 differences" in done.stdout


def test_the_example_of_the_user_guide(offline):
    """The signature of "get-vanilla" stands in AWS's own documentation of the test suite."""
    (answer,) = ask(offline, {"id": {"case": [1, 1.5]}})
    assert answer == {
        "id": {"case": [1, 1.5]},
        "signature": "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "headers": [
            ["Host", "example.amazonaws.com"],
            ["X-Amz-Date", "20150830T123600Z"],
            [
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                "SignedHeaders=host;x-amz-date, "
                "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
            ],
        ],
    }


@pytest.mark.parametrize(
    "change",
    {
        "time-in-its-other-form": {"datetime": "2015-08-30T12:36:00Z"},
        "time-with-an-offset": {"datetime": "2015-08-30T14:36:00+02:00"},
        "default-port": {"url": "https://EXAMPLE.amazonaws.com:443"},
        "host-given": {"headers": [["HOST", "example.amazonaws.com"]]},
        "headers-that-proxies-change": {"headers": [["User-Agent", "x"], ["X-Amzn-Trace-Id", "Root=1"]]},
        "earlier-signature": {"headers": [["Authorization", "AWS4 x"], ["x-amz-date", "20000101T000000Z"]]},
        "no-token": {"session_token": ""},
        "nothing-said": dict.fromkeys(("body", "headers", "mode", "expires", "session_token", "sign_body")),
        "dot-segments": {"url": "https://example.amazonaws.com//a/../b/..//./"},
        "fragment": {"url": "https://example.amazonaws.com/#part"},
        "empty-query": {"url": "https://example.amazonaws.com/?"},
        "method-in-lower-case": {"method": "get"},
        "fields-of-others": {"name": "get-vanilla"},
    }.items(),
    ids=lambda change: change[0],
)
def test_what_does_not_change_the_signature(offline, change):
    plain, changed = ask(offline, {}, change[1])
    assert changed["signature"] == plain["signature"]


def test_a_token_is_signed_or_added_after(offline):
    signed, after, url, url_after = ask(
        offline,
        {"session_token": "to/ken"},
        {"session_token": "to/ken", "sign_session_token": False},
        {"session_token": "to/ken", "mode": "query"},
        {"session_token": "to/ken", "mode": "query", "sign_session_token": False},
    )
    assert ["X-Amz-Security-Token", "to/ken"] in signed["headers"] and ["X-Amz-Security-Token", "to/ken"] in after["headers"]
    assert "x-amz-security-token" in authorization(signed)
    assert "SignedHeaders=host;x-amz-date," in authorization(after)
    assert "&X-Amz-Security-Token=to%2Fken&X-Amz-Signature=" in url["url"]
    assert url_after["url"].endswith("&X-Amz-Security-Token=to%2Fken")
    assert after["signature"] == ask(offline, {})[0]["signature"]


def test_a_body_is_always_hashed_and_its_hash_sent_when_asked_for(offline):
    empty, body, sent, unsigned = ask(
        offline, {}, {"body": "a=1"}, {"body": "a=1", "sign_body": True}, {"body": "a=1", "unsigned_payload": True}
    )
    assert len({answer["signature"] for answer in (empty, body, sent, unsigned)}) == 4
    hashes = [dict(answer["headers"]).get("X-Amz-Content-SHA256") for answer in (body, sent, unsigned)]
    assert hashes == [None, "c22fea5d7428e5cf47ef6354c97c9223c95d6dcdc3e0d2300ff79056b1ff3d85", "UNSIGNED-PAYLOAD"]


def test_an_address_is_signed_anew(offline):
    (first,) = ask(offline, {"mode": "query", "url": "https://example.amazonaws.com/a b?x=1&y", "expires": 60})
    assert first["url"].startswith("https://example.amazonaws.com/a b?x=1&y=&X-Amz-Algorithm=AWS4-HMAC-SHA256&")
    assert "&X-Amz-Expires=60&" in first["url"] and first["url"].endswith("&X-Amz-Signature=" + first["signature"])
    (second,) = ask(offline, {"mode": "query", "url": first["url"], "expires": 60})
    assert second == first


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"url": "/relative"}, "url"),
        ({"url": "ftp://host/"}, "url"),
        ({"url": "https://user:secret@host/"}, "url"),
        ({"url": None}, "url"),
        ({"method": "GET / HTTP/1.1\r\n"}, "method"),
        ({"headers": {"a": "b"}}, "headers"),
        ({"headers": [["a"]]}, "headers"),
        ({"headers": [["a b", "c"]]}, "headers"),
        ({"headers": [["a", 1]]}, "headers"),
        ({"region": ""}, "region"),
        ({"secret_key": None}, "secret_key"),
        ({"secret_key": 7}, "secret_key"),
        ({"datetime": "yesterday"}, "datetime"),
        ({"datetime": "20150230T000000Z"}, "datetime"),
        ({"mode": "body"}, "mode"),
        ({"mode": "query", "expires": 0}, "expires"),
        ({"mode": "query", "expires": 604801}, "expires"),
        ({"normalize_path": "yes"}, "normalize_path"),
    ],
)
def test_what_is_no_request(offline, change, field):
    wrong, good = ask(offline, {"id": 1} | change, {"id": 2})
    assert wrong["id"] == 1 and wrong["error"]["field"] == field and wrong["error"]["message"]
    assert "secret@" not in wrong["error"]["message"]
    assert good["id"] == 2 and good["signature"]


def test_a_line_that_is_no_object_is_answered(offline):
    lines = '{"id": 3, \n[]\n\n' + json.dumps(REQUEST | {"id": 4})
    first, second, third = [json.loads(line) for line in offline("sign", "--jsonl", stdin=lines).out.splitlines()]
    assert first["id"] is second["id"] is None
    assert first["error"]["message"] and second["error"]["message"]
    assert third["id"] == 4


def test_is_not_in_the_help(offline):
    assert " sign " not in offline("--help").out
    assert offline("sign", expect=252).err

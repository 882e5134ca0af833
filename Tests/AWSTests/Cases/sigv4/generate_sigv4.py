"""Writes corpus.jsonl: generated requests with every stage of Signature Version 4 as botocore computes it.

    python3 generate_sigv4.py            # needs botocore

The seed is fixed, so the same botocore writes the same file. One line is one request:
canonical_request, string_to_sign, signature and, by mode, the headers or the address of the result.
"""

import datetime
import json
import pathlib
import random
from unittest import mock

from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.utils import percent_encode

SEED = 20150830
COUNT = 400
RANDOM = random.Random(SEED)
WORDS = ["a", "stack", "Ünïcode", "日本", "😀", "sp ace", "plus+plus", "per%cent", "eq=ual", "am&p", "ti~lde",
         "do.t", "co:lon", "at@", "se;mi", "que?ry", "quo'te", "back\\slash", "tab\there", "star*", "(paren)", "A-Z_0"]
REGIONS = ["us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1"]
HOSTS = ["https://host.amazonaws.com", "https://host.amazonaws.com:443", "http://localhost:5055",
         "http://127.0.0.1:80", "https://[::1]:8443", "https://Upper.Example.COM", "https://host.example:8443"]


class Untouched(auth.SigV4Auth):
    """Path taken as it is, whatever the service."""

    def _normalize_url_path(self, path):
        return path


class EncodedOnly(auth.SigV4Auth):
    """Path encoded again but not normalised."""

    def _normalize_url_path(self, path):
        return auth.quote(path, safe="/~")


class NormalizedOnly(auth.SigV4Auth):
    """Path normalised but not encoded again."""

    def _normalize_url_path(self, path):
        return auth.normalize_url_path(path)


def segment():
    word = RANDOM.choice(WORDS)
    return RANDOM.choice([percent_encode(word), percent_encode(word), ".", "..", "", "%2F", "%2e"])


def path():
    if RANDOM.random() < 0.2:
        return "/"
    text = "/" + "/".join(segment() for _ in range(RANDOM.randint(1, 5)))
    return text + RANDOM.choice(["", "", "/"])


def query(distinct):
    pairs = []
    seen = set()
    for _ in range(RANDOM.choice([0, 0, 1, 2, 5])):
        key = percent_encode(RANDOM.choice(WORDS) + RANDOM.choice(["", "1", "B", "b"]))
        if distinct and key in seen:
            continue
        seen.add(key)
        value = percent_encode(RANDOM.choice(WORDS))
        pairs.append(RANDOM.choice([f"{key}={value}", f"{key}={value}", f"{key}=", key, f"{key}=a+b"]))
    return "?" + "&".join(pairs) if pairs else ""


def headers():
    choices = [
        ("Content-Type", "application/x-amz-json-1.1"),
        ("X-Amz-Target", "Service.Operation"),
        ("My-Header", "  spaces   inside\tand \t tabs  "),
        ("x-dup", "second"), ("X-Dup", "first"), ("x-dup", ""),
        ("User-Agent", "tool/1.0"), ("X-Amzn-Trace-Id", "Root=1-2"), ("Expect", "100-continue"),
        ("Connection", "keep-alive"), ("Zulu", '"quoted  text"'), ("Accept", "*/*"), ("X-Amz-Acl", "ünï"),
    ]
    picked = [pair for pair in choices if RANDOM.random() < 0.35]
    RANDOM.shuffle(picked)
    if RANDOM.random() < 0.1:
        picked.append(("Host", "given.example:1234"))
    return picked


def signer(case, credentials):
    arguments = (credentials, case["service"], case["region"])
    if case["mode"] == "query":
        kind = auth.S3SigV4QueryAuth if case["service"] == "s3" else auth.SigV4QueryAuth
        return kind(*arguments, expires=case["expires"])
    if case["service"] == "s3":
        return auth.S3SigV4Auth(*arguments)
    return {
        (True, True): auth.SigV4Auth, (False, False): Untouched, (False, True): EncodedOnly,
        (True, False): NormalizedOnly,
    }[case["normalize_path"], case["double_encode"]](*arguments)


def make_case(number):
    mode = RANDOM.choice(["header", "header", "query"])
    service = RANDOM.choice(["s3", "cloudformation", "execute-api", "sts"])
    is_s3 = service == "s3"
    plain = mode == "query" or RANDOM.random() < 0.5
    moment = datetime.datetime(2000, 1, 1) + datetime.timedelta(seconds=RANDOM.randint(0, 3_000_000_000))
    return {
        "id": number,
        "method": RANDOM.choice(["GET", "POST", "PUT", "HEAD", "DELETE"]),
        "url": RANDOM.choice(HOSTS) + path() + query(distinct=mode == "query"),
        "headers": headers(),
        "body": "" if mode == "query" else RANDOM.choice(["", "Action=X&Version=1", "{\"ü\": \"😀\"}", "x" * 3000]),
        "region": RANDOM.choice(REGIONS),
        "service": service,
        "access_key": "AKIDEXAMPLE",
        "secret_key": RANDOM.choice(["wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "sécret"]),
        "session_token": RANDOM.choice([None, "token/with+special=chars==" * 3]),
        "datetime": moment.strftime("%Y%m%dT%H%M%SZ"),
        "mode": mode,
        "expires": RANDOM.choice([1, 300, 604800]),
        "normalize_path": False if is_s3 else (True if plain else RANDOM.random() < 0.5),
        "double_encode": False if is_s3 else (True if plain else RANDOM.random() < 0.5),
        "payload": ("unsigned" if mode == "query" else "hashedInHeader") if is_s3 else "hashed",
    }


def sign(case):
    credentials = Credentials(case["access_key"], case["secret_key"], case["session_token"])
    request = AWSRequest(method=case["method"], url=case["url"], data=case["body"].encode())
    for name, value in case["headers"]:
        request.headers[name] = value
    with_stages = signer(case, credentials)
    stages = {}
    inner_canonical, inner_string = with_stages.canonical_request, with_stages.string_to_sign

    def canonical(request):
        stages["canonical_request"] = inner_canonical(request)
        return stages["canonical_request"]

    def string(request, canonical_request):
        stages["string_to_sign"] = inner_string(request, canonical_request)
        stages["signature"] = with_stages.signature(stages["string_to_sign"], request)
        return stages["string_to_sign"]

    with_stages.canonical_request, with_stages.string_to_sign = canonical, string
    now = datetime.datetime.strptime(case["datetime"], "%Y%m%dT%H%M%SZ")
    with mock.patch("botocore.auth.get_current_datetime", lambda: now):
        with_stages.add_auth(request)
    if case["mode"] == "query":
        stages["signed_url"] = request.url
    else:
        stages["authorization"] = request.headers["Authorization"]
    return {**case, **stages}


def main():
    target = pathlib.Path(__file__).with_name("corpus.jsonl")
    lines = [json.dumps(sign(make_case(number)), ensure_ascii=False) for number in range(COUNT)]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Signs generated requests with botocore and with `stackgen sign --jsonl`, and compares every signature.

    python3 sign.py [--seed N] [--count N] PROGRAM [ARGUMENT ...]

Compared are the signature, and the `Authorization` header or the whole address. What botocore does differently on
purpose is not generated: it cannot sign two equal keys in a query that it writes anew, replaces bytes that are no UTF-8,
puts a form's body into the query, and signs a `Date` header in place of `X-Amz-Date`.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

UNRESERVED = "abcXYZ019-._~"
MARKS = "!$'()*,;:@+\"<>[]{}|\\^`"
ESCAPES = ["%20", "%2F", "%2f", "%25", "%2E%2e", "%C3%BC", "%e6%97%a5", "%F0%9F%98%80", "%7E", "%2B", "%26", "%3D", "%00"]
WORDS = ["stack", "Ünïcode", "日本", "😀", "e\u0301", "\u0301", "sp ace"]
HOSTS = ["example.amazonaws.com", "Upper.Example.COM", "localhost", "127.0.0.1", "[::1]", "b.s3.eu-west-1.amazonaws.com"]
PORTS = ["", "", "", ":443", ":80", ":8443", ":5055"]
REGIONS = ["us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1", "us-isob-east-1", "aws-global"]
SERVICES = ["s3", "s3", "s3", "cloudformation", "execute-api", "sts", "sagemaker", "eks", "servicequotas", "iam"]
NAMES = ["Content-Type", "X-Amz-Target", "x-dup", "X-Dup", "Zulu", "accept", "X-Amz-Acl", "x-amz-meta-a_b", "Content-Length",
         "Content-MD5", "Range", "If-None-Match", "x-k8s-aws-id", "X-Amz-Client-Token"]
UNSIGNED = ["User-Agent", "user-agent", "X-Amzn-Trace-Id", "x-amzn-trace-id", "Expect", "Connection", "Transfer-Encoding",
            "TE", "Upgrade", "Trailer", "Keep-Alive", "traceparent", "Proxy-Authorization", "baggage", "Authorization"]
VALUES = ["application/x-amz-json-1.1", "", " ", "  a   b  ", "one\n  two\n     three", "\ttabs\t and\t\tmore ", "a,b , c",
          '"quoted   text"', "ünï 日本", "x" * 300, "=;:&%20+", "application/x-www-form-urlencoded; charset=utf8"]
METHODS = ["GET", "POST", "PUT", "HEAD", "DELETE", "PATCH", "OPTIONS", "get"]


class Now:
    """What botocore takes for the time."""

    moment = datetime.datetime(2015, 8, 30)


auth.get_current_datetime = lambda *_: Now.moment


class Generator:
    """Makes requests."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)

    def text(self, marks: str, words: list[str]) -> str:
        """A text as it may stand on the wire."""
        kinds = [UNRESERVED, UNRESERVED, marks, ESCAPES, words]
        return "".join(self.random.choice(self.random.choice(kinds)) for _ in range(self.random.randint(0, 6)))

    def path(self) -> str:
        if self.random.random() < 0.1:
            return "/"
        parts = []
        for _ in range(self.random.randint(1, 6)):
            parts.append(self.random.choice([self.text(MARKS + "&=", WORDS), ".", "..", "", "a", "..."]))
        return "/" + "/".join(parts) + self.random.choice(["", "", "/", "//"])

    def query(self, mode: str) -> str:
        count = self.random.choice([0, 0, 1, 2, 4, 9])
        marks, words = MARKS + "/?", WORDS if mode == "query" else ["z"]
        pairs, seen = [], set()
        for number in range(count):
            key = self.text(marks, words)
            if mode == "query":
                key += str(number)  # Two keys may be the same once they are decoded.
            elif pairs and self.random.random() < 0.3:
                key = self.random.choice(pairs).partition("=")[0]
            seen.add(key)
            value = self.text(marks + "=", words)
            pairs.append(self.random.choice([f"{key}={value}", f"{key}={value}", f"{key}=", key]))
        if mode == "header" and count and self.random.random() < 0.05:
            pairs.insert(0, "")
        return "?" + "&".join(pairs) if pairs else self.random.choice(["", "", "?"])

    def headers(self, mode: str) -> list[list[str]]:
        fields = [[self.random.choice(NAMES), self.random.choice(VALUES)] for _ in range(self.random.choice([0, 1, 2, 5]))]
        fields += [[self.random.choice(UNSIGNED), "earlier"] for _ in range(self.random.choice([0, 0, 1, 3]))]
        if mode == "query":
            fields = [field for field in fields if field[0] != "Authorization"]
        if self.random.random() < 0.1:
            fields.append([self.random.choice(["Host", "host", "HOST"]), "given.example:1234"])
        if mode == "header" and self.random.random() < 0.1:
            fields.append(["X-Amz-Date", "20000101T000000Z"])
        if self.random.random() < 0.05:
            fields.append(["x-amz-content-sha256", self.random.choice(["UNSIGNED-PAYLOAD", "0" * 64])])
        self.random.shuffle(fields)
        return fields

    def case(self, number: int) -> dict:
        choice = self.random.choice
        mode = choice(["header", "header", "query"])
        service = choice(SERVICES)
        is_s3 = service == "s3"
        moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=self.random.randint(0, 5_000_000_000))
        given = {
            "id": number,
            "method": choice(METHODS),
            "url": f"{choice(['https', 'https', 'http'])}://{choice(HOSTS)}{choice(PORTS)}{self.path()}{self.query(mode)}",
            "headers": self.headers(mode),
            "body": choice(["", "", "Action=X&Version=1", '{"ü": "😀"}', "x" * 3000, "\0\r\n"]),
            "region": choice(REGIONS),
            "service": service,
            "access_key": choice(["AKIDEXAMPLE", "ASIAEXAMPLE/+="]),
            "secret_key": choice(["wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "sécret", "s"]),
            "session_token": choice([None, "token/with+special=chars==" * 3]),
            "datetime": moment.strftime(choice(["%Y%m%dT%H%M%SZ", "%Y-%m-%dT%H:%M:%SZ"])),
            "mode": mode,
            "expires": choice([1, 300, 3600, 604800]),
            "normalize_path": not is_s3,
            "double_encode": not is_s3,
        }
        # Without the field, S3 does what is usual there; the others do what the field says.
        if not is_s3:
            given["sign_body"] = choice([True, False])
        return {key: value for key, value in given.items() if key == "session_token" or value is not None}


def moment(case: dict) -> datetime.datetime:
    """The time of a case, in either of its forms."""
    return datetime.datetime.strptime(case["datetime"].replace("-", "").replace(":", ""), "%Y%m%dT%H%M%SZ")


def signer(case: dict) -> auth.SigV4Auth:
    """The signer of botocore for a case."""
    credentials = Credentials(case["access_key"], case["secret_key"], case["session_token"])
    arguments = (credentials, case["service"], case["region"])
    if case["mode"] == "query":
        kind = auth.S3SigV4QueryAuth if case["service"] == "s3" else BodyHashedQueryAuth
        made = kind(*arguments, expires=case["expires"])
        made.body = case["body"].encode()
        return made
    return (auth.S3SigV4Auth if case["service"] == "s3" else auth.SigV4Auth)(*arguments)


class BodyHashedQueryAuth(auth.SigV4QueryAuth):
    """A pre-signed address for a request with a body that is known."""

    body = b""

    def payload(self, request):
        return hashlib.sha256(self.body).hexdigest()


def expected(case: dict) -> dict:
    """What botocore answers."""
    data = b"" if case["mode"] == "query" else case["body"].encode()
    request = AWSRequest(method=case["method"], url=case["url"], data=data)
    for name, value in case["headers"]:
        request.headers[name] = value
    if case.get("sign_body"):
        del request.headers["x-amz-content-sha256"]
        request.headers["X-Amz-Content-SHA256"] = hashlib.sha256(case["body"].encode()).hexdigest()
    Now.moment = moment(case)
    signer(case).add_auth(request)
    if case["mode"] == "query":
        return {"id": case["id"], "signature": request.url[-64:], "url": wire(request.url)}
    authorization = request.headers["Authorization"]
    return {"id": case["id"], "signature": authorization[-64:], "authorization": authorization}


def wire(url: str) -> str:
    """The address with its host in lower case, where botocore leaves it as it is."""
    host = urlsplit(url).netloc
    return url.replace(host, host.lower(), 1)


def answered(answer: dict) -> dict:
    """Our answer in the form of `expected`."""
    if "headers" not in answer:
        return answer
    authorizations = [value for name, value in answer["headers"] if name.lower() == "authorization"]
    return {"id": answer["id"], "signature": answer["signature"], "authorization": "|".join(authorizations)}


def run(program: list[str], cases: list[dict]) -> list[dict]:
    """Our answers to cases."""
    with TemporaryDirectory() as folder:
        lines = Path(folder, "cases.jsonl")
        lines.write_text("".join(json.dumps(case, ensure_ascii=case["id"] % 2 == 0) + "\n" for case in cases), encoding="utf-8")
        with lines.open("rb") as stdin:
            done = subprocess.run(program, stdin=stdin, capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.decode().split("\n") if line]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--show", type=int, default=5, help="how many differences are printed")
    parser.add_argument("program", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    generator, differences, kinds = Generator(options.seed), 0, Counter()
    for start in range(0, options.count, 5_000):
        cases = [generator.case(number) for number in range(start, min(start + 5_000, options.count))]
        answers = run(options.program, cases)
        if len(answers) != len(cases):
            print(f"{len(cases)} requests, {len(answers)} answers")
            return 1
        for case, answer in zip(cases, answers):
            kinds["s3" if case["service"] == "s3" else "other", case["mode"]] += 1
            wanted, got = expected(case), answered(answer)
            if wanted != got:
                differences += 1
                if differences <= options.show:
                    print(f"case {json.dumps(case, ensure_ascii=False)}\n  botocore {wanted}\n  ours     {got}")
    counts = ", ".join(f"{kind} {mode} {count}" for (kind, mode), count in sorted(kinds.items()))
    print(f"{options.count} requests signed ({counts}), {differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())

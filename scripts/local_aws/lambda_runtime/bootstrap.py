"""Runs a Lambda handler once: `bootstrap.py <folder> <module.function>`, the event on standard input."""

import importlib
import json
import os
import sys
import time


class Context:
    """What a handler is told about its function and invocation."""

    def __init__(self, event):
        """Read the function's facts from the environment."""
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = "$LATEST"
        self.invoked_function_arn = os.environ["LOCAL_AWS_FUNCTION_ARN"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.aws_request_id = event.get("RequestId", "")
        self.log_group_name = f"/aws/lambda/{self.function_name}"
        self.log_stream_name = f"{time.strftime('%Y/%m/%d')}/[$LATEST]{self.aws_request_id}"
        self._deadline = time.monotonic() + float(os.environ["LOCAL_AWS_FUNCTION_TIMEOUT"])

    def get_remaining_time_in_millis(self):
        """Return the milliseconds left before the function is stopped."""
        return max(0, int((self._deadline - time.monotonic()) * 1000))


def main():
    """Import the handler and call it."""
    folder, handler = sys.argv[1:3]
    sys.path.insert(0, folder)
    module, function = handler.rsplit(".", 1)
    event = json.load(sys.stdin)
    getattr(importlib.import_module(module.replace("/", ".")), function)(event, Context(event))


main()

"""Run the proxy by hand: one fault for one call, until interrupted.

    python -m fault_proxy http://127.0.0.1:5199 reset-after cloudformation:CreateStack 1
"""

from __future__ import annotations

import argparse
import threading

from .calls import Call
from .faults import FAULTS
from .proxy import FaultProxy, Plan


def main() -> None:
    """Serve until interrupted, then print what came."""
    parser = argparse.ArgumentParser(prog="fault_proxy", description="Breaks one call on the way to an endpoint.")
    parser.add_argument("upstream", help="the endpoint, such as http://127.0.0.1:5199")
    parser.add_argument("fault", choices=sorted([*FAULTS, "refused"]))
    parser.add_argument("call", help="service:Action, such as cloudformation:CreateStack")
    parser.add_argument("number", type=int, nargs="?", default=1, help="which call of that name (default 1)")
    options = parser.parse_args()
    proxy = FaultProxy(options.upstream)
    proxy.start()
    proxy.arm(Plan(options.fault, Call(options.call, options.number)))
    print(f"export AWS_ENDPOINT_URL={proxy.endpoint}", flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        pass
    finally:
        proxy.stop()
        print("\n".join(str(call) for call in proxy.calls))


if __name__ == "__main__":
    main()

"""Starts the kernel `tslab` and lets a test talk to it: one JSON request a line in, one JSON answer a line out.

Requests: {"op": "info"}, {"op": "execute", "code", "interruptAfter"?, "stopOnError"?, "timeout"?},
{"op": "states", "codes"}, {"op": "complete", "code", "cursor"}, {"op": "inspect", "code", "cursor"}, {"op": "quit"}.
The first line out is {"pid": <the kernel's>}.
"""

import json
import os
import sys
import threading
import time

from jupyter_client.manager import KernelManager

# The kernel inherits file descriptor 1; answers go to a copy of it, so that nothing else mixes in.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def answer(value):
    print(json.dumps(value), file=answers, flush=True)


def execute(manager, client, request):
    timeout = request.get("timeout", 60)
    message = client.execute(request["code"], stop_on_error=request.get("stopOnError", True))
    outputs = []
    end = time.monotonic() + timeout
    while True:
        output = client.get_iopub_msg(timeout=max(0.01, end - time.monotonic()))
        if output["parent_header"].get("msg_id") != message:
            continue
        kind, content = output["msg_type"], output["content"]
        state = content.get("execution_state") if kind == "status" else None
        # From when the kernel has the cell: before that there is nothing to interrupt.
        if state == "busy" and "interruptAfter" in request:
            threading.Timer(request.pop("interruptAfter"), manager.interrupt_kernel).start()
        if state == "idle":
            break
        if kind != "status":
            outputs.append({"type": kind, "content": content})
    while True:
        reply = client.get_shell_msg(timeout=max(0.01, end - time.monotonic()))
        if reply["parent_header"].get("msg_id") == message:
            return {"reply": reply["content"], "outputs": outputs}


def states(client, request):
    messages = [client.execute(code) for code in request["codes"]]
    found = []
    while [state for _, state in found].count("idle") < len(messages):
        output = client.get_iopub_msg(timeout=60)
        parent = output["parent_header"].get("msg_id")
        if output["msg_type"] == "status" and parent in messages:
            found.append([messages.index(parent), output["content"]["execution_state"]])
    for message in messages:
        ask(client, message)
    return {"states": found}


def ask(client, message):
    while True:
        reply = client.get_shell_msg(timeout=30)
        if reply["parent_header"].get("msg_id") == message:
            return reply["content"]


def main():
    manager = KernelManager(kernel_name="tslab")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    answer({"pid": manager.provisioner.pid})
    try:
        for line in sys.stdin:
            request = json.loads(line)
            if request["op"] == "quit":
                break
            if request["op"] == "execute":
                answer(execute(manager, client, request))
            elif request["op"] == "states":
                answer(states(client, request))
            elif request["op"] == "info":
                answer(ask(client, client.kernel_info()))
            else:
                answer(ask(client, getattr(client, request["op"])(request["code"], request["cursor"])))
    finally:
        client.stop_channels()
        manager.shutdown_kernel()


main()

"""The peer's side of the line protocol: JSON requests on standard input, JSON replies on standard output.

A peer calls `serve(peer_class)`. The class is built once per `setup` request and offers

    Peer(workload, batch_size, threads, mode)   mode is "train" or "infer"; compiles and warms nothing up
    run(steps)                                  runs that many steps and waits until they are done
    last_value()                                the last loss (train) or the mean of the last output (infer)
    num_parameters                              trainable scalars, so that the harness can compare models
    versions()                                  name -> version of everything that takes part

The clock runs here, around `run` alone, so that neither JSON nor pipes are part of a figure. CPU time that the
process used between two runs is reported as well: a peer whose threads spin while others are timed gives itself
away.
"""

import json
import math
import os
import sys
import time
import traceback

import workloads


def serve(peer_class):
    """Answers requests until `quit` or the end of standard input."""
    # Libraries print to standard output at will; the protocol keeps the original for itself.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    peer = None
    cpu_at_rest = time.process_time()
    for line in sys.stdin:
        request = json.loads(line)
        if request["cmd"] == "quit":
            return
        try:
            if request["cmd"] == "setup":
                workload = workloads.load(request["workload"])
                peer = peer_class(workload, request["batch"], request["threads"], request["mode"])
                reply = {"ok": True, "parameters": peer.num_parameters, "versions": peer.versions()}
            elif request["cmd"] == "run":
                idle_cpu = time.process_time() - cpu_at_rest
                start = time.perf_counter()
                peer.run(request["steps"])
                seconds = time.perf_counter() - start
                value = peer.last_value()
                value = value if math.isfinite(value) else None
                reply = {"ok": True, "seconds": seconds, "idleCpuSeconds": idle_cpu, "value": value}
            else:
                reply = {"ok": False, "error": f"unknown command {request['cmd']!r}; expected setup, run or quit"}
        except Exception as error:
            traceback.print_exc()
            reply = {"ok": False, "error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), file=replies, flush=True)
        cpu_at_rest = time.process_time()

"""What every engine of the Python side is asked to do, and how it answers."""

import json
import sys
import time

SERVERS = 3
ARRIVALS = 2.7  # customers in a unit of time, of which a service takes one in the mean
SHORT = 100  # customers of a short run, two events each
STREAMS = 20  # random streams of a short run, the two of the queue among them
OUTPUTS = 20  # numbers a short run leaves behind


def measure(engines):
    """Runs the engine the command line names: ENGINE SIZE SEED. A function gives back events and the mean wait."""
    name, size, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    run = engines[name]
    begun = time.process_time()
    events, wait = run(size, seed)
    print(json.dumps({"cpu": time.process_time() - begun, "events": events, "wait": wait}))

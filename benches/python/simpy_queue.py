"""SimPy in its two idioms: servers that take customers out of a store, and a process a customer that asks for a resource."""

import random

import simpy
from work import ARRIVALS, OUTPUTS, SERVERS, SHORT, STREAMS, measure


def with_store(customers, gap, service, waits):
    environment = simpy.Environment()
    line = simpy.Store(environment)

    def arrive():
        for _ in range(customers):
            yield environment.timeout(gap() / ARRIVALS)
            yield line.put(environment.now)

    def serve():
        while True:
            since = yield line.get()
            waits.append(environment.now - since)
            yield environment.timeout(service())

    environment.process(arrive())
    for _ in range(SERVERS):
        environment.process(serve())
    environment.run()


def with_customers(customers, gap, service, waits):
    environment = simpy.Environment()
    desk = simpy.Resource(environment, SERVERS)

    def customer():
        since = environment.now
        with desk.request() as turn:
            yield turn
            waits.append(environment.now - since)
            yield environment.timeout(service())

    def arrive():
        for _ in range(customers):
            yield environment.timeout(gap() / ARRIVALS)
            environment.process(customer())

    environment.process(arrive())
    environment.run()


def long(idiom):
    def run(customers, seed):
        arrivals, services = random.Random(2 * seed), random.Random(2 * seed + 1)
        waits = []
        idiom(customers, lambda: arrivals.expovariate(1), lambda: services.expovariate(1), waits)
        return 2 * len(waits), sum(waits) / len(waits)

    return run


def short(runs, seed):
    streams = [random.Random() for _ in range(STREAMS)]
    arrivals, services, *others = streams
    total = 0.0
    for run in range(runs):
        for number, stream in enumerate(streams):
            stream.seed((seed * runs + run) * STREAMS + number)
        waits = []
        with_store(SHORT, lambda: arrivals.expovariate(1), lambda: services.expovariate(1), waits)
        outputs = [sum(waits) / SHORT, max(waits), *(stream.random() for stream in others)]
        assert len(outputs) == OUTPUTS
        total += outputs[0]
    return 2 * SHORT * runs, total / runs


measure({"store": long(with_store), "customers": long(with_customers), "short": short})

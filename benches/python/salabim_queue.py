"""salabim: a component a customer, which requests one of three clerks."""

import salabim
from work import ARRIVALS, SERVERS, measure

salabim.yieldless(False)


def run(customers, seed):
    environment = salabim.Environment(trace=False, random_seed=seed)
    gaps = salabim.Exponential(1 / ARRIVALS, randomstream=salabim.random.Random(2 * seed))
    services = salabim.Exponential(1, randomstream=salabim.random.Random(2 * seed + 1))
    desk = salabim.Resource("desk", capacity=SERVERS)
    waits = []

    class Customer(salabim.Component):
        def process(self):
            since = environment.now()
            yield self.request(desk)
            waits.append(environment.now() - since)
            yield self.hold(services.sample())

    class Door(salabim.Component):
        def process(self):
            for _ in range(customers):
                yield self.hold(gaps.sample())
                Customer()

    Door()
    environment.run()
    return 2 * len(waits), sum(waits) / len(waits)


measure({"salabim": run})

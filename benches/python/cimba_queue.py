"""Cimba by its Python front: models compiled by numba, run by the engine in C on one worker."""

import cimba as cb
import numpy as np
from cimba import inputs
from work import ARRIVALS, SHORT, measure


class Queue(cb.Model):
    customers: cb.Param[int]
    gap: cb.Input[float] = inputs.dist.exponential(mean=1 / ARRIVALS)
    service: cb.Input[float] = inputs.dist.exponential(mean=1)
    line: cb.Store[float]
    waits: cb.Dataset
    wait: cb.Output[float]

    @cb.process
    def arrive(self):
        for _ in range(self.customers):
            cb.hold(self.gap.next())
            self.line.put(cb.now())

    @cb.process(copies=3)
    def serve(self):
        while True:
            since = self.line.get()
            self.waits.record(cb.now() - since)
            cb.hold(self.service.next())

    @cb.on_end
    def finish(self):
        self.wait = self.waits.sample_mean()


class Short(Queue):
    """The same with 20 streams and 20 outputs."""

    other_0: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_1: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_2: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_3: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_4: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_5: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_6: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_7: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_8: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_9: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_10: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_11: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_12: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_13: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_14: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_15: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_16: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    other_17: cb.Input[float] = inputs.dist.uniform(low=0, high=1)
    longest: cb.Output[float]
    output_0: cb.Output[float]
    output_1: cb.Output[float]
    output_2: cb.Output[float]
    output_3: cb.Output[float]
    output_4: cb.Output[float]
    output_5: cb.Output[float]
    output_6: cb.Output[float]
    output_7: cb.Output[float]
    output_8: cb.Output[float]
    output_9: cb.Output[float]
    output_10: cb.Output[float]
    output_11: cb.Output[float]
    output_12: cb.Output[float]
    output_13: cb.Output[float]
    output_14: cb.Output[float]
    output_15: cb.Output[float]
    output_16: cb.Output[float]
    output_17: cb.Output[float]

    @cb.on_end
    def note(self):
        self.longest = self.waits.sample_max()
        self.output_0 = self.other_0.next()
        self.output_1 = self.other_1.next()
        self.output_2 = self.other_2.next()
        self.output_3 = self.other_3.next()
        self.output_4 = self.other_4.next()
        self.output_5 = self.other_5.next()
        self.output_6 = self.other_6.next()
        self.output_7 = self.other_7.next()
        self.output_8 = self.other_8.next()
        self.output_9 = self.other_9.next()
        self.output_10 = self.other_10.next()
        self.output_11 = self.other_11.next()
        self.output_12 = self.other_12.next()
        self.output_13 = self.other_13.next()
        self.output_14 = self.other_14.next()
        self.output_15 = self.other_15.next()
        self.output_16 = self.other_16.next()
        self.output_17 = self.other_17.next()


def run(model, customers, replications, seed):
    model.customers = customers
    experiment = cb.Experiment(model, replications=replications, seed=seed, window=cb.Window.until_idle())
    results = experiment.run(workers=1)
    return 2 * customers * replications, float(np.mean(results[model].wait))


# Compiled before the clock starts.
run(Queue(), 10, 1, 0)
run(Short(), 10, 1, 0)
measure({
    "queue": lambda customers, seed: run(Queue(), customers, 1, seed),
    "short": lambda runs, seed: run(Short(), SHORT, runs, seed),
})

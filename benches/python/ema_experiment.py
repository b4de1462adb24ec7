"""EMA Workbench: experiments on a function of four uncertain numbers, one after another, without a progress bar."""

import logging

from ema_workbench import Model, RealParameter, ScalarOutcome, SequentialEvaluator, ema_logging
from work import measure


def weighted_sum(first, second, third, fourth):
    return {"sum": first + 2 * second + 3 * third * fourth}


def run(experiments, _seed):
    ema_logging.log_to_stderr(logging.CRITICAL)
    model = Model("sum", function=weighted_sum)
    model.uncertainties = [RealParameter(name, 0, 1) for name in ("first", "second", "third", "fourth")]
    model.outcomes = [ScalarOutcome("sum")]
    with SequentialEvaluator(model) as evaluator:
        _, outcomes = evaluator.perform_experiments(scenarios=experiments, log_progress=True)
    return experiments, float(outcomes["sum"].mean())


measure({"ema": run})

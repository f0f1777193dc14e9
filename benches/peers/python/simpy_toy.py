"""The toy model on SimPy, as its guide writes models: a generator for each process, a `Resource` for
the analysts, a process for each alert.

`simpy_toy.py SEED RUNS` prints one line of JSON.
"""

import math
from importlib.metadata import version

import simpy

import toy


class Company:
    """Who acts, and what is counted."""

    def __init__(self, env, chance):
        self.env = env
        self.chance = chance
        self.analysts = simpy.Resource(env, capacity=toy.ANALYSTS)
        self.taken_in = [0] * toy.SEGMENTS
        self.reviewing = False
        self.events = self.taken = self.found = self.complaints = self.statements = 0
        env.process(self.intruder())
        env.process(self.noise())
        env.process(self.customers())

    def intruder(self):
        """Goes from segment to segment, takes hosts, is sometimes seen."""
        uniform = self.chance.random
        while True:
            self.events += 1
            to = int(uniform() * toy.SEGMENTS)
            if uniform() < toy.GAIN:
                self.taken_in[to] += 1
                self.taken += 1
            if uniform() < toy.VISIBILITY[to]:
                self.env.process(self.alert(is_real=True))
            yield self.env.timeout(self.chance.expovariate(toy.STEP_RATE))

    def noise(self):
        """Raises false alerts."""
        while True:
            self.events += 1
            self.env.process(self.alert(is_real=False))
            yield self.env.timeout(self.chance.expovariate(toy.NOISE_RATE))

    def alert(self, is_real):
        """Waits for an analyst, who needs a while and sometimes recognises a real one."""
        with self.analysts.request() as analyst:
            yield analyst
            yield self.env.timeout(self.chance.lognormvariate(*toy.TRIAGE))
        self.events += 1
        if is_real and self.chance.random() < toy.RECOGNISED:
            self.found += 1
            if not self.reviewing:
                self.reviewing = True
                self.env.process(self.statement())

    def statement(self):
        """Reviewed for a while, then released."""
        yield self.env.timeout(self.chance.lognormvariate(*toy.REVIEW))
        self.events += 1
        self.statements += 1
        self.reviewing = False

    def customers(self):
        """Complain every week, cohort by cohort."""
        trust = [1.0] * toy.COHORTS
        while True:
            yield self.env.timeout(toy.WEEK)
            self.events += 1
            for i, size in enumerate(toy.SIZES):
                count = toy.complaints(self.chance, size, trust[i])
                trust[i] = toy.trust_after(trust[i], count, size)
                self.complaints += count


def run(chance):
    """One replication."""
    env = simpy.Environment()
    company = Company(env, chance)
    # `run` stops before what happens at its end, and the last week ends there.
    env.run(until=math.nextafter(toy.HORIZON, math.inf))
    return company.events, company.taken, company.found, company.complaints, company.statements


if __name__ == "__main__":
    toy.measure("SimPy", version("simpy"), "generator processes, a Resource", run)

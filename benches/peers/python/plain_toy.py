"""The toy model in plain Python, one function around `heapq`: what a tool for Python is measured by.

`plain_toy.py SEED RUNS` prints one line of JSON.
"""

import platform
from collections import deque
from heapq import heappop, heappush

import toy

STEP, NOISE, TRIAGED, WEEK, RELEASED = range(5)


def run(chance):
    """One replication."""
    uniform, exponential = chance.random, chance.expovariate
    lognormal = chance.lognormvariate
    agenda = [(0.0, 0, STEP, None), (0.0, 1, NOISE, None), (toy.WEEK, 2, WEEK, None)]
    sequence = 3
    taken_in = [0] * toy.SEGMENTS
    trust = [1.0] * toy.COHORTS
    free, queue, reviewing = toy.ANALYSTS, deque(), False
    events = taken = found = complaints = statements = 0

    while agenda:
        now, _, kind, is_found = heappop(agenda)
        if now > toy.HORIZON:
            break
        events += 1
        alerts = ()
        if kind == STEP:
            to = int(uniform() * toy.SEGMENTS)
            if uniform() < toy.GAIN:
                taken_in[to] += 1
                taken += 1
            if uniform() < toy.VISIBILITY[to]:
                alerts = (True,)
            heappush(agenda, (now + exponential(toy.STEP_RATE), sequence, STEP, None))
            sequence += 1
        elif kind == NOISE:
            alerts = (False,)
            heappush(agenda, (now + exponential(toy.NOISE_RATE), sequence, NOISE, None))
            sequence += 1
        elif kind == TRIAGED:
            free += 1
            if is_found:
                found += 1
                if not reviewing:
                    reviewing = True
                    heappush(agenda, (now + lognormal(*toy.REVIEW), sequence, RELEASED, None))
                    sequence += 1
            if queue:
                alerts = (queue.popleft(),)
        elif kind == WEEK:
            for i, size in enumerate(toy.SIZES):
                count = toy.complaints(chance, size, trust[i])
                trust[i] = toy.trust_after(trust[i], count, size)
                complaints += count
            heappush(agenda, (now + toy.WEEK, sequence, WEEK, None))
            sequence += 1
        else:
            statements += 1
            reviewing = False

        for is_real in alerts:
            if free:
                free -= 1
                work = lognormal(*toy.TRIAGE)
                recognised = is_real and uniform() < toy.RECOGNISED
                heappush(agenda, (now + work, sequence, TRIAGED, recognised))
                sequence += 1
            else:
                queue.append(is_real)
    return events, taken, found, complaints, statements


if __name__ == "__main__":
    toy.measure("Python", platform.python_version(), "one function around heapq", run)

"""The toy model's parameters for peers written in Python, and the line of JSON that each prints.

Times are hours. Chance comes from the standard library's generator, which draws single numbers faster
than numpy's; one generator a run, as users of these tools have it.
"""

import json
import math
import random
import statistics
import sys
import time

SEGMENTS = 24
ANALYSTS = 3
COHORTS = 8
WEEK = 168.0
HORIZON = 182 * 24.0

VISIBILITY = [0.01 + 0.002 * segment for segment in range(SEGMENTS)]
SIZES = [250_000 * (cohort + 1) for cohort in range(COHORTS)]
STEP_RATE = 1 / 9.0
NOISE_RATE = 1 / 14.0
TRIAGE = (math.log(0.4), 0.8)
REVIEW = (math.log(20.0), 0.5)
GAIN = 0.35
RECOGNISED = 0.3

MEASURES = ("events", "taken", "found", "complaints", "statements")


def complaints(chance, size, trust):
    """How many of a cohort complain in a week."""
    return chance.binomialvariate(size, 2e-5 * (2.0 - trust))


def trust_after(trust, count, size):
    """A cohort's trust after so many complaints."""
    return trust * math.exp(-count / size)


def peak_kib():
    """The largest resident memory of this process so far, where the system says; else 0."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next((int(line.split()[1]) for line in status if line.startswith("VmHWM:")), 0)
    except OSError:
        return 0


def measure(tool, version, what, run):
    """Times `run(random.Random)`, which gives the five measures, and prints what came out."""
    seed, runs = int(sys.argv[-2]), int(sys.argv[-1])
    for replication in range(-(-runs // 20)):
        run(random.Random(f"warm-up {replication}"))
    outcomes = []
    started = time.perf_counter()
    for replication in range(runs):
        outcomes.append(run(random.Random((seed << 32) + replication)))
    seconds = time.perf_counter() - started
    line = {"tool": tool, "version": version, "what": what, "runs": runs, "seconds": seconds,
            "peak_kib": peak_kib()}
    for name, values in zip(MEASURES, zip(*outcomes)):
        line[f"{name}_mean"] = statistics.fmean(values)
        line[f"{name}_sd"] = statistics.stdev(values) if runs > 1 else 0.0
    print(json.dumps(line, separators=(",", ":")))

"""The toy model on Mesa, in two styles.

`mesa_toy.py events SEED RUNS`: agents schedule what they do next with `Model.schedule_event`.
`mesa_toy.py hours SEED RUNS`: every agent looks at each hour whether something is due, as models
with a `step` do. Both print one line of JSON.

Segments have no behaviour, so they are lists and not agents, which is the cheaper choice. Mesa calls
`Model.step` once in each unit of time whether it is wanted or not; where events are scheduled the unit
is therefore a week, and the step is the customers' week: nothing is called in vain.
"""

import sys
from collections import deque
from importlib.metadata import version

import mesa

import toy

#: Hours in a unit of time, where events are scheduled.
UNIT = toy.WEEK


class Cohort(mesa.Agent):
    """Customers of one country."""

    def __init__(self, model, size):
        super().__init__(model)
        self.size = size
        self.trust = 1.0

    def week(self):
        """Complaints, which cost trust."""
        count = toy.complaints(self.model.random, self.size, self.trust)
        self.trust = toy.trust_after(self.trust, count, self.size)
        self.model.complaints += count


class Company(mesa.Model):
    """What both styles share: what is counted, and the customers."""

    def __init__(self, rng):
        super().__init__(rng=rng)
        self.taken_in = [0] * toy.SEGMENTS
        self.events = self.taken = self.found = self.complaints = self.statements = 0
        Cohort.create_agents(self, toy.COHORTS, toy.SIZES)

    def week(self):
        """The customers' week."""
        self.events += 1
        self.agents_by_type[Cohort].do("week")

    def intrude(self):
        """The intruder's step; gives whether it was seen."""
        uniform = self.random.random
        self.events += 1
        to = int(uniform() * toy.SEGMENTS)
        if uniform() < toy.GAIN:
            self.taken_in[to] += 1
            self.taken += 1
        return uniform() < toy.VISIBILITY[to]

    def triage(self, is_real):
        """The end of an analyst's work; gives whether an intruder was recognised."""
        self.events += 1
        is_found = is_real and self.random.random() < toy.RECOGNISED
        self.found += is_found
        return is_found


# Style one: events.


class Intruder(mesa.Agent):
    """Goes from segment to segment."""

    def act(self):
        """One step."""
        model = self.model
        if model.intrude():
            model.soc.raised(True)
        model.schedule_event(self.act, after=model.random.expovariate(toy.STEP_RATE) / UNIT)


class Analyst(mesa.Agent):
    """Works on one alert at a time."""

    def __init__(self, model):
        super().__init__(model)
        self.is_real = False

    def take(self, is_real):
        """Begins."""
        self.is_real = is_real
        work = self.model.random.lognormvariate(*toy.TRIAGE)
        self.model.schedule_event(self.finish, after=work / UNIT)

    def finish(self):
        """Ends, and takes the next."""
        model = self.model
        if model.triage(self.is_real):
            model.press.found()
        if model.soc.queue:
            self.take(model.soc.queue.popleft())
        else:
            model.soc.free.append(self)


class Soc(mesa.Agent):
    """The analysts' queue, and false alerts."""

    def __init__(self, model):
        super().__init__(model)
        self.free = list(Analyst.create_agents(model, toy.ANALYSTS))
        self.queue = deque()

    def raised(self, is_real):
        """An alert, to whoever is free."""
        if self.free:
            self.free.pop().take(is_real)
        else:
            self.queue.append(is_real)

    def noise(self):
        """A false alert, and the next."""
        self.model.events += 1
        self.raised(False)
        wait = self.model.random.expovariate(toy.NOISE_RATE)
        self.model.schedule_event(self.noise, after=wait / UNIT)


class Press(mesa.Agent):
    """Reviews one statement at a time."""

    def __init__(self, model):
        super().__init__(model)
        self.reviewing = False

    def found(self):
        """Begins a statement, if none is under review."""
        if not self.reviewing:
            self.reviewing = True
            work = self.model.random.lognormvariate(*toy.REVIEW)
            self.model.schedule_event(self.released, after=work / UNIT)

    def released(self):
        """The statement is out."""
        self.model.events += 1
        self.model.statements += 1
        self.reviewing = False


class ByEvents(Company):
    """The model by events; a step is a week."""

    def __init__(self, rng):
        super().__init__(rng)
        self.intruder, self.soc, self.press = Intruder(self), Soc(self), Press(self)
        self.intruder.act()
        self.soc.noise()

    def step(self):
        """The customers' week."""
        self.week()


# Style two: a step each hour. What falls due within an hour is done at its end.


class HourlyIntruder(mesa.Agent):
    """Goes from segment to segment."""

    def __init__(self, model):
        super().__init__(model)
        self.due = 0.0

    def step(self):
        """As many steps as fell due."""
        while self.due <= self.model.time:
            if self.model.intrude():
                self.model.soc.queue.append(True)
            self.due += self.model.random.expovariate(toy.STEP_RATE)


class HourlySoc(mesa.Agent):
    """False alerts, the queue and the analysts."""

    def __init__(self, model):
        super().__init__(model)
        self.due = 0.0
        self.queue = deque()
        #: What each analyst works on: when it ends, and whether it is real.
        self.work = [None] * toy.ANALYSTS

    def step(self):
        """What ended, what was raised, what is taken up."""
        model, now = self.model, self.model.time
        while self.due <= now:
            model.events += 1
            self.queue.append(False)
            self.due += model.random.expovariate(toy.NOISE_RATE)
        for analyst, work in enumerate(self.work):
            if work is not None and work[0] <= now:
                self.work[analyst] = None
                if model.triage(work[1]):
                    model.press.found()
            if self.work[analyst] is None and self.queue:
                ends = now + model.random.lognormvariate(*toy.TRIAGE)
                self.work[analyst] = (ends, self.queue.popleft())


class HourlyPress(mesa.Agent):
    """Reviews one statement at a time."""

    def __init__(self, model):
        super().__init__(model)
        self.due = None

    def found(self):
        """Begins a statement, if none is under review."""
        if self.due is None:
            self.due = self.model.time + self.model.random.lognormvariate(*toy.REVIEW)

    def step(self):
        """The statement is out, if it is time."""
        if self.due is not None and self.due <= self.model.time:
            self.model.events += 1
            self.model.statements += 1
            self.due = None


class ByHours(Company):
    """The model by hours."""

    def __init__(self, rng):
        super().__init__(rng)
        self.intruder, self.soc, self.press = HourlyIntruder(self), HourlySoc(self), HourlyPress(self)

    def step(self):
        """An hour; every 168th ends a week."""
        for kind in (HourlyIntruder, HourlySoc, HourlyPress):
            self.agents_by_type[kind].do("step")
        if self.steps % int(toy.WEEK) == 0:
            self.week()


def outcome(model):
    """The five measures."""
    return model.events, model.taken, model.found, model.complaints, model.statements


def by_events(chance):
    """One replication by events."""
    model = ByEvents(chance.getrandbits(31))
    model.run_until(toy.HORIZON / UNIT)
    return outcome(model)


def by_hours(chance):
    """One replication by hours."""
    model = ByHours(chance.getrandbits(31))
    model.run_until(toy.HORIZON)
    return outcome(model)


if __name__ == "__main__":
    if sys.argv[1] == "events":
        toy.measure("Mesa", version("mesa"), "agents that schedule events", by_events)
    else:
        toy.measure("Mesa", version("mesa"), "agents that look each hour", by_hours)

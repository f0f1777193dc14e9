//! The host's functions as a table: what is checked before a run, what errors say, and what the guide
//! prints are read off it.

/// What a name given to the host is a name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Stream,
    Number,
    Lever,
    Evidence,
    Order,
    Milestone,
    Entry,
    Metric,
    /// Something that only a run can check.
    Free,
}

impl Sort {
    /// As in `no stream of this agent is called ..`.
    pub(crate) const fn what(self) -> &'static str {
        match self {
            Sort::Stream => "stream",
            Sort::Number => "number",
            Sort::Lever => "lever",
            Sort::Evidence => "evidence",
            Sort::Order => "order",
            Sort::Milestone => "milestone",
            Sort::Entry => "entry",
            Sort::Metric => "metric",
            Sort::Free => "name",
        }
    }
}

/// A function of the host.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Function {
    pub(crate) name: &'static str,
    /// How it is written, with its arguments.
    pub(crate) form: &'static str,
    /// What its first argument names.
    pub(crate) first: Sort,
    pub(crate) about: &'static str,
}

const fn f(name: &'static str, form: &'static str, first: Sort, about: &'static str) -> Function {
    Function { name, form, first, about }
}

/// All of them.
pub(crate) const FUNCTIONS: &[Function] = &[
    f("now", "now()", Sort::Free, "hours since STARTEX; negative in the lead-in"),
    f("date", "date()", Sort::Free, "the date, such as `2019-09-19`"),
    f("weekday", "weekday()", Sort::Free, "`Mon` to `Sun`"),
    f("hour", "hour()", Sort::Free, "hours since midnight"),
    f("is_workday", "is_workday()", Sort::Free, "whether people work on this day"),
    f("is_open", "is_open()", Sort::Free, "whether it is business hours"),
    f("opens_in", "opens_in()", Sort::Free, "hours until business hours; 0 within them"),
    f("days", "days(n)", Sort::Free, "so many days, in hours"),
    f(
        "after",
        "after(hours, \"what\")",
        Sort::Free,
        "sets a timer: `due(what)` is called then; the time is hours or a text such as `\"2d\"`",
    ),
    f(
        "number",
        "number(\"name\")",
        Sort::Number,
        "a number of the model: one value for the whole run, in its unit",
    ),
    f(
        "sample",
        "sample(\"name\", \"stream\")",
        Sort::Number,
        "the same number as it is in one case, drawn anew",
    ),
    f("lever", "lever(\"name\")", Sort::Lever, "a lever as it is set; lengths of time in hours"),
    f("uniform", "uniform(\"stream\")", Sort::Stream, "a number between 0 and 1"),
    f(
        "uniform_at",
        "uniform_at(\"stream\", n)",
        Sort::Stream,
        "the same, the n-th draw of the stream whatever was drawn before",
    ),
    f("chance", "chance(\"stream\", p)", Sort::Stream, "true with probability p"),
    f(
        "chance_at",
        "chance_at(\"stream\", n, p)",
        Sort::Stream,
        "the same, with the n-th draw of the stream",
    ),
    f("below", "below(\"stream\", n)", Sort::Stream, "a whole number from 0 to n - 1"),
    f("normal", "normal(\"stream\", mean, deviation)", Sort::Stream, "a normal number"),
    f("lognormal", "lognormal(\"stream\", median, sigma)", Sort::Stream, "a lognormal number"),
    f("exponential", "exponential(\"stream\", mean)", Sort::Stream, "a waiting time"),
    f("binomial", "binomial(\"stream\", n, p)", Sort::Stream, "how many of n trials succeed"),
    f("poisson", "poisson(\"stream\", mean)", Sort::Stream, "a count with this mean"),
    f(
        "believes",
        "believes(\"party\", \"proposition\")",
        Sort::Free,
        "the belief of a party that the agent may know, 0 to 1",
    ),
    f(
        "evidence",
        "evidence(\"kind\", credibility)",
        Sort::Evidence,
        "raises evidence, to whom the section says",
    ),
    f("give", "give(\"orders\")", Sort::Order, "gives orders that the scenario lays out"),
    f(
        "reach",
        "reach(\"AGENT.what\")",
        Sort::Milestone,
        "reaches a milestone; only the first time counts",
    ),
    f(
        "note",
        "note(\"entry\", #{field: value})",
        Sort::Entry,
        "writes a journal entry; without fields `note(\"entry\")`",
    ),
    f("metric", "metric(\"name\", value)", Sort::Metric, "sets a metric"),
    f("add", "add(\"name\", amount)", Sort::Metric, "adds to a metric, which begins at 0"),
    f("span", "span(hours)", Sort::Free, "a length of time, as a value of an entry"),
    f(
        "instant",
        "instant(hours)",
        Sort::Free,
        "an instant in hours since STARTEX, as a value of an entry",
    ),
];

/// The host's functions for the guide: how each is written and what it does.
pub fn functions() -> impl Iterator<Item = (&'static str, &'static str)> {
    FUNCTIONS.iter().map(|function| (function.form, function.about))
}

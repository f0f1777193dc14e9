//! What the critic finds, as data: kinds with their evidence, and the sentences made of them.

use serde::Serialize;

use super::words;
use crate::findings::Header;
use crate::stats::Estimate;

/// How sure the critic is that something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It does nothing, or cannot be meant.
    Fault,
    /// It may be meant; somebody should look.
    Doubt,
}

/// Something that was never seen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Never {
    /// In so many runs.
    pub runs: u64,
    /// Over so many worlds, which tell independently of one another.
    pub worlds: u64,
    /// The share of worlds in which it may still happen: all such claims of the study hold together with
    /// 95 % certainty.
    pub at_most: f64,
}

/// How far something makes no difference.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "degree", rename_all = "kebab-case")]
pub enum Degree {
    /// Every run is the same in journal and metrics.
    Identical,
    /// Journals differ, metrics do not in any run.
    JournalOnly,
    /// Metrics differ often enough to tell a difference, and none goes beyond chance.
    Undetected {
        /// Share of the comparisons in which a metric differs at all.
        differing: Estimate,
    },
    /// Metrics differ, but hardly ever.
    Rare {
        /// Share of the comparisons in which a metric differs at all.
        differing: Estimate,
    },
}

/// In what way a role has nothing to do.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "in", rename_all = "kebab-case")]
pub enum Idleness {
    /// It meets fewer than three things.
    Few {
        /// Decisions and messages of its own that it has at most in nine of ten worlds, under the policy that
        /// gives it most.
        things: f64,
    },
    /// It waits for more than an hour at the table.
    Gap {
        /// The longest wait in minutes, which is at least so long in nine of ten worlds, under the policy that
        /// lets it wait least.
        minutes: f64,
    },
}

/// What is found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Kind {
    /// An inject never comes.
    InjectNeverComes {
        /// Its name.
        inject: String,
        /// What it waits for, with how often that happened.
        waits_for: String,
        /// How often it was looked for.
        never: Never,
    },
    /// A decision never comes up.
    DecisionNeverComesUp {
        /// Its name.
        decision: String,
        /// What it waits for, with how often that happened.
        waits_for: String,
        /// How often it was looked for.
        never: Never,
    },
    /// What is chosen makes no difference.
    OptionsMakeNoDifference {
        /// The decision.
        decision: String,
        /// How far.
        degree: Degree,
        /// Comparisons: worlds, each under one way of playing.
        compared: u64,
        /// Worlds among them.
        worlds: u64,
        /// The share of worlds in which options may still differ.
        at_most: f64,
    },
    /// One option is better than every other on all that counts.
    OptionDominates {
        /// The decision.
        decision: String,
        /// The option.
        option: String,
        /// Metrics on which it is clearly better than at least one other; on the rest nothing differs.
        better_on: Vec<String>,
        /// Ways of playing under which this was judged.
        ways: Vec<String>,
        /// Fewest worlds among these.
        worlds: u64,
        /// The share of worlds in which it may still be otherwise on a metric that never differed.
        at_most: f64,
    },
    /// The option that the authors expect is worse than another on all that counts.
    ExpectedIsWorse {
        /// The decision.
        decision: String,
        /// What is expected.
        expected: String,
        /// What is better.
        option: String,
        /// Metrics on which that is clearly better; on the rest nothing differs.
        better_on: Vec<String>,
        /// Ways of playing under which this was judged.
        ways: Vec<String>,
        /// Fewest worlds among these.
        worlds: u64,
        /// The share of worlds in which it may still be otherwise on a metric that never differed.
        at_most: f64,
    },
    /// A decision's time never runs out before the scenario ends.
    LimitNeverBinds {
        /// The decision.
        decision: String,
        /// Its limit.
        limit: String,
        /// Runs in which it came up.
        runs: u64,
    },
    /// A clock is always stopped with time to spare.
    ClockNeverBinds {
        /// Whose clock, and what it counts.
        clock: String,
        /// How often it ran.
        started: u64,
        /// The least share of its time that was left.
        least_left: f64,
    },
    /// A decision comes up when it is no longer, or not yet, people's to take.
    DecisionOutOfPlay {
        /// The decision.
        decision: String,
        /// Whether it comes up before STARTEX; else too late for an answer to do anything.
        is_early: bool,
        /// Runs in which it came up.
        runs: u64,
    },
    /// A lever moves nothing.
    LeverWithoutEffect {
        /// Its name.
        lever: String,
        /// How far.
        degree: Degree,
        /// Values that it was moved to.
        values: Vec<String>,
        /// Comparisons: a value in a world under a way of playing.
        compared: u64,
        /// Worlds among them.
        worlds: u64,
        /// The share of worlds in which it may still do something.
        at_most: f64,
    },
    /// A value within a lever's range cannot be built.
    LeverRefused {
        /// The lever.
        lever: String,
        /// The value.
        value: String,
        /// The ways of playing under which it is refused.
        ways: Vec<String>,
    },
    /// What something waits for is never reached.
    MilestoneNeverReached {
        /// The milestone.
        milestone: String,
        /// What names it: decisions, injects, policies.
        named_by: Vec<String>,
        /// How often it was looked for.
        never: Never,
    },
    /// No decision that comes up has this objective.
    ObjectiveNeverExercised {
        /// The objective.
        objective: String,
        /// Decisions that name it, none of which comes up.
        named_by: Vec<String>,
    },
    /// A role has nothing to do.
    RoleIdle {
        /// The role.
        role: String,
        /// In what way.
        idleness: Idleness,
        /// Worlds of each policy.
        worlds: u64,
    },
    /// A headline metric is always the same.
    OutcomeWithoutSpread {
        /// The metric.
        metric: String,
        /// Its value; none where it never has one.
        value: Option<f64>,
        /// Its unit.
        unit: String,
        /// Runs looked at.
        runs: u64,
    },
    /// Two policies do the same in every world.
    PoliciesAlike {
        /// One.
        first: String,
        /// The other.
        second: String,
        /// Worlds.
        worlds: u64,
        /// The share of worlds in which they may still differ.
        at_most: f64,
    },
    /// A rule never decides.
    RuleNeverDecides {
        /// The policy.
        policy: String,
        /// The decision.
        decision: String,
        /// Which rule, from 1.
        rule: usize,
        /// How often the policy's rules were tried.
        never: Never,
    },
    /// What two policies differ by still grows or shrinks when the scenario ends.
    OutcomeStillMoving {
        /// The metric.
        metric: String,
        /// Its unit.
        unit: String,
        /// The policies.
        between: [String; 2],
        /// Mean difference at the end.
        at_end: f64,
        /// By how much it moved in the last tenth of the horizon.
        moved: Estimate,
    },
}

/// A finding with its words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// How sure it is that this is wrong.
    pub severity: Severity,
    /// What it is.
    #[serde(flatten)]
    pub kind: Kind,
    /// The file in which it stands; empty where it stands in none.
    pub file: String,
    /// The line, from 1; 0 where it stands in no file.
    pub line: usize,
    /// What is wrong, in a few words.
    pub says: String,
    /// What it is told from.
    pub evidence: String,
    /// What the author may do.
    pub suggestion: String,
}

impl Finding {
    pub(super) fn new(severity: Severity, at: Option<(&str, usize)>, kind: Kind) -> Self {
        let (file, line) = at.unwrap_or_default();
        Finding {
            severity,
            file: file.to_owned(),
            line,
            says: words::says(&kind),
            evidence: words::evidence(&kind),
            suggestion: words::suggestion(&kind),
            kind,
        }
    }
}

impl Kind {
    /// Its name, as the documentation lists it.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::InjectNeverComes { .. } => "inject-never-comes",
            Kind::DecisionNeverComesUp { .. } => "decision-never-comes-up",
            Kind::OptionsMakeNoDifference { .. } => "options-make-no-difference",
            Kind::OptionDominates { .. } => "option-dominates",
            Kind::ExpectedIsWorse { .. } => "expected-is-worse",
            Kind::LimitNeverBinds { .. } => "limit-never-binds",
            Kind::ClockNeverBinds { .. } => "clock-never-binds",
            Kind::DecisionOutOfPlay { .. } => "decision-out-of-play",
            Kind::LeverWithoutEffect { .. } => "lever-without-effect",
            Kind::LeverRefused { .. } => "lever-refused",
            Kind::MilestoneNeverReached { .. } => "milestone-never-reached",
            Kind::ObjectiveNeverExercised { .. } => "objective-never-exercised",
            Kind::RoleIdle { .. } => "role-idle",
            Kind::OutcomeWithoutSpread { .. } => "outcome-without-spread",
            Kind::PoliciesAlike { .. } => "policies-alike",
            Kind::RuleNeverDecides { .. } => "rule-never-decides",
            Kind::OutcomeStillMoving { .. } => "outcome-still-moving",
        }
    }
}

/// What the critic has to say of a scenario.
#[derive(Clone, Debug, Serialize)]
pub struct Critique {
    /// What it is of.
    pub header: Header,
    /// The ways of playing: policies by name, and `by lot`.
    pub ways: Vec<String>,
    /// Worlds in which options were taken and levers moved.
    pub moved_worlds: u64,
    /// Options of all decisions together.
    pub options: usize,
    /// Values that levers were moved to.
    pub lever_values: usize,
    /// The share of worlds in which what is never seen may still happen, for what is looked for in all
    /// worlds.
    pub at_most: f64,
    /// Faults first.
    pub findings: Vec<Finding>,
    /// Levers of plugins that nothing in the scenario feels, and that neither it nor a policy sets.
    pub idle_levers: Vec<String>,
    /// Decisions of which nothing is said, for they came up in too few worlds.
    pub unjudged: Vec<String>,
}

impl Critique {
    /// How many findings are faults.
    pub fn faults(&self) -> usize {
        self.findings.iter().filter(|f| f.severity == Severity::Fault).count()
    }
}

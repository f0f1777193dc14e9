//! The sentences of findings: what is wrong, what it is told from, what the author may do.

use hotwash_engine::group_digits;

use super::desk::TALK_MINUTES;
use super::finding::{Degree, Idleness, Kind, Never};
use crate::stats::Estimate;

fn count(number: u64) -> String {
    group_digits(&number.to_string())
}

fn of(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", count(number), if number == 1 { "" } else { "s" })
}

/// A share in per cent, with one digit below ten.
fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    if percent < 9.95 { format!("{percent:.1} %") } else { format!("{percent:.0} %") }
}

/// A figure of three digits.
fn figure(value: f64) -> String {
    let size = value.abs();
    match size {
        s if s >= 999.5 => {
            let sign = if value < 0.0 { "-" } else { "" };
            format!("{sign}{}", group_digits(&format!("{size:.0}")))
        }
        s if s >= 99.95 => format!("{value:.0}"),
        s if s >= 9.995 => format!("{value:.1}"),
        0.0 => "0".to_owned(),
        _ => format!("{value:.2}"),
    }
}

fn in_unit(value: f64, unit: &str) -> String {
    if unit.is_empty() { figure(value) } else { format!("{} {unit}", figure(value)) }
}

fn joined(names: &[String]) -> String {
    names.join(", ")
}

/// What is wrong.
pub(super) fn says(kind: &Kind) -> String {
    match kind {
        Kind::InjectNeverComes { inject, .. } => format!("inject `{inject}` never comes"),
        Kind::DecisionNeverComesUp { decision, .. } => {
            format!("decision `{decision}` never comes up")
        }
        Kind::OptionsMakeNoDifference { decision, degree, .. } => match degree {
            Degree::Identical => format!("decision `{decision}` makes no difference at all"),
            Degree::JournalOnly => format!("decision `{decision}` moves no metric"),
            Degree::Undetected { .. } => {
                format!("decision `{decision}` makes no difference beyond chance")
            }
            Degree::Rare { .. } => format!("decision `{decision}` hardly ever makes a difference"),
        },
        Kind::OptionDominates { decision, option, .. } => format!(
            "decision `{decision}`: option `{option}` is better than every other on all that counts"
        ),
        Kind::ExpectedIsWorse { decision, expected, option, .. } => format!(
            "decision `{decision}`: `{option}` is better than the expected `{expected}` on all that counts"
        ),
        Kind::LimitNeverBinds { decision, limit, .. } => {
            format!("decision `{decision}`: its limit of {limit} never runs out")
        }
        Kind::ClockNeverBinds { clock, .. } => format!("clock `{clock}` is never near its end"),
        Kind::DecisionOutOfPlay { decision, is_early: true, .. } => {
            format!("decision `{decision}` always comes up before STARTEX")
        }
        Kind::DecisionOutOfPlay { decision, .. } => {
            format!("decision `{decision}` always comes up too late to matter")
        }
        Kind::LeverWithoutEffect { lever, degree, .. } => match degree {
            Degree::Identical => format!("lever `{lever}` has no effect at all"),
            Degree::JournalOnly => format!("lever `{lever}` moves no metric"),
            Degree::Undetected { .. } => format!("lever `{lever}` has no effect beyond chance"),
            Degree::Rare { .. } => format!("lever `{lever}` hardly ever has an effect"),
        },
        Kind::LeverRefused { lever, value, .. } => {
            format!("lever `{lever}` cannot be set to {value}, though its range says so")
        }
        Kind::MilestoneNeverReached { milestone, .. } => {
            format!("milestone `{milestone}` is waited for and never reached")
        }
        Kind::ObjectiveNeverExercised { objective, .. } => {
            format!("objective `{objective}` is never exercised")
        }
        Kind::RoleIdle { role, idleness: Idleness::Few { .. }, .. } => {
            format!("role `{role}` has nothing to do")
        }
        Kind::RoleIdle { role, .. } => format!("role `{role}` has nothing to do for an hour"),
        Kind::OutcomeWithoutSpread { metric, value: Some(_), .. } => {
            format!("headline metric `{metric}` is the same in every run")
        }
        Kind::OutcomeWithoutSpread { metric, .. } => {
            format!("headline metric `{metric}` has no value in any run")
        }
        Kind::PoliciesAlike { first, second, .. } => {
            format!("policies `{first}` and `{second}` do the same")
        }
        Kind::RuleNeverDecides { policy, decision, rule, .. } => {
            format!("policy `{policy}`: rule {rule} for `{decision}` never decides")
        }
        Kind::OutcomeStillMoving { metric, .. } => {
            format!("the horizon cuts `{metric}` short")
        }
    }
}

fn never(never: &Never) -> String {
    format!(
        "In 0 of {} over {}. It may still happen in up to {} of worlds.",
        of(never.runs, "run"),
        of(never.worlds, "world"),
        percent(never.at_most)
    )
}

fn same(what: &str, compared: u64, worlds: u64, at_most: f64) -> String {
    format!(
        "{} over {}: {what} in every one. They may still differ in up to {} of worlds.",
        of(compared, "comparison"),
        of(worlds, "world"),
        percent(at_most)
    )
}

fn degree(degree: Degree, compared: u64, worlds: u64, at_most: f64) -> String {
    match degree {
        Degree::Identical => same("journal and metrics are the same", compared, worlds, at_most),
        Degree::JournalOnly => {
            same("journals differ, all metrics are the same", compared, worlds, at_most)
        }
        Degree::Undetected { differing } => format!(
            "{} over {}: some metric differs in {}, but neither by its mean nor in its direction beyond chance \
             (5 % over all metrics, options and policies together, Holm). There may be a difference too small to be \
             seen in so few.",
            of(compared, "comparison"),
            of(worlds, "world"),
            in_share(&differing),
        ),
        Degree::Rare { differing } => format!(
            "{} over {}: some metric differs in {}.",
            of(compared, "comparison"),
            of(worlds, "world"),
            in_share(&differing),
        ),
    }
}

fn in_share(share: &Estimate) -> String {
    let ends = format!("{} to {}", percent(share.low), percent(share.high));
    format!("{} of them (95 % interval {ends})", percent(share.value))
}

fn better(better_on: &[String], ways: &[String], worlds: u64, at_most: f64) -> String {
    format!(
        "Clearly better on {}; on the rest of the headline nothing differs. Under {}, in {} worlds or more each. All \
         claims of this kind hold together with 95 % certainty; what never differed may still do so in up to {} of \
         worlds.",
        joined(better_on),
        joined(ways),
        count(worlds),
        percent(at_most)
    )
}

/// What it is told from.
pub(super) fn evidence(kind: &Kind) -> String {
    match kind {
        Kind::InjectNeverComes { waits_for, never: seen, .. }
        | Kind::DecisionNeverComesUp { waits_for, never: seen, .. } => {
            format!("{} It waits {waits_for}.", never(seen))
        }
        Kind::OptionsMakeNoDifference { degree: how, compared, worlds, at_most, .. } => {
            degree(*how, *compared, *worlds, *at_most)
        }
        Kind::OptionDominates { better_on, ways, worlds, at_most, .. }
        | Kind::ExpectedIsWorse { better_on, ways, worlds, at_most, .. } => {
            better(better_on, ways, *worlds, *at_most)
        }
        Kind::LimitNeverBinds { runs, .. } => format!(
            "It came up in {}; in each of them the limit ends after the scenario does.",
            of(*runs, "run")
        ),
        Kind::ClockNeverBinds { started, least_left, .. } => clock(*started, *least_left),
        Kind::DecisionOutOfPlay { is_early, runs, .. } => out_of_play(*is_early, *runs),
        Kind::LeverWithoutEffect { degree: how, values, compared, worlds, at_most, .. } => {
            format!("Moved to {}. {}", joined(values), degree(*how, *compared, *worlds, *at_most))
        }
        Kind::LeverRefused { ways, .. } => format!("Refused under {}.", joined(ways)),
        Kind::MilestoneNeverReached { named_by, never: seen, .. } => {
            format!("{} Named by {}.", never(seen), joined(named_by))
        }
        Kind::ObjectiveNeverExercised { named_by, .. } if named_by.is_empty() => {
            "No decision names it.".to_owned()
        }
        Kind::ObjectiveNeverExercised { named_by, .. } => {
            format!("Only decisions that never come up name it: {}.", joined(named_by))
        }
        Kind::RoleIdle { idleness, worlds, .. } => idle(*idleness, *worlds),
        Kind::OutcomeWithoutSpread { value, unit, runs, .. } => spread(*value, unit, *runs),
        Kind::PoliciesAlike { worlds, at_most, .. } => format!(
            "Their journals are the same in each of {}. They may still differ in up to {} of worlds.",
            of(*worlds, "world"),
            percent(*at_most)
        ),
        Kind::RuleNeverDecides { never: seen, .. } => rule(seen),
        Kind::OutcomeStillMoving { unit, between: [a, b], at_end, moved, .. } => format!(
            "{a} less {b} is {} just before the end, of which {} ({} to {}) came in the last tenth of the horizon.",
            in_unit(*at_end, unit),
            figure(moved.value),
            figure(moved.low),
            figure(moved.high)
        ),
    }
}

fn clock(started: u64, least_left: f64) -> String {
    let times = if started == 1 { "once".to_owned() } else { format!("{} times", count(started)) };
    format!(
        "It ran {times}, and was stopped with at least {} of its time left in all of them, whatever was chosen.",
        percent(least_left)
    )
}

fn out_of_play(is_early: bool, runs: u64) -> String {
    let runs = of(runs, "run");
    if is_early {
        return format!(
            "It came up in {runs}, always in the lead-in, where policies answer and people do not sit yet."
        );
    }
    format!(
        "It came up in {runs}, always with less time left than its own limit, and no answer moved any metric."
    )
}

fn spread(value: Option<f64>, unit: &str, runs: u64) -> String {
    let runs = of(runs, "run");
    match value {
        Some(value) => format!(
            "{} in all of {runs}, under every policy, option and lever.",
            in_unit(value, unit)
        ),
        None => format!("None in {runs}, under any policy, option or lever."),
    }
}

fn rule(seen: &Never) -> String {
    format!(
        "The policy's rules were tried in {}; this one was never the first to hold. The decision came up in {} as the \
         policy plays them; it may still decide in up to {} of such worlds.",
        of(seen.runs, "run"),
        of(seen.worlds, "world"),
        percent(seen.at_most)
    )
}

fn idle(idleness: Idleness, worlds: u64) -> String {
    let worlds = of(worlds, "world");
    match idleness {
        Idleness::Few { things } => format!(
            "Decisions put to it and messages to it: at most {} in nine of ten of {worlds}, under the policy that \
             gives it most. News that everybody sees is not counted.",
            figure(things)
        ),
        Idleness::Gap { minutes } => format!(
            "It waits {minutes:.0} minutes or more at the table between two things of its own in nine of ten of \
             {worlds}, under the policy that lets it wait least (six hours a second, {TALK_MINUTES} minutes for each \
             decision)."
        ),
    }
}

/// What the author may do.
pub(super) fn suggestion(kind: &Kind) -> String {
    let text = match kind {
        Kind::InjectNeverComes { .. } | Kind::DecisionNeverComesUp { .. } => {
            "Let it wait for something that happens, mend its date or its `unless`, or drop it."
        }
        Kind::OptionsMakeNoDifference { degree: Degree::Identical, .. } => {
            "Give its options orders that differ, or let other decisions wait for `chose/..`; or drop it."
        }
        Kind::OptionsMakeNoDifference { degree: Degree::JournalOnly, .. } => {
            "If it is only for talking about, keep it; else give its options orders that a metric feels."
        }
        Kind::OptionsMakeNoDifference { .. } => {
            "Try `--runs` with more worlds; if it stays so, ask for it earlier or let its options do more."
        }
        Kind::OptionDominates { .. } => {
            "Nobody has to weigh anything. Let the option cost something that the headline shows, or name in \
             `headline` what it costs."
        }
        Kind::ExpectedIsWorse { .. } => {
            "Expect the other option, or name in `headline` what makes the expected one right."
        }
        Kind::LimitNeverBinds { .. } => {
            "Shorten the limit, ask earlier, or lengthen the horizon: its default is never taken for want of \
             an answer."
        }
        Kind::ClockNeverBinds { .. } => {
            "It presses nobody. If it should, let what stops it come later or be chosen."
        }
        Kind::DecisionOutOfPlay { is_early: true, .. } => {
            "Ask at STARTEX or later; what is settled before is a lever."
        }
        Kind::DecisionOutOfPlay { .. } => "Ask earlier, lengthen the horizon, or drop it.",
        Kind::LeverWithoutEffect { .. } => {
            "Do not set it, or bring into the scenario what it acts on."
        }
        Kind::LeverRefused { .. } => {
            "A legal value that cannot be built is a fault of the plugin or of the section that it meets."
        }
        Kind::MilestoneNeverReached { .. } => {
            "Wait for another, bring about what reaches it, or leave it out."
        }
        Kind::ObjectiveNeverExercised { .. } => {
            "Name it as the `objective` of a decision that comes up, or drop it."
        }
        Kind::RoleIdle { .. } => {
            "Give it decisions, injects or more to see (`sees`), join it with another role, or drop it."
        }
        Kind::OutcomeWithoutSpread { .. } => {
            "Take it out of `headline`, or bring into the scenario what moves it."
        }
        Kind::PoliciesAlike { .. } => "Drop one, or let them differ in what comes up.",
        Kind::RuleNeverDecides { .. } => {
            "A rule before it always holds first, or its condition never does: reorder, mend or drop it."
        }
        Kind::OutcomeStillMoving { .. } => {
            "Lengthen the horizon until the difference settles, or say that the end is a cut."
        }
    };
    text.to_owned()
}

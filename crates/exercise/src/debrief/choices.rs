//! The decisions and how they were taken, the objectives and how they were met, confidence against
//! correctness.

use hotwash_engine::{DecisionId, SimTime};
use hotwash_scenario::DecisionSpec;

use super::{Calibration, DecisionStory, HowTaken, ObjectiveStory};
use crate::act::{Act, Rating, Record};
use crate::record::Line;
use crate::seat::FACILITATOR;
use crate::session::Session;
use crate::state::{TakenDecision, Vote};

/// The decisions that came up at STARTEX or later, in the order they came up.
pub(super) fn decisions(session: &Session) -> Vec<DecisionStory> {
    let specs = session.plan().scenario.english().decisions().iter().enumerate();
    let mut decisions: Vec<DecisionStory> =
        specs.filter_map(|(number, spec)| decision(session, number, spec)).collect();
    decisions.sort_by_key(|d| d.asked_ms);
    decisions
}

fn decision(session: &Session, number: usize, spec: &DecisionSpec) -> Option<DecisionStory> {
    let name = spec.name.as_str();
    let state = session.sim().decision_state(DecisionId(number as u16));
    let asked = state.asked_at.filter(|at| *at >= SimTime::STARTEX)?;
    let scenario = session.plan().scenario.english();
    let role = scenario.roles().iter().find(|r| r.name == spec.role);
    let by_people = session.state().taken.iter().find(|t| t.decision == name);
    let entry = session.lines().iter().find(|line| is_taken(line, name));
    let was_put = session.plan().played.contains(&spec.role.as_str().to_owned())
        && asked.ms() <= session.now_ms();
    let how = match (by_people, state.taken) {
        (Some(taken), _) if taken.by == FACILITATOR => HowTaken::OnBehalf,
        (Some(taken), _) => HowTaken::Player(session.state().name(&taken.by).to_owned()),
        (None, Some(_)) if was_put => HowTaken::TimeRanOut,
        (None, Some(_)) => HowTaken::Policy,
        (None, None) => HowTaken::Open,
    };
    Some(DecisionStory {
        name: name.to_owned(),
        ask: spec.ask.clone(),
        role: role.map_or(spec.role.as_str(), |r| &r.title).to_owned(),
        objective: spec.objective.map(|o| o.as_str().to_owned()).unwrap_or_default(),
        options: spec
            .options
            .iter()
            .map(|o| (o.name.as_str().to_owned(), o.text.clone()))
            .collect(),
        expected: spec.expected,
        asked_ms: asked.ms(),
        taken_ms: by_people.map(|t| t.ms).or_else(|| entry.map(|line| line.ms)),
        taken: state.taken,
        how,
        confidence: by_people.and_then(|t| t.confidence),
        reason: by_people.map(|t| t.reason.clone()).unwrap_or_default(),
        votes: votes(session, spec, by_people),
        wall_seconds: by_people.and_then(|t| wall_seconds(session.records(), t, asked.ms())),
    })
}

fn is_taken(line: &Line, decision: &str) -> bool {
    line.kind == hotwash_engine::DECISION_TAKEN.name
        && line.fields.get("decision").and_then(|v| v.as_str()) == Some(decision)
}

/// Votes before it was taken; all of them where nobody took it.
fn votes(
    session: &Session,
    spec: &DecisionSpec,
    taken: Option<&TakenDecision>,
) -> Vec<(String, usize, u8, String)> {
    let open = session.state().votes.get(spec.name.as_str());
    let votes = taken.map(|t| &t.votes).or(open);
    let told = votes.into_iter().flatten().filter_map(|(who, vote)| {
        let name = session.state().name(who).to_owned();
        Some((name, option(spec, vote)?, vote.confidence, vote.reason.clone()))
    });
    told.collect()
}

fn option(spec: &DecisionSpec, vote: &Vote) -> Option<usize> {
    spec.options.iter().position(|o| o.name.as_str() == vote.option)
}

/// Seconds by the wall clock from when a decision came up until it was taken, as far as the records
/// tell: they say when the clock was let run and how fast, and where it had come to now and then.
fn wall_seconds(records: &[Record], taken: &TakenDecision, asked_ms: i64) -> Option<i64> {
    let end = records.iter().rposition(|r| {
        matches!(&r.act, Act::Decide { decision, .. } if *decision == taken.decision)
            && r.wall_ms == taken.wall_ms
    })?;
    let is_back = |r: &Record| matches!(r.act, Act::Rewind { .. } | Act::Open(_));
    let begin = records[..end].iter().rposition(is_back)?;
    let since = &records[begin..end];
    // Whoever goes back to a decision has it before them at once.
    let first = since.iter().skip(1).find(|r| r.ms >= asked_ms);
    let seen = first.map(|r| r.wall_ms);
    let seen = if since[0].ms > asked_ms { Some(since[0].wall_ms) } else { seen };
    let mut pace = None;
    for record in since.iter().take_while(|r| r.ms < asked_ms) {
        match record.act {
            Act::Run { pace: to } => pace = Some((record.ms, record.wall_ms, to)),
            Act::Pause => pace = None,
            _ => {}
        }
    }
    let reckoned = pace.map(|(ms, wall, pace)| wall + (asked_ms - ms) * 1_000 / pace.max(1));
    let came_up = match (reckoned, seen) {
        (Some(reckoned), Some(seen)) => reckoned.min(seen),
        (Some(reckoned), None) => reckoned,
        (None, seen) => seen?,
    };
    Some(((taken.wall_ms - came_up) / 1_000).max(0))
}

/// Whether the expected action of a decision came: as an evaluator said, or else as it was taken; nothing
/// where there is none expected, or where it was not the players' to take.
fn is_met(session: &Session, decision: &DecisionStory) -> Option<bool> {
    if decision.how == HowTaken::Policy {
        return None;
    }
    let said = session.state().expected.get(&decision.name).copied();
    said.or_else(|| Some(decision.taken == Some(decision.expected?)))
}

/// The objectives, with what the expected actions suggest and what evaluators said.
pub(super) fn objectives(session: &Session, decisions: &[DecisionStory]) -> Vec<ObjectiveStory> {
    let objectives = session.plan().scenario.english().objectives().iter().map(|objective| {
        let name = objective.name.as_str();
        let mine: Vec<&DecisionStory> = decisions.iter().filter(|d| d.objective == name).collect();
        let met: Vec<bool> = mine.iter().filter_map(|d| is_met(session, d)).collect();
        let came = met.iter().filter(|met| **met).count();
        let suggested = Rating::suggested(came, met.len());
        let ratings = session.state().ratings.get(name);
        let rated = ratings.into_iter().flatten().map(|r| {
            let by = match r.by.as_str() {
                FACILITATOR => "Facilitator",
                id => session.state().name(id),
            };
            (by.to_owned(), r.rating, r.comment.clone(), r.evidence.clone())
        });
        let rated: Vec<(String, Rating, String, Vec<u32>)> = rated.collect();
        let worst = rated.iter().map(|(_, rating, ..)| *rating).max();
        ObjectiveStory {
            name: name.to_owned(),
            text: objective.text.clone(),
            capability: objective.capability.clone().unwrap_or_default(),
            suggested,
            why: why(came, met.len(), suggested),
            rated,
            rating: worst.or(suggested),
            decisions: mine.iter().map(|d| d.name.clone()).collect(),
        }
    });
    objectives.collect()
}

fn why(came: usize, of: usize, suggested: Option<Rating>) -> String {
    let rule = match suggested {
        None => {
            return "No decision with an expected action came up for the players.".to_owned();
        }
        Some(Rating::P) => "all of them",
        Some(Rating::S) => "two thirds or more, not all",
        Some(Rating::M) => "some, fewer than two thirds",
        Some(Rating::U) => "none",
    };
    let actions = if of == 1 { "action" } else { "actions" };
    format!("{came} of {of} expected {actions} came: {rule}.")
}

/// Confidence against correctness: everybody who gave a confidence, in the order they joined, then the
/// team by what was decided.
pub(super) fn calibration(session: &Session, decisions: &[DecisionStory]) -> Vec<Calibration> {
    let specs = session.plan().scenario.english().decisions();
    let state = session.state();
    let ids = state.people.iter().map(|p| (p.id.as_str(), p.name.as_str()));
    let mut rows: Vec<Calibration> = Vec::new();
    for (id, name) in ids {
        let answers = specs.iter().filter_map(|spec| {
            let taken = state.taken.iter().find(|t| t.decision == spec.name.as_str());
            let open = || state.votes.get(spec.name.as_str())?.get(id);
            let vote = taken.map_or_else(open, |t| t.votes.get(id));
            // Whoever decides says so last.
            let own = taken.filter(|t| t.by == id).and_then(|t| Some((&t.option, t.confidence?)));
            let (option, confidence) = own.or_else(|| vote.map(|v| (&v.option, v.confidence)))?;
            Some((confidence, *option == spec.options[spec.expected?].name.as_str()))
        });
        let row = calibrated(name, answers);
        if row.answers > 0 {
            rows.push(row);
        }
    }
    let team = decisions.iter().filter_map(|d| Some((d.confidence?, d.taken? == d.expected?)));
    rows.push(calibrated("team", team));
    rows
}

fn calibrated(name: &str, answers: impl Iterator<Item = (u8, bool)>) -> Calibration {
    let mut by_confidence = [(0, 0); 5];
    let mut squares = 0.0;
    for (confidence, is_correct) in answers {
        let confidence = confidence.clamp(1, 5);
        let cell: &mut (u32, u32) = &mut by_confidence[usize::from(confidence) - 1];
        cell.0 += 1;
        cell.1 += u32::from(is_correct);
        let miss = f64::from(confidence) / 5.0 - f64::from(u8::from(is_correct));
        squares += miss * miss;
    }
    let answers: u32 = by_confidence.iter().map(|(answers, _)| answers).sum();
    Calibration {
        name: name.to_owned(),
        answers,
        correct: by_confidence.iter().map(|(_, correct)| correct).sum(),
        by_confidence,
        brier: (answers > 0).then(|| squares / f64::from(answers)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_follow_the_share_of_expected_actions() {
        let table = [(0, 0, None), (2, 2, Some(Rating::P)), (2, 3, Some(Rating::S))];
        let more = [(3, 5, Some(Rating::M)), (1, 9, Some(Rating::M)), (0, 1, Some(Rating::U))];
        for (came, of, rating) in table.into_iter().chain(more) {
            assert_eq!(Rating::suggested(came, of), rating, "{came} of {of}");
        }
        assert_eq!(
            why(1, 3, Some(Rating::M)),
            "1 of 3 expected actions came: some, fewer than two thirds."
        );
    }

    #[test]
    fn briers_score_is_that_of_the_textbook() {
        // (1 - 1)^2, (0.6 - 0)^2, (0.2 - 1)^2.
        let row = calibrated("team", [(5, true), (3, false), (1, true)].into_iter());
        assert!((row.brier.unwrap_or(9.0) - (0.36 + 0.64) / 3.0).abs() < 1e-12);
        assert_eq!((row.answers, row.correct), (3, 2));
        assert_eq!(row.by_confidence, [(1, 1), (0, 0), (1, 0), (0, 0), (1, 1)]);
        assert_eq!(calibrated("team", std::iter::empty()).brier, None);
    }

    fn record(n: u64, ms: i64, wall_ms: i64, act: Act) -> Record {
        Record { n, ms, wall_ms, by: FACILITATOR.to_owned(), act }
    }

    #[test]
    fn the_wall_clock_counts_from_when_the_question_was_on_the_table() {
        let decide = |ms, wall| {
            let act = Act::Decide {
                decision: "d".to_owned(),
                option: "o".to_owned(),
                confidence: None,
                reason: String::new(),
            };
            record(9, ms, wall, act)
        };
        let taken = |ms, wall_ms| TakenDecision {
            decision: "d".to_owned(),
            option: "o".to_owned(),
            by: FACILITATOR.to_owned(),
            confidence: None,
            reason: String::new(),
            ms,
            wall_ms,
            votes: std::collections::BTreeMap::new(),
        };
        let back = |ms, wall| record(0, ms, wall, Act::Rewind { decision: "d".to_owned() });
        // The clock runs 3600 s a second from 10 s on; what comes up after two hours is there at 12 s.
        let run = record(1, 0, 10_000, Act::Run { pace: 3_600_000 });
        let asked = 7_200_000;
        let all = [back(0, 0), run, decide(asked, 42_000)];
        assert_eq!(wall_seconds(&all, &taken(asked, 42_000), asked), Some(30));
        // Nobody let it run: it was skipped to, and the pause that followed says when.
        let pause = record(1, asked, 20_000, Act::Pause);
        let all = [back(0, 0), pause, decide(asked, 42_000)];
        assert_eq!(wall_seconds(&all, &taken(asked, 42_000), asked), Some(22));
        let all = [back(0, 0), decide(asked, 42_000)];
        assert_eq!(wall_seconds(&all, &taken(asked, 42_000), asked), None);
    }
}

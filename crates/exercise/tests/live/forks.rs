//! Forks against the truth: the session itself, branches of it, and simulations driven by hand.

use std::sync::atomic::{AtomicBool, Ordering};

use hotwash_engine::{
    Answer, Decider, DecisionId, Question, RunKey, SimDuration, SimTime, Simulation, Stop,
    parse_seed,
};
use hotwash_exercise::debrief::{Fork, ForkStudy, Worth};
use hotwash_exercise::{Act, Effect, FACILITATOR, Nowhere, Plan, Session};
use hotwash_lab::{Conduct, Ended, Shard, conduct};
use hotwash_scenario::PolicyDecider;

use crate::table::{answer, begun, decide, edited, names, plan, plan_of, play, skip_to_decision};

/// What a study finds with so many futures, on so many threads; stopped after so many batches.
fn found(session: &Session, futures: u64, threads: usize, batches: usize) -> (Worth, Ended) {
    let mut study = ForkStudy::new(session, futures);
    let (stop, mut seen) = (AtomicBool::new(false), 0);
    let progress = &mut |_| {
        seen += 1;
        stop.store(seen >= batches, Ordering::Relaxed);
    };
    let scenario = &session.plan().scenario;
    let shard = Shard::WHOLE;
    let mut how = Conduct { scenario, threads, shard, log: None, stop: &stop, progress };
    let ended = conduct(&mut study, &mut how).unwrap();
    (study.finding(), ended)
}

pub(crate) fn worth(session: &Session, futures: u64) -> Worth {
    let (worth, ended) = found(session, futures, 2, usize::MAX);
    assert_eq!((ended, worth.futures), (Ended::Complete, futures));
    worth
}

/// A measure of a session that has ended.
fn outcome(session: &Session, name: &str) -> Option<f64> {
    let mut values = Vec::new();
    session.sim().read_metrics(&mut values);
    let names = session.sim().metrics().position(|m| m.name == name);
    values[names.unwrap()].filter(|v| v.is_finite())
}

fn here(fork: &Fork, option: usize, measure: usize) -> Option<f64> {
    fork.options[option].effects[measure].here
}

/// Played with all that a session may have: options counted round, defaults, an inject by hand, ENDEX
/// before the end or at it.
fn eventful(plan: &Plan, pick: usize) -> Session {
    let mut session = begun(plan);
    if pick.is_multiple_of(2) {
        session.advance(SimTime::from_ms(5 * 86_400_000)).unwrap();
        for open in session.open() {
            answer(&mut session, open.number, pick);
        }
        if let Some(inject) = session.plan().scenario.injects().first() {
            let inject = inject.name.as_str().to_owned();
            session.act(FACILITATOR, Act::Inject { inject }, 0).unwrap();
        }
        session.advance(SimTime::from_ms(40 * 86_400_000)).unwrap();
        for open in session.open() {
            answer(&mut session, open.number, pick + 1);
        }
        for _ in 0..4 {
            for number in session.skip().unwrap().asked {
                answer(&mut session, number, pick + 1);
            }
        }
    } else {
        play(&mut session, pick);
    }
    session.act(FACILITATOR, Act::Endex, 0).unwrap();
    session
}

#[test]
fn what_was_done_with_the_same_luck_is_the_session_itself() {
    for scenario in ["insider-sale", "access-broker", "departing-admin"] {
        for pick in 0..4 {
            let mut plan = plan(scenario);
            plan.stops_at_decisions = pick % 3 != 1;
            if pick == 3 {
                plan.played.retain(|role| role != "counsel");
            }
            let session = eventful(&plan, pick);
            let worth = worth(&session, 0);
            assert!(!worth.decisions.is_empty(), "{scenario} {pick}: nobody decided anything");
            assert_eq!(worth.decisions.len(), session.state().taken.len());
            for (fork, taken) in worth.decisions.iter().zip(&session.state().taken) {
                assert_eq!((&fork.decision, fork.ms), (&taken.decision, taken.ms));
                assert_eq!(fork.options[fork.taken].name, taken.option);
                for (m, measure) in worth.measures.iter().enumerate() {
                    let own = outcome(&session, &measure.name);
                    let what = format!("{scenario} {pick}: {} {}", fork.decision, measure.name);
                    assert_eq!(here(fork, fork.taken, m), own, "{what}");
                    assert_eq!(worth.places[m].value, own, "{what}");
                }
            }
        }
    }
}

/// Whether every option that was taken gives the session itself when it is played again.
fn is_itself(session: &Session) {
    let worth = worth(session, 0);
    for fork in &worth.decisions {
        for (m, measure) in worth.measures.iter().enumerate() {
            let own = outcome(session, &measure.name);
            assert_eq!(here(fork, fork.taken, m), own, "{} {}", fork.decision, measure.name);
        }
    }
}

#[test]
fn an_inject_with_consequences_comes_again_by_hand() {
    let from = "unless: [\"pr.disclosed/leak\", \"pr.people-notified/leak\"],\n            from: \"board\",";
    let to =
        format!("orders: [(\"pr\", WarnTargets), (\"soc\", OpenCase(Leak))],\n            {from}");
    let plan = plan_of(edited("insider-sale", "decisions.ron", &[(from, &to)]));
    let outcomes = |by_hand: bool| {
        let mut session = begun(&plan);
        let number = skip_to_decision(&mut session);
        answer(&mut session, number, 0);
        if by_hand {
            session.advance(session.sim().now() + SimDuration::from_hours(1)).unwrap();
            let inject = "board-asks".to_owned();
            session.act(FACILITATOR, Act::Inject { inject }, 0).unwrap();
        }
        session.act(FACILITATOR, Act::Endex, 0).unwrap();
        is_itself(&session);
        outcome(&session, "victims")
    };
    assert_ne!(outcomes(true), outcomes(false), "the inject changes nothing: nothing was tested");
}

#[test]
fn answers_of_one_instant_come_again_in_their_order() {
    // Two questions at one instant, and a case that can be opened in only one way.
    let when = "when: Any([\"vendor.believes-leak\", \"soc.attributed/leak\", \"press.exposed/leak\"]),\n            delay: \"4h\"";
    let wait = "concerned.\", orders: []";
    let nobody = "Nobody at all.\", orders: []";
    let edits = [
        (when, when.replace("4h", "1d")),
        (wait, wait.replace("[]", "[(\"soc\", OpenCase(Leak))]")),
        (nobody, nobody.replace("[]", "[(\"soc\", OpenCase(Scam))]")),
    ];
    let edits: Vec<(&str, &str)> = edits.iter().map(|(from, to)| (*from, to.as_str())).collect();
    let plan = plan_of(edited("insider-sale", "decisions.ron", &edits));
    let [one, other] = [false, true].map(|is_reversed| {
        let mut session = begun(&plan);
        let mut open = Vec::new();
        while open.len() < 2 {
            for number in open {
                answer(&mut session, number, if number == 0 { 1 } else { 2 });
            }
            skip_to_decision(&mut session);
            open = session.open().iter().map(|o| o.number).collect::<Vec<_>>();
        }
        if is_reversed {
            open.reverse();
        }
        for number in open {
            let last = session.plan().scenario.decisions()[number].options.len() - 1;
            answer(&mut session, number, last);
        }
        session.act(FACILITATOR, Act::Endex, 0).unwrap();
        is_itself(&session);
        let mut values = Vec::new();
        session.sim().read_metrics(&mut values);
        values
    });
    assert_ne!(one, other, "the order changes nothing: nothing was tested");
}

/// A branch of a session in which one decision is taken otherwise and everything else as it was.
fn branched(session: &Session, nth: usize, option: &str) -> Session {
    let taken = session.state().taken.clone();
    let is_it =
        |act: &Act| matches!(act, Act::Decide { decision, .. } if *decision == taken[nth].decision);
    let n = session.records().iter().find(|r| is_it(&r.act)).unwrap().n;
    let mut branch = session.branch("s", n, Box::new(Nowhere), 0).unwrap();
    // The records before it end earlier than the decision was taken.
    while branch.now_ms() < taken[nth].ms {
        branch.advance(SimTime::from_ms(taken[nth].ms)).unwrap();
    }
    branch.act(FACILITATOR, decide(&taken[nth].decision, option), 0).unwrap();
    let asked = |session: &Session, name: &str| {
        let number =
            session.plan().scenario.decisions().iter().position(|d| d.name.as_str() == name);
        let state = session.sim().decision_state(DecisionId(number.unwrap() as u16));
        state.asked_at.map(SimTime::ms)
    };
    // Whoever decided before the fork, or never, does nothing more.
    let mut later: Vec<_> = taken[nth + 1..].iter().collect();
    let was_put = |name: &str| asked(session, name).is_some();
    while !branch.is_over() {
        let due = later.iter().filter_map(|t| {
            let wait = t.ms - asked(session, &t.decision)?;
            Some(asked(&branch, &t.decision)? + wait)
        });
        let due = due.min().unwrap_or(i64::MAX / 4);
        branch.advance(SimTime::from_ms(due)).unwrap();
        for open in branch.open() {
            // What never came up in the session takes its default at once: there is no policy.
            let spec = &branch.plan().scenario.decisions()[open.number];
            if !was_put(spec.name.as_str()) {
                let default = spec.default;
                answer(&mut branch, open.number, default);
            }
        }
        later.retain(|t| {
            let at = asked(session, &t.decision)
                .zip(asked(&branch, &t.decision))
                .map(|(was, is)| is + t.ms - was);
            if at != Some(branch.now_ms()) {
                return true;
            }
            branch.act(FACILITATOR, decide(&t.decision, &t.option), 0).unwrap();
            false
        });
    }
    branch.act(FACILITATOR, Act::Endex, 0).unwrap();
    branch
}

#[test]
fn another_option_with_the_same_luck_is_a_branch_of_the_session() {
    let mut plan = plan("departing-admin");
    plan.policy = None;
    let mut session = begun(&plan);
    play(&mut session, 0);
    session.act(FACILITATOR, Act::Endex, 0).unwrap();
    let worth = worth(&session, 0);
    let mut compared = 0;
    for (nth, fork) in worth.decisions.iter().enumerate() {
        for (number, option) in fork.options.iter().enumerate() {
            let branch = branched(&session, nth, &option.name);
            for (m, measure) in worth.measures.iter().enumerate() {
                let what = format!("{}: {} {}", fork.decision, option.name, measure.name);
                assert_eq!(here(fork, number, m), outcome(&branch, &measure.name), "{what}");
                compared += usize::from(here(fork, number, m) != here(fork, fork.taken, m));
            }
        }
    }
    assert!(compared > 5, "hardly any option changed anything: {compared}");
}

/// Answers by delays in place of a hand: the same decisions by another path.
struct Delays {
    policy: PolicyDecider,
    /// By decision: the option, and how long after it came up.
    answers: Vec<Option<(usize, SimDuration)>>,
}

impl Decider for Delays {
    fn decide(&mut self, question: &Question<'_>) -> Answer {
        match self.answers[usize::from(question.id.0)] {
            Some((option, after)) => Answer::Choose { option, after },
            None => self.policy.decide(question),
        }
    }
}

/// Every decision of the session that people took, as an answer with a delay.
fn delays(session: &Session, sim: &Simulation) -> Delays {
    let policy = session.plan().policy.as_ref().unwrap().decider(sim);
    let mut answers = vec![None; sim.decisions().len()];
    for (at, effect) in session.effects() {
        if let Effect::Decide { decision, option } = effect {
            let asked = session.sim().decision_state(DecisionId(*decision as u16)).asked_at;
            answers[*decision] = Some((*option, *at - asked.unwrap()));
        }
    }
    Delays { policy, answers }
}

#[test]
fn futures_are_those_of_a_simulation_driven_by_hand() {
    const FUTURES: u64 = 8;
    let mut session = begun(&plan("insider-sale"));
    while !session.is_over() {
        for number in session.skip().unwrap().asked {
            let wait = SimDuration::from_hours(3);
            session.advance(session.sim().now() + wait).unwrap();
            answer(&mut session, number, number);
        }
    }
    session.act(FACILITATOR, Act::Endex, 0).unwrap();
    let worth = worth(&session, FUTURES);
    let plan = session.plan();
    let mut sim = plan.scenario.build(&plan.set, plan.policy.as_ref()).unwrap();
    let seed = parse_seed(&format!("{}/forks", plan.seed));
    for fork in &worth.decisions {
        let mut sums = vec![(0.0, 0); worth.measures.len()];
        for replication in 0..FUTURES {
            let mut delays = delays(&session, &sim);
            sim.reset(plan.key());
            let before = SimTime::from_ms(fork.ms - 1);
            assert!(matches!(sim.advance(&mut delays, before).unwrap(), Stop::Until(_)));
            sim.diverge(RunKey { seed, replication });
            sim.advance(&mut delays, SimTime::from_ms(SimTime::LIMIT)).unwrap();
            let mut values = Vec::new();
            sim.read_metrics(&mut values);
            for (sum, measure) in sums.iter_mut().zip(&worth.measures) {
                let place = sim.metrics().position(|m| m.name == measure.name).unwrap();
                if let Some(value) = values[place] {
                    *sum = (sum.0 + value, sum.1 + 1);
                }
            }
        }
        for (m, (sum, count)) in sums.into_iter().enumerate() {
            let effect = &fork.options[fork.taken].effects[m];
            let what = format!("{} {}", fork.decision, worth.measures[m].name);
            assert_eq!(effect.values, count, "{what}");
            let Some(mean) = effect.mean else { continue };
            let want = sum / count as f64;
            assert!((mean.value - want).abs() <= 1e-9 * want.abs(), "{what}: {mean:?} {want}");
        }
    }
}

#[test]
fn threads_and_interruptions_change_nothing() {
    let session = eventful(&plan("departing-admin"), 1);
    let (one, _) = found(&session, 24, 1, usize::MAX);
    let (three, _) = found(&session, 24, 3, usize::MAX);
    assert_eq!(one, three);
    // How far it has come by then depends on the threads; what it has found by then does not.
    let (stopped, ended) = found(&session, 800, 2, 3);
    assert_eq!((ended, stopped.wanted), (Ended::Stopped, 800));
    assert!(stopped.futures >= 16 && stopped.futures < 800, "{}", stopped.futures);
    let whole = worth(&session, stopped.futures);
    assert_eq!((&stopped.decisions, &stopped.places), (&whole.decisions, &whole.places));
    assert_eq!(stopped.runs, whole.runs);
}

#[test]
fn an_option_that_does_nothing_has_no_effect_at_all() {
    let from = r#"(name: "cake", text"#;
    let to = r#"(name: "flowers", text: "The badge and a bunch of flowers.", orders: []),
                (name: "cake", text"#;
    let scenario = edited("departing-admin", "decisions.ron", &[(from, to)]);
    let mut session = begun(&plan_of(scenario));
    while !session.is_over() {
        for number in session.skip().unwrap().asked {
            // `cake` on the last day, and whatever comes first elsewhere.
            let (name, _) = names(&session, number, 0);
            answer(&mut session, number, usize::from(name == "last-day"));
        }
    }
    session.act(FACILITATOR, Act::Endex, 0).unwrap();
    let worth = worth(&session, 40);
    let fork = worth.decisions.iter().find(|f| f.decision == "last-day").unwrap();
    let [flowers, cake] =
        ["flowers", "cake"].map(|name| fork.options.iter().find(|o| o.name == name).unwrap());
    for (a, b) in flowers.effects.iter().zip(&cake.effects) {
        assert_eq!((a.here, a.mean, a.values), (b.here, b.mean, b.values));
        if let Some(difference) = a.difference {
            assert_eq!((difference.value, difference.low, difference.high), (0.0, 0.0, 0.0));
            assert_eq!(a.shares, (0.0, 1.0, 0.0));
        }
        assert!(!a.is_clear);
    }
    let others = fork.options.iter().filter(|o| o.name != "flowers" && o.name != "cake");
    assert!(others.flat_map(|o| &o.effects).any(|e| e.is_clear), "nothing else does anything");
    assert!(fork.stake > 0.0);
}

#[test]
fn a_session_without_decisions_has_a_place_and_no_forks() {
    let mut session = begun(&plan("departing-admin"));
    session.act(FACILITATOR, Act::Endex, 0).unwrap();
    let worth = worth(&session, 16);
    assert!(worth.decisions.is_empty());
    for place in &worth.places {
        assert_eq!(place.worlds, 16);
        assert!(place.lower >= 0.0 && place.lower + place.equal <= 1.0);
    }
    // The policy decided everything, so the session is one of the ensemble's worlds: replication 0.
    assert!(worth.places.iter().any(|place| place.value.is_some() && place.values > 0));
}

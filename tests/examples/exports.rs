//! Plays a shipped scenario by its expected options and writes the exports of the session, for
//! `tests/exports/check.py`.
//!
//! ```text
//! cargo run -p hotwash-tests --example exports -- SCENARIO DIR
//! ```

use std::path::Path;

use hotwash_exercise::debrief::story;
use hotwash_exercise::{Act, FACILITATOR, Nowhere, Plan, Rating, Seat, Session, View};
use hotwash_report::export::exports;
use hotwash_tests::shipped;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(scenario), Some(dir)) = (args.next(), args.next()) else {
        return Err("write: exports SCENARIO DIR".into());
    };
    let session = played(&scenario)?;
    std::fs::create_dir_all(&dir)?;
    for (name, bytes) in exports(&story(&session), None) {
        std::fs::write(Path::new(&dir).join(name), bytes)?;
    }
    Ok(())
}

/// A session in which one person takes every decision as the authors expect, and another rates.
fn played(scenario: &str) -> Result<Session, Box<dyn std::error::Error>> {
    let scenario = shipped(scenario);
    let name = scenario.name().to_owned();
    let policy = scenario.policy("historical").cloned();
    let roles = scenario.roles().iter().map(|r| Seat::Role(r.name.as_str().to_owned())).collect();
    let plan = Plan::new(scenario, &name, policy);
    let mut session = Session::begin(plan, Box::new(Nowhere), 0)?;
    for (person, name, seats) in [("p1", "Ada", roles), ("p2", "Grace", vec![Seat::Evaluator])] {
        let (person, name) = (person.to_owned(), name.to_owned());
        session.act(FACILITATOR, Act::Join { person, name, seats }, 0)?;
    }
    let mut wall_ms = 0;
    while !session.is_over() {
        for number in session.skip()?.asked {
            wall_ms += 60_000;
            let spec = session.plan().scenario.decisions()[number].clone();
            let option = &spec.options[spec.expected.unwrap_or(spec.default)];
            let (decision, option) =
                (spec.name.as_str().to_owned(), option.name.as_str().to_owned());
            let reason = "as the authors expect".to_owned();
            let (d, o, r) = (decision.clone(), option.clone(), reason.clone());
            session.act(
                "p1",
                Act::Vote { decision: d, option: o, confidence: 4, reason: r },
                wall_ms,
            )?;
            let taken = Act::Decide { decision, option, confidence: Some(4), reason };
            session.act("p1", taken, wall_ms + 20_000)?;
        }
    }
    let objectives: Vec<String> =
        session.plan().scenario.objectives().iter().map(|o| o.name.as_str().to_owned()).collect();
    // The first entry that the evaluator sees.
    let view = View::of(&session, "p2");
    let seen = (1..=session.lines().len() as u32).find(|n| view.sees_entry(&session, *n));
    for objective in objectives {
        let (comment, evidence) = ("seen".to_owned(), seen.into_iter().collect());
        let rated = Act::Rate { objective, rating: Some(Rating::S), comment, evidence };
        session.act("p2", rated, wall_ms + 30_000)?;
    }
    session.act(FACILITATOR, Act::Endex, wall_ms + 40_000)?;
    Ok(session)
}

//! The press in small runs, with a press office that speaks and a script that complains.

use hotwash_engine::Simulation;
use hotwash_incident::Party;

use super::Press;
use super::config::{
    ContradictionConfig, EvidenceNames, InterestConfig, NumberConfig, OutletConfig, PressConfig,
    SeverityConfig,
};
use crate::pr::{Pr, PrOrder};
use crate::testkit::{Act, Script, ScriptConfig, builder, count_of, day_of, metric, p, run, slug};

pub(crate) fn config() -> PressConfig {
    let outlet = |name: &str, reach, hours| OutletConfig {
        name: name.to_owned(),
        reach: p(reach),
        deadline: p(hours),
    };
    PressConfig {
        outlets: vec![outlet("Trade Site", 0.02, 24.0), outlet("Daily", 0.1, 48.0)],
        breach: slug("records-taken"),
        evidence: EvidenceNames {
            posting: slug("caller-knows-ticket"),
            checked: slug("caller-knows-ticket"),
            inside: slug("vendor-admits"),
            report: slug("press-report"),
        },
        interest: InterestConfig {
            posts: p(1.0),
            posting_credibility: p(0.2),
            kept_per_week: p(0.7),
            asks_per_posting: p(0.3),
            sources: p(6.0),
            checked_credibility: p(0.8),
            question_credibility: p(0.6),
            inside_tells: p(0.0),
            inside_credibility: p(0.9),
            letter_surfaces: p(1.0),
            prints_at: p(0.7),
            report_credibility: p(0.9),
        },
        severity: SeverityConfig {
            exposed: p(0.7),
            own_disclosure: p(0.4),
            per_month_silent: p(0.1),
            scam_wave: p(0.05),
            advisory_picked_up: p(1.0),
        },
        number: NumberConfig { guessed: p(1.5), inflated: p(0.2) },
        contradiction: ContradictionConfig { story: p(1.0), walked_back: p(1.0), memory: p(1.3) },
    }
}

fn simulate(days: i64, config: PressConfig, acts: &[(f64, Act)]) -> Simulation {
    let mut sim = builder(days, &[]);
    sim.plugin::<Script>(ScriptConfig::new(acts));
    sim.plugin::<Pr>(crate::pr::tests::config());
    sim.plugin::<Press>(config);
    run(sim)
}

fn publish(name: &str) -> Act {
    Act::Pr(PrOrder::Publish(slug(name)))
}

#[test]
fn nothing_to_see_is_nothing_done() {
    let sim = simulate(200, config(), &[]);
    assert_eq!(sim.journal().entries().len(), 0);
    assert!(sim.entries().0 <= 2, "{:?}", sim.entries());
    assert_eq!(metric(&sim, "published-number-error"), None);
}

#[test]
fn many_postings_make_journalists_ask_and_expose() {
    let sim = simulate(200, config(), &[(0.0, Act::Read(68_000)), (3.0, Act::Complain(30))]);
    assert_eq!(metric(&sim, "exposed-by-press"), Some(1.0));
    assert!(day_of(&sim, "press.inquiry") < day_of(&sim, "press.exposed"));
    assert_eq!(count_of(&sim, "press.exposed"), 1);
    assert_eq!(count_of(&sim, "press.followed"), 1);
    // The vendor reads it too.
    let vendor = sim.journal().entries().iter().any(|e| {
        e.kind.name == "case.vendor-believes"
            && format!("{:?}", e.field("party")).contains("vendor")
    });
    assert!(vendor);
}

#[test]
fn an_unconvinced_journalist_prints_a_scam_story() {
    let mut timid = config();
    timid.interest.prints_at = p(1.0);
    let sim = simulate(60, timid, &[(3.0, Act::Complain(30))]);
    assert_eq!(metric(&sim, "exposed-by-press"), Some(0.0));
    assert!(count_of(&sim, "press.story") >= 1);
}

#[test]
fn an_exposure_refutes_a_denial_and_the_press_remembers() {
    let acts = [(0.0, publish("denial")), (20.0, Act::Read(68_000)), (21.0, Act::Complain(60))];
    let sim = simulate(200, config(), &acts);
    assert_eq!(metric(&sim, "claims-refuted"), Some(1.0));
    let said = sim
        .journal()
        .entries()
        .iter()
        .any(|e| format!("{:?}", e.field("story")).contains("contradiction"));
    assert!(said);
}

#[test]
fn own_disclosure_is_covered_more_mildly_than_an_exposure() {
    let speaks = [
        (0.0, Act::Read(68_000)),
        (0.0, Act::See(Party::Vendor, "finding")),
        (0.0, publish("notice")),
    ];
    let told = simulate(200, config(), &speaks);
    let exposed = simulate(200, config(), &[(0.0, Act::Read(68_000)), (3.0, Act::Complain(30))]);
    assert_eq!(metric(&told, "exposed-by-press"), Some(0.0));
    assert!(metric(&told, "coverage") < metric(&exposed, "coverage"));
    // The notice gives a ceiling only, and that is what is printed.
    let error = metric(&told, "published-number-error").unwrap();
    assert!((error - 120.0 / 68.0).abs() < 1e-9, "{error}");
    assert_eq!(count_of(&told, "press.number"), 1);
}

#[test]
fn walking_back_is_taken_up_too() {
    let acts = [
        (0.0, publish("denial")),
        (20.0, Act::See(Party::Vendor, "finding")),
        (20.0, publish("notice")),
    ];
    let sim = simulate(200, config(), &acts);
    assert_eq!(metric(&sim, "claims-walked-back"), Some(1.0));
    let contradictions = sim.journal().entries().iter();
    let contradictions =
        contradictions.filter(|e| format!("{:?}", e.field("story")).contains("contradiction"));
    assert_eq!(contradictions.count(), 2);
}

#[test]
fn taking_back_in_letters_is_noticed_at_the_next_public_word() {
    let acts = [
        (0.0, publish("denial")),
        (20.0, Act::Read(1_000)),
        (20.0, Act::Pr(PrOrder::NotifyPeople)),
        (60.0, Act::See(Party::Vendor, "finding")),
        (60.0, publish("notice")),
    ];
    let mut deaf = config();
    deaf.interest.letter_surfaces = p(0.0);
    let sim = simulate(200, deaf, &acts);
    let contradictions = sim.journal().entries().iter();
    let mut contradictions =
        contradictions.filter(|e| format!("{:?}", e.field("story")).contains("contradiction"));
    assert!(contradictions.next().unwrap().at.days() > 60.0);
}

#[test]
fn somebody_inside_tells_when_the_vendor_knows_and_is_silent() {
    let mut leaky = config();
    leaky.interest.inside_tells = p(1.0);
    let knows = [(0.0, Act::Read(68_000)), (1.0, Act::See(Party::Vendor, "finding"))];
    let sim = simulate(100, leaky, &knows);
    assert_eq!(metric(&sim, "exposed-by-press"), Some(1.0));
    assert_eq!(metric(&simulate(100, config(), &knows), "exposed-by-press"), Some(0.0));
}

#[test]
fn letters_surface_without_being_an_exposure() {
    let acts = [(0.0, Act::Read(1_000)), (1.0, Act::Pr(PrOrder::NotifyPeople))];
    let sim = simulate(100, config(), &acts);
    assert_eq!(metric(&sim, "exposed-by-press"), Some(0.0));
    assert_eq!(count_of(&sim, "press.inside-source"), 1);
    assert!(metric(&sim, "articles") >= Some(2.0));
}

#[test]
fn what_the_vendor_says_moves_no_draw_of_the_press() {
    let tickets = |steps: &str| {
        let mut sim = builder(100, &[("pr.approval_steps", steps)]);
        let acts = [
            (1.0, Act::Complain(4)),
            (5.0, publish("denial")),
            (30.0, Act::Complain(4)),
            (31.0, publish("notice")),
        ];
        sim.plugin::<Script>(ScriptConfig::new(&acts));
        sim.plugin::<Pr>(crate::pr::tests::config());
        sim.plugin::<Press>(config());
        let mut sim = sim.finish().unwrap();
        sim.record_draws(true);
        sim.run(hotwash_engine::RunKey::single(7), &mut hotwash_engine::TakeDefaults).unwrap();
        let draws = sim.draws().iter().filter(|d| d.stream.starts_with("press/"));
        draws.map(|d| (d.stream.clone(), d.occurrence, d.ticket)).collect::<Vec<_>>()
    };
    // The same address gives the same ticket, whichever of the two runs asks.
    let (short, long) = (tickets("0"), tickets("6"));
    for (stream, occurrence, ticket) in &short {
        let twin = long.iter().find(|(s, o, _)| s == stream && o == occurrence);
        assert!(twin.is_none_or(|(_, _, t)| t == ticket), "{stream} {occurrence}");
    }
    assert!(short.iter().any(|d| long.contains(d)));
}

//! The press in small runs, with a press office that speaks and a script that complains.

use hotwash_engine::{SimBuilder, Simulation, Value};
use hotwash_incident::events::{
    AccusationWithdrawn, BriefingLeaked, ExploitUsed, ResearchPublished, ResearcherRebutted,
};
use hotwash_incident::{MatterId, Party};

use super::Press;
use super::config::{
    BeatConfig, ContradictionConfig, EvidenceNames, HeadlinesConfig, InterestConfig, LeakConfig,
    NumberConfig, OutletConfig, PressConfig, ResearchConfig, SeverityConfig,
};
use crate::pr::{Pr, PrOrder};
use crate::testkit::{Act, Script, ScriptConfig, builder, count_of, day_of, metric, p, run, slug};
use crate::two_matters::{self, send};

pub(crate) fn config() -> PressConfig {
    let outlet = |name: &str, reach, hours| OutletConfig {
        name: name.to_owned(),
        reach: p(reach),
        deadline: p(hours),
    };
    PressConfig {
        outlets: vec![outlet("Trade Site", 0.02, 24.0), outlet("Daily", 0.1, 48.0)],
        severity: SeverityConfig {
            exposed: p(0.7),
            own_disclosure: p(0.4),
            per_month_silent: p(0.1),
            advisory_picked_up: p(1.0),
        },
        contradiction: ContradictionConfig { story: p(1.0), walked_back: p(1.0), memory: p(1.3) },
        matters: vec![leak()],
    }
}

fn interest() -> InterestConfig {
    InterestConfig {
        question_credibility: p(0.6),
        inside_tells: p(0.0),
        inside_credibility: p(0.9),
        prints_at: p(0.7),
        report_credibility: p(0.9),
    }
}

fn leak() -> BeatConfig {
    BeatConfig {
        breach: slug("records-taken"),
        headlines: HeadlinesConfig {
            exposed: "records are out".to_owned(),
            disclosure: "the vendor admits it".to_owned(),
        },
        evidence: EvidenceNames {
            question: slug("caller-knows-ticket"),
            inside: slug("vendor-admits"),
            report: slug("press-report"),
        },
        interest: interest(),
        aside: p(0.05),
        leak: Some(LeakConfig {
            posting: slug("caller-knows-ticket"),
            checked: slug("caller-knows-ticket"),
            posts: p(1.0),
            posting_credibility: p(0.2),
            kept_per_week: p(0.7),
            asks_per_posting: p(0.3),
            sources: p(6.0),
            checked_credibility: p(0.8),
            letter_surfaces: p(1.0),
            number: NumberConfig { guessed: p(1.5), inflated: p(0.2) },
        }),
        research: None,
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
    timid.matters[0].interest.prints_at = p(1.0);
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
    if let Some(leak) = &mut deaf.matters[0].leak {
        leak.letter_surfaces = p(0.0);
    }
    let sim = simulate(200, deaf, &acts);
    let contradictions = sim.journal().entries().iter();
    let mut contradictions =
        contradictions.filter(|e| format!("{:?}", e.field("story")).contains("contradiction"));
    assert!(contradictions.next().unwrap().at.days() > 60.0);
}

#[test]
fn somebody_inside_tells_when_the_vendor_knows_and_is_silent() {
    let mut leaky = config();
    leaky.matters[0].interest.inside_tells = p(1.0);
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

fn intrusion() -> BeatConfig {
    BeatConfig {
        breach: slug("network-entered"),
        headlines: HeadlinesConfig {
            exposed: "the vendor is among the victims".to_owned(),
            disclosure: "the vendor says that intruders were inside".to_owned(),
        },
        evidence: EvidenceNames {
            question: slug("seller-chat"),
            inside: slug("vendor-admits-entry"),
            report: slug("press-names"),
        },
        interest: interest(),
        aside: p(0.05),
        leak: None,
        research: Some(ResearchConfig {
            chats: slug("seller-chat"),
            names_found: p(1.0),
            names_after: p(4.0),
            chats_credibility: p(0.6),
            unnamed: p(0.02),
            rebuttal: p(0.4),
            exploit: p(0.6),
            exploit_covered: p(1.0),
            cooled: p(0.5),
        }),
    }
}

fn of_two(acts: &[(f64, Act)], change: impl FnOnce(&mut PressConfig)) -> SimBuilder {
    let mut config = config();
    config.matters.push(intrusion());
    change(&mut config);
    let mut sim = two_matters::builder(200, &[]);
    sim.plugin::<Script>(ScriptConfig::new(acts));
    sim.plugin::<Pr>(two_matters::pr());
    sim.plugin::<Press>(config);
    sim
}

const PUBLISHED: ResearchPublished = ResearchPublished { is_named: false, credibility: 0.7 };

fn severities(sim: &Simulation, story: &str) -> Vec<f64> {
    let entries = sim.journal().entries().iter();
    let is_it =
        |e: &&hotwash_engine::Entry| e.field("story") == Some(&Value::Text(story.to_owned()));
    let severity = |e: &hotwash_engine::Entry| match e.field("severity") {
        Some(Value::Num(severity)) => *severity,
        other => panic!("{other:?}"),
    };
    entries.filter(is_it).map(severity).collect()
}

#[test]
fn research_without_names_becomes_a_name_and_touches_one_matter_only() {
    let mut sim = of_two(&[], |_| {});
    send(&mut sim, 10, PUBLISHED);
    let sim = run(sim);
    assert_eq!(metric(&sim, "exposed-by-press/intrusion"), Some(1.0));
    assert_eq!(metric(&sim, "exposed-by-press/leak"), Some(0.0));
    assert_eq!(severities(&sim, "unnamed-victims"), [0.02, 0.02]);
    let (names, asks, named) = (
        day_of(&sim, "press.names"),
        day_of(&sim, "press.inquiry-on"),
        day_of(&sim, "press.exposed"),
    );
    assert!((14.0..15.0).contains(&names.unwrap()), "{names:?}");
    assert!(names <= asks && asks < named);
    assert_eq!(count_of(&sim, "press.inquiry"), 0);
}

#[test]
fn nobody_is_named_when_nobody_finds_out_or_the_vendor_speaks_first() {
    let mut secret = of_two(&[], |c| {
        if let Some(research) = &mut c.matters[1].research {
            research.names_found = p(0.0);
        }
    });
    send(&mut secret, 10, PUBLISHED);
    let secret = run(secret);
    assert_eq!(metric(&secret, "exposed-by-press/intrusion"), Some(0.0));
    assert_eq!(count_of(&secret, "press.inquiry-on"), 0);

    let speaks = [(0.0, Act::See(Party::Vendor, "hunt-finds")), (1.0, publish("entry"))];
    let mut open = of_two(&speaks, |_| {});
    send(&mut open, 12, PUBLISHED);
    let open = run(open);
    assert_eq!(metric(&open, "exposed-by-press/intrusion"), Some(0.0));
    assert_eq!(severities(&open, "disclosure").len(), 2);
    assert_eq!(severities(&open, "unnamed-victims").len(), 0, "that is no news any more");
}

#[test]
fn a_withdrawn_accusation_cools_what_is_printed_after_it() {
    let stories = |is_withdrawn: bool| {
        let mut sim = of_two(&[], |_| {});
        send(&mut sim, 10, PUBLISHED);
        send(&mut sim, 30, ResearcherRebutted { credibility: 0.5 });
        if is_withdrawn {
            send(&mut sim, 12, AccusationWithdrawn {});
        }
        let sim = run(sim);
        (severities(&sim, "leak-exposed")[0], severities(&sim, "rebuttal")[0])
    };
    assert_eq!(stories(false), (0.7, 0.2));
    assert_eq!(stories(true), (0.35, 0.1));
}

#[test]
fn a_briefing_that_leaks_makes_a_journalist_ask_at_once() {
    let mut sim = of_two(&[], |_| {});
    send(&mut sim, 10, BriefingLeaked { matter: MatterId(1) });
    let sim = run(sim);
    assert!(day_of(&sim, "press.inquiry-on").unwrap() < 11.0);
    assert_eq!(count_of(&sim, "press.inside-told"), 1);
    assert_eq!(metric(&sim, "exposed-by-press/intrusion"), Some(1.0));
}

#[test]
fn words_that_admit_nothing_are_an_aside_on_their_own_matter() {
    let sim = run(of_two(&[(1.0, publish("advice"))], |_| {}));
    assert_eq!(severities(&sim, "statement"), [0.05, 0.05]);
    assert_eq!(severities(&sim, "scam-wave").len(), 0);
}

#[test]
fn attacks_through_the_product_are_reported() {
    let mut sim = of_two(&[], |_| {});
    send(&mut sim, 5, ExploitUsed { number: 1, is_from_source: false, hit: 0.01 });
    assert_eq!(severities(&run(sim), "exploit"), [0.6, 0.6]);
}

#[test]
fn the_press_remembers_contradictions_across_matters() {
    let spring = [(0.0, publish("nothing")), (20.0, Act::See(Party::Public, "press-names"))];
    let autumn = [(60.0, publish("denial")), (80.0, Act::See(Party::Public, "press-report"))];
    let certain = |c: &mut PressConfig| c.contradiction.story = p(1.2);
    let both = run(of_two(&[spring, autumn].concat(), certain));
    let alone = run(of_two(&autumn, certain));
    assert_eq!(metric(&both, "claims-refuted"), Some(2.0));
    let last = |sim: &Simulation| *severities(sim, "contradiction").last().unwrap();
    assert!(last(&both) > last(&alone), "{} {}", last(&both), last(&alone));
}

#[test]
fn only_one_matter_can_have_the_researcher() {
    let twice = of_two(&[], |c| c.matters[0].research = intrusion().research);
    let problems = twice.finish().map(|_| ()).unwrap_err();
    assert_eq!(problems[0].path, "matters[1].research");
}

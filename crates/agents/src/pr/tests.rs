//! The press office in small runs.

use hotwash_engine::{Order, SimBuilder, Simulation};
use hotwash_incident::{Audiences, ClaimSpec, Party, Polarity, Specifics, Wording};

use super::config::{
    BarsConfig, HearingConfig, LettersConfig, PrConfig, RecordsConfig, StatementConfig,
    TimesConfig, TopicConfig, WarningConfig,
};
use super::{Pr, PrOrder};
use crate::testkit::{Act, Script, ScriptConfig, builder, count_of, day_of, metric, p, run, slug};
use crate::two_matters;

pub(crate) fn statement(
    name: &str,
    to: Audiences,
    about: &str,
    perceived: Polarity,
) -> StatementConfig {
    let claim = ClaimSpec { about: slug(about), literal: None, perceived, wording: Wording::Plain };
    StatementConfig {
        name: slug(name),
        title: format!("Title of {name}"),
        text: format!("Text of {name}"),
        matter: None,
        to,
        claims: vec![claim],
        records: None,
        counted: None,
        is_specific_warning: false,
        tells: Specifics::default(),
    }
}

fn topic(of: &str, admits: &str, denies: &str) -> TopicConfig {
    TopicConfig { of: vec![slug(of)], admits: slug(admits), denies: slug(denies) }
}

pub(crate) fn config() -> PrConfig {
    let mut notice = statement("notice", Audiences::Public, "records-taken", Polarity::Affirms);
    notice.records = Some(RecordsConfig {
        low: 0.0,
        high: 120_000.0,
        source: "test".to_owned(),
        firmness: hotwash_engine::Firmness::Guess,
    });
    PrConfig {
        statements: vec![
            statement("denial", Audiences::Support, "records-taken", Polarity::Denies),
            notice,
            statement("letter", Audiences::Affected, "records-taken", Polarity::Affirms),
        ],
        hearing: HearingConfig {
            topics: vec![topic("records-taken", "vendor-admits", "vendor-denies")],
            admission: p(0.95),
            denial_distrusted: p(0.1),
            denial_trusted: p(0.6),
        },
        times: TimesConfig {
            draft: p(9.0),
            review_light: p(4.0),
            review_full: p(9.0),
            approval: p(9.0),
            rule_patience: p(30.0),
        },
        bars: BarsConfig { certain: p(0.9), likely: p(0.5), suspicion: p(0.15) },
        warning: Some(WarningConfig { prepare: p(9.0), reach: p(0.4), contact_usd: p(0.5) }),
        letters: Some(LettersConfig {
            prepare: p(9.0),
            per_day: p(20_000.0),
            letter_usd: p(2.0),
            statement: Some(slug("letter")),
            scope_known_by: slug("insider"),
            scope_known_at: p(0.9),
            scope_factor: p(4.0),
        }),
        briefing: None,
        statement_usd: p(1_000.0),
        review_usd: (p(500.0), p(2_000.0)),
        effort: p(0.5),
    }
}

fn publish(name: &str) -> Act {
    Act::Pr(PrOrder::Publish(slug(name)))
}

fn sim(days: i64, settings: &[(&str, &str)], acts: &[(f64, Act)]) -> SimBuilder {
    let mut sim = builder(days, settings);
    sim.plugin::<Script>(ScriptConfig::new(acts));
    sim.plugin::<Pr>(config());
    sim
}

fn release_day(sim: &Simulation) -> f64 {
    day_of(sim, "pr.published").unwrap()
}

#[test]
fn words_take_business_days_through_the_whole_chain() {
    // Draft, review and three approvals of one business day each, from Thursday noon on.
    let sure = [(1.0, Act::See(Party::Vendor, "finding")), (1.125, publish("notice"))];
    let by_default = run(sim(60, &[], &sure));
    let days = release_day(&by_default);
    assert!((6.0..8.5).contains(&(days - 1.125)), "{days}");
    let lean = [("pr.approval_steps", "0"), ("pr.legal_review", "light")];
    let with = |settings: &[(&str, &str)]| release_day(&run(sim(60, settings, &sure)));
    let prepared = [lean[0], lean[1], ("pr.prepared_statements", "true")];
    assert!(with(&prepared) < with(&lean) && with(&lean) < days);
    assert_eq!(metric(&by_default, "statements"), Some(1.0));
}

#[test]
fn more_approvals_never_make_it_quicker() {
    let acts = [(0.0, Act::See(Party::Vendor, "finding")), (0.5, publish("notice"))];
    let days: Vec<f64> = (0..=6)
        .map(|steps| {
            let steps = steps.to_string();
            release_day(&run(sim(90, &[("pr.approval_steps", &steps)], &acts)))
        })
        .collect();
    assert!(days.is_sorted(), "{days:?}");
}

#[test]
fn an_unsure_office_waits_for_the_bar_or_its_patience() {
    let unsure = [(0.0, publish("notice"))];
    let patient = run(sim(90, &[], &unsure));
    assert!(release_day(&patient) > 30.0);
    assert_eq!(count_of(&patient, "pr.not-sure-enough"), 1);

    let learns = [(0.0, publish("notice")), (20.0, Act::See(Party::Vendor, "finding"))];
    let told = run(sim(90, &[], &learns));
    assert!((20.0..22.0).contains(&release_day(&told)), "{}", release_day(&told));

    // The denial does not affirm anything, so no rule holds it back.
    let denial = run(sim(90, &[], &[(0.0, publish("denial"))]));
    assert!(day_of(&denial, "pr.posted").unwrap() < 10.0);
}

#[test]
fn a_laxer_rule_is_never_slower() {
    let acts = [
        (0.0, publish("notice")),
        (10.0, Act::See(Party::Vendor, "caller-knows-ticket")),
        (12.0, Act::See(Party::Vendor, "caller-knows-ticket")),
        (14.0, Act::See(Party::Vendor, "caller-knows-ticket")),
        (25.0, Act::See(Party::Vendor, "finding")),
    ];
    let day = |rule| release_day(&run(sim(90, &[("pr.disclosure_rule", rule)], &acts)));
    let (certain, likely, suspicion) =
        (day("when-certain"), day("when-likely"), day("on-suspicion"));
    assert!(suspicion < likely && likely < certain, "{suspicion} {likely} {certain}");
}

#[test]
fn disclosure_walks_an_earlier_denial_back() {
    let acts = [
        (0.0, publish("denial")),
        (20.0, Act::See(Party::Vendor, "finding")),
        (20.0, publish("notice")),
    ];
    let sim = run(sim(90, &[], &acts));
    assert_eq!(metric(&sim, "claims-walked-back"), Some(1.0));
    assert_eq!(metric(&sim, "claims-refuted"), Some(0.0));
    assert_eq!(count_of(&sim, "case.claimed"), 2);
}

#[test]
fn a_draft_that_later_words_contradict_is_dropped() {
    let acts = [
        (0.0, Act::See(Party::Vendor, "finding")),
        (1.0, publish("notice")),
        (2.0, publish("denial")),
    ];
    let sim = run(sim(90, &[], &acts));
    assert_eq!(count_of(&sim, "pr.overtaken"), 1);
    assert_eq!(count_of(&sim, "pr.posted"), 0);
    assert_eq!(metric(&sim, "claims-walked-back"), Some(0.0));
}

#[test]
fn silence_stops_what_is_not_out() {
    let acts = [(0.0, publish("denial")), (1.0, Act::Pr(PrOrder::Hold)), (30.0, publish("denial"))];
    let sim = run(sim(90, &[], &acts));
    assert!(day_of(&sim, "pr.posted").unwrap() > 30.0);
    assert_eq!(count_of(&sim, "pr.posted"), 1);
}

#[test]
fn letters_reach_all_and_cost_more_before_the_scope_is_known() {
    let order = (30.0, Act::Pr(PrOrder::NotifyPeople));
    let blind = run(sim(120, &[], &[(0.0, Act::Read(68_000)), order]));
    let knows = (1.0, Act::See(Party::Vendor, "names-insider"));
    let known = run(sim(120, &[], &[(0.0, Act::Read(68_000)), knows, order]));
    let letters = |sim: &Simulation| {
        let entries = sim.journal().entries();
        let out = entries.iter().find(|e| e.kind.name == "pr.letters-out").unwrap();
        format!("{:?}", out.field("letters").unwrap())
    };
    assert_eq!(letters(&known), "Int(68000)");
    assert_eq!(letters(&blind), "Int(272000)");
    assert!(day_of(&known, "pr.letters-out") < day_of(&blind, "pr.letters-out"));
    // Their words are kept as claims, but not as public ones.
    assert_eq!(count_of(&known, "pr.wrote"), 1);
    assert_eq!(metric(&known, "signal-to-disclosure"), None);
}

#[test]
fn letters_go_to_nobody_when_nobody_is_affected_and_again_when_more_are() {
    let notify = Act::Pr(PrOrder::NotifyPeople);
    let acts = [
        (1.0, notify),
        (20.0, Act::Read(1_000)),
        (21.0, notify),
        (50.0, notify),
        (60.0, Act::Read(500)),
        (61.0, notify),
    ];
    let knows = (0.0, Act::See(Party::Vendor, "names-insider"));
    let sim = run(sim(120, &[], &[&[knows], &acts[..]].concat()));
    assert_eq!(count_of(&sim, "pr.nobody-to-tell"), 1);
    let letters: Vec<String> = sim
        .journal()
        .entries()
        .iter()
        .filter(|e| e.kind.name == "pr.letters-out")
        .map(|e| format!("{:?}", e.field("letters").unwrap()))
        .collect();
    assert_eq!(letters, ["Int(1000)", "Int(500)"], "nobody is written to twice");
    assert_eq!(count_of(&sim, "pr.wrote"), 1);
}

#[test]
fn the_police_keep_letters_back() {
    let acts =
        [(0.0, Act::Read(1_000)), (1.0, Act::HoldUntil(60)), (2.0, Act::Pr(PrOrder::NotifyPeople))];
    let sim = run(sim(120, &[], &acts));
    assert!(day_of(&sim, "pr.letters-out").unwrap() > 60.0);
    assert_eq!(count_of(&sim, "pr.letters-held"), 1);
}

#[test]
fn a_hold_in_another_matter_keeps_no_letters_back() {
    let acts = [
        (0.0, Act::Read(1_000)),
        (1.0, Act::HoldOtherUntil(60)),
        (2.0, Act::Pr(PrOrder::NotifyPeople)),
    ];
    let sim = run(sim(120, &[], &acts));
    assert!(day_of(&sim, "pr.letters-out").unwrap() < 60.0);
    assert_eq!(count_of(&sim, "pr.letters-held"), 0);
}

#[test]
fn a_warning_can_be_given_again() {
    let warn = Act::Pr(PrOrder::WarnTargets);
    let sim = run(sim(120, &[], &[(0.0, Act::Read(100)), (1.0, warn), (2.0, warn), (40.0, warn)]));
    assert_eq!(count_of(&sim, "pr.warned"), 2);
}

#[test]
fn orders_and_names_are_checked() {
    let mut sim = builder(30, &[]);
    sim.plugin::<Pr>(config());
    assert!(PrOrder::Publish(slug("notice")).check(&sim.names).is_ok());
    let problem = PrOrder::Publish(slug("notise")).check(&sim.names).unwrap_err();
    assert!(problem.hint.unwrap().contains("notice"));

    let mut wrong = config();
    wrong.statements[1].claims[0].about = slug("records-takn");
    let mut sim = builder(30, &[]);
    sim.plugin::<Pr>(wrong);
    let problems = sim.finish().map(|_| ()).unwrap_err();
    assert_eq!(problems[0].path, "statements[1].claims[0].about");
    assert!(problems[0].hint.as_deref().unwrap().contains("records-taken"));
}

fn sim_of_two(days: i64, config: PrConfig, acts: &[(f64, Act)]) -> SimBuilder {
    let mut sim = two_matters::builder(days, &[]);
    sim.plugin::<Script>(ScriptConfig::new(acts));
    sim.plugin::<Pr>(config);
    sim
}

#[test]
fn each_matter_has_its_own_first_words_and_disclosure() {
    let acts = [
        (0.0, Act::Reach("vendor.first-signal/leak")),
        (0.0, Act::Reach("vendor.first-signal/intrusion")),
        (0.0, Act::See(Party::Vendor, "hunt-finds")),
        (1.0, publish("entry")),
        (20.0, publish("denial")),
    ];
    let sim = run(sim_of_two(60, two_matters::pr(), &acts));
    assert!(metric(&sim, "signal-to-disclosure/intrusion").unwrap() < 15.0);
    assert_eq!(metric(&sim, "signal-to-disclosure/leak"), None);
    assert!(metric(&sim, "time-to-first-statement/leak").unwrap() > 20.0);
    assert!(metric(&sim, "time-to-first-statement/intrusion").unwrap() < 15.0);
    assert_eq!(metric(&sim, "statements"), Some(2.0));
}

#[test]
fn the_rule_looks_at_the_breach_of_the_statements_own_matter() {
    // Sure of the leak, not of the intrusion.
    let acts = [(0.0, Act::See(Party::Vendor, "finding")), (1.0, publish("entry"))];
    let sim = run(sim_of_two(20, two_matters::pr(), &acts));
    assert_eq!(count_of(&sim, "pr.not-sure-enough-of"), 1);
    assert_eq!(count_of(&sim, "pr.not-sure-enough"), 0);
    assert_eq!(count_of(&sim, "pr.published"), 0);
}

#[test]
fn a_statement_can_admit_one_thing_and_deny_another() {
    let acts = [(0.0, Act::See(Party::Vendor, "hunt-finds")), (1.0, publish("entry"))];
    let sim = sim_of_two(30, two_matters::pr(), &acts);
    let case = sim.shared().unwrap();
    let sim = run(sim);
    let belief = |name| two_matters::belief(&sim, &case, Party::Public, name);
    assert!(belief("network-entered") > 0.9);
    assert!(belief("source-taken") < 0.3);
    assert!((belief("records-taken") - 0.05).abs() < 1e-9, "the other matter is not spoken of");
}

#[test]
fn customers_can_be_briefed_before_the_public() {
    let mut leaky = two_matters::pr();
    if let Some(briefing) = &mut leaky.briefing {
        briefing.leaks = p(1.0);
    }
    let acts = [
        (0.0, Act::Reach("vendor.first-signal/intrusion")),
        (1.0, Act::Pr(PrOrder::Brief)),
        (2.0, Act::Pr(PrOrder::Brief)),
    ];
    let sim = run(sim_of_two(60, leaky, &acts));
    assert_eq!(count_of(&sim, "pr.briefed"), 1);
    assert!(metric(&sim, "time-to-brief-customers/intrusion").unwrap() > 1.0);
    assert_eq!(metric(&sim, "statements"), Some(0.0));
}

#[test]
fn a_scenario_can_do_without_letters_and_warnings() {
    let mut bare = config();
    (bare.warning, bare.letters) = (None, None);
    let mut sim = builder(30, &[]);
    sim.plugin::<Script>(ScriptConfig::new(&[(1.0, publish("denial"))]));
    sim.plugin::<Pr>(bare);
    for order in [PrOrder::WarnTargets, PrOrder::NotifyPeople, PrOrder::Brief] {
        assert!(order.check(&sim.names).is_err(), "{order:?}");
    }
    let sim = run(sim);
    assert_eq!(count_of(&sim, "pr.posted"), 1);
    assert_eq!(metric(&sim, "time-to-notify-people"), None);
}

#[test]
fn with_two_matters_a_statement_says_which_is_meant() {
    let mut vague = two_matters::pr();
    vague.statements[1].matter = None;
    let problems = sim_of_two(30, vague, &[]).finish().map(|_| ()).unwrap_err();
    assert_eq!(problems[0].path, "statements[1].matter");
    assert!(problems[0].hint.as_deref().unwrap().contains("intrusion"));
}

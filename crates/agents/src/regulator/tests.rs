//! Regulators in small runs.

use hotwash_engine::{Order, SimBuilder, Simulation};
use hotwash_incident::Party;

use super::config::{
    ClockConfig, DocketConfig, DutyConfig, DutyTo, FinesConfig, InForce, Needs, RegimeConfig,
    RegimesConfig, RegulatorConfig, StartsAt,
};
use super::{Regimes, Regulator, RegulatorOrder};
use crate::pr::{Pr, PrOrder};
use crate::testkit::{Act, Script, ScriptConfig, builder, count_of, metric, p, run, slug};
use crate::two_matters::{self, send};

fn duty(id: &str, to: DutyTo, clock: ClockConfig) -> DutyConfig {
    DutyConfig { id: slug(id), to, clock, is_early_warning: false }
}

fn regime(id: &str, awareness: f64, from: &str, to: Option<&str>) -> RegimeConfig {
    RegimeConfig {
        id: slug(id),
        name: format!("Law {id}"),
        countries: vec![slug("de")],
        in_force: InForce { from: from.to_owned(), to: to.map(str::to_owned) },
        needs: Needs::PersonalData,
        starts_at: StartsAt::Awareness,
        awareness: p(awareness),
        applies: p(1.0),
        duties: vec![
            duty("authority", DutyTo::Authority, ClockConfig::Hours(p(72.0))),
            duty("people", DutyTo::People, ClockConfig::Elastic(p(30.0))),
        ],
        police_may_hold: true,
        fine_max_usd: p(1_000_000.0),
        fine_if_late: p(1.0),
        source: "test".to_owned(),
        firmness: hotwash_engine::Firmness::Guess,
        note: String::new(),
    }
}

fn regimes() -> RegimesConfig {
    let mut industry = regime("industry", 0.9, "2018-01-01", None);
    industry.needs = Needs::ServiceDisruption;
    RegimesConfig {
        regimes: vec![
            regime("aware", 0.85, "2018-05-25", None),
            regime("suspect", 0.3, "2018-02-22", Some("2022-12-12")),
            regime("new", 0.85, "2026-01-01", None),
            industry,
        ],
    }
}

fn docket(breach: &str, exposes: Needs) -> DocketConfig {
    DocketConfig {
        breach: slug(breach),
        exposes: vec![exposes],
        filing_evidence: slug("vendor-admits"),
    }
}

fn config() -> RegulatorConfig {
    RegulatorConfig {
        matters: vec![docket("records-taken", Needs::PersonalData)],
        todays_law: "2026-11-21".to_owned(),
        prepare: p(9.0),
        prepare_warning: None,
        effort: p(2.0),
        filing_usd: p(5_000.0),
        asks_after: p(10.0),
        answer_usd: p(20_000.0),
        fines: FinesConfig {
            hindsight: p(0.5),
            half_at: p(1.0),
            share_of_max: p(0.1),
            per_refuted_claim: p(0.5),
        },
    }
}

fn built(regimes: RegimesConfig, settings: &[(&str, &str)], acts: &[(f64, Act)]) -> SimBuilder {
    let mut sim = builder(200, settings);
    sim.plugin::<Script>(ScriptConfig::new(acts));
    sim.plugin::<Pr>(crate::pr::tests::config());
    sim.plugin::<Regimes>(regimes);
    sim.plugin::<Regulator>(config());
    sim
}

fn simulate(settings: &[(&str, &str)], acts: &[(f64, Act)]) -> Simulation {
    run(built(regimes(), settings, acts))
}

const TAKEN: (f64, Act) = (0.0, Act::True("records-taken"));

#[test]
fn clocks_start_at_their_own_thresholds() {
    // Three complaints that were looked at: odds 27 times 0.05/0.95, so 0.59.
    let looks = Act::See(Party::Vendor, "caller-knows-ticket");
    let unsure = simulate(&[], &[TAKEN, (1.0, looks), (2.0, looks), (3.0, looks)]);
    assert_eq!(metric(&unsure, "obligations"), Some(2.0));
    let sure = simulate(&[], &[TAKEN, (1.0, Act::See(Party::Vendor, "finding"))]);
    assert_eq!(metric(&sure, "obligations"), Some(4.0));
    assert_eq!(count_of(&sure, "regulator.clock-started"), 2);
    // Nothing was taken: believing it owes nobody anything.
    let wrong = simulate(&[], &[(1.0, Act::See(Party::Vendor, "finding"))]);
    assert_eq!(metric(&wrong, "obligations"), Some(0.0));
}

#[test]
fn todays_law_adds_and_drops_regimes() {
    let sure = [TAKEN, (1.0, Act::See(Party::Vendor, "finding"))];
    let sim = simulate(&[("regulator.law", "2026")], &sure);
    // `aware` and `new` bind, `suspect` has passed out of force.
    assert_eq!(metric(&sim, "obligations"), Some(4.0));
    let names: Vec<String> = sim
        .journal()
        .entries()
        .iter()
        .filter(|e| e.kind.name == "regulator.clock-started")
        .map(|e| format!("{:?}", e.field("regime").unwrap()))
        .collect();
    assert_eq!(names, [r#"Text("aware")"#, r#"Text("new")"#]);
}

#[test]
fn filing_in_time_is_not_late() {
    let sees = (0.0, Act::See(Party::Vendor, "finding"));
    let sim = simulate(&[], &[TAKEN, sees, (0.0, Act::File)]);
    let authority_late = count_of(&sim, "regulator.deadline-missed");
    // Only the letters to people are missing, in both regimes.
    assert_eq!(authority_late, 2);
    assert_eq!(metric(&sim, "obligations-missed"), Some(2.0));
    let late = metric(&sim, "hours-late-by-belief").unwrap();
    assert!((late - 2.0 * 170.0 * 24.0).abs() < 1e-6, "{late}");
}

#[test]
fn filing_early_meets_what_starts_later() {
    let sees = (20.0, Act::See(Party::Vendor, "finding"));
    let sim = simulate(&[], &[TAKEN, (0.0, Act::File), sees]);
    assert_eq!(metric(&sim, "obligations"), Some(4.0));
    assert_eq!(metric(&sim, "obligations-missed"), Some(2.0));
}

#[test]
fn hindsight_counts_what_the_vendor_would_not_see() {
    let acts = [
        TAKEN,
        (1.0, Act::See(Party::Hindsight, "finding")),
        (50.0, Act::See(Party::Vendor, "finding")),
        (50.0, Act::File),
    ];
    let sim = simulate(&[], &acts);
    let (belief, hindsight) =
        (metric(&sim, "hours-late-by-belief"), metric(&sim, "hours-late-by-hindsight"));
    assert!(hindsight.unwrap() > belief.unwrap() + 2.0 * 45.0 * 24.0, "{belief:?} {hindsight:?}");
}

#[test]
fn a_police_hold_puts_people_off_and_the_authority_not() {
    let sees = (0.0, Act::See(Party::Vendor, "finding"));
    let free = simulate(&[], &[TAKEN, sees]);
    let held = simulate(&[], &[TAKEN, sees, (1.0, Act::HoldUntil(41))]);
    let difference = metric(&free, "hours-late-by-belief").unwrap()
        - metric(&held, "hours-late-by-belief").unwrap();
    assert!((difference - 2.0 * 40.0 * 24.0).abs() < 1e-6, "{difference}");
    let other = simulate(&[], &[TAKEN, sees, (1.0, Act::HoldOtherUntil(41))]);
    let late = |sim| metric(sim, "hours-late-by-belief");
    assert_eq!(late(&other), late(&free), "another matter's hold puts nothing off");
    let early = simulate(&[], &[TAKEN, (0.0, Act::HoldUntil(40)), (0.0, sees.1)]);
    assert_eq!(metric(&held, "obligations"), metric(&early, "obligations"));
}

#[test]
fn letters_meet_the_duty_to_people() {
    let sees = (0.0, Act::See(Party::Vendor, "finding"));
    let notify = (1.0, Act::Pr(PrOrder::NotifyPeople));
    let sim = simulate(&[], &[TAKEN, (0.0, Act::Read(1_000)), sees, (0.0, Act::File), notify]);
    assert_eq!(metric(&sim, "obligations-missed"), Some(0.0));
    assert_eq!(metric(&sim, "fines"), Some(0.0));
}

#[test]
fn only_what_came_out_is_fined() {
    let sees = (0.0, Act::See(Party::Vendor, "finding"));
    let silent = simulate(&[], &[TAKEN, sees]);
    assert_eq!(metric(&silent, "fines"), Some(0.0));
    assert_eq!(count_of(&silent, "regulator.asked"), 0);
    let publish = (1.0, Act::Pr(PrOrder::Publish(slug("notice"))));
    let spoke = simulate(&[], &[TAKEN, sees, publish]);
    assert_eq!(metric(&spoke, "fines"), Some(200_000.0));
    assert_eq!(count_of(&spoke, "regulator.asked"), 1);
    let filed = simulate(&[], &[TAKEN, sees, publish, (1.0, Act::File)]);
    assert_eq!(count_of(&filed, "regulator.asked"), 0);
}

#[test]
fn a_market_duty_is_met_by_a_public_statement() {
    let mut book = regimes();
    book.regimes.truncate(1);
    book.regimes[0].duties =
        vec![duty("market", DutyTo::Market, ClockConfig::BusinessDays(p(4.0)))];
    let acts = [
        TAKEN,
        (0.0, Act::See(Party::Vendor, "finding")),
        (20.0, Act::Pr(PrOrder::Publish(slug("notice")))),
    ];
    let sim = run(built(book, &[], &acts));
    assert_eq!(metric(&sim, "obligations"), Some(1.0));
    let late = metric(&sim, "hours-late-by-belief").unwrap();
    assert!(late > 14.0 * 24.0 && late < 30.0 * 24.0, "{late}");
}

#[test]
fn wrong_dates_are_the_authors_mistake() {
    let mut book = regimes();
    book.regimes[1].in_force.to = Some("2017-01-01".to_owned());
    let problems = built(book, &[], &[]).finish().map(|_| ()).unwrap_err();
    assert_eq!(problems[0].path, "regimes[1].in_force");
}

/// Personal data are lost in one matter, the security of products is in question in the other.
fn of_two(law: &str, prepare_warning: Option<f64>, acts: &[(f64, Act)]) -> SimBuilder {
    let mut product = regime("product", 0.85, "2026-01-01", None);
    product.countries.clear();
    product.needs = Needs::ProductSecurity;
    product.duties = vec![
        DutyConfig {
            is_early_warning: true,
            ..duty("early-warning", DutyTo::Authority, ClockConfig::Hours(p(24.0)))
        },
        duty("notification", DutyTo::Authority, ClockConfig::Hours(p(72.0))),
        duty("final", DutyTo::Authority, ClockConfig::Days(p(30.0))),
        duty("people", DutyTo::People, ClockConfig::Elastic(p(30.0))),
    ];
    let mut book = regimes();
    book.regimes.push(product);
    let mut config = config();
    config.matters.push(docket("network-entered", Needs::ProductSecurity));
    config.prepare = p(36.0);
    config.prepare_warning = prepare_warning.map(p);
    let mut sim = two_matters::builder(200, &[("regulator.law", law)]);
    sim.plugin::<Script>(ScriptConfig::new(acts));
    sim.plugin::<Pr>(two_matters::pr());
    sim.plugin::<Regimes>(book);
    sim.plugin::<Regulator>(config);
    sim
}

const ENTERED: [(f64, Act); 2] =
    [(0.0, Act::True("network-entered")), (0.0, Act::See(Party::Vendor, "hunt-finds"))];

#[test]
fn todays_law_has_a_clock_for_products_that_yesterdays_lacked() {
    let was = run(of_two("2019", None, &ENTERED));
    let now = run(of_two("2026", None, &ENTERED));
    assert_eq!(metric(&was, "obligations/intrusion"), Some(0.0));
    assert_eq!(metric(&now, "obligations/intrusion"), Some(4.0));
    assert_eq!(metric(&now, "obligations/leak"), Some(0.0));
}

#[test]
fn one_filing_meets_all_phases_and_only_a_warning_is_quick_enough_for_the_first() {
    // Filing takes four business days, so the first two phases are late, the last is not.
    let file = (0.0, Act::File);
    let slow = run(of_two("2026", None, &[&ENTERED[..], &[file]].concat()));
    let quick = run(of_two("2026", Some(1.0), &[&ENTERED[..], &[file]].concat()));
    // The notice to the product's users is missing in both.
    assert_eq!(metric(&slow, "obligations-missed/intrusion"), Some(3.0));
    assert_eq!(metric(&quick, "obligations-missed/intrusion"), Some(2.0));
    assert_eq!(count_of(&quick, "regulator.warned-early"), 1);
    assert_eq!(count_of(&quick, "regulator.filed"), 1, "no clock of the leak runs");
}

#[test]
fn users_of_a_product_are_told_in_public() {
    let publish = (1.0, Act::Pr(PrOrder::Publish(slug("entry"))));
    let told =
        run(of_two("2026", Some(1.0), &[&ENTERED[..], &[(0.0, Act::File), publish]].concat()));
    assert_eq!(metric(&told, "obligations-missed/intrusion"), Some(1.0));
    let letters = [(0.0, Act::Read(10)), (1.0, Act::Pr(PrOrder::NotifyPeople))];
    let wrote = run(of_two("2026", Some(1.0), &[&ENTERED[..], &letters].concat()));
    assert_eq!(metric(&wrote, "obligations-missed/intrusion"), Some(4.0));
}

#[test]
fn a_matter_can_be_filed_by_name() {
    let mut sim = of_two("2026", None, &[]);
    let order = RegulatorOrder::FileFor(slug("intrusion"));
    assert!(order.check(&sim.names).is_ok());
    assert!(RegulatorOrder::FileFor(slug("intrusoin")).check(&sim.names).is_err());
    send(&mut sim, 1, order);
    send(&mut sim, 1, RegulatorOrder::File);
    let sim = run(sim);
    assert_eq!(count_of(&sim, "regulator.filed"), 1, "`File` alone files what has a clock");
}

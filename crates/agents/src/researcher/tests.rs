//! The researcher in small runs, with a script for the seller and the vendor.

use hotwash_engine::{Order as _, SimDuration, Simulation};
use hotwash_incident::StoreKind;

use super::*;
use crate::forum_stage::{Happens, heard, market, stage};
use crate::testkit::{count_of, day_of, metric, p, run, slug};

fn config() -> ResearcherConfig {
    ResearcherConfig {
        firm: "the firm".to_owned(),
        breach: slug("network-entered"),
        source: slug("source-taken"),
        rebuts: [
            ("network-entered", "rebuts"),
            ("beyond-lab", "rebuts"),
            ("source-taken", "rebuts-source"),
        ]
        .map(|(about, evidence)| RebuttalTopic { about: slug(about), evidence: slug(evidence) })
        .into(),
        evidence: EvidenceNames {
            offer: slug("forum-offer"),
            chat: slug("seller-chat"),
            proof_source: slug("proof-source"),
            proof_other: slug("proof-symbols"),
            tip: slug("tip"),
            published: slug("published"),
            withdraws: slug("withdraws"),
        },
        standing: StandingConfig {
            at_start: p(0.5),
            is_wrong: p(0.0),
            withdraws_after: p(2.0),
            withdrawal_leaves: p(0.8),
        },
        finds: FindsConfig {
            sees_per_week: p(1.0),
            offer_credibility: p(0.8),
            talks_after: p(3.0),
            chat_credibility: p(0.8),
            proof_credibility: p(0.9),
            check_takes: p(5.0),
            more_proof: p(0.0),
            attempts: p(3.0),
        },
        tells: TellsConfig {
            notifies_at: p(0.75),
            tells_vendor: p(1.0),
            through_partners: p(0.0),
            direct: p(1.0),
            partners: p(6.0),
            vouching: p(0.5),
            tells_police: p(1.0),
        },
        waits: WaitsConfig {
            patience: p(10.0),
            answered: p(2.0),
            sample_asked: p(1.5),
            rebuffed: p(0.5),
            agrees: p(1.0),
            longest: p(60.0),
            news_per_week: p(0.0),
            hands_over: p(1.0),
            sample_after: p(24.0),
        },
        rebuttal: RebuttalConfig { rebuts_at: p(0.8), disbelieves_at: p(0.001), after: p(12.0) },
    }
}

fn simulate(config: ResearcherConfig, script: &[(f64, Happens)]) -> Simulation {
    let mut sim = stage(300, 1, 0.0, script);
    sim.plugin::<ResearcherPlugin>(config);
    run(sim)
}

/// An offer with debug symbols on day 1; it is seen at once, talked about on day 4, told on day 5.
const SYMBOLS: (f64, Happens) = (1.0, Happens::Offer(Some(StoreKind::DebugSymbols)));
const SOURCE: (f64, Happens) = (1.0, Happens::Offer(Some(StoreKind::SourceCode)));

fn treat(day: f64, order: ResearcherOrder) -> (f64, Happens) {
    (day, Happens::Treat(order))
}

#[test]
fn no_market_is_nothing_seen() {
    let sim = simulate(config(), &[(9.0, Happens::Say(1)), treat(10.0, ResearcherOrder::Answer)]);
    assert_eq!(sim.journal().entries().len(), 0);
    assert_eq!(metric(&sim, "days-from-offer-to-tip"), None);
}

#[test]
fn it_sees_talks_tells_waits_and_publishes() {
    let sim = simulate(config(), &[SYMBOLS]);
    assert_eq!(day_of(&sim, "researcher.talked"), Some(4.0));
    assert_eq!(heard(&sim, "tip"), [(5.0, 0.5)]);
    assert_eq!(heard(&sim, "published"), [(15.0, 0.5)]);
    assert_eq!(metric(&sim, "days-from-tip-to-publication"), Some(10.0));
    let police = sim.journal().entries().iter().any(|e| e.kind.name == "researcher.told-police");
    assert!(police);
}

#[test]
fn a_bare_boast_convinces_nobody_until_more_is_shown() {
    let mut doubting = config();
    doubting.finds.chat_credibility = p(0.1);
    let sim = simulate(doubting, &[(1.0, Happens::Offer(None))]);
    assert_eq!(count_of(&sim, "researcher.gave-up"), 1);
    assert_eq!(heard(&sim, "tip").len(), 0);
    let mut doubting = config();
    doubting.finds.chat_credibility = p(0.1);
    doubting.finds.more_proof = p(1.0);
    let sim = simulate(doubting, &[(1.0, Happens::Offer(None))]);
    assert_eq!(heard(&sim, "tip"), [(10.0, 0.5)]);
    assert_eq!(count_of(&sim, "researcher.gave-up"), 0);
}

#[test]
fn partners_are_slower_and_more_credible() {
    let mut vouched = config();
    vouched.tells.through_partners = p(1.0);
    assert_eq!(heard(&simulate(vouched, &[SYMBOLS]), "tip"), [(10.0, 0.75)]);
}

#[test]
fn the_vendors_treatment_moves_the_publication() {
    let day = |script: &[(f64, Happens)]| {
        let all: Vec<_> = [SYMBOLS].iter().chain(script).copied().collect();
        heard(&simulate(config(), &all), "published")[0].0
    };
    assert_eq!(day(&[treat(6.0, ResearcherOrder::Answer)]), 25.0);
    assert_eq!(day(&[treat(6.0, ResearcherOrder::AskForSample)]), 20.0);
    assert_eq!(day(&[treat(6.0, ResearcherOrder::Rebuff)]), 10.0);
    // A rebuff after five days of patience is answered at once.
    assert_eq!(day(&[treat(12.0, ResearcherOrder::Rebuff)]), 12.0);
    let wait = |days| ResearcherOrder::AskToWait(SimDuration::from_days(days));
    assert_eq!(day(&[treat(6.0, wait(20))]), 26.0);
    // Its word has an end: sixty days after the telling.
    assert_eq!(day(&[treat(6.0, wait(200))]), 65.0);
    // Before it has told anybody there is nothing to answer.
    assert_eq!(day(&[treat(2.0, ResearcherOrder::Answer)]), 15.0);
}

#[test]
fn a_word_given_outlasts_the_news() {
    let mut eager = config();
    eager.waits.news_per_week = p(0.999);
    let news = heard(&simulate(eager, &[SYMBOLS]), "published")[0].0;
    assert!(news < 15.0, "{news}");
    let mut eager = config();
    eager.waits.news_per_week = p(0.2);
    let wait = treat(5.1, ResearcherOrder::AskToWait(SimDuration::from_days(40)));
    let day = heard(&simulate(eager, &[SYMBOLS, wait]), "published")[0].0;
    assert!((45.0..45.2).contains(&day), "{day}");
}

#[test]
fn who_publishes_before_reaching_the_vendor_tells_it_that_way() {
    let mut hasty = config();
    hasty.tells.tells_vendor = p(0.0);
    let sim = simulate(hasty, &[SYMBOLS]);
    assert_eq!((heard(&sim, "tip").len(), heard(&sim, "published").len()), (0, 1));
    assert_eq!(metric(&sim, "days-from-tip-to-publication"), None);
    let vendor = sim.view().metric("belief-network-entered").unwrap();
    assert!(vendor > 0.05, "{vendor}");
}

#[test]
fn a_sample_is_what_the_seller_showed() {
    let sample = |offer, more| {
        let mut config = config();
        config.finds.more_proof = p(more);
        let ask = treat(6.0, ResearcherOrder::AskForSample);
        heard(&simulate(config, &[offer, ask]), "sample")
    };
    assert_eq!(sample(SYMBOLS, 0.0), [(7.0, f64::from(StoreKind::DebugSymbols as u8))]);
    assert_eq!(sample(SOURCE, 0.0), [(7.0, f64::from(StoreKind::SourceCode as u8))]);
    let mut stingy = config();
    stingy.waits.hands_over = p(0.0);
    let sim = simulate(stingy, &[SYMBOLS, treat(6.0, ResearcherOrder::AskForSample)]);
    assert_eq!(heard(&sim, "sample").len(), 0);
    assert_eq!(count_of(&sim, "researcher.declined"), 1);
}

#[test]
fn with_debug_symbols_it_contradicts_the_scope_and_not_the_source() {
    // The minimising statement denies both.
    let symbols = simulate(config(), &[SYMBOLS, (20.0, Happens::Say(0)), (40.0, Happens::Say(0))]);
    assert_eq!(heard(&symbols, "rebutted"), [(20.5, 0.5)]);
    assert_eq!(metric(&symbols, "rebuttals"), Some(1.0));
    let public = |sim: &Simulation, what: &str| {
        let entries =
            sim.journal().entries().iter().filter(|e| e.kind.name == "case.other-believes");
        entries
            .filter(|e| e.field("party") == Some(&"public".into()))
            .any(|e| e.field("name") == Some(&what.into()))
    };
    assert!(!public(&symbols, "source-taken"));
    let source = simulate(config(), &[SOURCE, (20.0, Happens::Say(0))]);
    assert!(public(&source, "source-taken"));
}

#[test]
fn a_denial_before_the_publication_is_answered_by_it() {
    let sim = simulate(config(), &[SYMBOLS, (6.0, Happens::Say(1))]);
    assert_eq!(heard(&sim, "published"), [(6.5, 0.5)]);
    assert_eq!(heard(&sim, "rebutted"), [(6.5, 0.5)]);
}

#[test]
fn taking_back_costs_standing_and_every_later_word_counts_less() {
    let mut wrong = config();
    wrong.standing.is_wrong = p(1.0);
    let sim = simulate(wrong, &[SYMBOLS, (30.0, Happens::Say(1))]);
    assert_eq!(heard(&sim, "withdrawn"), [(17.0, 0.0)]);
    assert_eq!(heard(&sim, "rebutted"), [(30.5, 0.4)]);
    assert_eq!(metric(&sim, "researcher-standing"), Some(0.4));
    assert_eq!(metric(&sim, "accusation-withdrawn"), Some(1.0));
}

#[test]
fn a_more_credible_researcher_is_never_later_and_believed_no_less() {
    let run_with = |standing: f64| {
        let mut config = config();
        config.standing.at_start = p(standing);
        config.standing.is_wrong = p(1.0);
        config.tells.through_partners = p(0.5);
        simulate(config, &[SYMBOLS, (30.0, Happens::Say(1))])
    };
    let mut last: Option<Simulation> = None;
    for standing in [0.1, 0.4, 0.7, 1.0] {
        let sim = run_with(standing);
        if let Some(before) = &last {
            for what in ["tip", "published", "rebutted"] {
                let (old, new) = (heard(before, what), heard(&sim, what));
                assert_eq!(old.len(), new.len());
                assert!(old.iter().zip(&new).all(|(o, n)| n.0 <= o.0 && n.1 >= o.1), "{what}");
            }
            let belief = |s: &Simulation| s.view().metric("belief-network-entered").unwrap();
            assert!(belief(&sim) >= belief(before));
        }
        last = Some(sim);
    }
}

#[test]
fn it_finds_what_the_market_offers_in_a_world_with_two_matters() {
    let script = [
        (0.0, Happens::Reach("truth.entered/intrusion")),
        (1.0, Happens::Take(0, 2.0)),
        (1.0, Happens::True("source-taken")),
    ];
    let mut sim = stage(300, 2, 0.0, &script);
    sim.plugin::<crate::market::MarketPlugin>(market());
    sim.plugin::<ResearcherPlugin>(config());
    let sim = run(sim);
    assert_eq!(metric(&sim, "days-from-offer-to-tip/intrusion"), Some(4.0));
}

#[test]
fn mistakes_are_named_with_their_place() {
    let mut wrong = config();
    wrong.evidence.tip = slug("tipp");
    let mut sim = stage(100, 1, 0.0, &[]);
    sim.plugin::<ResearcherPlugin>(wrong);
    let problems = sim.finish().err().unwrap();
    assert_eq!(problems[0].path, "evidence.tip");
    assert!(problems[0].hint.as_deref().unwrap().contains("`tip`"));
    let names = hotwash_engine::Names::default();
    assert!(ResearcherOrder::AskToWait(SimDuration::ZERO).check(&names).is_err());
    assert!(ResearcherOrder::Answer.check(&names).is_ok());
}

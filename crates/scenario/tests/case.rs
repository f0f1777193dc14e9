//! The vocabulary's own plugin, `case`, through RON: its real configuration and its real mistakes.

use std::collections::BTreeMap;

use hotwash_engine::{NoOrder, Plugin, Problem, RunKey, SimBuilder, TakeDefaults};
use hotwash_incident::Case;
use hotwash_incident::case::SharedCase;
use hotwash_scenario::{Diagnostic, Embedded, Registry, Scenario, load};

/// Needs what the case shares.
struct Reader;
impl Plugin for Reader {
    const NAME: &'static str = "reader";
    const ABOUT: &'static str = "reads the book";
    type Config = ();
    type Order = NoOrder;
    fn build((): (), sim: &mut SimBuilder) -> Result<(), Problem> {
        sim.shared::<SharedCase>()?.proposition("records-taken").map(drop)
    }
}

const TEXT: &str = r#"(
    version: 1, name: "case", title: "t", summary: "s", sources: "none",
    startex: "2019-08-01 09:00", lead_in: "0d", horizon: "10d",
    plugins: {
        "reader": (),
        "case": (
            vendor: "Nobody",
            propositions: [
                (name: "records-taken", text: "Records were taken.", truth: UntilActed,
                    prior: Range(p5: 0.01, p50: 0.02, p95: 0.05, source: "test", firmness: Guess)),
                (name: "insider", text: "Somebody inside did it.",
                    truth: Latent(Fixed(value: 0.5, source: "test", firmness: Guess)),
                    prior: Fixed(value: 0.1, source: "test", firmness: Guess)),
            ],
            matters: [(name: "leak", title: "the leak", breach: "records-taken", about: ["insider"])],
            evidence: [
                (name: "general-complaint", text: "A complaint.",
                    ratios: [(about: "records-taken", ratio: Fixed(value: 1.5, source: "test", firmness: Guess))],
                    repeats: Fixed(value: 0.5, source: "test", firmness: Guess)),
            ],
            turning_points: [
                (milestone: "vendor.suspects-leak", party: Vendor, believes: "records-taken",
                    at_least: Fixed(value: 0.3, source: "test", firmness: Guess)),
            ],
            knows_at: Fixed(value: 0.9, source: "test", firmness: Guess),
            refuted_at: Fixed(value: 0.9, source: "test", firmness: Guess),
            refutation: (
                hedged: Fixed(value: 0.1, source: "test", firmness: Guess),
                plain: Fixed(value: 0.2, source: "test", firmness: Guess),
                categorical: Fixed(value: 0.3, source: "test", firmness: Guess),
                implied: Fixed(value: 0.5, source: "test", firmness: Guess),
                per_month: Fixed(value: 0.1, source: "test", firmness: Guess),
            ),
        ),
    },
)"#;

fn loaded(from: &str, to: &str) -> (Option<Scenario>, Vec<Diagnostic>) {
    assert!(TEXT.contains(from));
    let registry = Registry::new().add::<Case>().add::<Reader>();
    load(
        &registry,
        &Embedded::new([("scenario.ron", TEXT.replacen(from, to, 1).as_str())]),
        "scenario.ron",
    )
}

#[test]
fn the_case_is_read_and_runs() {
    let (scenario, said) = loaded("", "");
    assert!(said.is_empty(), "{said:#?}");
    let mut sim = scenario.unwrap().build(&BTreeMap::new(), None).unwrap();
    sim.run(RunKey::single(1), &mut TakeDefaults).unwrap();
    assert_eq!(sim.catalogue().params.len(), 13);
}

#[test]
fn its_mistakes_have_places() {
    let mut page = Vec::new();
    for (from, to) in [
        ("about: \"records-taken\"", "about: \"record-taken\""),
        ("believes: \"records-taken\"", "believes: \"records\""),
        ("name: \"insider\"", "name: \"records-taken\""),
        ("party: Vendor", "party: Vender"),
        ("truth: Latent(Fixed(value: 0.5", "truth: Latent(Fixed(value: 5"),
        ("hedged: Fixed(value: 0.1", "hedged: Fixed(valu: 0.1"),
        ("milestone: \"vendor.suspects-leak\", ", ""),
        ("\"case\": (", "\"cases\": ("),
        ("records-taken\", text", "taken\", text"),
        ("breach: \"records-taken\"", "breach: \"record-taken\""),
        ("matters: [(", "matters: [(name: \"twin\", title: \"t\", breach: \"insider\"), ("),
        (
            "(name: \"leak\", title: \"the leak\", breach: \"records-taken\", about: [\"insider\"])",
            "",
        ),
    ] {
        let (scenario, said) = loaded(from, to);
        assert!(scenario.is_none());
        page.extend(said.iter().map(ToString::to_string));
        page.push(String::new());
    }
    insta::assert_snapshot!("case", page.join("\n"));
}

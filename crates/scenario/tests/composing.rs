//! A scenario as a small change to another: bases, changes, parameters, files beside it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::collections::BTreeMap;

use common::{SAMPLE, registry};
use hotwash_engine::{Dist, Simulation};
use hotwash_scenario::{Diagnostic, Embedded, Scenario, WithHouse, WithLibrary, load};

/// The corner shop as a scenario of the library, and a scenario on top of it.
fn on_top(files: &[(&str, &str)]) -> (Option<Scenario>, Vec<Diagnostic>) {
    let own = Embedded::new(files.iter().copied());
    let shop: Vec<(String, &str)> =
        SAMPLE.iter().map(|(path, text)| (format!("corner-shop/{path}"), *text)).collect();
    let library = shop.iter().map(|(path, text)| (path.as_str(), *text)).chain(common::LIBRARY);
    load(&registry(), &WithLibrary::new(&own, &Embedded::new(library)), "scenario.ron")
}

fn sound(text: &str) -> Scenario {
    let (scenario, said) = on_top(&[("scenario.ron", text)]);
    scenario.unwrap_or_else(|| panic!("{said:#?}"))
}

/// What is said, with its place.
fn said(text: &str) -> Vec<String> {
    let (scenario, said) = on_top(&[("scenario.ron", text)]);
    assert!(scenario.is_none(), "no mistake is found");
    said.iter().map(ToString::to_string).collect()
}

fn number(scenario: &Scenario, settings: &[(&str, &str)], path: &str) -> Dist {
    let settings = settings.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let sim: Simulation = scenario.build(&settings, None).unwrap();
    sim.catalogue().params.iter().find(|p| p.path == path).unwrap().dist.clone()
}

#[test]
fn a_base_gives_way_to_what_stands_on_it() {
    let scenario = sound(
        r#"(version: 1, name: "night-shop", title: "At night", base: "library:corner-shop",
            horizon: "30d", levers: {"shop.clerks": 1},
            roles: [(name: "guard", title: "The guard", sees: ["soc"])])"#,
    );
    assert_eq!((scenario.name(), scenario.title()), ("night-shop", "At night"));
    assert_eq!(scenario.horizon().ms(), 30 * 86_400_000);
    assert_eq!(scenario.lead_in().ms(), 30 * 86_400_000, "of the base");
    let levers: BTreeMap<_, _> = scenario.levers().collect();
    assert_eq!((levers["shop.clerks"], levers["shop.style"]), ("1", "plain"));
    let roles: Vec<_> = scenario.roles().iter().map(|r| r.name.as_str()).collect();
    assert_eq!(roles, ["owner", "guard"]);
    let policies: Vec<_> = scenario.policies().iter().map(|p| p.name()).collect();
    assert_eq!(policies, ["careful", "historical"]);
    let texts: Vec<String> = scenario.texts().into_iter().map(|(path, _)| path).collect();
    assert!(texts.contains(&"library:corner-shop/world".to_owned()), "{texts:?}");
}

#[test]
fn an_own_policy_comes_before_the_bases() {
    let (scenario, said) = on_top(&[
        ("scenario.ron", r#"(version: 1, name: "x", base: "library:corner-shop")"#),
        ("policies/careful.ron", r#"(version: 1, name: "careful", summary: "Mine.")"#),
    ]);
    let scenario = scenario.unwrap_or_else(|| panic!("{said:#?}"));
    assert_eq!(scenario.policy("careful").unwrap().summary(), "Mine.");
    assert!(scenario.policy("historical").is_some());
}

#[test]
fn numbers_items_and_decisions_are_changed() {
    let base = r#"version: 1, name: "x", base: "library:corner-shop","#;
    let scenario = sound(&format!(
        r#"({base}
            drop: ["decisions.after-restock", "shop.shelves.milk", "headline"],
            change: {{
                "shop.demand": Fixed(value: 3, source: "judgement: a quiet street", firmness: Guess),
                "shop.note": "nothing",
                "decisions.empty-shelves.limit": "2d",
                "decisions.empty-shelves.options.wait.text": "Wait.",
                "injects.letter.text": "The rent is overdue.",
                "watch.rules.rest-day.weight.value": 9,
            }})"#
    ));
    assert_eq!(number(&scenario, &[], "shop.demand"), Dist::Fixed(3.0));
    assert_eq!(number(&scenario, &[], "watch.rules.rest-day.weight"), Dist::Fixed(9.0));
    let [decision] = scenario.decisions() else { panic!("one is left") };
    assert_eq!(decision.limit.ms(), 2 * 86_400_000);
    assert_eq!(decision.options[0].text, "Wait.");
    assert_eq!(scenario.injects()[0].text, "The rent is overdue.");
    let sim = scenario.build(&BTreeMap::new(), None).unwrap();
    assert!(sim.catalogue().params.iter().all(|p| !p.path.contains("shelves[1]")));
    // The base's policies still answer what was dropped, and are not blamed for it.
    assert!(scenario.policy("historical").is_some());
}

#[test]
fn changes_that_lead_nowhere_are_shown_at_their_path() {
    let base = r#"version: 1, name: "x", base: "library:corner-shop","#;
    for (change, wanted) in [
        (r#""shop.demnd.p5": 3"#, "did you mean `demand`?"),
        (r#""shop.shelves.bred.share": 3"#, "did you mean `bread`?"),
        (r#""decisions.empty-shelve.limit": "1d""#, "did you mean `empty-shelves`?"),
        (r#""shpo.demand": 3"#, "did you mean `shop`?"),
        (r#""shop.demnd": Fixed(value: 1, source: "x", firmness: Weak)"#, "unknown field `demnd`"),
        (r#""shop.demand": 3"#, "the number 3 has no source"),
        (r#""title": "Ours""#, "give it anew: `title: ..`"),
        (r#""levers.shop.clerks": 3"#, "set the lever anew"),
        (r#""decisions.empty-shelves.limit": Parameter("x")"#, "in plugins' sections only"),
        (r#""shop.mood": Merry"#, "`Merry` is not known here"),
        (r#""decisions.empty-shelves.limit": 3"#, "duration 3 has no unit"),
    ] {
        let said = said(&format!("({base}\nchange: {{{change}}})"));
        let hit = said.iter().find(|s| s.contains(wanted));
        let hit = hit.unwrap_or_else(|| panic!("{change}: {said:#?}"));
        assert!(hit.starts_with("scenario.ron:2:"), "{change}: {hit}");
    }
    for (drop, wanted) in
        [(r#""shop.shelves.beer""#, "no `beer`"), (r#""injects.ltter""#, "did you mean `letter`?")]
    {
        let said = said(&format!("({base}\ndrop: [{drop}])"));
        assert!(said.iter().any(|s| s.contains(wanted)), "{drop}: {said:#?}");
    }
}

#[test]
fn bases_that_cannot_be_are_refused() {
    for (base, wanted) in [
        ("library:corner-shp", "there is no file"),
        ("../other.ron", "cannot be a base"),
        ("scenario.ron", "includes itself"),
    ] {
        let said = said(&format!(r#"(version: 1, name: "x", base: "{base}")"#));
        assert!(said.iter().any(|s| s.contains(wanted)), "{base}: {said:#?}");
    }
    let (_, said) = on_top(&[
        ("scenario.ron", r#"(version: 1, name: "x", include: ["a.ron"])"#),
        ("a.ron", r#"(base: "library:corner-shop")"#),
    ]);
    assert!(said.iter().any(|d| d.message.contains("only the first file")), "{said:#?}");
}

const WITH_PARAMETER: &str = include_str!("composed/scenario.ron");

#[test]
fn parameters_are_levers_of_the_scenario() {
    let scenario = sound(WITH_PARAMETER);
    assert_eq!(number(&scenario, &[], "shop.demand"), Dist::Fixed(4.0));
    assert_eq!(number(&scenario, &[("scenario.demand", "7.5")], "shop.demand"), Dist::Fixed(7.5));
    let sim = scenario.build(&BTreeMap::new(), None).unwrap();
    let lever = sim.catalogue().levers.iter().find(|l| l.name == "scenario.demand").unwrap();
    assert_eq!((lever.value.as_str(), lever.unit), ("4", "loaves"));
    let wrong = [("scenario.demand".to_owned(), "99".to_owned())].into();
    let said = scenario.build(&wrong, None).map(drop).unwrap_err();
    assert!(said[0].message.contains("lies outside 1..=50"), "{said:#?}");
}

#[test]
fn parameters_with_mistakes_are_refused() {
    for (from, to, wanted) in [
        ("Parameter(\"demand\")", "Parameter(\"demnd\")", "did you mean `demand`?"),
        ("default: 4,", "default: 400,", "the default 400 lies outside 1..=50"),
        ("default: \"Ada\"", "default: \"Eve\"", "`Eve` is not one of Ada, Bert"),
        ("\"shop.owner\": Parameter(\"keeper\"),", "", "nothing uses the parameter `keeper`"),
        (
            "Fixed(value: Parameter(\"demand\"), source: \"judgement: to be tried out\", firmness: Guess)",
            "Parameter(\"demand\")",
            "has no source",
        ),
        ("Number(about", "Numbr(about", "did you mean `Number`?"),
    ] {
        let said = said(&WITH_PARAMETER.replacen(from, to, 1));
        assert!(said.iter().any(|s| s.contains(wanted)), "{to}: {said:#?}");
    }
}

#[test]
fn files_beside_a_scenario_are_read_as_text() {
    let first = r#"(version: 1, name: "x", base: "library:corner-shop",
        change: {"shop.owner": File("owner.txt")})"#;
    // The shop wants a text, a file is a name and a text: what is checked is that it was put there.
    let (_, said) = on_top(&[("scenario.ron", first), ("owner.txt", "Ada \"#\n")]);
    assert!(said[0].message.contains("expected text in quotes"), "{said:#?}");
    let (_, said) = on_top(&[("scenario.ron", first)]);
    assert!(said[0].message.contains("there is no file `owner.txt`"), "{said:#?}");
    let (_, said) = on_top(&[("scenario.ron", &first.replace("owner.txt", "../owner.txt"))]);
    assert!(said[0].message.contains("cannot be read here"), "{said:#?}");
}

#[test]
fn orders_are_laid_out_by_name_and_checked() {
    sound(WITH_PARAMETER);
    for (from, to, wanted) in [
        ("Restock(50)", "Restok(50)", "did you mean `Restock`?"),
        ("Display(\"bread\")", "Display(\"milk\")", "no shelf is called `milk`"),
        ("(\"shop\", Restock(50))", "(\"shpo\", Restock(50))", "did you mean `shop`?"),
    ] {
        let said = said(&WITH_PARAMETER.replacen(from, to, 1));
        assert!(said.iter().any(|s| s.contains(wanted)), "{to}: {said:#?}");
    }
}

#[test]
fn the_houses_own_library_lies_beside_the_scenario() {
    let own = Embedded::new([(
        "scenario.ron",
        r#"(version: 1, name: "x", base: "library:house/shop", title: "Ours")"#,
    )]);
    let house: Vec<(&str, &str)> = vec![(
        "shop.ron",
        r#"(version: 1, base: "library:corner-shop", summary: "The house's shop.")"#,
    )];
    let house = Embedded::new(house);
    let shop: Vec<(String, &str)> =
        SAMPLE.iter().map(|(path, text)| (format!("corner-shop/{path}"), *text)).collect();
    let library = shop.iter().map(|(path, text)| (path.as_str(), *text)).chain(common::LIBRARY);
    let library = Embedded::new(library);
    let library = WithHouse::new(&library, Some(&house));
    let (scenario, said) = load(&registry(), &WithLibrary::new(&own, &library), "scenario.ron");
    let scenario = scenario.unwrap_or_else(|| panic!("{said:#?}"));
    assert_eq!((scenario.title(), scenario.summary()), ("Ours", "The house's shop."));
}

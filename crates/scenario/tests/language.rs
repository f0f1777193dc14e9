//! Languages beside a scenario: what is shown is translated, what is simulated is not, and what is wrong or
//! missing is said at its place.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::collections::BTreeMap;

use common::{LIBRARY, load_files, registry, sample};
use hotwash_engine::{DECISION_ASKED, RunKey, SimTime, TakeDefaults};
use hotwash_scenario::{Diagnostic, DiagnosticKind, Embedded, Scenario, WithLibrary, load};

const JA: &str = include_str!("sample/lang/ja.ron");

/// The sample with this as its Japanese.
fn with(japanese: &str) -> (Option<Scenario>, Vec<Diagnostic>) {
    let mut files = sample();
    files.insert("lang/ja.ron".to_owned(), japanese.to_owned());
    load_files(&files)
}

/// The one thing that is said of this file.
fn said(japanese: &str) -> Diagnostic {
    let (_, said) = with(japanese);
    assert_eq!(said.len(), 1, "{said:#?}");
    said.into_iter().next().unwrap()
}

fn japanese() -> Scenario {
    let (scenario, said) = with(JA);
    assert!(said.is_empty(), "{said:#?}");
    scenario.unwrap().speaking("ja").unwrap()
}

#[test]
fn everything_that_people_read_is_in_the_language() {
    let (plain, shop) = (with(JA).0.unwrap(), japanese());
    assert_eq!(plain.languages(), ["en", "ja"]);
    assert_eq!((plain.title(), shop.title()), ("A corner shop runs out", "街角の店の品切れ"));
    assert!(shop.summary().starts_with("店にある"));
    assert_eq!(shop.briefing().unwrap().title, "いつもの8月");
    assert_eq!(shop.roles()[0].title, "店主");
    assert_eq!(shop.objectives()[0].text, "誰もパンなしで帰らせない。");
    let decision = &shop.decisions()[0];
    assert_eq!(decision.ask, "棚が空です。どうしますか。");
    assert_eq!(decision.options[1].text, "すぐに発注し、代金を払う。");
    let inject = shop.injects().iter().find(|i| i.name.as_str() == "letter").unwrap();
    assert_eq!((inject.from.as_str(), inject.text.as_str()), ("大家", "家賃の支払期日です。"));
    // Texts are found by their English too, as they stand in the journal.
    let language = shop.language();
    assert_eq!(language.text("Order at once and pay for it."), "すぐに発注し、代金を払う。");
    assert_eq!(language.text("Ada"), "エイダ");
    assert_eq!(language.text("It is Thursday morning."), "木曜日の朝です。");
    assert_eq!(language.text("Nobody has written this."), "Nobody has written this.");
    assert_eq!(shop.english().title(), plain.title());
    assert_eq!(shop.speaking("en").unwrap().title(), plain.title());
}

#[test]
fn no_run_depends_on_the_language() {
    let journal = |scenario: &Scenario| {
        let mut sim = scenario.build(&BTreeMap::new(), None).unwrap();
        sim.record_journal(true);
        sim.reset(RunKey::single(7));
        sim.advance(&mut TakeDefaults, SimTime::STARTEX + scenario.horizon()).unwrap();
        let entries = sim.journal().entries();
        assert!(entries.iter().any(|e| e.kind.name == DECISION_ASKED.name));
        entries.iter().map(|e| format!("{:?} {:?} {:?}", e.at, e.kind.name, e.fields)).collect()
    };
    let (plain, shop) = (load_files(&sample()).0.unwrap(), japanese());
    let (a, b): (Vec<String>, Vec<String>) = (journal(&plain), journal(&shop));
    assert_eq!(a, b);
    // Nor does a session's identity.
    assert_eq!(plain.texts(), shop.texts());
    let files: Vec<String> = shop.language_texts().into_iter().map(|(path, _)| path).collect();
    assert_eq!(files, ["lang/ja.ron"]);
}

#[test]
fn a_language_that_it_does_not_speak_is_refused_with_those_it_does() {
    let why = with(JA).0.unwrap().speaking("jp").unwrap_err();
    assert!(why.contains("only in: en, ja; did you mean `ja`?"), "{why}");
    assert!(load_files(&sample()).0.unwrap().speaking("ja").is_err());
}

#[test]
fn what_the_scenario_does_not_have_is_said_at_its_place() {
    for (from, to, message, hint) in [
        ("\"restock\": (", "\"restok\": (", "has no `restok`", "did you mean `restock`?"),
        ("\"after-restock\"", "\"after-stock\"", "has no `after-stock`", "`after-restock`?"),
        (
            "            ask: (\"The",
            "            aks: (\"The",
            "has no `aks`",
            "did you mean `ask`?",
        ),
        ("{\"owner\"", "{\"ownr\"", "`roles` has no `ownr`", "did you mean `owner`?"),
        ("    summary:", "    sumary:", "no field `sumary`", "did you mean `summary`?"),
        ("\"Ada\"", "\"Adda\"", "no text of the scenario reads so", "did you mean `Ada`?"),
        ("language: \"ja\"", "language: \"jp\"", "its language is `ja`", ""),
        ("version: 1", "version: 2", "reads version 1", ""),
        ("\"店主\"", "7", "expected a text or (", ""),
        ("\"店主\"", "\" \"", "a translation has no words", "leave the entry out"),
    ] {
        let (_, said) = with(&JA.replacen(from, to, 1));
        let wrong: Vec<_> = said.iter().filter(|d| d.is_error()).collect();
        assert_eq!(wrong.len(), 1, "{to}: {said:#?}");
        let found = wrong[0];
        assert!(found.file == "lang/ja.ron" && found.line > 1, "{found}");
        assert!(found.message.contains(message), "{found}");
        assert!(found.hint.clone().unwrap_or_default().contains(hint), "{found}");
    }
}

#[test]
fn english_that_has_changed_since_is_noticed() {
    let note = said(&JA.replacen("The rent is due.", "The rent was due.", 1));
    assert_eq!(note.kind, DiagnosticKind::Note);
    assert!(note.message.contains("`injects.letter.text` has changed"), "{note}");
    assert!(note.hint.clone().unwrap().contains("\"The rent is due.\""), "{note}");
    assert!(note.line > 20, "{note}");
}

#[test]
fn what_is_missing_is_counted_and_named_and_shown_in_english() {
    let less = JA.replacen("    roles: {\"owner\": \"店主\"},\n", "", 1);
    let less = less.replacen("\"raise\": \"値上げする。\"", "", 1);
    let note = said(&less);
    assert!(note.message.starts_with("2 texts are not in `ja` yet"), "{note}");
    let hint = note.hint.clone().unwrap();
    assert_eq!(hint, "decisions.after-restock.options.raise, roles.owner");
    let scenario = with(&less).0.unwrap().speaking("ja").unwrap();
    assert_eq!(scenario.roles()[0].title, "The owner");
}

#[test]
fn the_library_gives_what_the_scenario_does_not() {
    let library = [
        LIBRARY[0],
        (
            "lang/ja.ron",
            "(version: 1, language: \"ja\", texts: {\"The owner\": \"主人\", \"Ada\": \"x\"})",
        ),
    ];
    let mut files = sample();
    files.insert("lang/ja.ron".to_owned(), JA.replacen("{\"owner\": \"店主\"}", "{}", 1));
    let own = Embedded::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let library = Embedded::new(library);
    let (scenario, said) = load(&registry(), &WithLibrary::new(&own, &library), "scenario.ron");
    assert!(said.is_empty(), "{said:#?}");
    let shop = scenario.unwrap().speaking("ja").unwrap();
    assert_eq!(shop.roles()[0].title, "主人");
    assert_eq!(shop.language().text("Ada"), "エイダ", "the scenario's own wins");
    let files: Vec<String> = shop.language_texts().into_iter().map(|(path, _)| path).collect();
    assert_eq!(files, ["lang/ja.ron", "library:lang/ja"]);
}

#[test]
fn a_scenario_with_files_of_another_takes_only_the_words_that_it_shares() {
    let library = [
        LIBRARY[0],
        ("other/world.ron", include_str!("sample/world.ron")),
        ("other/lang/ja.ron", JA),
    ];
    let mut files = sample();
    files.remove("world.ron");
    let first = files.get_mut("scenario.ron").unwrap();
    *first = first.replace("\"world.ron\"", "\"library:other/world\"");
    let read = |files: &BTreeMap<String, String>| {
        let own = Embedded::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let library = Embedded::new(library);
        load(&registry(), &WithLibrary::new(&own, &library), "scenario.ron").0.unwrap()
    };
    // A file of another is no reason to speak its language.
    assert_eq!(read(&files).languages(), ["en"]);
    let mine = "(version: 1, language: \"ja\", roles: {\"owner\": \"店長\"})";
    files.insert("lang/ja.ron".to_owned(), mine.to_owned());
    let first = files.get_mut("scenario.ron").unwrap();
    *first = first.replace("A corner shop runs out", "Another shop");
    let shop = read(&files).speaking("ja").unwrap();
    assert_eq!(shop.title(), "Another shop", "the other's title is not this one's");
    assert_eq!(shop.roles()[0].title, "店長");
    assert_eq!(shop.decisions()[0].options[1].text, "すぐに発注し、代金を払う。");
}

#[test]
fn examples_of_the_page_stand_in_the_sample() {
    const PAGE: &str = include_str!("../../../docs/languages.md");
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect()
    };
    let sample = lines(JA);
    let examples: Vec<Vec<String>> =
        PAGE.split("```ron\n").skip(1).map(|b| lines(b.split("```").next().unwrap())).collect();
    assert!(examples.len() >= 3, "{}", examples.len());
    for example in examples {
        assert!(sample.windows(example.len()).any(|w| w == example), "{}", example.join("\n"));
    }
}

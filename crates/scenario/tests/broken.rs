//! Broken scenarios and what is said about each: one snapshot, read it as a page.

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use common::{load_files, registry, sample};
use hotwash_scenario::{Embedded, Files, ReadError, load, render};

const S: &str = "scenario.ron";
const W: &str = "world.ron";
const H: &str = "policies/historical.ron";
const C: &str = "policies/careful.ron";
const R: &str = "hindcast.ron";

/// (what is broken, file, text replaced, by what).
const CASES: &[(&str, &str, &str, &str)] = &[
    // Syntax.
    ("a bracket is not closed", S, "when: All([\"chose", "when: All((\"chose"),
    ("a list is never closed", S, "options: [(name: \"keep\"", "options: [[(name: \"keep\""),
    ("a comma is missing", W, "owner: \"Ada\",", "owner: \"Ada\""),
    (
        "a quote is missing",
        W,
        "\"P-02\", firmness: Reported)),\n            ]",
        "\"P-02, firmness: Reported)),\n            ]",
    ),
    ("an extension is switched on", W, "// The world", "#![enable(unwrap_newtypes)]\n// The world"),
    ("something follows", S, "    ],\n)\n", "    ],\n)\n)"),
    ("an escape that does not exist", S, "A corner shop", "A \\corner shop"),
    // Fields of the file.
    ("an unknown field", S, "horizon: \"60d\"", "horizont: \"60d\""),
    ("a field twice", S, "seed: \"calm-otter\",", "seed: \"calm-otter\", title: \"again\","),
    ("a later version", S, "version: 1", "version: 2"),
    ("no version", S, "version: 1,", ""),
    ("version is text", S, "version: 1", "version: \"one\""),
    ("a name that is no slug", S, "\"corner-shop\"", "\"Corner Shop\""),
    ("a duration without a unit", S, "lead_in: \"30d\"", "lead_in: 30"),
    ("a duration with a wrong unit", S, "lead_in: \"30d\"", "lead_in: \"30 days\""),
    ("the horizon before STARTEX", S, "horizon: \"60d\"", "horizon: \"-60d\""),
    ("a date that does not exist", S, "2019-08-01 09:00", "2019-08-32 09:00"),
    ("a holiday that does not exist", S, "\"2019-08-15\"", "\"Assumption\""),
    ("a briefing without its text", S, "        text: \"You run", "        txet: \"You run"),
    ("a capability that is no text", S, "\"Logistics and Supply Chain Management\"", "7"),
    ("hours in words", S, "\"08:30\"", "\"half past eight\""),
    // Files.
    ("a missing include", S, "\"world.ron\"", "\"wolrd.ron\""),
    ("a missing library file", S, "\"library:rules\"", "\"library:rulez\""),
    ("an include that climbs out", S, "\"world.ron\"", "\"../world.ron\""),
    ("an absolute include", S, "\"world.ron\"", "\"/etc/passwd\""),
    (
        "an include of itself",
        W,
        "(\n    plugins",
        "(\n    include: [\"scenario.ron\"],\n    plugins",
    ),
    // Sections.
    ("an unknown plugin", W, "\"shop\": (", "\"shob\": ("),
    ("a plugin twice in a file", W, "\"watch\": (", "\"shop\": (), \"watch\": ("),
    ("a plugin twice in two files", S, "include:", "plugins: {\"shop\": ()}, include:"),
    ("a field of the library again", W, "patience:", "rules: \"none\", patience:"),
    ("an unknown field of a plugin", W, "refund:", "refnud:"),
    ("a missing field of a plugin", W, "refund: \"14d\",", ""),
    ("a missing field in a list", W, "(name: \"milk\", share", "(share"),
    ("an unknown word", W, "Cheerful", "Cheerfull"),
    ("text for a number", W, "p50: 9", "p50: \"nine\""),
    ("text for a list", W, "            mood", "            cats: \"two\", mood"),
    ("a fraction for a count", W, "            mood", "            cats: 2.5, mood"),
    ("a word for text", W, "owner: \"Ada\"", "owner: Ada"),
    ("a share above 1", W, "value: 0.7", "value: 1.7"),
    ("a range that falls", W, "p5: 5", "p5: 50"),
    ("not a number", W, "value: 0.7", "value: NaN"),
    (
        "an empty source",
        W,
        "\"P-02\", firmness: Reported)),\n            ]",
        "\"\", firmness: Reported)),\n            ]",
    ),
    (
        "a bare number for a distribution",
        W,
        "patience: Fixed(value: 3, source: \"judgement: nobody asked\", firmness: Guess)",
        "patience: 3",
    ),
    ("a number without a source", W, "            mood", "            cats: 2, mood"),
    ("an unknown field of a number", W, "p5: 5, p50: 9", "p5: 5, p51: 9"),
    ("what a plugin refuses", W, "Cheerful", "Gloomy"),
    ("what a plugin refuses deep inside", W, "\"milk\"", "\"bread\""),
    // Levers.
    ("an unknown lever", S, "\"shop.clerks\": 3", "\"shop.clercs\": 3"),
    ("a lever out of range", S, "\"shop.clerks\": 3", "\"shop.clerks\": 30"),
    ("a lever with a wrong word", S, "\"plain\"", "\"plane\""),
    ("a lever that is a list", S, "\"plain\"", "[\"plain\"]"),
    (
        "a lever set in two files",
        W,
        "    plugins",
        "    levers: {\"shop.clerks\": 4},\n    plugins",
    ),
    // Roles, decisions, injects.
    ("an unknown viewer", S, "\"executive\", \"support\"", "\"executives\", \"support\""),
    (
        "an unknown role",
        S,
        "role: \"owner\",\n            when: R",
        "role: \"onwer\",\n            when: R",
    ),
    ("an unknown objective", S, "objective: \"serve\"", "objective: \"serv\""),
    ("an unknown milestone", S, "\"shop.sold-out\"", "\"shop.sold-uot\""),
    (
        "an unknown milestone that calls off",
        S,
        "unless: [\"shop.closed\"]",
        "unless: [\"shop.shut\"]",
    ),
    ("an expected option that is none", S, "expected: \"restock\"", "expected: \"restok\""),
    ("a default that is none", S, "default: \"wait\"", "default: \"weight\""),
    (
        "no options",
        S,
        "options: [(name: \"keep\", text: \"Keep it.\"), (name: \"raise\", text: \"Raise it.\", orders: [(\"shop\", SetPrice(1.5))])]",
        "options: []",
    ),
    ("two options alike", S, "(name: \"raise\"", "(name: \"keep\""),
    ("two decisions alike", S, "name: \"after-restock\"", "name: \"empty-shelves\""),
    ("an order to nobody", S, "(\"shop\", Restock(200))", "(\"shpo\", Restock(200))"),
    ("an order to a plugin left out", S, "(\"shop\", Restock(200))", "(\"cellar\", Restock(200))"),
    ("an order to a plugin that takes none", S, "(\"shop\", Restock(200))", "(\"watch\", Look)"),
    ("an unknown order", S, "Restock(200)", "Restok(200)"),
    ("an order with a wrong value", S, "Restock(200)", "Restock(\"many\")"),
    ("an order to show what is not there", S, "Display(\"bread\")", "Display(\"bred\")"),
    ("an order without a plugin", S, "(\"shop\", Restock(200))", "Restock(200)"),
    ("a wrong form of when", S, "when: Reached(", "when: Reach("),
    ("a date before the lead-in", S, "2019-08-20 10:00", "2018-08-20 10:00"),
    ("a decision without a limit", S, "limit: \"7d\",", ""),
    ("a limit of nothing", S, "limit: \"7d\"", "limit: \"0d\""),
    ("an inject to nobody", S, "\"owner\", \"legal\"", "\"owner\", \"leagl\""),
    // Policies.
    ("a policy for an unknown decision", H, "\"empty-shelves\"", "\"empty-shelfs\""),
    ("a policy with an unknown option", H, "Choose(\"keep\")", "Choose(\"keeps\")"),
    ("a policy with an unknown answer", H, "Choose(\"keep\")", "Chose(\"keep\")"),
    ("a policy with a wrong lever", H, "\"shop.clerks\": 2", "\"shop.clerks\": \"two\""),
    ("a policy under another name", H, "name: \"historical\"", "name: \"historic\""),
    ("a rule on an unknown metric", C, "Above(\"sold\"", "Above(\"sould\""),
    ("a rule on an unknown milestone", C, "\"shop.closed\"", "\"shop.clozed\""),
    ("a rule with an unknown option", C, "choose: \"raise\"", "choose: \"rise\""),
    ("a rule that compares with infinity", C, "Above(\"sold\", 50)", "Above(\"sold\", inf)"),
    ("rules at no interval", C, "\"12h\"", "\"0h\""),
    // The record.
    ("a record of a later version", R, "version: 1", "version: 3"),
    ("a record without a word of what it is", R, "about:", "abuot:"),
    ("a record with an unknown field", R, "firmness: B", "firm: B"),
    ("a record without rows", R, "rows: [", "rows: [], old: ["),
    ("a row without a kind", R, "firmness: B,\n            kind: Emergent,", "firmness: B,"),
    ("a row of an unknown kind", R, "kind: Scripted", "kind: Script"),
    ("a row of unknown firmness", R, "firmness: A", "firmness: E"),
    ("a row with an unknown milestone", R, "Date(\"shop.sold-out\")", "Date(\"shop.sold-uot\")"),
    (
        "a row with an unknown option",
        R,
        "to: \"chose/empty-shelves/restock\"",
        "to: \"chose/empty-shelves/restok\"",
    ),
    ("a row with an unknown metric", R, "Metric(\"sold\")", "Metric(\"sould\")"),
    ("a sum of nothing", R, "Sum([\"sold\", \"sold\"])", "Sum([])"),
    ("a sum with an unknown metric", R, "Sum([\"sold\", \"sold\"])", "Sum([\"sold\", \"cats\"])"),
    ("an unknown measure", R, "Metric(\"sold\")", "Metrics(\"sold\")"),
    ("a date on record that does not exist", R, "\"2019-07-14\"", "\"2019-07-34\""),
    (
        "dates on record the wrong way round",
        R,
        "\"2019-07-12\", \"2019-07-14\"",
        "\"2019-07-14\", \"2019-07-12\"",
    ),
    ("a day to count from that does not exist", R, "DaysFrom(\"2019-07-02\"", "DaysFrom(\"July\""),
    ("a bracket the wrong way round", R, "Between(10, 12)", "Between(12, 10)"),
    ("a bracket that is no number", R, "Between(10, 12)", "Between(10, NaN)"),
    ("a number for a date", R, "Dates(\"2019-07-12\", \"2019-07-14\")", "Between(12, 14)"),
    ("a date for a number", R, "Exactly(2)", "Dates(\"2019-07-12\", \"2019-07-14\")"),
    ("a share of days", R, "Exactly(2)", "ShareAtLeast(0.5)"),
    ("a share above 1 on record", R, "ShareAtLeast(0.5)", "ShareAtLeast(50)"),
    ("a point outside of its bracket", R, "point: 200", "point: 100"),
    ("a point of a date", R, "note: \"Two", "point: 12, note: \"Two"),
    ("a row that is not scored for no reason", R, "\"no plugin has a cat\"", "\" \""),
    ("a record of nothing for no reason", R, "\"nobody knows\"", "\"\""),
    ("a mistake in an alternative", R, "Dates(\"2019-07-20\", \"2019-07-20\")", "AtLeast(20)"),
    ("two rows alike", R, "id: \"S-4\"", "id: \"S-2\""),
    ("a row without an id", R, "id: \"S-4\"", "id: \"\""),
    ("a row from an unknown row", R, "[\"S-1\", \"S-2\"]", "[\"S-1\", \"S-22\"]"),
    ("a row from itself", R, "[\"S-1\", \"S-2\"]", "[\"S-3\"]"),
    ("a row about nothing", R, "quantity: \"sold\"", "quantity: \"\""),
];

#[test]
fn every_mistake_is_shown_at_its_place() {
    let mut page = String::new();
    for (title, path, from, to) in CASES {
        let mut files = sample();
        let text = files.get_mut(*path).unwrap();
        assert!(text.contains(from), "{title}: `{from}` is not in {path}");
        *text = text.replacen(from, to, 1);
        let (scenario, said) = load_files(&files);
        assert!(scenario.is_none() && !said.is_empty(), "{title}: {said:?}");
        writeln!(page, "## {title}\n\n{}", render(&said, false)).unwrap();
    }
    insta::assert_snapshot!("broken", page);
}

#[test]
fn all_mistakes_of_all_files_are_found_at_once() {
    let mut files = sample();
    for (path, from, to) in [
        (S, "title:", "titel:"),
        (S, "role: \"owner\",\n            when: R", "role: \"nobody\",\n            when: R"),
        (
            S,
            "orders: [(\"shop\", SetPrice(1.5))]",
            "orders: [(\"shop\", SetPrise(1.5)), (\"shop\", Restock(-1))]",
        ),
        (S, "from: \"the landlord\",", ""),
        (W, "owner: \"Ada\"", "owner: 3"),
        (W, "value: 0.7", "value: 7"),
        (W, "value: 0.3", "valeu: 0.3"),
        (W, "\"14d\"", "\"14y\""),
        (W, "Cheerful", "Cross"),
        (W, "patience", "patients"),
    ] {
        let text = files.get_mut(path).unwrap();
        assert!(text.contains(from), "{from}");
        *text = text.replacen(from, to, 1);
    }
    let (_, said) = load_files(&files);
    let lines: Vec<String> = said.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!("many", lines.join("\n"));
}

/// Bytes that are refused before anything is parsed.
struct One(Result<Vec<u8>, ReadError>);
impl Files for One {
    fn read(&self, _: &str) -> Result<Vec<u8>, ReadError> {
        self.0.clone()
    }
    fn list(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
}

#[test]
fn files_that_are_no_text_are_refused() {
    let mut page = String::new();
    for bytes in [
        Ok(Vec::new()),
        Ok(b"// nothing".to_vec()),
        Ok(b"(title: \"\xff\")".to_vec()),
        Ok("\u{feff}()".as_bytes().to_vec()),
        Ok(vec![b'['; 100_000]),
        Ok("Some(".repeat(5_000).into_bytes()),
        Ok(b"[1, 2]".to_vec()),
        Ok(b"()".to_vec()),
        Ok(vec![b' '; (4 << 20) + 1]),
        Err(ReadError::TooLarge(5_000_000)),
        Err(ReadError::Missing),
        Err(ReadError::Escapes),
        Err(ReadError::Failed("permission denied".to_owned())),
    ] {
        let (scenario, said) = load(&registry(), &One(bytes), "scenario.ron");
        assert!(scenario.is_none() && !said.is_empty());
        page += &render(&said, false);
    }
    insta::assert_snapshot!("refused", page);
}

#[test]
fn large_files_are_judged_in_seconds() {
    let most = 1 << 20;
    for (before, again, after) in [
        ("(", "a:1,", ")"),
        ("(contested: [", "1,", "])"),
        ("(include: [", "\"x\",", "])"),
        ("(plugins: {", "\"x\":(),", "})"),
        ("(levers: {", "\"x\":1,", "})"),
        ("(plugins: {\"shop\": (shelves: [", "1,", "])})"),
        ("(plugins: {\"shop\": (", "a:1,", ")})"),
        ("(decisions: [", "(),", "])"),
        ("(decisions: [(options: [", "(name:\"x\"),", "])])"),
        ("(roles: [", "(name:\"x\"),", "])"),
        ("(title: \"", "\n", "\")"),
        ("", "/*", ""),
        ("(", "\n", ""),
    ] {
        let text = format!("{before}{}{after}", again.repeat((most - 100) / again.len()));
        let files: BTreeMap<String, String> = [("scenario.ron".to_owned(), text)].into();
        let (scenario, said) = load_files(&files);
        assert!(scenario.is_none() && !said.is_empty() && said.len() < 2_000, "{before}");
        assert!(render(&said, false).len() < 1 << 20);
    }
}

#[test]
fn colours_and_long_lines_are_rendered() {
    let text = format!("(version: 1, {}\n", "x".repeat(5_000));
    let files: BTreeMap<String, String> = [("scenario.ron".to_owned(), text)].into();
    let (_, said) = load_files(&files);
    assert!(render(&said, true).contains("\u{1b}["));
    assert!(render(&said, false).len() < 1_000);
    let embedded = Embedded::new([("scenario.ron", "(")]).shown_as("inside:");
    let (_, said) = load(&registry(), &embedded, "scenario.ron");
    assert!(render(&said, false).contains("--> inside:scenario.ron:1:1"), "{said:?}");
}

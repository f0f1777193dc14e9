//! The table against the sources of the agents that it reads, and against VERIS's own words.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::table::{BY_FIELD, DISCOVERY, Fact, KINDS, NOTHING_MORE, PROPOSITIONS};

/// The text of the files in which a shipped agent declares its journal entries.
fn declared(plugin: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../agents/src").join(plugin);
    let files = ["kinds.rs", "intrusion/kinds.rs", "mod.rs"].map(|file| root.join(file));
    files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect()
}

fn plugin(kind: &str) -> &str {
    kind.split('.').next().unwrap_or_default()
}

#[test]
fn every_kind_in_the_table_is_one_that_an_agent_writes() {
    let kinds = KINDS.iter().map(|(kind, _)| *kind);
    let kinds = kinds.chain(NOTHING_MORE).chain(DISCOVERY.map(|(kind, ..)| kind));
    for kind in kinds.chain(BY_FIELD.map(|(kind, ..)| kind)) {
        assert!(declared(plugin(kind)).contains(&format!("\"{kind}\"")), "nobody writes {kind}");
    }
}

#[test]
fn everything_that_attackers_write_is_in_the_table() {
    for attacker in ["insider", "intruder", "leaver"] {
        let text = declared(attacker);
        let names = text.split('"').filter(|word| {
            word.strip_prefix(attacker)
                .is_some_and(|rest| rest.starts_with('.') && !rest.contains(' ') && rest.len() > 1)
        });
        let all: BTreeSet<&str> = names.collect();
        assert!(all.len() >= 9, "{attacker}: only {all:?} found");
        for kind in all {
            // What others see of a leaver is no deed of his.
            let is_deed = {
                let from = text.find(&format!("\"{kind}\"")).unwrap_or_default();
                let rest = &text[from..];
                let lane = rest.find("lane: view::").map(|at| &rest[at + 12..at + 17]);
                attacker == "intruder" || lane == Some("TRUTH")
            };
            let is_known = KINDS.iter().any(|(k, _)| *k == kind) || NOTHING_MORE.contains(&kind);
            assert!(!is_deed || is_known, "{kind} is not in the table");
        }
    }
}

/// The words of the schema's version 1.3.6 that may stand in the table: a typing mistake is found here.
const WORDS: [(&str, &[&str]); 9] = [
    ("internal", &["Call center", "System admin", "Developer", "Helpdesk", "End-user"]),
    ("external", &["Organized crime", "Former employee", "State-affiliated", "Unaffiliated"]),
    ("motive", &["Financial", "Grudge", "Espionage", "Unknown"]),
    (
        "action",
        &[
            "misuse/Privilege abuse/LAN access",
            "hacking/Use of stolen creds/Unknown",
            "hacking/Use of stolen creds/Desktop sharing software",
            "hacking/Use of stolen creds/Other network service",
            "hacking/Brute force/Unknown",
            "malware/Backdoor/Direct install",
            "malware/Spyware/Keylogger/Direct install",
        ],
    ),
    ("result", &["Infiltrate", "Exfiltrate", "Elevate", "Lateral movement", "Deploy payload"]),
    ("asset", &["S - Database", "S - Directory", "S - File", "U - Desktop or laptop"]),
    ("integrity", &["Software installation", "Created account"]),
    ("data", &["Personal", "Source code", "Internal", "Credentials"]),
    ("whose", &["Customer", "Employee", "Victim organization"]),
];

fn may_say(sort: &str, word: &str) {
    let known = WORDS.iter().find(|(s, _)| *s == sort).map_or(&[][..], |(_, words)| words);
    assert!(known.contains(&word), "`{word}` is not known as {sort} in VERIS 1.3.6");
}

#[test]
fn the_table_speaks_veris() {
    let facts = KINDS.iter().flat_map(|(_, facts)| facts.iter().copied());
    for fact in facts.chain(BY_FIELD.map(|(_, _, _, fact)| fact)) {
        match fact {
            Fact::Internal(word) => may_say("internal", word),
            Fact::External(word) => may_say("external", word),
            Fact::Motive(word) => may_say("motive", word),
            Fact::Action(category, variety, vector) => {
                may_say("action", &format!("{category}/{variety}/{vector}"));
            }
            Fact::Result(category, word) => {
                may_say("result", word);
                assert!(["hacking", "malware", "misuse", "social"].contains(&category));
            }
            Fact::Asset(word) => may_say("asset", word),
            Fact::Integrity(word) => may_say("integrity", word),
            Fact::Data(word) => may_say("data", word),
        }
    }
    for held in PROPOSITIONS.iter().filter_map(|(_, held)| *held) {
        may_say("data", held.data);
        may_say("whose", held.whose);
    }
    let places = ["external", "internal", "partner"];
    assert!(DISCOVERY.iter().all(|(_, place, _)| places.contains(place)));
}

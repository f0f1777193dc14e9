//! Languages: `--lang` changes what people read and nothing else, and no word of the program is forgotten.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::{Temp, copied, hotwash, line, stripped};
use hotwash_exercise::{Act, FACILITATOR, Nowhere, Plan, Seat, Session, View};
use hotwash_scenario::Words;

/// A script that looks at everything once.
const SCRIPT: &str = "go\ninbox\nknown\nclocks\nhelp\n2 4 念のため\ninbox all\ntimeline all\nback\n\
                      notes 覚えておく\nnotes\ncards\nwait 2d\nquit\n";

fn play(temp: &Temp, flags: &str, dir: &str) -> String {
    let script = temp.write("script.txt", SCRIPT);
    let mut args = vec!["play", "insider-sale", "--script", &script, "--out", dir];
    args.extend(flags.split_whitespace());
    stripped(&hotwash(&args).ends(0).out)
}

/// Columns of a line in a terminal, wide letters counted twice.
fn columns(line: &str) -> usize {
    let is_wide = |c: char| matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6);
    line.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// Two English words in a row, of those that Japanese has no use for.
fn english(text: &str) -> Option<String> {
    let is_word = |w: &&str| w.len() > 1 && w.chars().all(|c| c.is_ascii_lowercase() || c == '\'');
    text.lines().find_map(|line| {
        // What is typed, and the names of commands, stay as they are.
        let line: String = line.split('`').step_by(2).collect();
        let words: Vec<&str> =
            line.split(|c: char| !c.is_ascii_alphabetic() && c != '\'').collect();
        words.windows(2).any(|w| is_word(&w[0]) && is_word(&w[1])).then_some(line)
    })
}

#[test]
fn a_session_in_japanese_reads_well_in_eighty_columns() {
    let temp = Temp::new();
    let text = play(&temp, "--lang ja", &temp.at("ja"));
    for part in [
        "ノースゲート・シールドの夏 ---",
        "現在は2019年8月1日(木) 09:00です。",
        "カスタマーサポート責任者の判断 ---",
        "期限：2019年8月13日 16:24（あと7日）。それまでに決めなければ1になります。",
    ] {
        assert!(text.contains(part), "`{part}` is not in:\n{text}");
    }
    let wide: Vec<&str> = text.lines().filter(|line| columns(line) > 80).collect();
    assert!(wide.is_empty(), "{wide:#?}");
    let is_typed = |line: &&str| line.contains("> ");
    let commands =
        |line: &&str| !is_typed(line) && (!line.starts_with("  ") || line.starts_with("   "));
    let talk: Vec<&str> = text.lines().filter(commands).collect();
    assert_eq!(english(&talk.join("\n")), None, "{text}");
}

#[test]
fn the_language_leaves_no_trace_in_the_record() {
    let temp = Temp::new();
    play(&temp, "--lang ja", &temp.at("ja"));
    play(&temp, "", &temp.at("en"));
    let log = |dir: &str| {
        let text =
            String::from_utf8_lossy(&fs::read(temp.path().join(dir).join("session.log")).unwrap())
                .into_owned();
        // The wall clock and the checksum over it are another's business.
        let records = text.lines().filter_map(|l| l.find('{').map(|at| l[at..].to_owned()));
        let records: Vec<serde_json::Value> =
            records.map(|l| serde_json::from_str(&l).unwrap()).collect();
        records
            .into_iter()
            .map(|mut r| {
                r["wall_ms"] = 0.into();
                r
            })
            .collect::<Vec<_>>()
    };
    assert!(log("ja").len() > 3);
    assert_eq!(log("ja"), log("en"));
    // Either can be gone on with in either language; the session has its words with it.
    let quit = temp.write("quit.txt", "quit\n");
    for (dir, lang, words) in [("ja", "en", "You go on: it is"), ("en", "ja", "続きから始めます")]
    {
        let dir = temp.at(dir);
        let args = ["play", "--resume", &dir, "--lang", lang, "--script", &quit];
        hotwash(&args).ends(0).prints(&[words]);
    }
    assert!(temp.path().join("ja/scenario/lang/ja.ron").is_file());
    assert!(temp.path().join("ja/library/lang/ja.ron").is_file());
    temp.edit("ja/scenario/lang/ja.ron", "\"カスタマーサポート責任者\"", "\"窓口の長\"");
    let args = ["play", "--resume", &temp.at("ja"), "--lang", "ja", "--script", &quit];
    hotwash(&args).ends(0).prints(&["窓口の長"]);
}

#[test]
fn a_run_has_the_same_journal_in_every_language() {
    let temp = Temp::new();
    for (dir, lang) in [("a", "en"), ("b", "ja")] {
        let args =
            ["run", "insider-sale", "--lang", lang, "--out", &temp.at(dir), "--until", "T+40d"];
        let ran = hotwash(&args).ends(0);
        assert_eq!(ran.out.contains("サポート窓口"), lang == "ja");
    }
    for file in ["journal.jsonl", "manifest.json", "outcomes.json"] {
        assert_eq!(temp.read(&format!("a/{file}")), temp.read(&format!("b/{file}")), "{file}");
    }
}

#[test]
fn a_language_that_nobody_speaks_is_refused_with_those_that_are_spoken() {
    line("play insider-sale --lang jp").ends(2).says(&["only in: en, ja; did you mean `ja`?"]);
    line("play departing-admin --lang ja")
        .ends(2)
        .says(&["`departing-admin` has no texts in `ja`"]);
    line("serve --lang jp").ends(2).says(&["ja"]);
    line("show insider-sale --lang ja").ends(0).prints(&["サポート窓口からの漏えい", "en, ja"]);
    line("show departing-admin").ends(0).prints(&["Languages (--lang): en\n"]);
}

#[test]
fn a_mistake_in_a_language_is_shown_at_its_place() {
    let temp = copied();
    line(&format!("check {}", temp.at("s"))).ends(0);
    temp.edit("s/lang/ja.ron", "\"warn-targets\": (", "\"warn-target\": (");
    let ran = line(&format!("check {}", temp.at("s"))).ends(3);
    ran.says(&["lang/ja.ron:", "has no `warn-target`", "did you mean `warn-targets`?"]);
}

/// Every text that reaches players in a whole run, in Japanese.
fn told(policy: &str) -> Vec<String> {
    let scenario = hotwash::open(&hotwash::registry(), "insider-sale").unwrap();
    let scenario = scenario.speaking("ja").unwrap();
    let policy = scenario.policy(policy).cloned();
    let mut plan = Plan::new(scenario, "insider-sale", policy);
    let roles = std::mem::take(&mut plan.played);
    let mut session = Session::begin(plan, Box::new(Nowhere), 0).unwrap();
    let seats = roles.into_iter().map(Seat::Role).collect();
    let join = Act::Join { person: "p".to_owned(), name: "p".to_owned(), seats };
    session.act(FACILITATOR, join, 0).unwrap();
    while !session.is_over() {
        session.skip().unwrap();
    }
    let view = View::of(&session, "p");
    let inbox = view.inbox(&session).into_iter().flat_map(|item| [item.from, item.text]);
    let rows = view.timeline(&session, true).into_iter();
    // The names of roles in decisions are told elsewhere.
    let rows = rows.flat_map(|row| [row.who, row.line.says]);
    let clocks = view.clocks(&session).into_iter().map(|clock| clock.label);
    let ledger = view.ledger(&session).into_iter().map(|row| row.proposition);
    inbox.chain(rows).chain(clocks).chain(ledger).collect()
}

#[test]
fn nothing_that_reaches_players_is_left_in_english() {
    let mut texts = BTreeSet::new();
    for policy in ["historical", "deny", "by-the-book", "watchful", "silent"] {
        texts.extend(told(policy));
    }
    assert!(texts.len() > 150, "{}", texts.len());
    let is_japanese = |text: &str| text.chars().any(|c| u32::from(c) >= 0x3000);
    let left: Vec<&String> = texts
        .iter()
        .filter(|t| !is_japanese(t) || english(t).is_some() || t.contains('{'))
        .collect();
    assert!(left.is_empty(), "{left:#?}");
}

/// All source texts below a folder, comments and tests left out, broken strings joined.
fn sources(folder: &Path, out: &mut String) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs" || e == "js") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let mut parts = code.split("\\\n");
            out.push_str(parts.next().unwrap_or_default());
            parts.for_each(|part| out.push_str(part.trim_start()));
        }
    }
}

fn code() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut code = String::new();
    for folder in [
        "web/src",
        "web/assets",
        "hotwash/src",
        "exercise/src",
        "engine/src",
        "report/src",
        "scenario/src/language",
        "incident/src",
        "agents/src",
    ] {
        sources(&root.join(folder), &mut code);
    }
    code
}

#[test]
fn every_word_of_the_program_is_translated_and_no_translation_is_stale() {
    let code = code();
    let words = Words::in_language("ja");
    let known: BTreeSet<&str> = words.known().map(|(english, _)| english).collect();
    let mut asked = BTreeSet::new();
    for opening in [".of(", ".t(", ".fill("] {
        for rest in code.split(opening).skip(1) {
            let Some(text) = rest.trim_start().strip_prefix('"') else { continue };
            let end = text.match_indices('"').find(|(at, _)| !text[..*at].ends_with('\\'));
            let text = &text[..end.map_or(0, |(at, _)| at)];
            asked.insert(text.replace("\\n", "\n").replace("\\\"", "\""));
        }
    }
    assert!(asked.len() > 250, "{}", asked.len());
    let missing: Vec<&String> = asked.iter().filter(|w| !known.contains(w.as_str())).collect();
    assert!(missing.is_empty(), "not in Japanese: {missing:#?}");
    let escaped = |word: &str| word.replace('\n', "\\n").replace('"', "\\\"");
    let is_literal = |word: &str| code.contains(&format!("\"{}\"", escaped(word)));
    let small = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |c| c.to_lowercase().chain(letters).collect())
    };
    // Metrics are shown by their names without hyphens, some texts with a capital.
    let is_there = |word: &str| {
        [word.to_owned(), word.replace(' ', "-"), small(word)].iter().any(|word| is_literal(word))
    };
    let stale: Vec<&&str> = known.iter().filter(|word| !is_there(word)).collect();
    assert!(stale.is_empty(), "no code has these any more: {stale:#?}");
}

#[test]
fn the_librarys_translations_are_of_sentences_that_there_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut there = String::new();
    for folder in [
        "crates/agents/src",
        "crates/incident/src",
        "crates/engine/src",
        "crates/exercise/src",
        "crates/hotwash/src",
        "crates/report/src",
    ] {
        sources(&root.join(folder), &mut there);
    }
    for file in ["regimes", "roles", "northgate", "northgate-public", "public", "vendor"] {
        there += &fs::read_to_string(root.join(format!("scenarios/library/{file}.ron"))).unwrap();
    }
    let texts = fs::read_to_string(root.join("scenarios/library/lang/ja.ron")).unwrap();
    let keys = texts.lines().filter_map(|l| l.trim_start().strip_prefix('"')?.split_once("\": \""));
    let pairs: Vec<(&str, &str)> = keys.collect();
    let fields = |text: &str| -> BTreeSet<String> {
        let inside = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        inside.map(|(name, _)| name.split(':').next().unwrap_or(name).to_owned()).collect()
    };
    for (key, text) in &pairs {
        assert!(fields(text).is_subset(&fields(key)), "`{text}` has fields that `{key}` lacks");
    }
    let keys: Vec<&str> = pairs.into_iter().map(|(key, _)| key).collect();
    assert!(keys.len() > 200, "{}", keys.len());
    // A sentence put together in code stands there in parts, between its gaps.
    let part = |key: &str| {
        let parts = key.split(['{', '}']).step_by(2);
        let longest = parts.max_by_key(|part| part.len()).unwrap_or_default();
        longest.trim_end_matches('.').to_owned()
    };
    let stale: Vec<&&str> =
        keys.iter().filter(|key| !there.contains(**key) && !there.contains(&part(key))).collect();
    assert!(stale.is_empty(), "nobody says these any more: {stale:#?}");
}

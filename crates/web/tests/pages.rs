//! Pages as whole documents: who may read what on them, what is escaped, that each form can be used.

#![expect(clippy::unwrap_used, reason = "what goes wrong while a test sets the scene fails it")]

use hotwash_exercise::record::Line;
use hotwash_exercise::{Act, FACILITATOR, Nowhere, Plan, Seat, Session, View};
use hotwash_scenario::Words;
use hotwash_web::page::{self, Links, Sight};

const LINKS: Links<'static> = Links {
    players: "http://127.0.0.1:8321/join?code=K7MPXQ",
    evaluators: "http://127.0.0.1:8321/key/for-evaluators",
    screen: "http://127.0.0.1:8321/key/for-the-screen",
    facilitator: "http://127.0.0.1:8321/key/for-the-facilitator",
    is_on_network: true,
};

/// Somebody in each sort of seat, and the first decision open.
fn session() -> Session {
    speaking("en")
}

/// The same in a language.
fn speaking(lang: &str) -> Session {
    let scenario = hotwash::open(&hotwash::registry(), "insider-sale").unwrap();
    let scenario = scenario.speaking(lang).unwrap();
    let policy = scenario.policy("historical").cloned();
    let plan = Plan::new(scenario, "insider-sale", policy);
    let mut session = Session::begin(plan, Box::new(Nowhere), 0).unwrap();
    let role = |name: &str| Seat::Role(name.to_owned());
    let seats = [
        ("support", vec![role("support-lead")]),
        ("soc", vec![role("soc-lead")]),
        ("both", vec![role("counsel"), Seat::Evaluator]),
        ("evaluator", vec![Seat::Evaluator]),
        ("screen", vec![Seat::Screen]),
    ];
    for (person, seats) in seats {
        let (person, name) = (person.to_owned(), format!("{person} <b>person</b>"));
        act(&mut session, FACILITATOR, Act::Join { person, name, seats });
    }
    while session.open().is_empty() {
        session.skip().unwrap();
    }
    let text = "<script>alert(\"1\")</script>".to_owned();
    let (from, form) = ("<img src=x>".to_owned(), "email".to_owned());
    act(&mut session, FACILITATOR, Act::Message { from, form, to: Vec::new(), text });
    session
}

const PEOPLE: [&str; 6] = [FACILITATOR, "support", "soc", "both", "evaluator", "screen"];

fn act(session: &mut Session, by: &str, act: Act) {
    session.act(by, act, 0).unwrap();
}

fn vote(session: &mut Session, by: &str, reason: &str) {
    let (decision, option) = ("first-complaints".to_owned(), "file-as-fraud".to_owned());
    act(session, by, Act::Vote { decision, option, confidence: 4, reason: reason.to_owned() });
}

fn with<T>(session: &Session, person: &str, see: impl FnOnce(&Sight<'_>) -> T) -> T {
    let view = View::of(session, person);
    let links = view.is_facilitator().then_some(LINKS);
    see(&Sight {
        session,
        view: &view,
        base: "/s/demo",
        join_code: "K7MPXQ",
        links,
        present: &["support".to_owned()],
        wash: None,
    })
}

fn room(session: &Session, person: &str) -> String {
    with(session, person, |sight| page::room(sight).into_string())
}

/// Sentences that somebody may not know, as a page would show them.
fn secrets(session: &Session, person: &str) -> Vec<String> {
    let view = View::of(session, person);
    let is_secret = |line: &&Line| !view.sees_entry(session, line.n) && line.says.len() > 30;
    session.lines().iter().filter(is_secret).map(|line| maud::html! { (line.says) }.0).collect()
}

#[test]
fn nobody_but_the_facilitator_reads_the_truth() {
    let session = session();
    for person in &PEOPLE[1..] {
        let secrets = secrets(&session, person);
        assert!(secrets.len() > 20, "{person}: there must be something to hide");
        let page = room(&session, person);
        let told = secrets.iter().find(|s| page.contains(s.as_str()));
        assert_eq!(told, None, "{person} reads what they may not know");
        assert!(!page.contains("What is true"), "{person}");
    }
    let page = room(&session, FACILITATOR);
    let told = secrets(&session, "support").iter().filter(|s| page.contains(s.as_str())).count();
    assert!(told > 3, "the facilitator reads the truth");
}

#[test]
fn what_is_to_come_and_what_is_expected_is_not_for_players() {
    let session = session();
    let expected = "Pass every such report to security as a possible leak.";
    let to_come = "Shut it now, or watch it to reach the buyer?";
    for person in [FACILITATOR, "evaluator"] {
        assert!(room(&session, person).contains(to_come), "{person}");
        assert!(room(&session, person).contains("Expected</span>"), "{person}");
    }
    for person in ["support", "soc", "screen"] {
        assert!(!room(&session, person).contains(to_come), "{person}");
        assert!(!room(&session, person).contains("Expected"), "{person}");
    }
    // The option itself is on the card.
    assert!(room(&session, "support").contains(expected));
    assert!(!room(&session, "screen").contains(expected));
}

#[test]
fn only_the_facilitators_page_has_the_addresses() {
    let session = session();
    for person in PEOPLE {
        let has = room(&session, person).contains("/key/for-");
        assert_eq!(has, person == FACILITATOR, "{person}");
    }
}

#[test]
fn votes_are_hidden_from_those_who_have_not_voted() {
    let mut session = session();
    vote(&mut session, "soc", "because of the numbers");
    assert!(room(&session, "support").contains("because of the numbers"), "the decider reads it");
    assert!(!room(&session, "both").contains("name=\"option\" value=\"file-as-fraud\" checked"));
    let mut other =
        Session::resume(session.plan().clone(), session.records().to_vec(), Box::new(Nowhere))
            .unwrap();
    let seats = vec![Seat::Role("executive".to_owned())];
    let join = Act::Join { person: "late".to_owned(), name: "Late".to_owned(), seats };
    act(&mut other, FACILITATOR, join);
    assert!(!room(&other, "late").contains("because of the numbers"));
    vote(&mut other, "late", "");
    assert!(room(&other, "late").contains("because of the numbers"));
}

#[test]
fn what_people_write_is_text() {
    let session = session();
    for person in PEOPLE {
        let page = room(&session, person);
        assert!(!page.contains("<script>alert") && !page.contains("<img"), "{person}");
        assert!(!page.contains("<b>person"), "{person}");
    }
    assert!(room(&session, "soc").contains("&lt;script&gt;alert"));
    let wrong = Some("<script>");
    let roles = [("r".to_owned(), "<b>".to_owned(), vec!["<i>".to_owned()])];
    let join = page::join("<u>", "\"><u>", &roles, false, wrong, Words::ENGLISH).into_string();
    for tag in ["<u>", "<b>", "<i>", "\"><"] {
        assert!(
            !join.contains(&format!("{tag}\"")) && !join.contains(&format!(">{tag}<")),
            "{tag}"
        );
    }
}

#[test]
fn every_panel_of_a_page_can_be_fetched_alone_and_no_other() {
    let session = session();
    let all = ["header", "cards", "inbox", "timeline", "ledger", "clocks", "msel", "truth"];
    let all =
        all.into_iter().chain(["people", "rewind", "notes", "objectives", "screen", "hotwash"]);
    let all: Vec<&str> = all.collect();
    for person in PEOPLE {
        let page = room(&session, person);
        with(&session, person, |sight| {
            let mine = page::panels(sight.view);
            for name in &all {
                let alone = page::panel(sight, name).map(|panel| panel.into_string());
                assert_eq!(alone.is_some(), mine.contains(name), "{person}: {name}");
                let Some(alone) = alone else { continue };
                assert!(alone.contains(&format!("data-panel=\"{name}\"")), "{person}: {name}");
                assert!(page.contains(&alone), "{person}: {name} alone differs from the page's");
            }
            assert!(page::panel(sight, "nothing").is_none());
        });
        assert_eq!(page.matches("data-panel=").count(), View::of(&session, person).panels());
    }
}

trait Panels {
    fn panels(&self) -> usize;
}

impl Panels for View {
    fn panels(&self) -> usize {
        page::panels(self).len()
    }
}

#[test]
fn pages_are_well_formed_and_every_control_has_a_label() {
    let mut session = session();
    let mut pages: Vec<(String, String)> =
        PEOPLE.iter().map(|p| ((*p).to_owned(), room(&session, p))).collect();
    act(&mut session, FACILITATOR, Act::Endex);
    pages.extend(PEOPLE.iter().map(|p| (format!("{p} after ENDEX"), room(&session, p))));
    let roles = [("r".to_owned(), "Role".to_owned(), Vec::new())];
    pages.push((
        "join".to_owned(),
        page::join("T", "C", &roles, false, Some("w"), Words::ENGLISH).into_string(),
    ));
    pages.push((
        "join 2".to_owned(),
        page::join("T", "C", &roles, true, None, Words::ENGLISH).into_string(),
    ));
    pages.push(("home".to_owned(), page::home(&[], &[], Some("w"), Words::ENGLISH).into_string()));
    pages.push(("wrong".to_owned(), page::wrong("T", "w", Words::ENGLISH).into_string()));
    for (name, page) in pages {
        Checker::default().check(&page).unwrap_or_else(|why| panic!("{name}: {why}"));
        for banned in [" style=", " onclick=", "<style", "javascript:", "http://www", "https://"] {
            let page = page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
            assert!(!page.contains(banned), "{name}: {banned}");
        }
    }
}

#[test]
fn the_checker_finds_what_it_looks_for() {
    let wrong = [
        "<p><b></p></b>",
        "<p>",
        "<p class=\"a\" class=\"b\"></p>",
        "<p id=\"a\"></p><p id=\"a\"></p>",
        "<input name=\"a\">",
        "<button type=\"submit\"></button>",
    ];
    for page in wrong {
        assert!(Checker::default().check(page).is_err(), "{page}");
    }
    let right = "<label>Name <input name=\"a\" required></label><button>Go</button>";
    assert_eq!(Checker::default().check(right), Ok(()));
}

/// A small reader of the markup that maud writes: tags balance, ids and attributes are unique, controls
/// stand in a label, buttons say something.
#[derive(Default)]
struct Checker {
    open: Vec<String>,
    ids: Vec<String>,
    /// Length of the text before each open button.
    buttons: Vec<(usize, bool)>,
    text: usize,
}

impl Checker {
    fn check(mut self, page: &str) -> Result<(), String> {
        let mut rest = page;
        while let Some(start) = rest.find('<') {
            self.text += rest[..start].trim().len();
            let end = rest[start..].find('>').ok_or("a tag without an end")? + start;
            let tag = &rest[start + 1..end];
            rest = &rest[end + 1..];
            if let Some(name) = tag.strip_prefix('/') {
                self.close(name)?;
            } else if !tag.starts_with(['!', '?']) {
                self.open(tag)?;
            }
        }
        if self.open.is_empty() { Ok(()) } else { Err(format!("left open: {:?}", self.open)) }
    }

    fn open(&mut self, tag: &str) -> Result<(), String> {
        const VOID: [&str; 4] = ["meta", "link", "input", "br"];
        let name = tag.split([' ', '/']).next().unwrap_or(tag).to_owned();
        let attributes: Vec<&str> =
            tag.split('"').step_by(2).flat_map(str::split_whitespace).skip(1).collect();
        let mut names: Vec<&str> = attributes.iter().map(|a| a.trim_end_matches('=')).collect();
        names.retain(|a| *a != "/");
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|w| w[0] == w[1]) {
            return Err(format!("`{}` twice in <{tag}>", twice[0]));
        }
        if let Some((_, id)) = tag.split_once(" id=\"") {
            let id = id.split('"').next().unwrap_or_default().to_owned();
            if self.ids.contains(&id) {
                return Err(format!("two elements are `{id}`"));
            }
            self.ids.push(id);
        }
        let is_control = ["input", "select", "textarea"].contains(&name.as_str());
        let is_hidden = tag.contains("type=\"hidden\"");
        if is_control && !is_hidden && !self.open.iter().any(|open| open == "label") {
            return Err(format!("no label around <{tag}>"));
        }
        if name == "button" {
            self.buttons.push((self.text, tag.contains("aria-label=")));
        }
        if !VOID.contains(&name.as_str()) && !tag.ends_with('/') {
            self.open.push(name);
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), String> {
        let open = self.open.pop();
        if open.as_deref() != Some(name) {
            return Err(format!("</{name}> closes {open:?}"));
        }
        if name == "button" {
            let (before, is_named) = self.buttons.pop().ok_or("a button too much")?;
            if self.text == before && !is_named {
                return Err("a button says nothing".to_owned());
            }
        }
        Ok(())
    }
}

/// What a page says: text between its tags, and attributes that are read out or shown.
fn said(page: &str) -> Vec<String> {
    let mut out = Vec::new();
    for part in page.split('<') {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        out.push(text.to_owned());
        for name in ["aria-label", "title", "placeholder", "data-label", "data-say", "data-done"] {
            let value =
                tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
            out.extend(value.map(|(value, _)| value.to_owned()));
        }
    }
    out
}

/// A word of English that is no name and no command.
fn english(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_ascii_alphabetic());
    // The program's name, its flag, and what the test itself has put in.
    const NAMES: [&str; 7] = ["hotwash", "listen", "script", "alert", "img", "src", "quot"];
    words
        .filter(|w| w.len() > 2 && !NAMES.contains(w))
        .any(|w| w.chars().all(|c| c.is_ascii_lowercase()))
}

#[test]
fn pages_in_japanese_have_no_english_left() {
    let mut session = speaking("ja");
    vote(&mut session, "support", "理由");
    let text = "気づいたこと".to_owned();
    act(&mut session, "support", Act::Note { text, entry: 0 });
    let mut texts: Vec<(String, String)> = Vec::new();
    for person in PEOPLE.into_iter().chain(["stranger"]) {
        let page = room(&session, person);
        assert!(page.contains("<html lang=\"ja\">"), "{person}");
        assert!(page.contains("data-words=") && page.contains("残り{span}"), "{person}");
        // Of what is to come, what milestones wait for is English: docs/languages.md says so.
        let page = page.split("<td class=\"when\"").enumerate().map(|(n, part)| match n {
            0 => part,
            _ => part.split_once("</td>").map_or("", |(_, rest)| rest),
        });
        let page: String = page.collect();
        texts.extend(said(&page).into_iter().map(|text| (person.to_owned(), text)));
    }
    let words = Words::in_language("ja");
    let roles = [("soc-lead".to_owned(), "責任者".to_owned(), Vec::new())];
    for page in [
        page::home(&[], &[], None, words),
        page::join("演習", "C", &roles, false, None, words),
        page::join("演習", "C", &roles, true, None, words),
    ] {
        texts.extend(said(&page.into_string()).into_iter().map(|text| ("door".to_owned(), text)));
    }
    assert!(texts.iter().any(|(_, text)| text.contains("2019年8月6日(火)")));
    // The names of those who take part are theirs.
    let without_names = |text: &str| {
        let names = PEOPLE.iter().map(|name| format!("{name} &lt;b&gt;person&lt;/b&gt;"));
        names.fold(text.to_owned(), |text, name| text.replace(&name, ""))
    };
    let left: Vec<_> = texts.iter().filter(|(_, text)| english(&without_names(text))).collect();
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn the_script_is_given_every_word_that_it_writes() {
    let script = include_str!("../assets/app.js");
    let page = room(&speaking("ja"), "support");
    for rest in script.split(" t(\"").skip(1).chain(script.split("(t(\"").skip(1)) {
        let word = rest.split('"').next().unwrap();
        let escaped = maud::html! { (format!("\"{word}\":")) }.0;
        assert!(page.contains(&escaped), "the page does not bring `{word}`");
    }
}

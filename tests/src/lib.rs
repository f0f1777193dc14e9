//! What the tests share: loading shipped scenarios, running them, reading metrics. Nothing else in
//! the tests calls the engine's run loop.
//!
//! Beside that, what drives the program from outside: a WebDriver client, a server, guests of a session.

pub mod guest;
pub mod load_report;
pub mod server;
pub mod temp;
pub mod wait;
pub mod webdriver;

use std::collections::BTreeMap;

use hotwash::Overrides;
use hotwash::record::{self, Line};
use hotwash_engine::{Decider, RunKey, Simulation, TakeDefaults};
use hotwash_scenario::{Embedded, LIBRARY, Scenario, WithLibrary, load};

/// A shipped scenario.
///
/// # Panics
/// When it has mistakes, with all of them.
pub fn shipped(name: &str) -> Scenario {
    let (scenario, problems) = hotwash::load(&hotwash::registry(), name).expect("it is shipped");
    scenario.unwrap_or_else(|| panic!("{}", hotwash_scenario::render(&problems, false)))
}

/// A shipped scenario with some lines of its files written anew: each edit names a file, a field and
/// the field's new value. The field must stand at the beginning of exactly one line of the file.
///
/// # Panics
/// When an edit does not fit, or the scenario then has mistakes.
pub fn edited(name: &str, edits: &[(&str, &str, &str)]) -> Scenario {
    let mut texts = texts(name);
    for (file, field, value) in edits {
        let text = file_of(&mut texts, file);
        let is_it = |line: &&str| line.trim_start().starts_with(&format!("{field}:"));
        assert_eq!(text.lines().filter(is_it).count(), 1, "{file}: lines that begin with {field}");
        let line = text.lines().find(is_it).unwrap_or_default().to_owned();
        *text = text.replace(&line, &format!("{field}: {value},"));
    }
    loaded(texts)
}

/// A shipped scenario with the first of some words in one of its files replaced.
///
/// # Panics
/// When the words are not there, or the scenario then has mistakes.
pub fn replaced(name: &str, file: &str, from: &str, to: &str) -> Scenario {
    let mut texts = texts(name);
    let text = file_of(&mut texts, file);
    assert!(text.contains(from), "{file} has no `{from}`");
    *text = text.replacen(from, to, 1);
    loaded(texts)
}

/// A shipped scenario with the first of some words in its files replaced: file, words, what stands there
/// instead; and with further files.
///
/// # Panics
/// When the words are not there, or the scenario then has mistakes.
pub fn rewritten(name: &str, edits: &[(&str, &str, &str)], further: &[(&str, &str)]) -> Scenario {
    let mut texts = texts(name);
    for (file, from, to) in edits {
        let text = file_of(&mut texts, file);
        assert!(text.contains(from), "{file} has no `{from}`");
        *text = text.replacen(from, to, 1);
    }
    texts.extend(further.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    loaded(texts)
}

/// A shipped scenario without one of its plugins: the sections of that plugin are gone, and so are the
/// decisions and injects, which may wait for it.
///
/// # Panics
/// When the scenario then has mistakes.
pub fn without_plugin(name: &str, plugin: &str) -> Scenario {
    let mut texts = texts(name);
    texts.retain(|(path, _)| !path.starts_with("policies/") && path != "decisions.ron");
    for (_, text) in &mut texts {
        *text = text.replace("\"decisions.ron\", ", "");
        if let Some(begin) = text.find(&format!("\n        \"{plugin}\": (")) {
            let end = begin + text[begin..].find("\n        ),").expect("sections end so");
            text.replace_range(begin..end + "\n        ),".len(), "");
        }
    }
    loaded(texts)
}

type Texts = Vec<(String, String)>;

fn texts(name: &str) -> Texts {
    shipped(name).texts().into_iter().map(|(path, text)| (path, text.to_string())).collect()
}

fn file_of<'a>(texts: &'a mut Texts, file: &str) -> &'a mut String {
    let found = texts.iter_mut().find(|(path, _)| path == file);
    found.map(|(_, text)| text).unwrap_or_else(|| panic!("there is no file {file}"))
}

fn loaded(texts: Texts) -> Scenario {
    let (library, own): (Texts, Texts) =
        texts.into_iter().partition(|(path, _)| path.starts_with(LIBRARY));
    let named = |(path, text): &(String, String)| {
        (format!("{}.ron", path.trim_start_matches(LIBRARY)), text.clone())
    };
    let library: Texts = library.iter().map(named).collect();
    let embed = |texts: &Texts| Embedded::new(texts.iter().map(|(p, t)| (p.as_str(), t.as_str())));
    let (own, library) = (embed(&own), embed(&library));
    let files = WithLibrary::new(&own, &library);
    let (scenario, problems) = load(&hotwash::registry(), &files, "scenario.ron");
    scenario.unwrap_or_else(|| panic!("{}", hotwash_scenario::render(&problems, false)))
}

/// Name of an option of a decision; `pick` counts round.
///
/// # Panics
/// When there is no such decision.
pub fn option_name(scenario: &Scenario, decision: &str, pick: usize) -> String {
    let spec = scenario.decisions().iter().find(|d| d.name.as_str() == decision);
    let options = &spec.unwrap_or_else(|| panic!("no decision is called {decision}")).options;
    options[pick % options.len()].name.as_str().to_owned()
}

/// A scenario with choices, ready to run.
pub struct Setup {
    /// The scenario.
    pub scenario: Scenario,
    /// Name of the policy; defaults when empty.
    pub policy: String,
    /// Levers set on top.
    pub set: BTreeMap<String, String>,
    /// Decisions taken whatever the policy says.
    pub decide: BTreeMap<String, String>,
}

fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

impl Setup {
    /// A policy of a scenario as it is.
    pub fn new(scenario: &Scenario, policy: &str) -> Self {
        Setup {
            scenario: scenario.clone(),
            policy: policy.to_owned(),
            set: BTreeMap::new(),
            decide: BTreeMap::new(),
        }
    }

    /// The same with levers set.
    #[must_use]
    pub fn set(mut self, pairs: &[(&str, &str)]) -> Self {
        self.set.extend(map(pairs));
        self
    }

    /// The same with decisions fixed.
    #[must_use]
    pub fn decide(mut self, pairs: &[(&str, &str)]) -> Self {
        self.decide.extend(map(pairs));
        self
    }

    /// A simulation of it.
    ///
    /// # Panics
    /// When a lever's value is refused.
    pub fn build(&self) -> Simulation {
        let policy = self.scenario.policy(&self.policy);
        self.scenario
            .build(&self.set, policy)
            .unwrap_or_else(|problems| panic!("{}", hotwash_scenario::render(&problems, false)))
    }

    /// Its decider.
    ///
    /// # Panics
    /// When a decision or option does not exist.
    pub fn decider(&self, sim: &Simulation) -> Box<dyn Decider> {
        let fixed = "the decisions exist";
        match self.scenario.policy(&self.policy) {
            Some(policy) => Box::new(
                Overrides::new(policy.decider(sim), &self.scenario, &self.decide).expect(fixed),
            ),
            None => {
                Box::new(Overrides::new(TakeDefaults, &self.scenario, &self.decide).expect(fixed))
            }
        }
    }

    /// Runs one replication with journal and invariants on.
    ///
    /// # Panics
    /// On a fault.
    pub fn journal(&self, key: RunKey) -> Vec<Line> {
        let mut sim = self.build();
        let mut decider = self.decider(&sim);
        sim.record_journal(true);
        sim.check_invariants(true);
        sim.run(key, decider.as_mut()).unwrap_or_else(|fault| panic!("{key:?}: {fault}"));
        record::lines(&sim)
    }

    /// Metrics of `runs` replications of one seed, by metric name.
    ///
    /// # Panics
    /// On a fault.
    pub fn metrics(&self, runs: u64) -> BTreeMap<&'static str, Vec<Option<f64>>> {
        let mut sim = self.build();
        let names: Vec<&'static str> = sim.metrics().map(|m| m.name).collect();
        let mut table: BTreeMap<&'static str, Vec<Option<f64>>> = BTreeMap::new();
        let mut values = Vec::new();
        for replication in 0..runs {
            let key = RunKey { seed: 1, replication };
            let mut decider = self.decider(&sim);
            sim.run(key, decider.as_mut()).unwrap_or_else(|fault| panic!("{key:?}: {fault}"));
            sim.read_metrics(&mut values);
            for (name, value) in names.iter().zip(&values) {
                table.entry(name).or_default().push(*value);
            }
        }
        table
    }

    /// Median of a metric over `runs` replications; a run in which it never comes counts as worse
    /// than any number.
    ///
    /// # Panics
    /// When there is no such metric.
    pub fn median(&self, metric: &str, runs: u64) -> f64 {
        let metrics = self.metrics(runs);
        let values = metrics.get(metric).unwrap_or_else(|| panic!("no metric is called {metric}"));
        quantile(values, 0.5)
    }
}

/// A quantile with `None` as plus infinity: nearest rank.
pub fn quantile(values: &[Option<f64>], p: f64) -> f64 {
    let mut sorted: Vec<f64> = values.iter().map(|v| v.unwrap_or(f64::INFINITY)).collect();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * p).round() as usize]
}

/// A rolling hash of a journal, one per line, so that a difference has a first place.
pub fn rolling(lines: &[Line]) -> Vec<u64> {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    lines
        .iter()
        .map(|line| {
            for byte in record::journal_text(std::slice::from_ref(line)).bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
            hash
        })
        .collect()
}

/// Fails with the first differing entry.
///
/// # Panics
/// When the journals differ.
pub fn assert_same(a: &[Line], b: &[Line], what: &str) {
    let differs = rolling(a).iter().zip(rolling(b)).position(|(x, y)| *x != y);
    if let Some(i) = differs {
        panic!("{what}: the runs differ from entry {} on\n{:?}\n{:?}", i + 1, a[i], b[i]);
    }
    assert_eq!(a.len(), b.len(), "{what}: one run has more entries");
}

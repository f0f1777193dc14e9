//! What depends on a scenario: levers, metrics, milestones and examples, read off scenarios as they are built.

use std::collections::BTreeMap;

use hotwash_engine::{Better, LeverInfo, LeverKind};
use hotwash_scenario::{Diagnostic, Scenario};

use super::{Item, sentence};

/// What stands for the name of a matter.
const MATTER: &str = "/MATTER";

/// How names are told apart where there are several matters.
pub(crate) const MATTERS: &str =
    "What belongs to one matter of several ends in `/` and that matter's name.";

/// Something that scenarios declare.
pub(crate) struct Declared {
    /// The plugin that declares it.
    pub(crate) plugin: String,
    pub(crate) item: Item,
    /// The scenarios that have it.
    scenarios: Vec<String>,
}

/// What some scenarios declare.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) scenarios: Vec<Scenario>,
    levers: Vec<Declared>,
    metrics: Vec<Declared>,
    milestones: Vec<Declared>,
}

/// What scenarios declare, by sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Levers,
    Metrics,
    Milestones,
}

impl Sort {
    pub(crate) const ALL: [Sort; 3] = [Sort::Levers, Sort::Metrics, Sort::Milestones];

    /// By which it is asked for.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Sort::Levers => "levers",
            Sort::Metrics => "metrics",
            Sort::Milestones => "milestones",
        }
    }

    pub(crate) fn about(self) -> &'static str {
        match self {
            Sort::Levers => {
                "How the vendor has prepared: a scenario's and a policy's `levers`, and `--set`."
            }
            Sort::Metrics => {
                "What is counted in a run: conditions, headlines, comparisons and records name them."
            }
            Sort::Milestones => {
                "Turning points of a run: decisions and injects wait for them, rules ask for them."
            }
        }
    }
}

impl World {
    /// What these scenarios declare.
    pub(crate) fn of(scenarios: Vec<Scenario>) -> Result<World, Vec<Diagnostic>> {
        let mut world = World::default();
        for scenario in &scenarios {
            let sim = scenario.build(&BTreeMap::new(), None)?;
            let name = scenario.name();
            for lever in &sim.catalogue().levers {
                let plugin = lever.name.split('.').next().unwrap_or_default();
                declare(&mut world.levers, plugin, lever_item(lever), name);
            }
            for metric in sim.metrics() {
                let better = match metric.better {
                    Better::Lower => "lower is better",
                    Better::Higher => "higher is better",
                    Better::Neither => "describes",
                };
                let form = format!("{}, {better}, for the {}", metric.unit, metric.bearer);
                let owner = sim.view().owner(metric.name).unwrap_or_default();
                declare(&mut world.metrics, owner, item(metric.name, form, metric.about), name);
            }
            // Options of decisions are milestones too; they are the scenario's own.
            let milestones = sim.catalogue().milestones.iter();
            for milestone in milestones.filter(|m| !m.name.starts_with("chose/")) {
                let item = item(&milestone.name, String::new(), &milestone.about);
                // A plugin that waits for another's milestone may have asked for it first.
                let prefix = milestone.name.split('.').next().unwrap_or_default();
                let is_plugin = scenario.plugins().any(|p| p == prefix);
                let owner = if is_plugin { prefix } else { milestone.by };
                declare(&mut world.milestones, owner, item, name);
            }
        }
        world.scenarios = scenarios;
        Ok(world)
    }

    /// Names of the scenarios.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.scenarios.iter().map(Scenario::name).collect()
    }

    fn all(&self, sort: Sort) -> &[Declared] {
        match sort {
            Sort::Levers => &self.levers,
            Sort::Metrics => &self.metrics,
            Sort::Milestones => &self.milestones,
        }
    }

    /// What a plugin declares, or all plugins; the scenarios that have it are named where others that use
    /// the plugin do not.
    pub(crate) fn items(&self, sort: Sort, plugin: Option<&str>) -> Vec<Item> {
        let wanted = self.all(sort).iter().filter(|d| plugin.is_none_or(|p| p == d.plugin));
        wanted.map(|declared| self.item(declared)).collect()
    }

    /// Those with a name, with or without a matter's behind it and a plugin's in front.
    pub(crate) fn items_called(&self, sort: Sort, name: &str) -> Vec<Item> {
        let wanted = base(name);
        let is_it = |known: &str| {
            known == wanted || known.split_once('.').is_some_and(|(_, own)| own == wanted)
        };
        let same = self.all(sort).iter().filter(|d| is_it(base(&d.item.name)));
        same.map(|declared| self.item(declared)).collect()
    }

    fn item(&self, declared: &Declared) -> Item {
        let uses = |s: &&Scenario| s.plugins().any(|p| p == declared.plugin);
        let users = self.scenarios.iter().filter(uses).count();
        let mut item = declared.item.clone();
        if declared.scenarios.len() < users {
            let join = if item.form.is_empty() { "" } else { "; " };
            item.form = format!("{}{join}in {}", item.form, declared.scenarios.join(", "));
        }
        item
    }
}

/// A name without the matter that it belongs to.
fn base(name: &str) -> &str {
    name.split('/').next().unwrap_or_default()
}

fn item(name: &str, form: String, about: &str) -> Item {
    Item { name: name.to_owned(), form, about: sentence(about), depth: 0 }
}

fn lever_item(lever: &LeverInfo) -> Item {
    let unit = if lever.unit.is_empty() { String::new() } else { format!(" {}", lever.unit) };
    let number = |v: f64| hotwash_scenario::reference::bound(v);
    let form = match &lever.kind {
        LeverKind::Flag => "true or false".to_owned(),
        LeverKind::Count { min, max } => format!("whole number, {min} to {max}{unit}"),
        LeverKind::Number { min, max } => {
            format!("number, {} to {}{unit}", number(*min), number(*max))
        }
        LeverKind::Span { min, max } => format!("duration, {min} to {max}"),
        LeverKind::Choice(words) => format!("one of {}", words.join(", ")),
    };
    item(&lever.name, format!("{form}; default {}{unit}", lever.default), lever.about)
}

/// What differs only in the matter that it belongs to is one thing.
fn declare(all: &mut Vec<Declared>, plugin: &str, item: Item, scenario: &str) {
    let own = base(&item.name);
    let is_same = |d: &&mut Declared| {
        let known = &d.item;
        base(&known.name) == own && (&known.form, &known.about) == (&item.form, &item.about)
    };
    if let Some(known) = all.iter_mut().find(is_same) {
        if known.item.name != item.name && known.item.name.contains('/') {
            // Without a matter's name where one scenario does without.
            let end = if item.name == own { "" } else { MATTER };
            known.item.name = format!("{own}{end}");
        }
        if !known.scenarios.iter().any(|s| s == scenario) {
            known.scenarios.push(scenario.to_owned());
        }
        return;
    }
    let (plugin, scenarios) = (plugin.to_owned(), vec![scenario.to_owned()]);
    all.push(Declared { plugin, item, scenarios });
}

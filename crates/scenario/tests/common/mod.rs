//! Two toy plugins and the sample scenario that the tests break.
#![allow(dead_code, unreachable_pub, reason = "each test uses its own part")]

use std::collections::BTreeMap;

use hotwash_engine::{
    Better, Days, Event, Factor, JsonSchema, MetricInfo, Names, NoOrder, On, Order, Param, PerDay,
    Plugin, Problem, Share, SimBuilder, SimDuration, Single, Slug, Start, schemars, state,
};
use hotwash_scenario::{Diagnostic, Embedded, Files, Registry, Scenario, WithLibrary, load};
use serde::Deserialize;

state! {
    pub struct Shop { sold: f64, stock: f64 }
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShopConfig {
    owner: String,
    demand: Param<PerDay>,
    shelves: Vec<Shelf>,
    refund: SimDuration,
    mood: Mood,
    note: Option<String>,
    cats: Option<u32>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Shelf {
    name: Slug,
    share: Param<Share>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
enum Mood {
    Cheerful,
    Gloomy,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub enum ShopOrder {
    Restock(u32),
    SetPrice(f64),
    Display(Slug),
}
impl Event for ShopOrder {
    const NAME: &'static str = "shop.order";
}
impl Order for ShopOrder {
    fn check(&self, names: &Names) -> Result<(), Problem> {
        match self {
            ShopOrder::Display(shelf) => names.require("shelf", shelf.as_str()),
            _ => Ok(()),
        }
    }
}

#[derive(Clone, Copy)]
struct Day;
impl Event for Day {
    const NAME: &'static str = "shop.day";
}

pub struct ShopPlugin;

impl Plugin for ShopPlugin {
    const NAME: &'static str = "shop";
    const ABOUT: &'static str = "sells";
    type Config = ShopConfig;
    type Order = ShopOrder;

    fn build(config: ShopConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        for (i, shelf) in config.shelves.iter().enumerate() {
            if !sim.names.declare("shelf", shelf.name.as_str()) {
                let problem = Problem::new(format!("two shelves are called `{}`", shelf.name));
                sim.problem(problem.at(format!("shelves[{i}].name")));
            }
        }
        if matches!(config.mood, Mood::Gloomy) && config.note.is_none() {
            return Err(Problem::new("a gloomy shop says why").at("mood").hint("add `note`"));
        }
        let _ = (config.owner, config.refund, config.cats);
        sim.lever_count("clerks", 2, 1, 9, "clerks", "Clerks at the counter.");
        sim.lever_span(
            "refund_within",
            SimDuration::from_days(7),
            SimDuration::ZERO,
            SimDuration::from_days(60),
            "How long money is given back.",
        );
        sim.lever_choice("style", 0, &["plain", "fancy"], "How it looks.");
        sim.lever_flag("counts_stock", false, "Whether anybody counts.");
        for (i, shelf) in config.shelves.into_iter().enumerate() {
            sim.param(&format!("shelves[{i}].share"), shelf.share);
        }
        let shop = sim.spawn("shop", Shop { sold: 0.0, stock: 100.0 });
        let demand = sim.param("demand", config.demand);
        let first = sim.milestone("shop.first-sale", "the first thing was sold");
        let out = sim.milestone("shop.sold-out", "nothing is left");
        sim.milestone("shop.closed", "the shop has shut");
        sim.on(|mut on: On<'_, Start>| {
            on.after(SimDuration::ZERO, Day);
        });
        sim.on(move |mut on: On<'_, Day>, mut shop: Single<'_, '_, &mut Shop>| {
            let wanted = on.value(demand).min(shop.stock);
            shop.stock -= wanted;
            shop.sold += wanted;
            on.reach(first);
            if shop.stock < 1.0 {
                on.reach(out);
            }
            on.after(SimDuration::DAY, Day);
        });
        sim.on(|on: On<'_, ShopOrder>, mut shop: Single<'_, '_, &mut Shop>| {
            if let ShopOrder::Restock(items) = on.event {
                shop.stock += f64::from(items);
            }
        });
        let info = MetricInfo {
            name: "sold",
            unit: "items",
            better: Better::Higher,
            bearer: "vendor",
            about: "Items sold.",
        };
        sim.metric(info, move |v| Some(v.get::<Shop>(shop).sold));
        Ok(())
    }
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WatchConfig {
    patience: Param<Days>,
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: Slug,
    weight: Param<Factor>,
}

pub struct WatchPlugin;

impl Plugin for WatchPlugin {
    const NAME: &'static str = "watch";
    const ABOUT: &'static str = "watches";
    type Config = WatchConfig;
    type Order = NoOrder;

    fn build(config: WatchConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        sim.param("patience", config.patience);
        for rule in config.rules {
            sim.param(&format!("rules.{}.weight", rule.name), rule.weight);
        }
        Ok(())
    }
}

pub struct Cellar;

impl Plugin for Cellar {
    const NAME: &'static str = "cellar";
    const ABOUT: &'static str = "is left out of the sample";
    type Config = ();
    type Order = NoOrder;

    fn build((): (), _: &mut SimBuilder) -> Result<(), Problem> {
        Ok(())
    }
}

pub fn registry() -> Registry {
    Registry::new().add::<ShopPlugin>().add::<WatchPlugin>().add::<Cellar>()
}

pub const SAMPLE: [(&str, &str); 5] = [
    ("scenario.ron", include_str!("../sample/scenario.ron")),
    ("world.ron", include_str!("../sample/world.ron")),
    ("policies/historical.ron", include_str!("../sample/policies/historical.ron")),
    ("policies/careful.ron", include_str!("../sample/policies/careful.ron")),
    ("hindcast.ron", include_str!("../sample/hindcast.ron")),
];
pub const LIBRARY: [(&str, &str); 1] = [("rules.ron", include_str!("../library/rules.ron"))];

/// The sample's files by path.
pub fn sample() -> BTreeMap<String, String> {
    SAMPLE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Loads files together with the library.
pub fn load_files(files: &BTreeMap<String, String>) -> (Option<Scenario>, Vec<Diagnostic>) {
    load_files_with(load, files)
}

/// What a way to load gives: the scenario, if it came together, and all mistakes.
type Loaded = (Option<Scenario>, Vec<Diagnostic>);

/// The same by one of the ways to load.
pub fn load_files_with(
    load: fn(&Registry, &dyn Files, &str) -> Loaded,
    files: &BTreeMap<String, String>,
) -> Loaded {
    let own = Embedded::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let library = Embedded::new(LIBRARY);
    load(&registry(), &WithLibrary::new(&own, &library), "scenario.ron")
}

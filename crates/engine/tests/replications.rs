//! A small shop, run on the public API alone: replications, reset, decisions, cues, faults.

#![expect(clippy::unwrap_used, reason = "a test's mistakes are its own")]

use hotwash_engine::{
    Answer, Audience, Better, Calendar, Choice, Count, Cue, Decider, Decision, End, Event, Fault,
    Firmness, JsonSchema, Kind, MetricInfo, NoOrder, On, Order, OrderBox, Param, Plugin, Problem,
    Query, Question, RunKey, SimBuilder, SimDuration, SimTime, Simulation, Single, Start, Stop,
    TakeDefaults, Weight, When, schemars, state,
};
use serde::Deserialize;

static SALE: Kind = Kind {
    name: "shop.sale",
    lane: "world",
    weight: Weight::Routine,
    audience: Audience::NONE,
    says: "sold {items}",
    tags: &[],
};

state! {
    struct Shop { sold: u64, days: Vec<u64>, price: f64 }
}

#[derive(Clone, Copy)]
struct Day;
impl Event for Day {
    const NAME: &'static str = "shop.day";
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
enum ShopOrder {
    SetPrice(f64),
}
impl Event for ShopOrder {
    const NAME: &'static str = "shop.order";
}
impl Order for ShopOrder {}

struct ShopPlugin;

impl Plugin for ShopPlugin {
    const NAME: &'static str = "shop";
    const ABOUT: &'static str = "sells";
    type Config = ();
    type Order = ShopOrder;

    fn build((): (), sim: &mut SimBuilder) -> Result<(), Problem> {
        let shop = sim.spawn("shop", Shop { sold: 0, days: Vec::new(), price: 1.0 });
        let demand =
            sim.param("demand", Param::<Count>::fixed(40.0, "test", Firmness::Guess).unwrap());
        let stream = sim.stream("shop", "sales");
        let hundred = sim.milestone("shop.hundred", "a hundred sold");
        sim.on(|mut on: On<'_, Start>| {
            on.after(SimDuration::ZERO, Day);
        });
        sim.on(move |mut on: On<'_, Day>, mut shop_state: Single<'_, '_, &mut Shop>| {
            let demand = on.value(demand);
            let items = on.draw(stream).poisson(demand / shop_state.price);
            shop_state.sold += items;
            shop_state.days.push(items);
            on.note(&SALE, shop.id, |n| n.with("items", items));
            if shop_state.sold >= 100 {
                on.reach(hundred);
            }
            on.after(SimDuration::DAY, Day);
        });
        sim.on(|on: On<'_, ShopOrder>, mut shops: Query<'_, '_, &mut Shop>| {
            let ShopOrder::SetPrice(price) = on.event;
            for mut shop in &mut shops {
                shop.price = price;
            }
        });
        sim.on(|_: On<'_, End>| {});
        let info = MetricInfo {
            name: "sold",
            unit: "items",
            better: Better::Higher,
            bearer: "shop",
            about: "sold",
        };
        sim.metric(info, move |v| Some(v.get::<Shop>(shop).sold as f64));
        Ok(())
    }
}

fn decision(sim: &mut SimBuilder) {
    let hundred = sim.known_milestone("shop.hundred").unwrap();
    let option = |name: &str, price| Choice {
        name: name.parse().unwrap(),
        text: String::new(),
        orders: vec![OrderBox::new(ShopOrder::SetPrice(price))],
    };
    sim.decision(Decision {
        name: "price".parse().unwrap(),
        ask: "raise the price?".into(),
        role: "owner".into(),
        cue: Cue {
            when: When::Any(vec![hundred]),
            delay: SimDuration::from_hours(5),
            unless: vec![],
        },
        options: vec![option("keep", 1.0), option("double", 2.0)],
        limit: SimDuration::from_days(2),
        default: 0,
        expected: None,
        objective: String::new(),
        audience: Audience::NONE,
    });
}

fn shop() -> Simulation {
    let calendar = Calendar::new("2019-08-01").unwrap();
    let mut sim = SimBuilder::new(
        calendar,
        SimTime::from_ms(-3 * 86_400_000),
        SimTime::STARTEX + SimDuration::from_days(10),
        Default::default(),
    );
    sim.plugin::<ShopPlugin>(());
    decision(&mut sim);
    sim.finish().unwrap()
}

struct Choose(usize);
impl Decider for Choose {
    fn decide(&mut self, _: &Question<'_>) -> Answer {
        Answer::Choose { option: self.0, after: SimDuration::ZERO }
    }
}

struct Hold;
impl Decider for Hold {
    fn decide(&mut self, _: &Question<'_>) -> Answer {
        Answer::Hold
    }
}

fn trace(sim: &mut Simulation, key: RunKey, decider: &mut dyn Decider) -> String {
    sim.record_journal(true);
    sim.run(key, decider).unwrap();
    let mut out = String::new();
    for e in sim.journal().entries() {
        out += &format!(
            "{:?} {} {} <- {:?} {}\n",
            e.id,
            e.at,
            e.kind.name,
            e.cause,
            e.say(e.kind.says)
        );
    }
    let mut metrics = Vec::new();
    sim.read_metrics(&mut metrics);
    out + &format!("{metrics:?}")
}

#[test]
fn a_used_simulation_runs_like_a_fresh_one() {
    let mut used = shop();
    for replication in 0..50 {
        let key = RunKey { seed: 9, replication };
        let decider = &mut Choose((replication % 2) as usize);
        assert_eq!(
            trace(&mut used, key, decider),
            trace(&mut shop(), key, decider),
            "replication {replication}"
        );
    }
}

#[test]
fn a_choice_changes_nothing_before_it() {
    let keep = trace(&mut shop(), RunKey::single(1), &mut Choose(0));
    let double = trace(&mut shop(), RunKey::single(1), &mut Choose(1));
    let differs = keep.lines().zip(double.lines()).position(|(a, b)| a != b).unwrap();
    assert!(keep.lines().nth(differs).unwrap().contains("decision-taken"), "{keep}");
}

#[test]
fn a_held_decision_is_answered_or_defaults_at_its_limit() {
    let mut sim = shop();
    sim.record_journal(true);
    sim.reset(RunKey::single(1));
    let Stop::Held(id) = sim.advance(&mut Hold, SimTime::from_ms(SimTime::LIMIT)).unwrap() else {
        panic!("no stop")
    };
    sim.answer(id, 1).unwrap();
    assert!(sim.answer(id, 1).is_err());
    assert_eq!(sim.advance(&mut Hold, SimTime::from_ms(SimTime::LIMIT)).unwrap(), Stop::Ended);
    assert_eq!(sim.decision_state(id).taken, Some(1));

    sim.reset(RunKey::single(1));
    assert!(matches!(
        sim.advance(&mut Hold, SimTime::from_ms(SimTime::LIMIT)).unwrap(),
        Stop::Held(_)
    ));
    assert_eq!(sim.advance(&mut Hold, SimTime::from_ms(SimTime::LIMIT)).unwrap(), Stop::Ended);
    assert_eq!(sim.decision_state(id).taken, Some(0));
}

#[test]
fn stepping_to_a_time_gives_the_same_run() {
    let whole = trace(&mut shop(), RunKey::single(4), &mut TakeDefaults);
    let mut sim = shop();
    sim.record_journal(true);
    sim.reset(RunKey::single(4));
    for hour in -80..400 {
        sim.advance(&mut TakeDefaults, SimTime::from_ms(hour * 3_600_000)).unwrap();
    }
    let stepped: Vec<String> = sim.journal().entries().iter().map(|e| e.say(e.kind.says)).collect();
    let whole: Vec<String> =
        whole.lines().filter(|l| l.starts_with("NoteId")).map(str::to_owned).collect();
    assert_eq!(stepped.len(), whole.len());
}

/// Two agents that keep one another busy for ever.
struct Tennis;
#[derive(Clone, Copy)]
struct Ball;
impl Event for Ball {
    const NAME: &'static str = "tennis.ball";
}
impl Plugin for Tennis {
    const NAME: &'static str = "tennis";
    const ABOUT: &'static str = "plays";
    type Config = ();
    type Order = NoOrder;
    fn build((): (), sim: &mut SimBuilder) -> Result<(), Problem> {
        sim.on(|mut on: On<'_, Start>| on.send(Ball));
        sim.on(|mut on: On<'_, Ball>| on.send(Ball));
        Ok(())
    }
}

#[test]
fn a_runaway_model_is_a_fault_and_not_a_hang() {
    let calendar = Calendar::new("2019-08-01").unwrap();
    let horizon = SimTime::STARTEX + SimDuration::DAY;
    let mut sim = SimBuilder::new(calendar, SimTime::STARTEX, horizon, Default::default());
    sim.plugin::<Tennis>(());
    let mut sim = sim.finish().unwrap();
    assert!(matches!(sim.run(RunKey::single(1), &mut TakeDefaults), Err(Fault::Runaway { .. })));
}

#[test]
fn an_unknown_lever_is_the_authors_mistake() {
    let calendar = Calendar::new("2019-08-01").unwrap();
    let horizon = SimTime::STARTEX + SimDuration::DAY;
    let settings = [("shop.prise".to_owned(), "3".to_owned())].into();
    let sim = SimBuilder::new(calendar, SimTime::STARTEX, horizon, settings);
    let problems = sim.finish().map(|_| ()).unwrap_err();
    assert!(problems[0].message.contains("shop.prise"), "{problems:?}");
}

/// Needs what a plugin built after it shares.
struct Early;
impl Plugin for Early {
    const NAME: &'static str = "early";
    const ABOUT: &'static str = "needs what is shared later";
    type Config = ();
    type Order = NoOrder;
    fn build((): (), sim: &mut SimBuilder) -> Result<(), Problem> {
        assert!(sim.shared::<u8>().is_err());
        sim.once_built(|sim| {
            let shared = sim.shared::<u8>()?;
            sim.lever_count("late", i64::from(shared), 0, 9, "", "declared under its own name");
            Ok(())
        });
        Ok(())
    }
}

struct Sharer;
impl Plugin for Sharer {
    const NAME: &'static str = "sharer";
    const ABOUT: &'static str = "shares";
    type Config = ();
    type Order = NoOrder;
    fn build((): (), sim: &mut SimBuilder) -> Result<(), Problem> {
        sim.share(7_u8);
        Ok(())
    }
}

#[test]
fn late_wiring_sees_what_all_plugins_share() {
    let build = |with_sharer: bool| {
        let horizon = SimTime::STARTEX + SimDuration::DAY;
        let calendar = Calendar::new("2019-08-01").unwrap();
        let mut sim = SimBuilder::new(calendar, SimTime::STARTEX, horizon, Default::default());
        sim.plugin::<Early>(());
        if with_sharer {
            sim.plugin::<Sharer>(());
        }
        sim.finish()
    };
    let sim = build(true).unwrap();
    assert_eq!(sim.catalogue().levers[0].name, "early.late");
    assert_eq!(sim.catalogue().levers[0].value, "7");
    let problems = build(false).map(|_| ()).unwrap_err();
    assert_eq!(problems[0].plugin, "early");
}

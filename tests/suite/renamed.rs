//! What is private to a plugin's code can be renamed: no byte of a journal hangs on it.

use hotwash::record::{journal_text, lines, outcomes, outcomes_text};
use hotwash_engine::{RunKey, Simulation, TakeDefaults};
use hotwash_scenario::{Embedded, Registry, load};
use hotwash_tests::{Setup, shipped};

/// One plugin twice: the same behaviour, with no private name in common. Only what is public is the same:
/// the plugin's name, fields of its section, orders, kinds, streams and metrics.
macro_rules! clerk {
    ($module:ident, $plugin:ident, $config:ident, $order:ident, $state:ident, $event:ident, $kind:ident, $count:ident) => {
        mod $module {
            use hotwash_engine::{
                Audience, Better, Count, Event, JsonSchema, Kind, MetricInfo, On, Order, Param,
                Plugin, Problem, SimBuilder, SimDuration, Single, Start, Weight, schemars, state,
            };
            use serde::Deserialize;

            #[derive(Clone, Debug, Deserialize, JsonSchema)]
            #[serde(deny_unknown_fields)]
            pub(super) struct $config {
                #[serde(rename = "letters")]
                $count: Param<Count>,
            }

            #[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
            pub(super) enum $order {
                Hurry,
            }

            impl Event for $order {
                const NAME: &'static str = "clerk.order";
            }

            impl Order for $order {}

            #[derive(Clone, Copy)]
            struct $event;

            impl Event for $event {
                const NAME: &'static str = "clerk.day";
            }

            state! {
                struct $state { $count: f64, pace: f64 }
            }

            static $kind: Kind = Kind {
                name: "clerk.read",
                lane: "world",
                weight: Weight::Notable,
                audience: Audience::NONE,
                says: "read {count} letters, {sum} so far",
                tags: &[],
            };

            pub(super) struct $plugin;

            impl Plugin for $plugin {
                const NAME: &'static str = "clerk";
                const ABOUT: &'static str = "reads letters";
                type Config = $config;
                type Order = $order;

                fn build(config: $config, sim: &mut SimBuilder) -> Result<(), Problem> {
                    let a_day = sim.param("letters", config.$count);
                    let luck = sim.stream("clerk", "letters");
                    let many = sim.milestone("clerk.many", "a hundred letters were read");
                    let actor = sim.spawn("clerk", $state { $count: 0.0, pace: 1.0 });
                    sim.on(|mut on: On<'_, Start>| {
                        on.after(SimDuration::DAY, $event);
                    });
                    sim.on(|_: On<'_, $order>, mut state: Single<'_, '_, &mut $state>| {
                        state.pace = 2.0;
                    });
                    sim.on(
                        move |mut on: On<'_, $event>, mut state: Single<'_, '_, &mut $state>| {
                            let mut draw = on.draw(luck);
                            let count = on.sample(a_day, &mut draw) * state.pace;
                            state.$count += count;
                            let sum = state.$count;
                            on.note(&$kind, actor.id, |n| n.with("count", count).with("sum", sum));
                            if sum > 100.0 {
                                on.reach(many);
                            }
                            on.after(SimDuration::DAY, $event);
                        },
                    );
                    let info = MetricInfo {
                        name: "letters",
                        unit: "letters",
                        better: Better::Higher,
                        bearer: "vendor",
                        about: "letters that were read",
                    };
                    sim.metric(info, move |v| Some(v.get::<$state>(actor).$count));
                    Ok(())
                }
            }
        }
    };
}

clerk!(one, Clerk, ClerkConfig, ClerkOrder, Tray, Morning, READ, letters);
clerk!(other, Zz, Scroll, Command, Aardvark, Q, A_KIND_BY_ANOTHER_NAME, nn);

const SCENARIO: &str = r#"(
    version: 1, name: "letters", title: "Letters", summary: "Letters are read.", sources: "none",
    startex: "2019-08-01 09:00", lead_in: "2d", horizon: "20d", seed: "pen",
    plugins: { "clerk": (letters: Range(p5: 2, p50: 10, p95: 30, source: "judgement: a test", firmness: Guess)) },
    roles: [(name: "boss", title: "The boss", sees: [])],
    decisions: [(
        name: "hurry", ask: "Hurry?", role: "boss", when: Reached("clerk.many"), limit: "2d", default: "yes",
        options: [(name: "yes", text: "Yes.", orders: [("clerk", Hurry)]), (name: "no", text: "No.", orders: [])],
    )],
)"#;

/// Journal, outcomes and draws of a run.
fn bytes(registry: &Registry) -> (String, String, String) {
    let files = Embedded::new([("scenario.ron", SCENARIO)]);
    let (scenario, problems) = load(registry, &files, "scenario.ron");
    let scenario = scenario.unwrap_or_else(|| panic!("{problems:?}"));
    let mut sim: Simulation = scenario.build(&Default::default(), None).unwrap();
    sim.record_journal(true);
    sim.record_draws(true);
    sim.run(RunKey::single(scenario.seed()), &mut TakeDefaults).unwrap();
    let outcomes = outcomes_text(&outcomes(&sim)).unwrap();
    (journal_text(&lines(&sim)), outcomes, format!("{:?}", sim.draws()))
}

#[test]
fn a_plugin_with_other_private_names_gives_the_same_bytes() {
    let one = bytes(&Registry::new().add::<one::Clerk>());
    let other = bytes(&Registry::new().add::<other::Zz>());
    assert_ne!(std::any::type_name::<one::Clerk>(), std::any::type_name::<other::Zz>());
    assert!(one.0.lines().count() > 20 && one.0.contains("clerk.many"), "{}", one.0);
    assert_eq!(one, other);
}

/// A word with a capital in its middle, as types and variants have; or a path of modules.
fn is_of_code(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let is_camel =
        letters.windows(2).any(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase());
    is_camel || word.contains("::")
}

#[test]
fn no_journal_of_a_shipped_scenario_holds_a_name_of_code() {
    assert!(is_of_code("ScreenedForLater") && is_of_code("a::b") && !is_of_code("T+3d"));
    let mut words = 0_u64;
    for name in hotwash::scenarios() {
        let scenario = shipped(name);
        for policy in scenario.policies() {
            let setup = Setup::new(&scenario, policy.name());
            let text = journal_text(&setup.journal(RunKey::single(scenario.seed())));
            let apart = |c: char| !(c.is_ascii_alphanumeric() || c == ':' || c == '_');
            for word in text.split(apart).map(|word| word.trim_matches(':')) {
                words += 1;
                assert!(!is_of_code(word), "{name}, {}: `{word}`", policy.name());
            }
        }
    }
    assert!(words > 100_000, "{words} words were looked at");
}

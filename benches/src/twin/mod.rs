//! One toy model, written twice: on the engine as a plugin like any other, and by hand with no ECS. Same rules,
//! same draws, and identical outcomes, which the test below holds on 400 seeds.

pub(crate) mod engine;
pub(crate) mod hand;
pub(crate) mod rules;

pub(crate) use engine::OnEngine;
pub(crate) use hand::Hand;

#[cfg(test)]
mod tests {
    use hotwash_engine::RunKey;

    use super::*;

    /// The outcome holds a hash of time, kind and value of every event, in order.
    #[test]
    fn both_give_identical_outcomes_on_400_seeds() {
        let (mut engine, mut hand) = (OnEngine::new(), Hand::new());
        let mut logs = std::collections::BTreeSet::new();
        for seed in 1..=400 {
            let key = RunKey { seed, replication: seed % 7 };
            let (ours, theirs) = (engine.run(key), hand.run(key));
            assert_eq!(ours, theirs, "seed {seed}");
            assert!(ours.events > 800, "seed {seed}: {} events are no run", ours.events);
            logs.insert(ours.log);
        }
        assert_eq!(logs.len(), 400, "different seeds are different runs");
    }

    #[test]
    fn a_used_twin_is_as_good_as_a_new_one() {
        let (mut engine, mut hand) = (OnEngine::new(), Hand::new());
        let key = RunKey { seed: 5, replication: 0 };
        let (first, by_hand) = (engine.run(key), hand.run(key));
        engine.run(RunKey { seed: 6, replication: 0 });
        hand.run(RunKey { seed: 6, replication: 0 });
        assert_eq!(engine.run(key), first);
        assert_eq!(hand.run(key), by_hand);
        assert_eq!(OnEngine::new().run(key), Hand::new().run(key));
    }
}

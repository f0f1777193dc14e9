//! The search held against the toy's true frontier.

use std::sync::atomic::{AtomicBool, Ordering};

use hotwash_engine::RunKey;

use super::*;
use crate::arm::Arm;
use crate::bench::Bench;
use crate::conduct::{Conduct, Ended, Job as _, Shard, conduct};
use crate::findings::{Frontier, FrontierPoint, Header};
use crate::toy;

fn ask(cost: &str, harm: &str) -> Ask {
    Ask {
        base: toy::scenario().policy("historical").cloned(),
        set: BTreeMap::new(),
        decide: BTreeMap::new(),
        seed: 5,
        cost: cost.to_owned(),
        harm: harm.to_owned(),
        budget: 9000,
        worlds: 300,
        answers_only: false,
    }
}

/// Conducts a search; `stop` after so many batches.
fn conducted(ask: &Ask, threads: usize, stop: u64) -> Result<(Search, Ended), LabError> {
    let (scenario, flag) = (toy::scenario(), AtomicBool::new(false));
    let mut search = Search::new(&scenario, ask)?;
    let mut seen = 0;
    let mut progress = |_| {
        seen += 1;
        flag.store(seen >= stop, Ordering::Relaxed);
    };
    let mut how = Conduct {
        scenario: &scenario,
        threads,
        shard: Shard::WHOLE,
        log: None,
        stop: &flag,
        progress: &mut progress,
    };
    let ended = conduct(&mut search, &mut how)?;
    Ok((search, ended))
}

fn found(ask: &Ask) -> (Search, Frontier) {
    let (search, ended) = conducted(ask, 2, u64::MAX).unwrap();
    assert_eq!(ended, Ended::Complete);
    let finding = search.finding(Header::default()).unwrap();
    (search, finding)
}

fn on_frontier(finding: &Frontier) -> Vec<&FrontierPoint> {
    finding.points.iter().filter(|p| p.is_on_frontier).collect()
}

/// What is spent and what harm is saved on the true frontier: nothing; `later` with any effort; `now`
/// where no effort is left that is cheaper.
fn truth() -> Vec<(f64, f64)> {
    let later = (0..=10).map(|e| (3.0 + 4.0 * f64::from(e), 5.0 + 2.0 * f64::from(e)));
    let now = (8..=10).map(|e| (20.0 + 4.0 * f64::from(e), 10.0 + 2.0 * f64::from(e)));
    std::iter::once((0.0, 0.0)).chain(later).chain(now).collect()
}

#[test]
fn the_true_frontier_is_found() {
    let ask = ask("spend", "harm");
    let (search, finding) = found(&ask);
    let front = on_frontier(&finding);
    assert!(front.len() >= 8, "only {}", front.len());
    let truth = truth();
    for point in &front {
        let near = truth.iter().find(|(spend, _)| (spend - point.cost.value).abs() < 1e-9);
        let (_, saved) = near.unwrap_or_else(|| panic!("{point:?}"));
        // Noise of standard deviation 1 over 300 worlds.
        assert!((point.harm.value - (50.0 - saved)).abs() < 4.0 / 300.0_f64.sqrt(), "{point:?}");
        assert!(point.choices.iter().all(|(name, _)| name != "fix"), "{point:?}");
        assert_eq!(point.cost_quantiles, [point.cost.value; 3]);
    }
    // Both ends are there, and steps are exact: the worlds' luck cancels.
    assert_eq!((front[0].cost.value, front[0].is_base), (0.0, true));
    assert!((front[front.len() - 1].cost.value - 60.0).abs() < 1e-9);
    for (pair, step) in front.windows(2).zip(front[1..].iter().map(|p| p.step.unwrap())) {
        assert!((step[0].value - (pair[1].cost.value - pair[0].cost.value)).abs() < 1e-9);
        assert!(step[1].half_width() < 1e-9 && step[1].value < 0.0);
    }
    // 4 of effort and `now` and `fix`: beaten by `later` with more effort.
    let keen = finding.points.iter().find(|p| p.name == "keen").unwrap();
    let beaten = keen.beaten.as_ref().unwrap();
    assert!(keen.is_shipped && beaten.cost.value >= 0.0 && beaten.harm.value >= 0.0);
    assert!(finding.search_runs <= ask.budget && finding.search_runs > ask.budget / 4);
    assert_eq!((finding.final_worlds, search.judged_worlds()), (300, 300));
}

#[test]
fn what_is_better_when_more_is_kept_high() {
    let (_, finding) = found(&ask("spend", "gain"));
    let front = on_frontier(&finding);
    assert!(front.len() >= 6);
    for pair in front.windows(2) {
        assert!(pair[0].harm.value < pair[1].harm.value, "more is gained for more");
        assert!(pair[1].step.unwrap()[1].value > 0.0);
    }
    // Of the area under the true steps, which all 66 policies make, most: a dozen points cannot have all
    // of it, and the scenario's own policies have less than half.
    let all = (0..=10).flat_map(|e| {
        let e = f64::from(e);
        let spoken = [(0.0, 0.0), (3.0, 2.0), (20.0, 5.0 + e)];
        spoken.into_iter().flat_map(move |(c, g)| {
            [(0.0, 0.0), (1.0, 4.0)].map(|(fix, by)| (4.0 * e + c + fix, 3.0 * e + g + by))
        })
    });
    let base = front[0].harm.value;
    let found = front.iter().map(|p| (p.cost.value, p.harm.value - base));
    let (true_area, area) = (area(all.collect(), 61.0), area(found.collect(), 61.0));
    assert!(area < true_area + 1e-6 && area > 0.9 * true_area, "{area} of {true_area}");
}

/// Area under the best gain at each cost up to `end`.
fn area(mut points: Vec<(f64, f64)>, end: f64) -> f64 {
    points.sort_by(|a, b| a.partial_cmp(b).unwrap());
    let (mut sum, mut at, mut best) = (0.0, 0.0, 0.0_f64);
    for (cost, gain) in points {
        sum += best * (cost.min(end) - at);
        at = cost.min(end);
        best = best.max(gain);
    }
    sum + best * (end - at)
}

#[test]
fn threads_do_not_matter() {
    let ask = ask("spend", "harm");
    let text = |threads| {
        let (search, _) = conducted(&ask, threads, u64::MAX).unwrap();
        serde_json::to_string(&search.finding(Header::default())).unwrap()
    };
    assert_eq!(text(1), text(3));
}

#[test]
fn the_judgement_sees_other_worlds_and_the_budget_holds() {
    let (scenario, ask) = (toy::scenario(), ask("loss", "harm"));
    let mut search = Search::new(&scenario, &ask).unwrap();
    let mut bench = Bench::new(&scenario);
    let (mut searched, mut judged, mut next_batch) = (0, 0, 0);
    while let Some(round) = search.next_round() {
        assert_eq!(round.batches.start, next_batch, "each batch has a number of its own");
        next_batch = round.batches.end;
        for batch in round.batches {
            let (_, _, worlds) = round.job.plan.block(batch - round.job.first_batch);
            let count = worlds.end - worlds.start;
            assert!((1..=BATCH).contains(&count));
            if worlds.start >= UNSEEN {
                judged += count;
            } else {
                assert!(judged == 0 && worlds.end <= STAGES[2]);
                searched += count;
            }
            let mut out = Vec::new();
            round.job.work(&mut bench, batch, &mut out).unwrap();
            search.absorb(batch, &out);
        }
    }
    assert_eq!(searched, search.search_runs());
    assert!(searched <= ask.budget);
    assert_eq!(judged, ask.worlds * search.judged_policies());
}

#[test]
fn choices_without_effect_are_taken_back() {
    // `fix` changes neither the loss nor the harm.
    let (scenario, ask) = (toy::scenario(), ask("loss", "harm"));
    let mut search = Search::new(&scenario, &ask).unwrap();
    let levels = |name: &str, level: &str| {
        let gene = search.space.genes.iter().position(|g| g.name == name).unwrap();
        (gene, search.space.genes[gene].levels.iter().position(|l| l == level).unwrap() as u16)
    };
    let mut genome = search.space.base_genome();
    for (gene, level) in [levels("toy.effort", "10"), levels("speak", "now"), levels("fix", "yes")]
    {
        genome[gene] = level;
    }
    let only = search.candidate(genome);
    search.extend(only, STAGES[2]);
    let mut bench = Bench::new(&scenario);
    let plan = search.due.clone();
    let objectives = search.objectives.clone();
    let trial = Trial { plan, first_batch: 0, seed: ask.seed, objectives };
    for batch in 0..trial.plan.blocks() {
        let mut out = Vec::new();
        trial.work(&mut bench, batch, &mut out).unwrap();
        search.absorb(batch, &out);
    }
    // Its race is over and there is no budget for another.
    search.spent = search.search_budget();
    search.phase = Phase::Race { stage: 2, racers: vec![only], protected: 0 };
    while let Some(round) = search.next_round() {
        for batch in round.batches {
            let mut out = Vec::new();
            round.job.work(&mut bench, batch, &mut out).unwrap();
            search.absorb(batch, &out);
        }
    }
    let finding = search.finding(Header::default()).unwrap();
    let [point] = on_frontier(&finding)[..] else { panic!("{:?}", finding.points) };
    let choices: Vec<(&str, &str)> =
        point.choices.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(choices.len(), 2, "{choices:?}");
    assert!(choices.contains(&("toy.effort", "10")) && choices.contains(&("speak", "now")));
}

#[test]
fn a_written_policy_does_what_was_judged() {
    let scenario = toy::scenario();
    let mut ask = ask("spend", "harm");
    // From a policy that waits, so that the base's plan has to be written too.
    ask.base = scenario.policy("slow").cloned();
    ask.decide = BTreeMap::from([(1, 0)]);
    let (search, finding) = found(&ask);
    let layout = Layout::of(&scenario.build(&BTreeMap::new(), None).unwrap());
    let mut bench = Bench::new(&scenario);
    let is_news = |p: &&FrontierPoint| !p.is_shipped;
    assert!(finding.points.iter().filter(is_news).count() >= 5);
    for point in finding.points.iter().filter(is_news) {
        let path = format!("{}.ron", point.name);
        let (policy, problems) = scenario.read_policy(&path, point.policy_text.clone().into());
        assert!(problems.is_empty(), "{problems:?}\n{}", point.policy_text);
        let read = Arm::new(path, policy, BTreeMap::new());
        let judged = search.judged.iter().find(|j| {
            j.genome.as_ref().is_some_and(|g| {
                search.space.changes(g).len() == point.choices.len()
                    && search
                        .space
                        .changes(g)
                        .into_iter()
                        .all(|i| point.choices.contains(&search.space.choice(g, i)))
            })
        });
        let judged = judged.unwrap();
        for replication in (0..20).map(|n| UNSEEN + n) {
            let key = RunKey { seed: ask.seed, replication };
            let mut rows = Vec::new();
            for arm in [&read, &judged.arm] {
                let (mut values, mut row) = (Vec::new(), Vec::new());
                layout.write(
                    bench.seat(arm).unwrap().run(arm, key).unwrap(),
                    &mut values,
                    &mut row,
                );
                rows.push(row.iter().map(|v| v.to_bits()).collect::<Vec<u64>>());
            }
            assert_eq!(rows[0], rows[1], "{}", point.policy_text);
        }
    }
    let waits =
        finding.points.iter().any(|p| p.policy_text.contains(r#"ChooseAfter("6h", "later")"#));
    assert!(waits, "the base's plan is written as it is");
}

#[test]
fn a_stopped_search_shows_what_was_judged_or_nothing() {
    let ask = ask("spend", "harm");
    let (search, ended) = conducted(&ask, 2, 3).unwrap();
    assert_eq!(ended, Ended::Stopped);
    assert!(search.finding(Header::default()).is_none());
    let (whole, _) = found(&ask);
    let batches = whole.next_batch - whole.judged_policies() * 10;
    // Two blocks and a bit of the judgement.
    let stop = batches + 2 * whole.judged_policies() + 1;
    let (part, ended) = conducted(&ask, 1, stop).unwrap();
    assert_eq!(ended, Ended::Stopped);
    let finding = part.finding(Header::default()).unwrap();
    assert!((64..300).contains(&finding.final_worlds) && finding.final_worlds % BATCH == 0);
    let worlds = finding.final_worlds as usize;
    let base = means(&whole.judged[0].sample, worlds);
    let point = finding.points.iter().find(|p| p.is_base).unwrap();
    assert_eq!(point.harm.value, base[1]);
}

#[test]
fn what_is_fixed_stays_fixed() {
    let mut ask = ask("spend", "harm");
    ask.answers_only = true;
    ask.decide = BTreeMap::from([(0, 1)]);
    let search = Search::new(&toy::scenario(), &ask).unwrap();
    let names: Vec<&str> = search.space.genes.iter().map(|g| g.name.as_str()).collect();
    assert_eq!(names, ["fix"]);
    // With effort that the search leaves alone, `keen` is no genome of it.
    let keen = search.judged.iter().find(|j| j.arm.name() == "keen").unwrap();
    assert!(keen.genome.is_none());
    ask.decide.insert(1, 0);
    let Err(error) = Search::new(&toy::scenario(), &ask) else { panic!("nothing to vary") };
    assert!(error.to_string().contains("nothing is left to vary"), "{error}");
    ask.answers_only = false;
    ask.set.insert("toy.effort".to_owned(), "3".to_owned());
    assert!(Search::new(&toy::scenario(), &ask).is_err());
}

#[test]
fn bad_questions_are_refused() {
    let refused = |change: fn(&mut Ask)| {
        let mut ask = ask("spend", "harm");
        change(&mut ask);
        match conducted(&ask, 1, u64::MAX) {
            Err(error) => error.to_string(),
            Ok(_) => panic!("nothing was refused"),
        }
    };
    let message = refused(|ask| ask.cost = "spent".to_owned());
    assert!(message.contains("--cost") && message.contains("did you mean `spend`"), "{message}");
    let message = refused(|ask| ask.harm = "ishigami".to_owned());
    assert!(message.contains("--harm ishigami") && message.contains("which way"), "{message}");
    let message = refused(|ask| ask.harm = "spend".to_owned());
    assert!(message.contains("both `spend`"), "{message}");
    let message = refused(|ask| ask.harm = "delay".to_owned());
    assert!(message.contains("`delay` has no value in some runs"), "{message}");
    let message = refused(|ask| ask.budget = 100);
    assert!(message.contains("--budget 100 is too small"), "{message}");
    let least: u64 = message.trim_end_matches(')').rsplit(' ').next().unwrap().parse().unwrap();
    let mut ask = ask("spend", "harm");
    ask.budget = least;
    assert!(conducted(&ask, 1, u64::MAX).is_ok(), "the least is enough");
}

#[test]
fn what_is_under_way_does_not_grow_with_the_worlds() {
    let mut search = Search::new(&toy::scenario(), &Ask { worlds: 1000, ..ask("spend", "harm") });
    let search = search.as_mut().unwrap_or_else(|error| panic!("{error}"));
    search.judge();
    assert_eq!(search.due.tasks.len() as u64, search.judged_policies());
    assert_eq!(search.due.blocks(), 32 * search.judged_policies());
    // All meet a block before any meets the next, the last of 8 worlds.
    let judged = search.judged.len();
    let blocks: Vec<_> = (0..search.due.blocks()).map(|b| search.due.block(b)).collect();
    for (number, (who, _, worlds)) in blocks.iter().enumerate() {
        let first = UNSEEN + (number / judged) as u64 * BATCH;
        let end = (first + BATCH).min(UNSEEN + 1000);
        assert_eq!((*who, worlds.clone()), (number % judged, first..end));
    }
}

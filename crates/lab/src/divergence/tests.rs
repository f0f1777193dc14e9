//! Tests of alignment, of the first difference and of the search, on journals whose differences are known.

use std::collections::BTreeMap;

use hotwash_engine::DrawRecord;
use serde_json::{Value, json};

use super::{
    Effect, Entry, How, Outcome, Recorded, TicketDifference, Together, diverge, search, tickets,
};

/// An entry to be: hour, who, kind, cause, values.
type Sketch = (i64, &'static str, &'static str, u32, Value);

fn journal(list: &[Sketch]) -> Vec<Entry> {
    let entry = |(i, (hour, who, kind, cause, fields)): (usize, &Sketch)| {
        let fields: BTreeMap<String, Value> = serde_json::from_value(fields.clone()).unwrap();
        let words = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
        Entry {
            n: i as u32 + 1,
            ms: hour * 3_600_000,
            at: format!("T+{hour}h"),
            who: (*who).to_owned(),
            kind: (*kind).to_owned(),
            lane: kind.split('.').next().unwrap().to_owned(),
            weight: "notable".to_owned(),
            cause: *cause,
            sees: Vec::new(),
            milestones: words("mark").into_iter().collect(),
            tags: Vec::new(),
            says: format!("{kind} {fields:?}"),
            fields,
        }
    };
    list.iter().enumerate().map(entry).collect()
}

fn run(entries: Vec<Entry>, outcomes: &[(&str, Option<f64>)]) -> Recorded {
    let outcome = |(name, value): &(&str, Option<f64>)| Outcome {
        name: (*name).to_owned(),
        value: *value,
        unit: "USD".to_owned(),
        better: "lower".to_owned(),
        bearer: "vendor".to_owned(),
    };
    Recorded { entries, outcomes: outcomes.iter().map(outcome).collect() }
}

fn base() -> Vec<Sketch> {
    vec![
        (0, "a", "world.began", 0, json!({})),
        (5, "b", "world.sold", 1, json!({"records": 10})),
        (9, "c", "belief.held", 2, json!({"name": "theft", "p": 0.5})),
        (12, "b", "world.sold", 1, json!({"records": 20, "mark": "sold-twice"})),
        (20, "d", "claim.said", 3, json!({"name": "nothing"})),
    ]
}

fn parts(before: &[Entry], after: &[Entry]) -> (How, u32) {
    let (a, b) = (run(before.to_vec(), &[]), run(after.to_vec(), &[]));
    let first = diverge(&a, &b, &[]).first.unwrap();
    (first.how, first.n)
}

#[test]
fn the_same_runs_do_not_differ() {
    let a = run(journal(&base()), &[("loss", Some(3.0)), ("delay", None)]);
    let divergence = diverge(&a, &a, &["loss"]);
    assert!(divergence.is_none());
    assert_eq!((divergence.same_outcomes, divergence.milestones.len()), (2, 0));
    assert!(divergence.lanes.iter().all(|l| l.only_before + l.only_after + l.otherwise == 0));
}

#[test]
fn one_entry_more_makes_no_other_differ() {
    let mut more = base();
    more.insert(1, (3, "x", "world.rang", 1, json!({})));
    // Later causes keep pointing at what they pointed at.
    for entry in &mut more[2..] {
        entry.3 = if entry.3 > 1 { entry.3 + 1 } else { entry.3 };
    }
    let (a, b) = (journal(&base()), journal(&more));
    assert_eq!(parts(&a, &b), (How::OnlyAfter, 2));
    assert_eq!(parts(&b, &a), (How::OnlyBefore, 2));
    let found = diverge(&run(a, &[]), &run(b, &[]), &[]);
    let world = found.lanes.iter().find(|l| l.name == "world").unwrap();
    assert_eq!((world.same, world.otherwise, world.only_before, world.only_after), (3, 0, 0, 1));
    assert_eq!(world.first_after.as_ref().unwrap().kind, "world.rang");
    assert_eq!(found.first.unwrap().before_comes_later.unwrap().kind, "world.sold");
    assert_eq!((found.claims.len(), found.beliefs.len(), found.milestones.len()), (0, 0, 0));
}

#[test]
fn the_first_difference_says_in_what() {
    let a = journal(&base());
    let with = |change: &dyn Fn(&mut Vec<Sketch>)| {
        let mut list = base();
        change(&mut list);
        parts(&a, &journal(&list))
    };
    let values = |names: &[&str]| How::Values(names.iter().map(|n| (*n).to_owned()).collect());
    assert_eq!(with(&|l| l[1].4 = json!({"records": 11})), (values(&["records"]), 2));
    assert_eq!(with(&|l| l[3].4 = json!({"records": 20})), (values(&["mark", "milestones"]), 4));
    assert_eq!(with(&|l| l[4].0 = 21), (How::Time, 5));
    assert_eq!(with(&|l| l[4].3 = 2), (How::Cause, 5));
    assert_eq!(with(&|l| l[4].2 = "claim.denied"), (How::Instead, 5));
    assert_eq!(with(&|l| drop(l.pop())), (How::OnlyBefore, 5));
    assert_eq!(
        with(&|l| {
            l[1].0 = 9;
            l.swap(1, 2);
            (l[1].3, l[2].3) = (1, 1);
        }),
        (How::Later, 2)
    );
    // At one instant, only the order differs.
    let mut two = base();
    two[2].0 = 5;
    two[2].3 = 1;
    let mut swapped = two.clone();
    swapped.swap(1, 2);
    assert_eq!(parts(&journal(&two), &journal(&swapped)), (How::Order, 2));
    let mut told = journal(&base());
    told[0].says = "other words".to_owned();
    assert_eq!(parts(&a, &told), (How::Telling, 1));
    let causes = diverge(&run(a.clone(), &[]), &run(told, &[]), &[]).first.unwrap();
    assert!(causes.before_causes.is_empty() && causes.lead.is_empty());
}

#[test]
fn what_came_of_it_is_counted_and_named() {
    let mut other = base();
    other[2].4 = json!({"name": "theft", "p": 0.9});
    other[3] = (15, "b", "world.sold", 1, json!({"records": 25, "mark": "sold-twice"}));
    other[4] = (20, "d", "claim.denied", 3, json!({"name": "nothing"}));
    let a = run(
        journal(&base()),
        &[("loss", Some(10.0)), ("days", Some(1.0)), ("fine", None), ("same", Some(1.0))],
    );
    let b = run(
        journal(&other),
        &[("loss", Some(11.0)), ("days", Some(9.0)), ("fine", Some(5.0)), ("same", Some(1.0))],
    );
    let found = diverge(&a, &b, &["loss"]);
    let names: Vec<&str> = found.outcomes.iter().map(|o| o.name.as_str()).collect();
    assert_eq!(names, ["loss", "fine", "days"], "the headline, then by scale");
    assert_eq!(found.same_outcomes, 1);
    assert_eq!(found.beliefs.len(), 1);
    assert_eq!((found.beliefs[0].p_before, found.beliefs[0].p_after), (Some(0.5), Some(0.9)));
    assert_eq!(found.beliefs[0].sure_after.as_deref(), Some("T+9h"));
    assert_eq!(found.claims.len(), 2);
    assert_eq!(found.milestones.len(), 1);
    assert_eq!(found.milestones[0].before.as_ref().unwrap().0, 12 * 3_600_000);
    assert_eq!(found.milestones[0].after.as_ref().unwrap().0, 15 * 3_600_000);
    let first = found.first.unwrap();
    let kinds = |list: &[Entry]| list.iter().map(|e| e.kind.clone()).collect::<Vec<_>>();
    assert_eq!(first.n, 3);
    assert_eq!(kinds(&first.before_causes), ["world.began", "world.sold"]);
    assert_eq!(kinds(&first.lead), ["world.began", "world.sold"]);
}

/// A run whose first entry carries the changes that were made: 3 shows only when 1 is made too.
fn play(chosen: &[usize], needs: &[usize], count: usize) -> Recorded {
    let is_on = needs.iter().all(|n| chosen.contains(n));
    let late: Vec<usize> = (0..count).filter(|n| chosen.contains(n) && n % 7 == 5).collect();
    let mut list = base();
    list[1].4 = json!({"records": if is_on { 11 } else { 10 }});
    list[4].4 = json!({"name": format!("{late:?}")});
    run(journal(&list), &[("loss", Some(if is_on { 2.0 } else { 1.0 }))])
}

#[test]
fn the_search_finds_the_change_that_does_it() {
    for (needs, count) in [(vec![2], 4), (vec![5], 8), (vec![0], 1)] {
        let (before, after) =
            (play(&[], &needs, count), play(&(0..count).collect::<Vec<_>>(), &needs, count));
        let found = search(&before, &after, count, &mut |chosen| Ok(play(chosen, &needs, count)));
        for (number, effect) in found.effects.iter().enumerate() {
            match effect {
                Effect::First { .. } => assert_eq!(vec![number], needs),
                Effect::Elsewhere(entry) => assert_eq!((number % 7, entry.n), (5, 5)),
                other => assert_eq!(*other, Effect::Nothing, "{number}"),
            }
        }
        assert_eq!(found.together, None);
    }
}

#[test]
fn changes_that_do_it_only_together_are_found() {
    for (needs, count) in [(vec![1, 3], 4), (vec![0, 6, 9], 12), (vec![3, 150, 151, 299], 300)] {
        let all: Vec<usize> = (0..count).collect();
        let (before, after) = (play(&[], &needs, count), play(&all, &needs, count));
        let mut played = 0;
        let found = search(&before, &after, count, &mut |chosen| {
            played += 1;
            Ok(play(chosen, &needs, count))
        });
        assert_eq!(found.together, Some(Together::Needed(needs.clone())), "{played} runs");
        assert!(found.effects.iter().all(|e| !matches!(e, Effect::First { .. })));
        assert!(played < 300, "{played} runs");
    }
}

#[test]
fn what_no_change_explains_is_said() {
    let (before, after) = (play(&[], &[0], 2), play(&[0], &[0], 2));
    let found = search(&before, &after, 2, &mut |_| Ok(play(&[], &[0], 2)));
    assert_eq!(found.together, Some(Together::NotEvenAll));
    assert_eq!(found.effects, [Effect::Nothing, Effect::Nothing]);
    let found = search(&before, &after, 1, &mut |_| Err("it does not build".to_owned()));
    assert_eq!(found.effects, [Effect::Impossible("it does not build".to_owned())]);
    assert_eq!(found.together, Some(Together::Impossible("it does not build".to_owned())));
    let found = search(&before, &after, 0, &mut |_| Err("never called".to_owned()));
    assert_eq!((found.effects.len(), found.together), (0, None));
}

#[test]
fn outcomes_alone_can_be_the_difference() {
    let entries = journal(&base());
    let with = |loss, days| run(entries.clone(), &[("loss", Some(loss)), ("days", Some(days))]);
    let (before, after) = (with(1.0, 1.0), with(2.0, 1.0));
    assert!(diverge(&before, &after, &[]).first.is_none());
    assert!(!diverge(&before, &after, &[]).is_none());
    let found = search(&before, &after, 3, &mut |chosen| {
        Ok(match chosen {
            [0] => with(2.0, 1.0),
            [1] => with(1.0, 7.0),
            _ => with(1.0, 1.0),
        })
    });
    assert_eq!(
        found.effects,
        [Effect::First { is_all: true }, Effect::OutcomesOnly, Effect::Nothing]
    );
}

#[test]
fn tickets_are_compared_by_their_address() {
    let draw = |stream: &str, occurrence, ticket, at_ms| DrawRecord {
        stream: stream.to_owned(),
        occurrence,
        ticket,
        at_ms,
    };
    let a = vec![draw("s/a/p", 0, 7, 0), draw("s/a/p", 1, 8, 5), draw("s/b/p", 0, 9, 6)];
    let how = |b: &[DrawRecord]| tickets(&a, b).first.map(|f| (f.how, f.occurrence, f.ms));
    assert_eq!(how(&a), None);
    assert_eq!((tickets(&a, &a).same, tickets(&a, &a).only_after), (3, 0));
    let mut b = a.clone();
    b[1].ticket = 80;
    assert_eq!(how(&b), Some((TicketDifference::OtherTicket, 1, 5)));
    assert_eq!(tickets(&a, &b).other, 1);
    let mut b = a.clone();
    b[1].at_ms = 4;
    assert_eq!(how(&b), Some((TicketDifference::OtherTime, 1, 4)));
    let mut b = a.clone();
    b.insert(1, draw("s/c/p", 3, 1, 2));
    assert_eq!(how(&b), Some((TicketDifference::OnlyAfter, 3, 2)));
    assert_eq!(tickets(&a, &b).only_after, 1);
    assert_eq!(how(&a[..2]), Some((TicketDifference::OnlyBefore, 0, 6)));
    let mut b = a.clone();
    b.swap(0, 1);
    assert_eq!(how(&b), Some((TicketDifference::OtherTime, 0, 0)));
}

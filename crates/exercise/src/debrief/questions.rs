//! Discussion questions, drawn from the largest gaps: between what a choice did and what another would
//! have done, what was knowable and what was known, what was known and what was said, how sure people
//! were and how right.
//!
//! A question says what happened and asks how it came about. It blames nobody.

mod choices;
mod facts;
mod words;

use self::words::Words;
use super::{DiscussionQuestion, Story, Worth};

/// Most questions: what a group can talk about in the time there is.
const MOST: usize = 5;
/// Gaps smaller than this are not worth a question.
const LEAST: f64 = 0.05;

/// What a question is drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Another option would have done better from exactly there.
    BetterOption,
    /// It was knowable before it was known.
    Knowable,
    /// It was known before it was said, or something false was said.
    Said,
    /// People were sure and not right, or did not agree.
    Confidence,
    /// A time ran out, or nearly.
    Clock,
    /// An expected action did not come.
    Expected,
}

/// A question that could be asked.
struct Gap {
    kind: Kind,
    /// The decision or proposition that it is about.
    about: String,
    question: DiscussionQuestion,
}

impl Gap {
    fn new(kind: Kind, about: &str, weight: f64, ask: String, because: String) -> Gap {
        let weight = weight.clamp(0.0, 1.0);
        Gap { kind, about: about.to_owned(), question: DiscussionQuestion { ask, because, weight } }
    }
}

/// At most five questions, the largest gap first. Of a kind there is one, unless there are too few
/// kinds; of a decision or a fact there is one, unless there is nothing else.
pub fn questions(story: &Story, worth: Option<&Worth>) -> Vec<DiscussionQuestion> {
    let words = Words::of(story);
    let mut gaps = facts::gaps(story, &words);
    gaps.extend(choices::gaps(story, worth, &words));
    chosen(gaps)
}

fn chosen(mut gaps: Vec<Gap>) -> Vec<DiscussionQuestion> {
    gaps.retain(|gap| gap.question.weight >= LEAST);
    gaps.sort_by(|a, b| b.question.weight.total_cmp(&a.question.weight));
    let mut chosen: Vec<Gap> = Vec::new();
    // First those that repeat nothing, then those of a new kind, then what there is.
    for round in 0..3 {
        let mut rest = Vec::new();
        for gap in gaps {
            let has_kind = chosen.iter().any(|c| c.kind == gap.kind);
            let has_subject = chosen.iter().any(|c| c.about == gap.about);
            let fits = match round {
                0 => !has_kind && !has_subject,
                1 => !has_kind,
                _ => !chosen.iter().any(|c| c.kind == gap.kind && c.about == gap.about),
            };
            if fits && chosen.len() < MOST { chosen.push(gap) } else { rest.push(gap) }
        }
        gaps = rest;
    }
    let mut questions: Vec<DiscussionQuestion> = chosen.into_iter().map(|c| c.question).collect();
    questions.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    questions
}

/// How large a span of time is among gaps of all kinds: one half at `half`, never quite one.
fn size_of(span_ms: i64, half_days: f64) -> f64 {
    let days = span_ms.max(0) as f64 / 86_400_000.0;
    days / (days + half_days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(kind: Kind, about: &str, weight: f64) -> Gap {
        Gap::new(kind, about, weight, format!("{kind:?} {about}"), String::new())
    }

    fn asked(gaps: Vec<Gap>) -> Vec<String> {
        chosen(gaps).into_iter().map(|q| q.ask).collect()
    }

    #[test]
    fn kinds_come_before_repetitions() {
        let gaps = vec![
            gap(Kind::Said, "a", 0.9),
            gap(Kind::Said, "b", 0.8),
            gap(Kind::Clock, "c", 0.3),
            gap(Kind::Expected, "a", 0.5),
            gap(Kind::Expected, "d", 0.4),
            gap(Kind::Knowable, "e", 0.04),
        ];
        let all = ["Said a", "Said b", "Expected a", "Expected d", "Clock c"];
        assert_eq!(asked(gaps), all);
    }

    #[test]
    fn a_decision_is_asked_about_once_while_there_are_others() {
        let kinds = [Kind::BetterOption, Kind::Confidence, Kind::Expected, Kind::Clock];
        let mut gaps: Vec<Gap> = kinds.into_iter().map(|k| gap(k, "a", 0.9)).collect();
        gaps.extend(kinds.into_iter().map(|k| gap(k, &format!("{k:?}"), 0.2)));
        let asked = asked(gaps);
        assert_eq!(asked.len(), 5);
        assert_eq!(asked[0], "BetterOption a");
        for name in ["Confidence Confidence", "Expected Expected", "Clock Clock"] {
            assert!(asked.iter().any(|a| a == name), "{asked:?}");
        }
    }

    #[test]
    fn never_more_than_five() {
        let gaps = (0..9).map(|i| gap(Kind::Said, &format!("{i}"), 0.5)).collect();
        assert_eq!(asked(gaps).len(), 5);
        assert!(chosen(Vec::new()).is_empty());
    }
}

//! Which of several changes makes two runs part: the run before is played again with each of them alone,
//! and where none does it alone, with fewer and fewer of all.

use super::entry::{Entry, Recorded};
use super::finding::{Effect, Together};
use super::first::position;

/// With more changes than this, they are not tried one by one.
pub const MOST_ALONE: usize = 96;

/// What the search for the change that does it found.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// What each change does alone, in their order.
    pub effects: Vec<Effect>,
    /// What the changes do together, where none does it alone.
    pub together: Option<Together>,
}

/// Plays the run before with changes of these numbers; says why where it cannot be played.
pub type Play<'a> = &'a mut dyn FnMut(&[usize]) -> Result<Recorded, String>;

/// Finds the changes, out of `count`, that bring about the first difference between two runs.
pub fn search(before: &Recorded, after: &Recorded, count: usize, play: Play<'_>) -> Search {
    let aim = Aim { before, after, at: position(&before.entries, &after.entries) };
    let effects: Vec<Effect> = if count <= MOST_ALONE {
        (0..count).map(|number| aim.effect(&play(&[number]))).collect()
    } else {
        vec![Effect::Untried; count]
    };
    let is_done = effects.iter().any(|e| matches!(e, Effect::First { .. }));
    let together = (!is_done && count > 0).then(|| aim.together(count, play));
    Search { effects, together }
}

/// What is to be brought about.
struct Aim<'a> {
    before: &'a Recorded,
    after: &'a Recorded,
    /// Position of the first difference of the journals.
    at: Option<usize>,
}

impl Aim<'_> {
    /// Whether a run goes as the run after does up to the first difference and through it.
    fn is_met(&self, run: &Recorded) -> bool {
        match self.at {
            Some(at) => {
                let through = |list: &[Entry]| list.get(..=at).map(<[Entry]>::to_vec);
                through(&run.entries) == through(&self.after.entries)
                    && (at < self.after.entries.len() || run.entries == self.after.entries)
            }
            None => run.entries == self.after.entries && self.has_its_outcome(run),
        }
    }

    /// Whether the first outcome that differs is as in the run after.
    fn has_its_outcome(&self, run: &Recorded) -> bool {
        let pairs = self.before.outcomes.iter().zip(&self.after.outcomes).zip(&run.outcomes);
        let first = pairs.into_iter().find(|((a, b), _)| a != b);
        first.is_some_and(|((_, wanted), got)| wanted == got)
    }

    fn effect(&self, played: &Result<Recorded, String>) -> Effect {
        let run = match played {
            Ok(run) => run,
            Err(why) => return Effect::Impossible(why.clone()),
        };
        if self.is_met(run) {
            return Effect::First { is_all: run == self.after };
        }
        match position(&self.before.entries, &run.entries) {
            Some(at) => {
                let list = if at < run.entries.len() { &run.entries } else { &self.before.entries };
                match list.get(at) {
                    Some(entry) => Effect::Elsewhere(Box::new(entry.clone())),
                    None => Effect::Nothing,
                }
            }
            None if run.outcomes != self.before.outcomes => Effect::OutcomesOnly,
            None => Effect::Nothing,
        }
    }

    /// All changes together and, if they do it, as few of them as are needed: none of these can be left
    /// out. Delta debugging, after Zeller.
    fn together(&self, count: usize, play: Play<'_>) -> Together {
        let mut needed: Vec<usize> = (0..count).collect();
        match play(&needed) {
            Err(why) => return Together::Impossible(why),
            Ok(run) if !self.is_met(&run) => return Together::NotEvenAll,
            Ok(_) => {}
        }
        let mut parts = 2;
        while needed.len() >= 2 {
            let size = needed.len().div_ceil(parts);
            let chunks: Vec<Vec<usize>> = needed.chunks(size).map(<[usize]>::to_vec).collect();
            let mut does = |list: &Vec<usize>| play(list).is_ok_and(|run| self.is_met(&run));
            if let Some(chunk) = chunks.iter().find(|chunk| does(chunk)) {
                (needed, parts) = (chunk.clone(), 2);
                continue;
            }
            let rest_of = |chunk: &Vec<usize>| -> Vec<usize> {
                needed.iter().copied().filter(|n| !chunk.contains(n)).collect()
            };
            let rests: Vec<Vec<usize>> = chunks.iter().map(rest_of).collect();
            // Of two parts, each is the other's rest and was tried.
            match rests.into_iter().find(|rest| chunks.len() > 2 && does(rest)) {
                Some(rest) => (needed, parts) = (rest, (parts - 1).max(2)),
                None if size > 1 => parts = (parts * 2).min(needed.len()),
                None => break,
            }
        }
        Together::Needed(needed)
    }
}

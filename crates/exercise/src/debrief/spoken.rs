//! What the hot wash shows, in the language that the scenario speaks. Stories are kept in English: documents
//! that nobody has translated are made of them too.

use hotwash_scenario::Language;

use super::{DiscussionQuestion, Story, Worth};

fn put(language: &Language, text: &mut String) {
    *text = language.text(text).into_owned();
}

impl Story {
    /// The same for readers of a language.
    #[must_use]
    pub fn spoken(&self, language: &Language) -> Story {
        let mut story = self.clone();
        let put = |text: &mut String| put(language, text);
        put(&mut story.about.title);
        put(&mut story.about.exercise);
        put(&mut story.about.summary);
        story.people.iter_mut().flat_map(|p| &mut p.seats).for_each(put);
        for lane in &mut story.lanes {
            put(&mut lane.proposition);
            lane.claims.iter_mut().for_each(|claim| put(&mut claim.statement));
        }
        for decision in &mut story.decisions {
            put(&mut decision.ask);
            put(&mut decision.role);
            put(&mut decision.objective);
            decision.options.iter_mut().for_each(|(_, text)| put(text));
        }
        story.objectives.iter_mut().for_each(|objective| put(&mut objective.text));
        story.calibration.iter_mut().for_each(|row| put(&mut row.name));
        story.knowable.iter_mut().for_each(|row| put(&mut row.proposition));
        story.clocks.iter_mut().for_each(|clock| put(&mut clock.label));
        for line in &mut story.timeline {
            if let Some(serde_json::Value::String(text)) = line.fields.get_mut("proposition") {
                put(text);
            }
        }
        story
    }
}

impl Worth {
    /// The same for readers of a language.
    #[must_use]
    pub fn spoken(&self, language: &Language) -> Worth {
        let mut worth = self.clone();
        for fork in &mut worth.decisions {
            put(language, &mut fork.ask);
            fork.options.iter_mut().for_each(|option| put(language, &mut option.text));
        }
        worth.notes.iter_mut().for_each(|note| put(language, note));
        worth
    }
}

impl DiscussionQuestion {
    /// The same for readers of a language.
    #[must_use]
    pub fn spoken(&self, language: &Language) -> DiscussionQuestion {
        let mut question = self.clone();
        put(language, &mut question.ask);
        put(language, &mut question.because);
        question
    }
}

//! The hot wash of a session that has ended: the story at once, then what the choices were worth.

use hotwash_exercise::Session;
use hotwash_exercise::debrief::{ForkStudy, Story, Worth, questions, story};
use hotwash_lab::Ended;
use hotwash_scenario::Language;

use crate::commands::study::at_table;
use crate::exit::Failure;
use crate::text::{self, Page};

/// What came of the hot wash.
pub(crate) struct Washed {
    /// Everything that can be said at once.
    pub(crate) story: Story,
    /// What the choices were worth; of fewer futures than wanted where it was stopped.
    pub(crate) worth: Worth,
    /// Whether the futures wanted were all run.
    pub(crate) ended: Ended,
}

/// Finds out what the choices were worth.
pub(crate) fn wash(
    session: &Session,
    futures: u64,
    threads: Option<usize>,
) -> Result<Washed, Failure> {
    let story = story(session);
    let mut study = ForkStudy::new(session, futures);
    let ended = at_table(&mut study, &session.plan().scenario, threads)?;
    Ok(Washed { story, worth: study.finding(), ended })
}

impl Washed {
    /// As text.
    pub(crate) fn text(&self, page: Page, language: &Language) -> String {
        let page = page.speaking(language.words());
        let questions = questions(&self.story, Some(&self.worth));
        if language.is_english() {
            return text::hot_wash::hot_wash(&self.story, Some(&self.worth), &questions, page);
        }
        let questions: Vec<_> = questions.iter().map(|q| q.spoken(language)).collect();
        let (story, worth) = (self.story.spoken(language), self.worth.spoken(language));
        text::hot_wash::hot_wash(&story, Some(&worth), &questions, page)
    }
}

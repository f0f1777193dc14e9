//! The handbook's chapters on conducting and evaluating an exercise.

use hotwash_engine::SimTime;

use crate::dates::length;
use crate::document::model::{Blocks, Line, Table, Turn, blank};
use crate::document::overview;
use crate::document::setting::Setting;
use crate::document::sitman::{self, PLAY_MINUTES};

/// How the exercise is led and evaluated.
pub(super) fn conduct(blocks: &mut Blocks, setting: &Setting<'_>) {
    blocks.page(Turn::Upright);
    blocks.head(1, "Conduct");
    staff(blocks, setting);
    before(blocks);
    pace(blocks, setting);
    during(blocks);
    blocks.head(2, "Safety and real emergencies");
    blocks.bullets([
        "Anybody may stop the exercise by saying \u{201c}real emergency\u{201d}. Pause the clock; the session is kept.",
        "Messages of the exercise stay on its screens. Nobody calls, mails or posts to anybody outside.",
        "Everything shown is simulated. If a player seems distressed, pause and speak to them alone.",
    ]);
    endex(blocks);
    evaluation(blocks);
}

fn staff(blocks: &mut Blocks, setting: &Setting<'_>) {
    blocks.head(2, "Controllers and evaluators");
    let mut table = Table::new("", &[("Function", 3), ("Task", 8), ("Name", 3)]).with_row_heads();
    for (function, task) in [
        (
            "Facilitator (lead controller)",
            "Runs the clock, reads the truth, delivers injects by hand, decides for posts that nobody holds, calls STARTEX and ENDEX, leads the hot wash",
        ),
        (
            "Second controller",
            "Helps players with their screens, plays whoever is asked and is not simulated; may be left out",
        ),
        (
            "Evaluator",
            "Observes against the objectives, marks whether expected actions came, rates P, S, M or U with evidence",
        ),
    ] {
        table.row(vec![function.into(), task.into(), blank("name").into()]);
    }
    blocks.table(table);
    let simulated: Vec<&str> = setting
        .scenario()
        .roles()
        .iter()
        .filter(|r| !setting.plan.played.iter().any(|name| name == r.name.as_str()))
        .map(|r| r.title.as_str())
        .collect();
    if !simulated.is_empty() {
        blocks.para(format!("Played by the program in this exercise: {}.", simulated.join(", ")));
    }
}

fn before(blocks: &mut Blocks) {
    blocks.head(2, "Before STARTEX");
    blocks.numbers([
        "Start the program and open the facilitator's link on a screen that players cannot see.",
        "Open the screen's link on the projector.",
        "Read out the join code. Check that every post is held and that everybody reads their own inbox.",
        "Play one decision as a trial in another session if nobody has done this before. It takes five minutes.",
        "Brief: purpose, rules, posts, screens, what a decision card asks for. Read out the situation at STARTEX.",
        "Call out STARTEX and start the clock.",
    ]);
    blocks.table(sitman::schedule_table());
}

fn pace(blocks: &mut Blocks, setting: &Setting<'_>) {
    blocks.head(2, "Pace");
    let decisions = setting.scenario().decisions();
    let mut asked: Vec<SimTime> = decisions.iter().filter_map(|d| setting.asked(d)).collect();
    asked.sort_unstable();
    let days = setting.scenario().horizon().days();
    let mut text = format!(
        "The exercise may run for {days:.0} simulated days. At one day a second that is {} of clock without a stop.",
        minutes(days)
    );
    if let (Some(first), Some(last)) = (asked.first(), asked.last()) {
        text.push_str(&format!(
            " In the rehearsal {} of {} decisions come up, the first {} after STARTEX, the last {} after it.",
            asked.len(),
            decisions.len(),
            length(first.ms()),
            length(last.ms())
        ));
    }
    blocks.para(text);
    blocks.bullets([
        Line::from(discussion(decisions.len())),
        Line::from("Run at one hour a second while messages come in that players should read as they arrive."),
        Line::from("Use \u{201c}skip to the next thing that matters\u{201d} through quiet stretches. Say how many days have passed."),
        Line::from("If the time is nearly up, let the clock run at three days a second and take decisions by vote, or call ENDEX: \
                    what still comes up is then decided by the policy, and the hot wash says so."),
    ]);
}

/// How long a decision may be talked about.
fn discussion(decisions: usize) -> String {
    /// Minutes below which nobody discusses anything.
    const LEAST: u32 = 5;
    let all = u32::try_from(decisions.max(1)).unwrap_or(u32::MAX);
    let each = PLAY_MINUTES / all;
    if each >= LEAST {
        return format!(
            "Discussion takes the time, not the clock: an hour of play leaves about {each} minutes for each of {all} decisions."
        );
    }
    format!(
        "Discussion takes the time, not the clock. {all} decisions are too many for an hour: at {LEAST} minutes each they take \
         {} minutes. Play in two sittings, or let the program play some posts.",
        all.saturating_mul(LEAST)
    )
}

fn minutes(days: f64) -> String {
    match days {
        d if d < 90.0 => format!("{d:.0} seconds"),
        d => format!("{:.0} minutes", d / 60.0),
    }
}

fn during(blocks: &mut Blocks) {
    blocks.head(2, "During play");
    blocks.bullets([
        Line::new().strong("Stay out of the discussion. ").plain(
            "Ask questions if it stalls: What do you know? What do you only believe? Who is missing at this table?",
        ),
        Line::new().strong("Players are stuck. ").plain(
            "Deliver a contingency inject by hand, or write a message in the name of somebody who would ask.",
        ),
        Line::new().strong("A post is not held. ").plain(
            "Decide on its behalf after the others have voted. The decision is marked as yours.",
        ),
        Line::new().strong("Going back. ").plain(
            "You may propose to return to the moment a decision came up. Players are asked; with their consent, or on your word, the \
             session goes back, and what was done since is kept in the file and counts no more. Use it to repair a mistake \
             at a keyboard or to try a second way after a first one has been played out, not to spare players an outcome.",
        ),
        Line::new().strong("Something fails. ").plain(
            "Reload the page. If the program stopped, start it again with the same sessions directory and go on: nothing that was \
             acknowledged is lost.",
        ),
        Line::new().strong("Notes. ").plain("Write down what you see, with the entry it is about. Notes go into the report."),
    ]);
}

fn endex(blocks: &mut Blocks) {
    blocks.head(2, "ENDEX and hot wash");
    blocks.para(
        "Call ENDEX when the objectives have been exercised, at the end of the planned time, or at the scenario's end. \
         The program then works out what other choices would have been worth; the first figures come at once and get \
         sharper during the break.",
    );
    let mut table = Table::new("Agenda of the hot wash", &[("Minutes", 2), ("What", 11)]);
    for (minutes, what) in [
        (3, "Each post in one sentence: what was hardest?"),
        (5, "What was true, what you believed, what you said: the picture with three lanes"),
        (
            8,
            "The two decisions on which most depended: why so, and what the other options would have been worth from exactly there",
        ),
        (5, "The discussion questions"),
        (4, "By department: three strengths, three areas for improvement, and who takes them up"),
    ] {
        table.row(vec![minutes.to_string().into(), what.into()]);
    }
    blocks.table(table);
    blocks.para("Collect the feedback forms before people leave. Hold the controller and evaluator debriefing at once after it.");
}

fn evaluation(blocks: &mut Blocks) {
    blocks.head(1, "Evaluation");
    blocks.para(
        "Evaluators use the exercise evaluation guide. The program proposes a rating from expected actions alone: all of \
         them P, at least two thirds S, some M, none U. It knows nothing of how well the team worked. Change it wherever \
         you have seen better or worse, and name the entries of the journal that bear it out.",
    );
    blocks.table(overview::definitions("Ratings definitions"));
}

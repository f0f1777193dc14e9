//! A course in a terminal: what a lesson is about, its grade, and how the course went.

use std::fmt::Write as _;

use hotwash_exercise::course::{Asked, Cost, Grade, Marked};
use hotwash_lab::stats::Estimate;
use hotwash_scenario::Lesson;

use super::hot_wash::plain_name;
use super::session::{heading, sentence};
use super::value::figures::{percent, plus_minus};
use super::value::panel::{entry, paragraph};
use super::{BOLD, Page, number};

/// The first page of a lesson: `(2, 3)` is the second of three.
pub(crate) fn lesson(lesson: &Lesson, (nth, of): (usize, usize), page: Page) -> String {
    let mut out = heading(&format!("Lesson {nth} of {of}: {}", lesson.title), page);
    paragraph(&mut out, 0, &lesson.text, page);
    if !lesson.objectives.is_empty() {
        let _ = writeln!(out, "\n{}", BOLD.on("What is to be learnt"));
        for objective in &lesson.objectives {
            entry(&mut out, "  - ", objective, page);
        }
    }
    out.push('\n');
    out
}

/// A lesson's grade.
pub(crate) fn grade(lesson: &Lesson, grade: &Grade, page: Page) -> String {
    let mut out = format!("\n{}", heading(&format!("Grade: {}", lesson.title), page));
    for marked in &grade.marks {
        let word = if marked.is_met { "met" } else { "not met" };
        entry(&mut out, &format!("  {word:<9}"), &mark(marked), page);
    }
    let met = grade.marks.iter().filter(|m| m.is_met).count();
    let all = grade.marks.len();
    let text = match grade.is_passed {
        true => format!("Passed: {met} of {all} marks are met."),
        false => format!("Not passed: {met} of {all} marks are met, and all must be."),
    };
    let _ = writeln!(out, "{}", BOLD.on(text));
    if !grade.costs.is_empty() {
        let _ = writeln!(out, "\n{}", BOLD.on("Which choices cost most"));
        for (number, cost) in grade.costs.iter().enumerate() {
            entry(&mut out, &format!("{:>3}. ", number + 1), &told(cost), page);
        }
    }
    out
}

fn mark(marked: &Marked) -> String {
    match &marked.asked {
        Asked::Metric { name, unit, limit, is_most } => {
            let with_unit = |value: f64| format!("{} {unit}", number(value)).trim_end().to_owned();
            let found = marked.found.map_or_else(|| "never came".to_owned(), with_unit);
            let word = if *is_most { "at most" } else { "at least" };
            format!("{}: {found}; {word} {}", plain_name(name), with_unit(*limit))
        }
        Asked::AsExpected { at_least, of } => {
            let found = marked.found.unwrap_or(0.0);
            format!(
                "decisions taken as the authors expect: {} of {of}; at least {at_least}",
                number(found)
            )
        }
        Asked::NoClaimRefuted => match marked.found.unwrap_or(0.0) {
            0.0 => "nothing that was said was refuted or taken back".to_owned(),
            n => format!("claims refuted or taken back: {}; none may be", number(n)),
        },
    }
}

fn told(cost: &Cost) -> String {
    let [value, low, high] = cost.difference;
    let figure = plus_minus(Estimate { value, low, high });
    format!(
        "{} You took: {} Better: {} From there, {} {figure} {} in the mean of {} futures, and better in {} \
         of them.",
        sentence(&cost.ask),
        sentence(&cost.taken),
        sentence(&cost.better),
        plain_name(&cost.metric),
        cost.unit,
        number(cost.futures as f64),
        percent(cost.share_better),
    )
}

/// How the whole course went: title and grade of each lesson.
pub(crate) fn summary(title: &str, lessons: &[(&str, &Grade)], score: f64, page: Page) -> String {
    let mut out = format!("\n{}", heading(&format!("Course: {title}"), page));
    for (title, grade) in lessons {
        let word = if grade.is_passed { "passed" } else { "not passed" };
        let met = grade.marks.iter().filter(|m| m.is_met).count();
        let text = format!("{title} ({met} of {} marks)", grade.marks.len());
        entry(&mut out, &format!("  {word:<12}"), &text, page);
    }
    let is_passed = lessons.iter().all(|(_, grade)| grade.is_passed);
    let word = if is_passed { "Passed" } else { "Not passed" };
    let _ = writeln!(out, "{}", BOLD.on(format_args!("{word}, score {}.", percent(score))));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_grade() -> Grade {
        let metric = |found| Marked {
            asked: Asked::Metric {
                name: "time-to-tell/leak".to_owned(),
                unit: "days".to_owned(),
                limit: 5.0,
                is_most: true,
            },
            found,
            is_met: found.is_some(),
        };
        Grade {
            marks: vec![
                metric(Some(3.0)),
                metric(None),
                Marked {
                    asked: Asked::AsExpected { at_least: 3, of: 4 },
                    found: Some(2.0),
                    is_met: false,
                },
                Marked { asked: Asked::NoClaimRefuted, found: Some(0.0), is_met: true },
            ],
            score: 0.5,
            is_passed: false,
            costs: vec![Cost {
                decision: "last-day".to_owned(),
                ask: "What else?".to_owned(),
                taken: "Cake.".to_owned(),
                better: "Shut the accounts.".to_owned(),
                metric: "days-with-access".to_owned(),
                unit: "days".to_owned(),
                difference: [-12.0, -14.0, -10.0],
                share_better: 0.9,
                futures: 256,
            }],
        }
    }

    fn a_lesson() -> Lesson {
        let text = br#"(version: 1, title: "C", summary: "c", lessons: [(name: "l", scenario: "s",
            title: "The last day", text: "Read on.", objectives: ["To learn."], pass: [NoClaimRefuted])])"#;
        let (course, _) = hotwash_scenario::Course::read("c.ron", text.to_vec());
        course.map(|mut c| c.lessons.remove(0)).unwrap()
    }

    #[test]
    fn a_grade_says_what_was_met_and_what_a_choice_cost() {
        let page = Page::new(80);
        let text = grade(&a_lesson(), &a_grade(), page);
        let text = anstream::adapter::strip_str(&text).to_string();
        for part in [
            "Grade: The last day ---",
            "  met      time to tell, leak: 3 days; at most 5 days",
            "  not met  time to tell, leak: never came; at most 5 days",
            "  not met  decisions taken as the authors expect: 2 of 4; at least 3",
            "  met      nothing that was said was refuted or taken back",
            "Not passed: 2 of 4 marks are met, and all must be.",
            "  1. What else? You took: Cake. Better: Shut the accounts. From there, days",
            "-12.0 ±2.0 days",
        ] {
            assert!(text.contains(part), "`{part}` is not in:\n{text}");
        }
        assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
        let text = summary("First", &[("The last day", &a_grade())], 0.5, page);
        assert!(text.contains("  not passed  The last day (2 of 4 marks)"), "{text}");
        assert!(text.contains("Not passed, score 50 %."), "{text}");
        let text = lesson(&a_lesson(), (2, 3), page);
        assert!(text.contains("Lesson 2 of 3: The last day"), "{text}");
        assert!(text.contains("  - To learn."), "{text}");
    }
}

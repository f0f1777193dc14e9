//! A learner's results: what is kept of each lesson, and the files that are made of it.

use std::fmt::Write as _;
use std::path::Path;

use hotwash_exercise::course::{Grade, score};
use serde::{Deserialize, Serialize};

use super::xapi;
use crate::commands::write_new;
use crate::exit::{Code, Failure};
use crate::record::read_bytes;

/// Version of `results.json`.
pub(super) const RESULTS_FORMAT: u32 = 1;
/// The file that a course is gone on with from.
const JSON: &str = "results.json";

/// What is kept of a course.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Results {
    /// [`RESULTS_FORMAT`] at the time of writing.
    pub(super) format: u32,
    /// Version of the program.
    pub(super) hotwash: String,
    /// The course's title.
    pub(super) course: String,
    /// SHA-256 of its file.
    pub(super) course_sha256: String,
    /// Who learns.
    pub(super) learner: String,
    /// Lessons that are finished, in order.
    pub(super) lessons: Vec<LessonResult>,
    /// Lessons that the course has.
    pub(super) of: usize,
    /// Weighted share of the marks met, over the lessons finished.
    pub(super) score: f64,
    /// Whether all lessons are passed; none while some are to be played.
    pub(super) is_passed: Option<bool>,
}

/// What is kept of a lesson.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LessonResult {
    /// Its name.
    pub(super) lesson: String,
    /// Its title.
    pub(super) title: String,
    /// The scenario.
    pub(super) scenario: String,
    /// The world, the same for every learner.
    pub(super) seed: String,
    /// How much it counts.
    pub(super) weight: f64,
    /// The wall clock when it was begun and ended, in milliseconds since 1970.
    pub(super) wall_ms: (i64, i64),
    /// How it went.
    pub(super) grade: Grade,
}

impl Results {
    /// The results in a directory, if there are any.
    pub(super) fn read(dir: &Path) -> Result<Option<Results>, Failure> {
        let path = dir.join(JSON);
        if !path.exists() {
            return Ok(None);
        }
        let wrong = |why: String| {
            Failure::new(Code::Io, format!("{}: {why}", path.display()))
                .hint("name a directory written by hotwash course, or a new one")
        };
        let bytes = read_bytes(&path, hotwash_scenario::MAX_FILE)?;
        let results: Results = serde_json::from_slice(&bytes).map_err(|e| wrong(e.to_string()))?;
        if results.format != RESULTS_FORMAT {
            return Err(wrong(format!("format {} of results is not known", results.format)));
        }
        Ok(Some(results))
    }

    /// Takes a lesson in.
    pub(super) fn add(&mut self, lesson: LessonResult) {
        self.lessons.push(lesson);
        let scores: Vec<(f64, f64)> =
            self.lessons.iter().map(|l| (l.grade.score, l.weight)).collect();
        self.score = score(&scores);
        let is_over = self.lessons.len() == self.of;
        self.is_passed = is_over.then(|| self.lessons.iter().all(|l| l.grade.is_passed));
    }

    /// Writes all files into a directory. What the course is gone on with from comes first.
    pub(super) fn write(&self, dir: &Path) -> Result<(), Failure> {
        let json = serde_json::to_string_pretty(self)
            .map_err(|e| Failure::new(Code::Bug, e.to_string()))?;
        write_new(&dir.join(JSON), (json + "\n").as_bytes())?;
        write_new(&dir.join("results.csv"), self.csv().as_bytes())?;
        write_new(&dir.join("xapi.jsonl"), xapi::statements(self).as_bytes())
    }

    /// A row for each lesson.
    fn csv(&self) -> String {
        let mut out = String::from(
            "learner,course,lesson,title,scenario,seed,passed,marks_met,marks,score,weight,minutes\n",
        );
        for lesson in &self.lessons {
            let grade = &lesson.grade;
            let met = grade.marks.iter().filter(|m| m.is_met).count();
            let (begun, ended) = lesson.wall_ms;
            let texts = [
                &self.learner,
                &self.course,
                &lesson.lesson,
                &lesson.title,
                &lesson.scenario,
                &lesson.seed,
            ];
            let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
            let _ = writeln!(
                out,
                "{},{},{met},{},{:.4},{},{:.1}",
                texts.join(","),
                if grade.is_passed { "yes" } else { "no" },
                grade.marks.len(),
                grade.score,
                lesson.weight,
                (ended - begun).max(0) as f64 / 60_000.0,
            );
        }
        out
    }
}

fn quoted(text: &str) -> String {
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use hotwash_exercise::course::{Asked, Marked};

    use super::*;

    pub(in crate::commands::course) fn results() -> Results {
        let grade = |is_met| Grade {
            marks: vec![Marked { asked: Asked::NoClaimRefuted, found: Some(0.0), is_met }],
            score: f64::from(u8::from(is_met)),
            is_passed: is_met,
            costs: Vec::new(),
        };
        let lesson = |name: &str, weight, is_met| LessonResult {
            lesson: name.to_owned(),
            title: format!("Lesson \"{name}\", with a comma"),
            scenario: "insider-sale".to_owned(),
            seed: "cold-coffee".to_owned(),
            weight,
            wall_ms: (1_573_000_000_000, 1_573_000_090_500),
            grade: grade(is_met),
        };
        let mut results = Results {
            format: RESULTS_FORMAT,
            hotwash: "0".to_owned(),
            course: "First".to_owned(),
            course_sha256: "ab".repeat(32),
            learner: "Ada L.".to_owned(),
            lessons: Vec::new(),
            of: 2,
            score: 0.0,
            is_passed: None,
        };
        results.add(lesson("one", 1.0, true));
        assert_eq!(results.is_passed, None);
        results.add(lesson("two", 3.0, false));
        results
    }

    #[test]
    fn lessons_add_up() {
        let results = results();
        assert_eq!((results.score, results.is_passed), (0.25, Some(false)));
        let back: Results =
            serde_json::from_str(&serde_json::to_string(&results).unwrap()).unwrap();
        assert_eq!(back, results);
    }

    #[test]
    fn the_table_has_a_row_for_each_lesson() {
        let csv = results().csv();
        let rows: Vec<&str> = csv.lines().collect();
        assert_eq!(rows.len(), 3);
        assert_eq!(
            rows[1],
            "Ada L.,First,one,\"Lesson \"\"one\"\", with a comma\",insider-sale,cold-coffee,yes,1,1,\
             1.0000,1,1.5"
        );
    }
}

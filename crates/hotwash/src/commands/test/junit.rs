//! Results as JUnit XML, as CI servers read it.

use std::fmt::Write as _;

use super::{Status, Suite, Trial};

/// The results as a document.
pub(super) fn document(suites: &[Suite]) -> String {
    let all = Counts::of(suites);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(out, "<testsuites name=\"hotwash test\"{}>", all.attributes());
    for suite in suites {
        let counts = Counts::of(std::slice::from_ref(suite));
        let name = escaped(suite.title());
        let _ = writeln!(out, "  <testsuite name=\"{name}\"{}>", counts.attributes());
        for trial in &suite.trials {
            case(&mut out, suite, trial);
        }
        if let Some(failure) = &suite.trouble {
            let _ = writeln!(out, "    <testcase classname=\"{name}\" name=\"can be tried\">");
            let _ = writeln!(
                out,
                "      <error message=\"{}\">{}</error>\n    </testcase>",
                escaped(failure.message.lines().last().unwrap_or_default()),
                escaped(&failure.message)
            );
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Counts {
    fn of(suites: &[Suite]) -> Counts {
        let trials = || suites.iter().flat_map(|s| &s.trials);
        let errors = suites.iter().filter(|s| s.trouble.is_some()).count();
        Counts {
            tests: trials().count() + errors,
            failures: trials().filter(|t| t.status.is_bad()).count(),
            errors,
            skipped: trials().filter(|t| t.status == Status::Skipped).count(),
        }
    }

    fn attributes(&self) -> String {
        let Counts { tests, failures, errors, skipped } = self;
        format!(
            " tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\""
        )
    }
}

fn case(out: &mut String, suite: &Suite, trial: &Trial) {
    let (class, name) = (escaped(suite.title()), escaped(&trial.name));
    let (file, line) = (escaped(&suite.file), trial.line);
    let head = format!(
        "    <testcase classname=\"{class}\" name=\"{name}\" file=\"{file}\" line=\"{line}\""
    );
    let summary = escaped(&trial.summary);
    match trial.status {
        status if status.is_bad() => {
            let kind = status.word().to_lowercase();
            let _ = writeln!(
                out,
                "{head}>\n      <failure type=\"{kind}\" message=\"{summary}\">{}</failure>\n    </testcase>",
                escaped(&trial.details.join("\n"))
            );
        }
        Status::Skipped => {
            let _ =
                writeln!(out, "{head}>\n      <skipped message=\"{summary}\"/>\n    </testcase>");
        }
        _ if summary.is_empty() => {
            let _ = writeln!(out, "{head}/>");
        }
        _ => {
            let _ =
                writeln!(out, "{head}>\n      <system-out>{summary}</system-out>\n    </testcase>");
        }
    }
}

/// A text as XML may hold it, in an attribute too. Control characters have no place in XML 1.0.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = anstream::adapter::strip_str(text).to_string();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push('\t'),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

//! The line of JSON that each program of the comparison prints: one flat object.

/// The names of what a run comes to.
pub(crate) const MEASURES: [&str; 5] = ["events", "taken", "found", "complaints", "statements"];

/// What a program printed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// The tool.
    pub(crate) tool: String,
    /// Its version.
    pub(crate) version: String,
    /// How the model was written.
    pub(crate) what: String,
    /// How many runs were timed.
    pub(crate) runs: f64,
    /// How long they took.
    pub(crate) seconds: f64,
    /// The largest resident memory, 0 where the system does not say.
    pub(crate) peak_kib: f64,
    /// Mean and standard deviation of each measure, over the runs.
    pub(crate) moments: [(f64, f64); 5],
}

impl Line {
    /// Reads a line.
    pub(crate) fn parse(text: &str) -> Result<Line, String> {
        let number = |name: &str| {
            let value = after(text, name)?;
            let end = value.find([',', '}']).ok_or_else(|| format!("cut off: {text}"))?;
            value[..end].parse::<f64>().map_err(|_| format!("`{name}` is no number: {text}"))
        };
        let word = |name: &str| {
            let value = after(text, name)?.strip_prefix('"');
            let value = value.and_then(|v| v.split_once('"')).map(|(v, _)| v.to_owned());
            value.ok_or_else(|| format!("`{name}` is no text: {text}"))
        };
        let mut moments = [(0.0, 0.0); 5];
        for (moment, name) in moments.iter_mut().zip(MEASURES) {
            *moment = (number(&format!("{name}_mean"))?, number(&format!("{name}_sd"))?);
        }
        Ok(Line {
            tool: word("tool")?,
            version: word("version")?,
            what: word("what")?,
            runs: number("runs")?,
            seconds: number("seconds")?,
            peak_kib: number("peak_kib")?,
            moments,
        })
    }

    /// Seconds that a run took.
    pub(crate) fn time_a_run(&self) -> f64 {
        self.seconds / self.runs
    }
}

/// What follows a name and its colon.
fn after<'a>(text: &'a str, name: &str) -> Result<&'a str, String> {
    let key = format!("\"{name}\":");
    text.split_once(&key).map(|(_, rest)| rest).ok_or_else(|| format!("no `{name}` in: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"tool":"T","version":"1.2","what":"a, b","runs":4,"seconds":0.5,"peak_kib":9,"events_mean":1159.5,"events_sd":40,"taken_mean":1,"taken_sd":2,"found_mean":3,"found_sd":4,"complaints_mean":5,"complaints_sd":6,"statements_mean":7,"statements_sd":8e-1}"#;

    #[test]
    fn a_line_is_read_whole() {
        let line = Line::parse(GOOD).unwrap();
        assert_eq!(
            (line.tool.as_str(), line.version.as_str(), line.what.as_str()),
            ("T", "1.2", "a, b")
        );
        assert_eq!((line.runs, line.seconds, line.peak_kib), (4.0, 0.5, 9.0));
        assert_eq!(line.moments, [(1159.5, 40.0), (1.0, 2.0), (3.0, 4.0), (5.0, 6.0), (7.0, 0.8)]);
        assert_eq!(line.time_a_run(), 0.125);
    }

    #[test]
    fn the_order_of_the_names_does_not_matter() {
        let mut pairs: Vec<_> = GOOD.trim_matches(['{', '}']).split(",\"").collect();
        pairs.reverse();
        let reversed = format!("{{\"{}}}", pairs.join(",\"").replace("\"\"", "\""));
        assert_ne!(reversed, GOOD);
        assert_eq!(Line::parse(&reversed), Line::parse(GOOD));
    }

    #[test]
    fn what_is_missing_or_cut_off_is_an_error_that_names_it() {
        let missing = Line::parse(&GOOD.replace("found_sd", "found")).unwrap_err();
        assert!(missing.contains("`found_sd`"), "{missing}");
        let cut = Line::parse(&GOOD[..GOOD.len() - 5]).unwrap_err();
        assert!(cut.contains("cut off"), "{cut}");
        let text = Line::parse(&GOOD.replace("\"runs\":4", "\"runs\":four")).unwrap_err();
        assert!(text.contains("`runs` is no number"), "{text}");
    }
}

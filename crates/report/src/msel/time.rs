//! The column with the scenario time: a date, a day and hour counted from STARTEX, or words.

use hotwash_engine::{Calendar, SimDuration, SimTime};

/// What a cell says of when something comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// These instants, as civil dates and times: one, or two that were written side by side.
    At(Vec<String>),
    /// Instants among words, such as an estimate of when what it waits for comes.
    Among(Vec<String>),
    /// Words: what it waits for, which cannot be changed here.
    Words,
}

/// Reads a cell.
///
/// # Errors
/// When it looks like a time and is none.
pub(super) fn read(cell: &str, calendar: &Calendar) -> Result<When, String> {
    let mut found: Vec<SimTime> = Vec::new();
    let parts = cell.split(". ").flat_map(|sentence| sentence.split(['(', ')', '\n', ';', ',']));
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    let mut has_words = false;
    for part in parts {
        match instant(part, calendar)? {
            Some(at) => found.push(at),
            None => has_words = true,
        }
    }
    found.dedup();
    let times = found.iter().map(|at| calendar.date_time(*at)).collect();
    Ok(match (found.is_empty(), has_words) {
        (true, _) => When::Words,
        (false, true) => When::Among(times),
        (false, false) => When::At(times),
    })
}

const FORMS: &str = "write T+3d 09:00, T+36h, or a date such as 2019-09-19 14:30";

fn instant(part: &str, calendar: &Calendar) -> Result<Option<SimTime>, String> {
    let wrong = || format!("`{part}` is no time; {FORMS}");
    if let Some(rest) = part.strip_prefix("T+").or_else(|| part.strip_prefix("t+")) {
        return after_startex(rest.trim()).map(Some).ok_or_else(wrong);
    }
    let digits = part.bytes().take_while(u8::is_ascii_digit).count();
    let is_date = digits == 4 && part[4..].starts_with('-');
    if !is_date {
        let is_before = part.starts_with("T-") || part.starts_with("t-");
        return if is_before { Err(wrong()) } else { Ok(None) };
    }
    let date = part.replacen('T', " ", 1);
    // Seconds are written by some programs, and are always nought.
    let date = date.strip_suffix(":00").filter(|d| d.matches(':').count() == 1).unwrap_or(&date);
    calendar.instant(date).map(Some).map_err(|_| wrong())
}

/// `3d 09:00`, as the program shows time: three days and nine hours after STARTEX; or `3d 4h`.
fn after_startex(rest: &str) -> Option<SimTime> {
    let Some((days, clock)) = rest.rsplit_once(' ').filter(|(_, clock)| clock.contains(':')) else {
        let length: SimDuration = rest.parse().ok()?;
        return Some(SimTime::STARTEX + length);
    };
    let (hours, minutes) = clock.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let days: i64 = days.trim().strip_suffix('d')?.trim().parse().ok()?;
    if !(0..24).contains(&hours) || !(0..60).contains(&minutes) || !(0..100_000).contains(&days) {
        return None;
    }
    Some(SimTime::STARTEX + SimDuration::from_minutes((days * 24 + hours) * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::{When, read};
    use hotwash_engine::Calendar;

    fn at(cell: &str) -> Result<When, String> {
        read(cell, &Calendar::new("2019-08-01 09:00").unwrap())
    }

    #[test]
    fn times_are_read_in_each_form() {
        let third = When::At(vec!["2019-08-04 09:00".to_owned()]);
        for cell in [
            "T+3d 00:00",
            "T+3d",
            "T+72h",
            "2019-08-04 09:00",
            "2019-08-04T09:00:00",
            "t+3d  00:00",
            "2019-08-04 09:00 (T+3d 00:00)",
        ] {
            assert_eq!(at(cell), Ok(third.clone()), "{cell}");
        }
        assert_eq!(at("2019-08-04"), Ok(When::At(vec!["2019-08-04 00:00".to_owned()])));
        assert_eq!(at("T+0d 23:59"), Ok(When::At(vec!["2019-08-02 08:59".to_owned()])));
    }

    #[test]
    fn what_disagrees_is_told_as_two() {
        let two = vec!["2019-08-05 09:00".to_owned(), "2019-08-04 09:00".to_owned()];
        assert_eq!(at("T+4d 00:00 (2019-08-04 09:00)"), Ok(When::At(two)));
    }

    #[test]
    fn a_time_among_words_is_told_apart() {
        let third = When::Among(vec!["2019-08-04 09:00".to_owned()]);
        for cell in
            ["T+3d 00:00 (estimated)", "2019-08-04 09:00. Called off if by then: it is told"]
        {
            assert_eq!(at(cell), Ok(third.clone()), "{cell}");
        }
    }

    #[test]
    fn words_are_words() {
        for cell in
            ["35d after customers.complaint-surge", "when the case opens", "10d, unless told"]
        {
            assert_eq!(at(cell), Ok(When::Words), "{cell}");
        }
    }

    #[test]
    fn what_looks_like_a_time_and_is_none_is_refused() {
        for cell in ["T+3", "T+3d 25:00", "2019-13-01", "T-3d", "T+", "T+3d 9", "2019-08-04 9 Uhr"]
        {
            assert!(at(cell).is_err(), "{cell}: {:?}", at(cell));
        }
    }
}

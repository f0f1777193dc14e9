//! What time it is for a script, and timers.

use hotwash_engine::{SimDuration, SimTime, Slug};

use super::{Answer, Host, Refusal, finite};
use crate::limits;
use crate::plugin::ScriptDue;

impl Host {
    /// Hours since STARTEX; negative in the lead-in.
    pub(crate) fn now(&self) -> Answer<f64> {
        self.with(|_, cx, _| Ok((cx.now() - SimTime::STARTEX).hours()))
    }

    /// `2019-09-19`.
    pub(crate) fn date(&self) -> Answer<String> {
        self.with(|_, cx, _| Ok(cx.calendar().date(cx.now())))
    }

    /// `Mon`.
    pub(crate) fn weekday(&self) -> Answer<&'static str> {
        self.with(|_, cx, _| Ok(cx.calendar().weekday(cx.now())))
    }

    /// Hours since midnight.
    pub(crate) fn hour(&self) -> Answer<f64> {
        self.with(|_, cx, _| {
            let calendar = cx.calendar();
            Ok((cx.now() - calendar.start_of_day(calendar.day_number(cx.now()))).hours())
        })
    }

    /// Whether people work on this day.
    pub(crate) fn is_workday(&self) -> Answer<bool> {
        self.with(|_, cx, _| Ok(cx.calendar().is_business_day(cx.calendar().day_number(cx.now()))))
    }

    /// Whether it is business hours.
    pub(crate) fn is_open(&self) -> Answer<bool> {
        self.with(|_, cx, _| Ok(cx.calendar().next_open(cx.now()) == cx.now()))
    }

    /// Hours until business hours; 0 within them.
    pub(crate) fn opens_in(&self) -> Answer<f64> {
        self.with(|_, cx, _| Ok((cx.calendar().next_open(cx.now()) - cx.now()).hours()))
    }

    /// Sets a timer.
    pub(crate) fn after(&self, hours: f64, what: &str) -> Answer<()> {
        let hours = finite(hours, "the time to wait")?;
        if hours < 0.0 {
            return Err(Refusal::new(format!(
                "a timer cannot be due in the past, at {hours} hours from now"
            )));
        }
        let what: Slug = what.parse().map_err(Refusal::new)?;
        self.with(|declared, cx, desk| {
            if desk.account.timers >= limits::TIMERS {
                let message = format!("over {} timers of the agent wait", limits::TIMERS);
                return Err(Refusal::new(message)
                    .hint("set one timer that sets the next, and keep what is to come in `this`"));
            }
            desk.account.timers += 1;
            cx.after(
                SimDuration::from_hours_f64(hours),
                ScriptDue { agent: declared.number, what },
            );
            Ok(())
        })
    }
}

/// A length of time such as `2d` or `1.5h`, in hours.
pub(crate) fn span(text: &str) -> Answer<f64> {
    let span: Result<SimDuration, String> = text.parse();
    span.map(SimDuration::hours).map_err(Refusal::new)
}

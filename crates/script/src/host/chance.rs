//! Chance and numbers for a script: its own addressed streams, one ticket a draw.

use hotwash_engine::Draw;

use super::{Answer, Host, Sort, Word, find, finite, within};
use crate::build::LeverIs;

impl Host {
    /// The next draw of a stream.
    fn draw<R>(&self, stream: &str, take: impl FnOnce(&mut Draw) -> R) -> Answer<R> {
        self.with(|declared, cx, _| {
            let known = declared.streams.iter().map(|(name, _)| name.as_str());
            let number = find(Sort::Stream, stream, known)?;
            let mut draw = cx.draw(declared.streams[number].1);
            Ok(take(&mut draw))
        })
    }

    /// The draw of a stream that has this number, whatever was drawn before.
    fn draw_at<R>(
        &self,
        stream: &str,
        occurrence: i64,
        take: impl FnOnce(&mut Draw) -> R,
    ) -> Answer<R> {
        let occurrence = within(occurrence as f64, "the number of a draw", 0.0, 1e9)? as u64;
        self.with(|declared, cx, _| {
            let known = declared.streams.iter().map(|(name, _)| name.as_str());
            let number = find(Sort::Stream, stream, known)?;
            let mut draw = cx.draw_at(declared.streams[number].1, occurrence);
            Ok(take(&mut draw))
        })
    }

    pub(crate) fn uniform(&self, stream: &str) -> Answer<f64> {
        self.draw(stream, Draw::uniform)
    }

    pub(crate) fn uniform_at(&self, stream: &str, occurrence: i64) -> Answer<f64> {
        self.draw_at(stream, occurrence, Draw::uniform)
    }

    pub(crate) fn chance(&self, stream: &str, p: f64) -> Answer<bool> {
        let p = within(p, "a chance", 0.0, 1.0)?;
        self.draw(stream, |draw| draw.chance(p))
    }

    pub(crate) fn chance_at(&self, stream: &str, occurrence: i64, p: f64) -> Answer<bool> {
        let p = within(p, "a chance", 0.0, 1.0)?;
        self.draw_at(stream, occurrence, |draw| draw.chance(p))
    }

    pub(crate) fn below(&self, stream: &str, n: i64) -> Answer<i64> {
        let n = within(n as f64, "the number of choices", 1.0, 1e12)? as u64;
        self.draw(stream, |draw| draw.below(n) as i64)
    }

    pub(crate) fn normal(&self, stream: &str, mean: f64, deviation: f64) -> Answer<f64> {
        let mean = within(mean, "the mean", -1e15, 1e15)?;
        let deviation = within(deviation, "the standard deviation", 0.0, 1e15)?;
        self.draw(stream, |draw| mean + deviation * draw.normal())
    }

    pub(crate) fn lognormal(&self, stream: &str, median: f64, sigma: f64) -> Answer<f64> {
        let median = within(median, "the median", 0.0, 1e15)?;
        let sigma = within(sigma, "sigma", 0.0, 10.0)?;
        self.draw(stream, |draw| draw.lognormal(median, sigma))
    }

    pub(crate) fn exponential(&self, stream: &str, mean: f64) -> Answer<f64> {
        let mean = within(mean, "the mean", 0.0, 1e15)?;
        self.draw(stream, |draw| draw.exponential(mean))
    }

    pub(crate) fn binomial(&self, stream: &str, n: i64, p: f64) -> Answer<i64> {
        let n = within(n as f64, "the number of trials", 0.0, 1e12)? as u64;
        let p = within(p, "a chance", 0.0, 1.0)?;
        self.draw(stream, |draw| draw.binomial(n, p) as i64)
    }

    pub(crate) fn poisson(&self, stream: &str, mean: f64) -> Answer<i64> {
        let mean = within(mean, "the mean", 0.0, 1e12)?;
        self.draw(stream, |draw| draw.poisson(mean) as i64)
    }

    /// A number of the model as this run has it.
    pub(crate) fn number(&self, name: &str) -> Answer<f64> {
        self.with(|declared, cx, _| {
            let known = declared.numbers.iter().map(|(name, _)| name.as_str());
            let number = find(Sort::Number, name, known)?;
            Ok(declared.numbers[number].1.value(cx))
        })
    }

    /// A number of the model as it is in one case, drawn from a stream.
    pub(crate) fn sample(&self, name: &str, stream: &str) -> Answer<f64> {
        self.with(|declared, cx, _| {
            let known = declared.numbers.iter().map(|(name, _)| name.as_str());
            let number = declared.numbers[find(Sort::Number, name, known)?].1;
            let known = declared.streams.iter().map(|(name, _)| name.as_str());
            let stream = declared.streams[find(Sort::Stream, stream, known)?].1;
            let mut draw = cx.draw(stream);
            Ok(number.sample(cx, &mut draw))
        })
    }

    /// A lever as it is set.
    pub(crate) fn lever(&self, name: &str) -> Answer<Word<'_>> {
        let known = self.declared.levers.iter().map(|(name, _)| name.as_str());
        let number = find(Sort::Lever, name, known)?;
        Ok(match &self.declared.levers[number].1 {
            LeverIs::Flag(flag) => Word::Flag(*flag),
            LeverIs::Count(n) => Word::Int(*n),
            LeverIs::Number(n) => Word::Num(*n),
            LeverIs::Word(word) => Word::Text(word),
        })
    }

    /// Sets a metric.
    pub(crate) fn set_metric(&self, name: &str, value: f64) -> Answer<()> {
        self.metric(name, |_| finite(value, "the metric's value"))
    }

    /// Adds to a metric.
    pub(crate) fn add_metric(&self, name: &str, amount: f64) -> Answer<()> {
        self.metric(name, |old| finite(old.unwrap_or(0.0) + amount, "the metric's value"))
    }

    fn metric(&self, name: &str, new: impl FnOnce(Option<f64>) -> Answer<f64>) -> Answer<()> {
        self.with(|declared, _, desk| {
            let known = declared.metrics.iter().map(|name| name.as_str());
            let slot = &mut desk.account.metrics[find(Sort::Metric, name, known)?];
            *slot = Some(new(*slot)?);
            Ok(())
        })
    }
}

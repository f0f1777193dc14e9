//! Digits of numbers for people.

/// A decimal number that is written out, its thousands apart: `-1234567.25` as `-1,234,567.25`.
pub fn group_digits(number: &str) -> String {
    let (whole, fraction) = number.split_at(number.find('.').unwrap_or(number.len()));
    let (sign, digits) = whole.split_at(usize::from(whole.starts_with('-')));
    let mut out = String::with_capacity(number.len() + digits.len() / 3);
    out.push_str(sign);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(fraction);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        for (number, text) in [
            ("", ""),
            ("7", "7"),
            ("999", "999"),
            ("-1000", "-1,000"),
            ("1234567.25", "1,234,567.25"),
            ("-0.12345", "-0.12345"),
        ] {
            assert_eq!(group_digits(number), text);
        }
    }
}

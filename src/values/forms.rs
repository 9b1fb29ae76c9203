//! Owns the forms of values: text, days, phones, addresses, codes, sums and counts; each refuses what is not it, and says what it expected.

use jiff::civil;

use super::{Leaf, thousands};

/// Text that prints as itself; line breaks are kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(pub String);

impl Leaf for Text {
    const EXPECTED: &'static str = "text in quotes";

    fn parse(text: &str) -> Result<Self, String> {
        match text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            Some(c) => Err(format!("the text holds the control character U+{:04X}, which cannot be printed", c as u32)),
            None => Ok(Text(text.replace("\r\n", "\n").replace(['\r', '\t'], " "))),
        }
    }
}

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub civil::Date);

impl Leaf for Date {
    const EXPECTED: &'static str = "a date such as 2026-11-21";
    const PATTERN: Option<&'static str> = Some("(199[6-9]|20[0-9]{2}|2100)-[0-9]{2}-[0-9]{2}");
    const FORMAT: Option<(&'static str, usize)> = Some(("date", 2));

    fn parse(text: &str) -> Result<Self, String> {
        let date: civil::Date =
            text.parse().map_err(|_| format!("`{text}` is not a date, expected {}", Self::EXPECTED))?;
        // A sheriff's agreement of the year 5025 is a slip of the finger, and ICE's own list has one.
        if !(1996..=2100).contains(&date.year()) {
            return Err(format!("the year {} cannot be right, expected one from 1996 to 2100", date.year()));
        }
        Ok(Date(date))
    }
}

/// When something was last known to be so: a day, or a month when only that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AsOf {
    /// The day, or the first of the month.
    pub date: civil::Date,
    /// Whether only the month is known.
    pub month_only: bool,
}

impl Leaf for AsOf {
    const EXPECTED: &'static str = "a date such as 2026-05-18, or a month such as \"2026-05\"";
    const PATTERN: Option<&'static str> = Some("(199[6-9]|20[0-9]{2}|2100)-(0[1-9]|1[0-2])(-[0-9]{2})?");
    // A month alone is seven characters long.
    const FORMAT: Option<(&'static str, usize)> = Some(("date", 8));

    fn parse(text: &str) -> Result<Self, String> {
        if text.split_once('-').is_some_and(|(_, month)| month.len() == 2)
            && let Ok(Date(date)) = Date::parse(&format!("{text}-01"))
        {
            return Ok(AsOf { date, month_only: true });
        }
        match Date::parse(text) {
            Ok(Date(date)) => Ok(AsOf { date, month_only: false }),
            Err(_) => Err(format!("`{text}` is not a date, expected {}", Self::EXPECTED)),
        }
    }
}

/// A telephone number in the United States, kept as printed: `218-555-0100`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone(pub String);

impl Leaf for Phone {
    const EXPECTED: &'static str = "a phone number such as 218-555-0100";
    const PATTERN: Option<&'static str> = Some("[ .()+-]*(1[ .()+-]*)?([0-9][ .()+-]*){10}([Ee][Xx][Tt].*)?");

    fn parse(text: &str) -> Result<Self, String> {
        let (number, extension) = match text.to_lowercase().find("ext") {
            Some(at) => (&text[..at], Some(text[at + 3..].trim_start_matches(['.', ' ']))),
            None => (text, None),
        };
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(&digits);
        let tidy = number.chars().all(|c| c.is_ascii_digit() || " -.()+".contains(c));
        if digits.len() != 10 || !tidy {
            return Err(format!("`{text}` is not a phone number, expected one such as 218-555-0100"));
        }
        let plain = format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..]);
        Ok(Phone(match extension.filter(|text| !text.is_empty()) {
            Some(extension) => format!("{plain} ext. {extension}"),
            None => plain,
        }))
    }
}

/// An e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(pub String);

impl Leaf for Email {
    const EXPECTED: &'static str = "an e-mail address such as office@example.org";
    const PATTERN: Option<&'static str> = Some(r"[^\s@]+@[^\s@.]+(\.+[^\s@.]+)+");

    fn parse(text: &str) -> Result<Self, String> {
        let good = text.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !text.contains(char::is_whitespace)
                && !host.contains('@')
        });
        match good {
            true => Ok(Email(text.to_string())),
            false => Err(format!("`{text}` is not an e-mail address, expected one such as office@example.org")),
        }
    }
}

/// A web address, with `https://` or `http://`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url(pub String);

impl Url {
    /// The address as printed: without the scheme and a closing slash.
    pub fn printed(&self) -> &str {
        let bare = self.0.split_once("://").map_or(self.0.as_str(), |(_, rest)| rest);
        bare.trim_start_matches("www.").trim_end_matches('/')
    }
}

impl Leaf for Url {
    const EXPECTED: &'static str = "a web address such as https://example.org/page";
    const PATTERN: Option<&'static str> = Some(r"https?://\S*\.\S*");

    fn parse(text: &str) -> Result<Self, String> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        match rest.is_some_and(|rest| rest.contains('.') && !rest.contains(char::is_whitespace)) {
            true => Ok(Url(text.to_string())),
            false => Err(format!("`{text}` is not a web address, expected one such as https://example.org/page")),
        }
    }
}

/// A ZIP code, as text, so that a leading zero stays: `56201` or `56201-1234`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zip(pub String);

impl Leaf for Zip {
    const EXPECTED: &'static str = "a ZIP code such as \"56201\"";
    const PATTERN: Option<&'static str> = Some("[0-9]{5}(-[0-9]{4})?");

    fn parse(text: &str) -> Result<Self, String> {
        let digits = |part: &str, len| part.len() == len && part.chars().all(|c| c.is_ascii_digit());
        let good = match text.split_once('-') {
            Some((zip, plus)) => digits(zip, 5) && digits(plus, 4),
            None => digits(text, 5),
        };
        match good {
            true => Ok(Zip(text.to_string())),
            false if digits(text, 4) => Err(format!(
                "`{text}` has four digits; a ZIP code has five, did a spreadsheet drop the leading zero of `0{text}`?"
            )),
            false => Err(format!("`{text}` is not a ZIP code, expected one such as \"56201\" or \"56201-1234\"")),
        }
    }
}

/// A county's five-digit FIPS code, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fips(pub String);

impl Leaf for Fips {
    const EXPECTED: &'static str = "a five-digit county code such as \"27067\"";
    const PATTERN: Option<&'static str> = Some("[0-9]{5}");

    fn parse(text: &str) -> Result<Self, String> {
        match text.len() == 5 && text.chars().all(|c| c.is_ascii_digit()) {
            true => Ok(Fips(text.to_string())),
            false => Err(format!("`{text}` is not a county code, expected five digits such as \"27067\"")),
        }
    }
}

/// A sum of money in US dollars, kept as printed: `$102` or `$1,250.50`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money(pub String);

impl Leaf for Money {
    const EXPECTED: &'static str = "a sum such as \"$1,250\"";
    const PATTERN: Option<&'static str> = Some(r"\$?[0-9][0-9,]*(\.[0-9]{2})?");
    const FROM_NUMBER: bool = true;

    fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a sum of money, expected one such as \"$1,250\" or 1250");
        let bare = text.trim_start_matches('$').replace(',', "");
        let (dollars, cents) = bare.split_once('.').unwrap_or((&bare, ""));
        let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
        if dollars.is_empty() || !digits(dollars) || !digits(cents) || !matches!(cents.len(), 0 | 2) {
            return Err(wrong());
        }
        let dollars: u64 = dollars.parse().map_err(|_| wrong())?;
        let cents = if cents.is_empty() { String::new() } else { format!(".{cents}") };
        Ok(Money(format!("${}{cents}", thousands(dollars))))
    }
}

/// A whole number, from nought up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count(pub u32);

impl Leaf for Count {
    const EXPECTED: &'static str = "a whole number";
    const PATTERN: Option<&'static str> = Some("[0-9][0-9,]*");
    const FROM_NUMBER: bool = true;

    fn parse(text: &str) -> Result<Self, String> {
        let bare = text.replace(',', "");
        bare.parse().map(Count).map_err(|_| format!("`{text}` is not a whole number, such as 180"))
    }
}

#[cfg(test)]
mod tests {
    use super::{AsOf, Date, Email, Leaf, Money, Phone, Url, Zip};
    use crate::values::read;

    #[test]
    fn phones_print_one_way() {
        for text in ["218-555-0100", "(218) 555-0100", "218.555.0100", "+1 218 555 0100"] {
            assert_eq!(Phone::parse(text).unwrap().0, "218-555-0100");
        }
        assert_eq!(Phone::parse("218-555-0100 ext. 12").unwrap().0, "218-555-0100 ext. 12");
        assert!(Phone::parse("555-0100").is_err());
        assert!(Phone::parse("call 218-555-0100").is_err());
    }

    #[test]
    fn a_lost_leading_zero_is_noticed() {
        assert!(Zip::parse("4401").unwrap_err().contains("leading zero"));
        assert_eq!(Zip::parse("04401-1234").unwrap().0, "04401-1234");
    }

    #[test]
    fn dates_are_days_that_exist() {
        assert!(Date::parse("2026-02-30").is_err());
        assert!(Date::parse("5025-02-03").unwrap_err().contains("5025"));
        assert!(AsOf::parse("2026-05").unwrap().month_only);
        assert!(!AsOf::parse("2026-05-18").unwrap().month_only);
    }

    #[test]
    fn money_and_addresses() {
        assert_eq!(Money::parse("1250").unwrap().0, "$1,250");
        assert_eq!(Money::parse("$1,250.50").unwrap().0, "$1,250.50");
        assert!(Money::parse("about 5").is_err());
        assert!(Email::parse("a@b").is_err());
        assert_eq!(Url::parse("https://www.ice.gov/287g/").unwrap().printed(), "ice.gov/287g");
        assert_eq!(read::<Date>("  ").unwrap(), None);
    }
}

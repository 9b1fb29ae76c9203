//! Owns the single values a person types: each knows its form, refuses what is not it, and says what it expected.

use std::fmt;
use std::ops::Range;

use jiff::civil;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

/// A value that can be read from one piece of text, in TOML or in a table's cell.
pub trait Leaf: Sized {
    /// What is expected, to follow "expected": `a date such as 2026-11-21`.
    const EXPECTED: &'static str;

    /// Reads the value; the error says what was wrong with the text.
    fn parse(text: &str) -> Result<Self, String>;

    /// Whether a bare TOML number may stand for it.
    const FROM_NUMBER: bool = false;

    /// The form of its text as a regular expression, for editors that check while one types.
    const PATTERN: Option<&'static str> = None;

    /// The name that JSON Schema has for that form, and the length from which on the text must have it.
    const FORMAT: Option<(&'static str, usize)> = None;

    /// The only words it may be, if it is a choice.
    fn choices() -> &'static [&'static str] {
        &[]
    }

    /// What each of these words means.
    fn meanings() -> &'static [&'static str] {
        &[]
    }
}

/// A value as written in a file: absent, left empty, or given, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<T> {
    value: Option<T>,
    span: Range<usize>,
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Field { value: None, span: 0..0 }
    }
}

impl<T> Field<T> {
    /// A value that stands in no file.
    pub fn of(value: T) -> Self {
        Field { value: Some(value), span: 0..0 }
    }

    /// The value, unless it is absent or empty.
    pub fn take(self) -> Option<T> {
        self.value
    }

    /// The value, unless it is absent or empty.
    pub fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// Its bytes in the file; empty if it is absent.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }
}

impl<'de, T: Leaf> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<Given<T>>::deserialize(deserializer)?;
        let span = spanned.span();
        Ok(Field { value: spanned.into_inner().0, span })
    }
}

/// The inside of a field: `None` when the text is empty.
struct Given<T>(Option<T>);

impl<'de, T: Leaf> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct GivenVisitor<T>(std::marker::PhantomData<T>);

        impl<'de, T: Leaf> Visitor<'de> for GivenVisitor<T> {
            type Value = Given<T>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str(T::EXPECTED)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Given<T>, E> {
                read(text).map(Given).map_err(E::custom)
            }

            fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Given<T>, E> {
                // `true` is how TOML says yes; a choice that knows yes and no takes it.
                if T::choices() == YesNo::WORDS {
                    return self.visit_str(if flag { "yes" } else { "no" });
                }
                Err(E::custom(format!("found `{flag}`, expected {}", T::EXPECTED)))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Given<T>, E> {
                if T::FROM_NUMBER {
                    return self.visit_str(&number.to_string());
                }
                Err(E::custom(format!("found the number {number}, expected {} in quotes", T::EXPECTED)))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Given<T>, A::Error> {
                // TOML hands its own dates over as a map with one private key.
                let date = toml::value::Datetime::deserialize(de::value::MapAccessDeserializer::new(map))
                    .map_err(|_| de::Error::custom(format!("expected {}", T::EXPECTED)))?;
                read(&date.to_string()).map(Given).map_err(de::Error::custom)
            }
        }

        deserializer.deserialize_any(GivenVisitor(std::marker::PhantomData))
    }
}

/// Reads a leaf from text: `None` for empty text, and an error that says found and expected.
pub fn read<T: Leaf>(text: &str) -> Result<Option<T>, String> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Ok(None);
    }
    if T::choices() == YesNo::WORDS && matches!(trimmed, "true" | "false") {
        return T::parse(if trimmed == "true" { "yes" } else { "no" }).map(Some);
    }
    if !T::choices().is_empty() && !T::choices().contains(&trimmed) {
        // The same wording that serde uses for enums, so that one place adds the suggestion.
        let list: Vec<String> = T::choices().iter().map(|choice| format!("`{choice}`")).collect();
        return Err(format!("unknown variant `{trimmed}`, expected one of {}", list.join(", ")));
    }
    T::parse(trimmed).map(Some)
}

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

/// A number with commas between its thousands, as printed.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Declares a closed set of words, each with its meaning, that a person may choose from.
#[macro_export]
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $(#[doc = $about:literal] $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = $about] $variant),+ }

        impl $name {
            /// Every choice, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The words that stand for the choices, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word that stands for this choice in files and conditions.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl $crate::values::Leaf for $name {
            const EXPECTED: &'static str = concat!("one of", $(" `", $word, "`"),+);

            fn parse(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok($name::$variant),)+
                    _ => Err(format!("unknown variant `{text}`")),
                }
            }

            fn choices() -> &'static [&'static str] { Self::WORDS }

            fn meanings() -> &'static [&'static str] { &[$($about),+] }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema { $crate::schema::choice::<$name>() }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                <$name as $crate::values::Leaf>::parse(&text)
                    .map_err(|_| serde::de::Error::unknown_variant(&text, Self::WORDS))
            }
        }
    };
}

choices! {
    /// Yes or no, where a person may also leave it open by leaving it out.
    YesNo { /** Yes. */ Yes = "yes", /** No. */ No = "no" }
}

#[cfg(test)]
mod tests {
    use super::{AsOf, Date, Email, Leaf, Money, Phone, Url, Zip, read};

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

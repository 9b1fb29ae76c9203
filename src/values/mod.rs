//! Owns how a single value that a person types is read, absent, empty or given, and the closed sets of words; other forms stand in `forms`.

use std::fmt;
use std::ops::Range;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

mod forms;

pub use forms::{AsOf, Count, Date, Email, Fips, Money, Phone, Text, Url, Zip};

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

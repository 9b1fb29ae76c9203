//! Owns JSON: a list of entries with named values, or a list of rows under a row of titles; numbers as they are written.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::build::Builder;

/// Reads the whole text.
pub(super) fn read(text: &str, builder: &mut Builder) -> Result<(), String> {
    let quoted = quote_numbers(text);
    let mut parser = serde_json::Deserializer::from_str(&quoted);
    let entries = Entries { builder };
    parser.deserialize_any(entries).and_then(|()| parser.end()).map_err(|error| {
        let message = error.to_string();
        match error.is_data() {
            // Ours, which name the entry; the place in the text would only be in the way.
            true => message.split(" at line ").next().unwrap_or_default().to_string(),
            false => format!("it is not well-formed JSON at line {}", error.line()),
        }
    })
}

/// Sets bare numbers in quotes. A parser would turn them into floats, and 56201-0000 lost so is lost for good.
fn quote_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let (mut quoted, mut escaped, mut number) = (false, false, false);
    for letter in text.chars() {
        if quoted {
            quoted = escaped || letter != '"';
            escaped = letter == '\\' && !escaped;
        } else {
            let digit = letter.is_ascii_digit() || letter == '-' || (number && matches!(letter, '.' | '+' | 'e' | 'E'));
            if digit != number {
                out.push('"');
                number = digit;
            }
            quoted = letter == '"';
        }
        out.push(letter);
    }
    if number {
        out.push('"');
    }
    out
}

/// The whole list.
struct Entries<'a> {
    builder: &'a mut Builder,
}

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list `[...]` with one entry for each row")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut number = 0;
        let mut cells = Vec::new();
        while list.next_element_seed(Entry { builder: self.builder, number, cells: &mut cells })?.is_some() {
            number += 1;
        }
        Ok(())
    }
}

/// One entry of the list.
struct Entry<'a> {
    builder: &'a mut Builder,
    number: u32,
    cells: &'a mut Vec<String>,
}

impl Entry<'_> {
    fn put<E: de::Error>(self) -> Result<(), E> {
        for (column, cell) in self.cells.iter().enumerate() {
            self.builder.cell(self.number, column as u32, cell).map_err(E::custom)?;
        }
        self.cells.iter_mut().for_each(String::clear);
        Ok(())
    }

    fn nested<E: de::Error>(&self, column: &str) -> E {
        let number = self.number + 1;
        E::custom(format!("entry {number}: `{column}` holds a list or a group of values, expected text"))
    }
}

impl<'de> DeserializeSeed<'de> for Entry<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Entry<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "entry {} to be a group `{{...}}` or a list `[...]` of values", self.number + 1)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let column = self.builder.title(key.trim());
            let Some(text) = map.next_value::<Value>()?.0 else { return Err(self.nested(&key)) };
            if self.cells.len() <= column {
                self.cells.resize(column + 1, String::new());
            }
            self.cells[column] = text;
        }
        self.put()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut column = 0;
        while let Some(Value(text)) = list.next_element::<Value>()? {
            let Some(text) = text else { return Err(self.nested(&format!("value {}", column + 1))) };
            if self.cells.len() <= column {
                self.cells.resize(column + 1, String::new());
            }
            self.cells[column] = text;
            column += 1;
        }
        self.put()
    }
}

/// A single value as text; `None` for what is more than one.
struct Value(Option<String>);

impl<'de> de::Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(parser: D) -> Result<Self, D::Error> {
        struct ValueVisitor;

        impl<'de> Visitor<'de> for ValueVisitor {
            type Value = Value;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("text, a number, true, false or null")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
                Ok(Value(Some(text.to_string())))
            }

            fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Value, E> {
                Ok(Value(Some(flag.to_string())))
            }

            fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
                Ok(Value(Some(String::new())))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
                while map.next_entry::<de::IgnoredAny, de::IgnoredAny>()?.is_some() {}
                Ok(Value(None))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
                while list.next_element::<de::IgnoredAny>()?.is_some() {}
                Ok(Value(None))
            }
        }

        parser.deserialize_any(ValueVisitor)
    }
}

//! Owns how a written place name is taken apart: one key for all spellings, and the word that tells what the place is.

use super::Kind;

/// The words that tell what a place is, longer ones first, and what each says; "city and county" says nothing.
const WORDS: &[(&[&str], Option<Kind>)] = &[
    (&["city", "and", "borough"], Some(Kind::CityAndBorough)),
    (&["city", "and", "county"], None),
    (&["census", "area"], Some(Kind::CensusArea)),
    (&["planning", "region"], Some(Kind::PlanningRegion)),
    (&["county"], Some(Kind::County)),
    (&["cnty"], Some(Kind::County)),
    (&["co"], Some(Kind::County)),
    (&["parish"], Some(Kind::Parish)),
    (&["borough"], Some(Kind::Borough)),
    (&["municipality"], Some(Kind::Municipality)),
    (&["municipio"], Some(Kind::Municipio)),
    (&["city"], Some(Kind::City)),
    (&["region"], Some(Kind::PlanningRegion)),
    (&["island"], Some(Kind::Island)),
    (&["district"], Some(Kind::District)),
];

/// Letters with accents and what stands for them in a key.
const ACCENTS: &[(&str, &str)] = &[
    ("àáâãäåā", "a"),
    ("çćč", "c"),
    ("èéêëē", "e"),
    ("ìíîïī", "i"),
    ("ñń", "n"),
    ("òóôõöøō", "o"),
    ("ùúûüū", "u"),
    ("ýÿ", "y"),
    ("š", "s"),
    ("ž", "z"),
];

/// A name taken apart.
pub struct Asked {
    /// The key of all of it.
    pub whole: String,
    /// The key without the word that tells what it is, and what that word says, if there is such a word.
    pub stripped: Option<(String, Option<Kind>)>,
}

/// The words of a name in small letters without accents, apostrophes gone, short forms in one spelling.
fn words(name: &str) -> Vec<String> {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            // Apostrophes of every sort join what they part, and an accent may stand as a character of its own.
            '\'' | '`' | '´' | '‘' | '’' | 'ʻ' | 'ʼ' | '\u{300}'..='\u{36f}' => {}
            '&' => plain.push_str(" and "),
            c if c.is_ascii_alphanumeric() => plain.push(c),
            c => match ACCENTS.iter().find(|(letters, _)| letters.contains(c)) {
                Some((_, letter)) => plain.push_str(letter),
                None if c.is_alphanumeric() => plain.push(c),
                None => plain.push(' '),
            },
        }
    }
    plain.split_whitespace().map(|word| short_form(word).to_string()).collect()
}

fn short_form(word: &str) -> &str {
    match word {
        // "Ste." is taken for "St." too, since no state has both forms of one name.
        "saint" | "sainte" | "ste" => "st",
        "fort" => "ft",
        _ => word,
    }
}

/// A name's key: its words without the spaces between, since people put them anywhere (De Kalb, LaSalle).
pub fn key(name: &str) -> String {
    words(name).concat()
}

/// Takes a name apart.
pub fn take_apart(name: &str) -> Asked {
    let words = words(name);
    Asked { whole: words.concat(), stripped: strip(&words) }
}

/// Takes off "City of" before, or "County", "City" or "City of" behind, if something is left.
fn strip(words: &[String]) -> Option<(String, Option<Kind>)> {
    let is_of = |word: &String| matches!(word.as_str(), "of" | "de");
    let before = WORDS.iter().find_map(|(word, kind)| match strip_start(words, word)? {
        [of, rest @ ..] if is_of(of) && !rest.is_empty() => Some((rest.concat(), *kind)),
        _ => None,
    });
    let behind = || {
        let end = match words {
            [rest @ .., of] if is_of(of) => rest,
            _ => words,
        };
        WORDS.iter().find_map(|(word, kind)| match strip_end(end, word)? {
            [] => None,
            rest => Some((rest.concat(), *kind)),
        })
    };
    before.or_else(behind)
}

fn strip_start<'a>(words: &'a [String], word: &[&str]) -> Option<&'a [String]> {
    let (start, rest) = words.split_at_checked(word.len())?;
    (start == word).then_some(rest)
}

fn strip_end<'a>(words: &'a [String], word: &[&str]) -> Option<&'a [String]> {
    let (rest, end) = words.split_at_checked(words.len().checked_sub(word.len())?)?;
    (end == word).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::{key, take_apart};
    use crate::counties::Kind;

    #[test]
    fn one_key_for_all_spellings() {
        let same = [
            ["O'Brien", "O’BRIEN", "O Brien"],
            ["Doña Ana", "dona ana", "Don\u{303}a-Ana"],
            ["Saint Louis", "St.Louis", "ST LOUIS"],
            ["Sainte Genevieve", "Ste. Genevieve", "St. Genevieve"],
            ["Lewis & Clark", "Lewis and Clark", "lewis&clark"],
            ["LaSalle", "La Salle", "la-salle"],
        ];
        for spellings in same {
            assert!(spellings.iter().all(|spelling| key(spelling) == key(spellings[0])), "{spellings:?}");
        }
    }

    #[test]
    fn the_word_is_taken_off_on_either_side() {
        let cases = [
            ("Cook County", "cook", Some(Kind::County)),
            ("County of Cook", "cook", Some(Kind::County)),
            ("Richmond, City of", "richmond", Some(Kind::City)),
            ("City and Borough of Juneau", "juneau", Some(Kind::CityAndBorough)),
            ("Denver City and County", "denver", None),
            ("Municipio de Ponce", "ponce", Some(Kind::Municipio)),
        ];
        for (name, rest, kind) in cases {
            assert_eq!(take_apart(name).stripped, Some((rest.to_string(), kind)), "{name}");
        }
        for name in ["Cook", "County", "City of", "of", ""] {
            assert_eq!(take_apart(name).stripped, None, "{name}");
        }
    }
}

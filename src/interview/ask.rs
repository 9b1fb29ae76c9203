//! Owns what a question is, whoever asks it, and the asker that asks nobody and takes the usual answers.

use crate::diagnostic::Diagnostic;

/// Why a question was not answered.
#[derive(Debug)]
pub enum Turn {
    /// The person wants the question before.
    Back,
    /// The person wants to stop.
    Quit,
    /// The question cannot be asked, and has no usual answer.
    Stuck(Box<Diagnostic>),
}

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it is called.
    pub label: String,
    /// Whether it is offered whatever was typed to narrow the list.
    pub always: bool,
}

impl Offer {
    /// An offer that typing narrows.
    pub fn new(label: impl Into<String>) -> Offer {
        Offer { label: label.into(), always: false }
    }

    /// An offer that is always there.
    pub fn always(label: impl Into<String>) -> Offer {
        Offer { label: label.into(), always: true }
    }
}

/// A question with a list of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choose {
    /// The options of the command line that answer it too.
    pub flag: &'static str,
    /// What is asked.
    pub question: String,
    /// One line of help.
    pub help: String,
    /// The answers.
    pub offers: Vec<Offer>,
    /// The one that is taken if nobody says otherwise.
    pub usual: Option<usize>,
    /// Why it has to be asked at all, where an answer was given that will not do.
    pub because: Option<String>,
}

/// A question that is answered by typing.
pub struct Typed<'a> {
    /// The option of the command line that answers it too.
    pub flag: &'static str,
    /// What is asked.
    pub question: String,
    /// One line of help.
    pub help: String,
    /// What stands there already; Enter takes it.
    pub usual: String,
    /// Says what is wrong with an answer.
    pub check: &'a dyn Fn(&str) -> Result<(), String>,
}

/// Whoever asks the questions.
pub trait Asker {
    /// Asks for one of several.
    fn choose(&mut self, question: &Choose) -> Result<usize, Turn>;
    /// Asks for any of several; `chosen` are ticked already. At least one comes back.
    fn choose_some(&mut self, question: &Choose, chosen: &[usize]) -> Result<Vec<usize>, Turn>;
    /// Asks for a text that passes the question's check.
    fn typed(&mut self, question: &Typed) -> Result<String, Turn>;
    /// Says something that is no question.
    fn tell(&mut self, text: &str);
    /// Whether a person answers.
    fn asks_a_person(&self) -> bool {
        true
    }
}

/// Asks nobody: takes the usual answer, and is stuck where there is none.
#[derive(Debug, Default)]
pub struct Silent {
    /// Whether what is told goes to standard error.
    pub aloud: bool,
}

impl Asker for Silent {
    fn choose(&mut self, question: &Choose) -> Result<usize, Turn> {
        question.usual.ok_or_else(|| {
            let problem = stuck(question.because.as_deref(), question.flag, &question.question);
            let names: Vec<&str> = question.offers.iter().map(|offer| offer.label.as_str()).collect();
            // A state's counties are too many to be of help.
            match names.len() <= SHOWN {
                true => problem.hint(format!("one of: {}", names.join("; "))).into_turn(),
                false => problem.into_turn(),
            }
        })
    }

    fn choose_some(&mut self, question: &Choose, chosen: &[usize]) -> Result<Vec<usize>, Turn> {
        match chosen {
            [] => Err(stuck(question.because.as_deref(), question.flag, &question.question).into_turn()),
            chosen => Ok(chosen.to_vec()),
        }
    }

    fn typed(&mut self, question: &Typed) -> Result<String, Turn> {
        match (question.check)(&question.usual) {
            Ok(()) => Ok(question.usual.clone()),
            Err(why) => Err(stuck(Some(&why), question.flag, &question.question).into_turn()),
        }
    }

    fn tell(&mut self, text: &str) {
        if self.aloud {
            eprintln!("{text}");
        }
    }

    fn asks_a_person(&self) -> bool {
        false
    }
}

/// The most answers that a problem names.
const SHOWN: usize = 8;

fn stuck(because: Option<&str>, flag: &str, question: &str) -> Diagnostic {
    match because {
        Some(because) => Diagnostic::error(because).hint(format!("answer with {flag}")),
        None => Diagnostic::error(format!("{flag} is missing: {}", lower(question))),
    }
}

/// A question inside a sentence.
fn lower(question: &str) -> String {
    let mut letters = question.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

impl Diagnostic {
    fn into_turn(self) -> Turn {
        Turn::Stuck(Box::new(self))
    }
}

/// How well what was typed fits an offer: more is better, `None` not at all. Case, accents, points and small slips are forgiven.
pub fn score(typed: &str, label: &str) -> Option<i64> {
    let (typed, label) = (plain(typed), plain(label));
    if typed.is_empty() {
        return Some(0);
    }
    let joined = |text: &str| text.replace(' ', "");
    if label.starts_with(&typed) {
        return Some(400);
    }
    if label.split(' ').any(|word| word.starts_with(&typed)) || label.contains(&format!(" {typed}")) {
        return Some(300);
    }
    if joined(&label).contains(&joined(&typed)) {
        return Some(200);
    }
    // A slip of the finger: the beginning of the offer, as long as what was typed, give or take a letter.
    let length = typed.chars().count();
    let allowed = length / 4;
    (length.saturating_sub(1)..=length + 1)
        .map(|end| strsim::osa_distance(&typed, &label.chars().take(end).collect::<String>()))
        .min()
        .filter(|slips| *slips <= allowed)
        .map(|slips| 100 - i64::try_from(slips).unwrap_or(i64::MAX))
}

/// Small letters without accents or points, "saint" as "st".
fn plain(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            '\u{f1}' => out.push('n'),
            '\u{e1}' => out.push('a'),
            '\u{e9}' => out.push('e'),
            '\u{ed}' => out.push('i'),
            '\u{f3}' => out.push('o'),
            '\u{fa}' => out.push('u'),
            '\'' | '\u{2019}' | '.' => {}
            letter if letter.is_alphanumeric() => out.push(letter),
            _ => out.push(' '),
        }
    }
    let words: Vec<&str> = out.split_whitespace().map(|word| if word == "saint" { "st" } else { word }).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::score;

    #[test]
    fn what_was_typed_finds_its_offer() {
        for (typed, label) in [
            ("crow", "Crow Wing County"),
            ("wing", "Crow Wing County"),
            ("Saint Louis", "St. Louis County"),
            ("kandyohi", "Kandiyohi County"),
            ("dona ana", "Do\u{f1}a Ana County"),
            ("obrien", "O'Brien County"),
            ("la salle", "LaSalle Parish"),
        ] {
            assert!(score(typed, label).is_some(), "{typed} {label}");
        }
        assert!(score("crow", "Crow Wing County") > score("wing", "Crow Wing County"));
        for (typed, label) in [("cook", "Crow Wing County"), ("polk", "Pope County"), ("zzz", "Aitkin County")] {
            assert!(score(typed, label).is_none(), "{typed} {label}");
        }
    }
}

//! Owns asking line by line, for terminals that can only print one line after another.

use std::io::{BufRead, Write};

use super::ask::{Asker, Choose, Turn, Typed, score};

/// Offers that are listed without being asked for; more are narrowed by typing first.
const LISTED: usize = 12;

/// Asks line by line.
pub struct Lines<R, W> {
    input: R,
    output: W,
    /// Whether a person was told how to go back and stop.
    begun: bool,
}

impl<R: BufRead, W: Write> Lines<R, W> {
    /// Reads answers from `input` and writes questions to `output`.
    pub fn new(input: R, output: W) -> Lines<R, W> {
        Lines { input, output, begun: false }
    }

    fn say(&mut self, text: &str) {
        // Nobody can be told that the output is gone.
        let _ = writeln!(self.output, "{text}").and_then(|()| self.output.flush());
    }

    fn line(&mut self) -> Result<String, Turn> {
        let _ = write!(self.output, "> ").and_then(|()| self.output.flush());
        let mut line = String::new();
        match self.input.read_line(&mut line) {
            Ok(0) | Err(_) => Err(Turn::Quit),
            Ok(_) => match line.trim() {
                "back" => Err(Turn::Back),
                "quit" => Err(Turn::Quit),
                line => Ok(line.to_string()),
            },
        }
    }

    fn list(&mut self, question: &Choose, shown: &[usize]) {
        for at in shown {
            self.say(&format!("  {}  {}", at + 1, question.offers[*at].label));
        }
    }

    fn head(&mut self, question: &str, help: &str) {
        self.say(&format!("\n{question}"));
        self.say(&format!("({help})"));
        if !std::mem::replace(&mut self.begun, true) {
            self.say("Type `back` for the question before, `quit` to stop.");
        }
    }

    /// The offers that fit what was typed, the best first, and whether the first is meant without doubt.
    fn matching(question: &Choose, typed: &str) -> (Vec<usize>, bool) {
        let fits = |(at, offer): (usize, &super::ask::Offer)| score(typed, &offer.label).map(|score| (score, at));
        let mut found: Vec<(i64, usize)> = question.offers.iter().enumerate().filter_map(fits).collect();
        found.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        let best = found.first().map_or(0, |(score, _)| *score);
        let sure = best >= SURE && found.iter().filter(|(score, _)| *score == best).count() == 1;
        (found.into_iter().map(|(_, at)| at).collect(), sure)
    }
}

/// From this score on what was typed stands in the offer itself.
const SURE: i64 = 200;

impl<R: BufRead, W: Write> Asker for Lines<R, W> {
    fn choose(&mut self, question: &Choose) -> Result<usize, Turn> {
        if let Some(because) = &question.because {
            self.say(&super::start::sentence(because));
        }
        self.head(&question.question, &question.help);
        let mut shown: Vec<usize> = (0..question.offers.len()).collect();
        if shown.len() > LISTED {
            // What typing does not find is shown at once.
            shown.retain(|at| question.offers[*at].always);
        }
        self.list(question, &shown);
        if let Some(usual) = question.usual {
            self.say(&format!("Enter takes: {}", question.offers[usual].label));
        }
        loop {
            let line = self.line()?;
            match (line.as_str(), question.usual) {
                ("", Some(usual)) => return Ok(usual),
                ("", None) => self.say("Type a number, or the first letters."),
                (line, _) => {
                    let number = line.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                    // A number counts only for what was listed with it.
                    if let Some(at) = number.filter(|at| shown.contains(at)) {
                        return Ok(at);
                    }
                    let (found, sure) = Self::matching(question, line);
                    match found.as_slice() {
                        [] => self.say("Nothing of that name. Type other letters."),
                        [first, ..] if sure => {
                            self.say(&format!("  {}", question.offers[*first].label));
                            return Ok(*first);
                        }
                        found => {
                            shown = found.iter().copied().take(LISTED).collect();
                            self.list(question, &shown);
                            self.say("Type the number.");
                        }
                    }
                }
            }
        }
    }

    fn choose_some(&mut self, question: &Choose, chosen: &[usize]) -> Result<Vec<usize>, Turn> {
        self.head(&question.question, &question.help);
        let all: Vec<usize> = (0..question.offers.len()).collect();
        self.list(question, &all);
        if !chosen.is_empty() {
            let numbers: Vec<String> = chosen.iter().map(|at| (at + 1).to_string()).collect();
            self.say(&format!("Enter takes: {}", numbers.join(" ")));
        }
        loop {
            let line = self.line()?;
            if line.is_empty() && !chosen.is_empty() {
                return Ok(chosen.to_vec());
            }
            let words =
                line.split(|letter: char| letter == ',' || letter.is_whitespace()).filter(|word| !word.is_empty());
            let numbers: Option<Vec<usize>> = words
                .map(|word| word.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < question.offers.len()))
                .collect();
            match numbers {
                Some(numbers) if !numbers.is_empty() => return Ok(numbers),
                _ => self.say("Type the numbers, such as: 1 3"),
            }
        }
    }

    fn typed(&mut self, question: &Typed) -> Result<String, Turn> {
        self.head(&question.question, &question.help);
        if !question.usual.is_empty() {
            self.say(&format!("Enter takes: {} (a single - leaves it empty)", question.usual));
        }
        loop {
            let line = self.line()?;
            let text = match line.as_str() {
                "" => question.usual.clone(),
                "-" => String::new(),
                line => line.to_string(),
            };
            match (question.check)(&text) {
                Ok(()) => return Ok(text),
                Err(why) => self.say(&super::start::sentence(&why)),
            }
        }
    }

    fn tell(&mut self, text: &str) {
        self.say(text);
    }
}

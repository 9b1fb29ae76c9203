//! Owns what the tests of the conversation share: a person who has decided beforehand, and a world to speak of.

use std::collections::VecDeque;
use std::path::PathBuf;

use crate::diagnostic::Diagnostics;
use crate::facts::Register;
use crate::interview::answers::Given;
use crate::interview::ask::{Asker, Choose, Turn, Typed};
use crate::interview::listed::Lists;
use crate::interview::{Interview, Outcome};
use crate::kit::Kit;

/// A person who has decided beforehand: an answer to each question, by a word of the question.
#[derive(Default)]
pub struct Script {
    pub answers: VecDeque<(&'static str, Move)>,
    /// Every question, with what stood there already.
    pub asked: Vec<(String, String)>,
    pub told: Vec<String>,
    pub refused: Vec<String>,
}

#[derive(Debug, Clone)]
pub enum Move {
    /// Types this, or chooses the offer that begins with it.
    Say(&'static str),
    Enter,
    Back,
    Quit,
}
use Move::{Back, Enter, Quit, Say};

impl Script {
    pub fn of(answers: &[(&'static str, Move)]) -> Script {
        Script { answers: answers.iter().cloned().collect(), ..Script::default() }
    }

    fn next(&mut self, question: &str, usual: &str) -> Result<Option<&'static str>, Turn> {
        self.asked.push((question.to_string(), usual.to_string()));
        let (word, answer) = self.answers.pop_front().unwrap_or_else(|| panic!("nobody thought of: {question}"));
        assert!(question.contains(word), "asked `{question}`, expected one with `{word}`");
        match answer {
            Say(text) => Ok(Some(text)),
            Enter => Ok(None),
            Back => Err(Turn::Back),
            Quit => Err(Turn::Quit),
        }
    }

    pub fn usual(&self, question: &str) -> &str {
        self.asked.iter().rev().find(|(asked, _)| asked.contains(question)).map_or("", |(_, usual)| usual)
    }
}

impl Asker for Script {
    fn choose(&mut self, question: &Choose) -> Result<usize, Turn> {
        self.told.extend(question.because.clone());
        let label = |at: usize| question.offers[at].label.clone();
        let usual = question.usual.map(label).unwrap_or_default();
        match self.next(&question.question, &usual)? {
            None => Ok(question.usual.expect("Enter needs a usual answer")),
            Some(start) => Ok(question
                .offers
                .iter()
                .position(|offer| offer.label.starts_with(start))
                .unwrap_or_else(|| panic!("no `{start}` among {:?}", question.offers))),
        }
    }

    fn choose_some(&mut self, question: &Choose, chosen: &[usize]) -> Result<Vec<usize>, Turn> {
        match self.next(&question.question, "")? {
            None => Ok(chosen.to_vec()),
            Some(words) => Ok((0..question.offers.len())
                .filter(|at| words.split(' ').any(|word| question.offers[*at].label.starts_with(word)))
                .collect()),
        }
    }

    fn typed(&mut self, question: &Typed) -> Result<String, Turn> {
        loop {
            let said = self.next(&question.question, &question.usual)?;
            let text = said.map_or_else(|| question.usual.clone(), str::to_string);
            match (question.check)(&text) {
                Ok(()) => return Ok(text),
                Err(why) => self.refused.push(why),
            }
        }
    }

    fn tell(&mut self, text: &str) {
        self.told.push(text.to_string());
    }
}

pub struct World {
    register: Register,
    lists: Lists,
}

impl World {
    pub fn new() -> World {
        let mut problems = Diagnostics::default();
        let register = Kit::built_in_register(&mut problems);
        World { register, lists: Lists::default() }
    }

    /// A world with a small list of participating agencies, and one of pending ones.
    pub fn with_lists() -> World {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, rows: &str| -> PathBuf {
            let path = folder.path().join(name);
            let head = "STATE,LAW ENFORCEMENT AGENCY,TYPE,COUNTY,SUPPORT TYPE,SIGNED,MOA\n";
            std::fs::write(&path, format!("{head}{rows}")).expect("a file");
            path
        };
        let participating = file(
            "participatingAgencies05182026am.csv",
            "MINNESOTA,Cass County Sheriff\u{2019}s Office,County,Cass County,Task Force Model,4/1/2025,\n\
             MINNESOTA,Cass County Sheriff\u{2019}s Office,County,Cass County,Warrant Service Officer,4/2/2025,\n\
             MINNESOTA,Isle Police Department,Municipality,Mille Lacs County,Task Force Model,5/1/2025,\n\
             MINNESOTA,Polk Co. Sheriff\u{2019}s Office,County,,Jail Enforcement Model,5/2/2025,\n",
        );
        let pending = file(
            "pendingAgencies05182026am.csv",
            "MINNESOTA,Cass County Sheriff\u{2019}s Office,County,Cass County,Jail Enforcement Model,,\n",
        );
        World { lists: Lists::read(&[participating, pending], None).expect("lists"), ..World::new() }
    }

    pub fn run(&self, given: Given, asker: &mut dyn Asker) -> Outcome {
        self.run_where(given, &|_| false, asker)
    }

    pub fn run_where(&self, given: Given, taken: &dyn Fn(&str) -> bool, asker: &mut dyn Asker) -> Outcome {
        let today = "2026-11-21".parse().expect("a date");
        Interview::new(&self.register, &self.lists, today, given, "campaigns".to_string(), taken).run(asker)
    }
}

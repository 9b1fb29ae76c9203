//! Owns `officials-columns.toml`: which column and which office a person said is meant by the words of their own lists.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use toml_edit::{DocumentMut, Item, Table, value};

use crate::campaign::choices::Role;
use crate::campaign::load::read_text;
use crate::campaign::officials::COLUMNS;
use crate::decode::decode;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::table::loosely;
use crate::values::Leaf;

/// The file, beside `campaign.toml`.
pub const FILE: &str = "officials-columns.toml";

/// First names, which many lists keep apart; they come before the family name in `name`.
pub const FIRST: &str = "first";

/// What the file begins with.
const HEAD: &str = "\
# How your own lists of officials are read by `handbill import officials`. Change it as you like.
# [columns]: the title in your list = the column of officials.csv it means; \"\" leaves it out.
# [roles]: what your list calls an office = the role it means.
";

/// What a person said of titles and offices.
#[derive(Debug, Default)]
pub struct Mapping {
    path: PathBuf,
    text: Option<String>,
    columns: Vec<(String, String)>,
    roles: Vec<(String, Role)>,
    learnt: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Raw {
    columns: BTreeMap<String, Spanned<String>>,
    roles: BTreeMap<String, Spanned<String>>,
}

impl Mapping {
    /// Reads the file of a campaign; an empty mapping if it has none.
    pub fn load(folder: &Path, problems: &mut Diagnostics) -> Mapping {
        let mut mapping = Mapping { path: folder.join(FILE), ..Mapping::default() };
        let Some(file) = read_text(&mapping.path, false, problems) else { return mapping };
        mapping.text = Some(file.text.clone());
        let Some(raw) = decode::<Raw>(&file, problems) else { return mapping };
        for (title, target) in raw.columns {
            match target_column(target.get_ref()) {
                Ok(column) => mapping.columns.push((title, column.to_string())),
                Err(problem) => problems.push(problem.at(&file, target.span())),
            }
        }
        for (word, role) in raw.roles {
            match role_of(role.get_ref()) {
                Ok(found) => mapping.roles.push((word, found)),
                Err(problem) => problems.push(problem.at(&file, role.span())),
            }
        }
        mapping
    }

    /// The column a title means; empty if it is left out.
    pub fn column(&self, title: &str) -> Option<&str> {
        let same = |known: &&(String, String)| loosely(&known.0) == loosely(title);
        self.columns.iter().rev().find(same).map(|(_, column)| column.as_str())
    }

    /// The role a word means.
    pub fn role(&self, word: &str) -> Option<Role> {
        let same = |known: &&(String, Role)| loosely(&known.0) == loosely(word);
        self.roles.iter().rev().find(same).map(|(_, role)| *role)
    }

    /// Remembers what a title means.
    pub fn learn_column(&mut self, title: &str, column: &str) {
        if self.column(title) != Some(column) {
            self.columns.push((title.to_string(), column.to_string()));
            self.learnt = true;
        }
    }

    /// Remembers what an office is called.
    pub fn learn_role(&mut self, word: &str, role: Role) {
        if self.role(word) != Some(role) {
            self.roles.push((word.to_string(), role));
            self.learnt = true;
        }
    }

    /// Where it stands.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it says anything.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty() && self.roles.is_empty()
    }

    /// The file's new text, with every comment a person wrote; none if nothing was learnt.
    pub fn new_text(&self) -> Option<String> {
        if !self.learnt {
            return None;
        }
        let mut document: DocumentMut = self.text.as_deref().unwrap_or_default().parse().ok()?;
        let roles = self.roles.iter().map(|(word, role)| (word.as_str(), role.word()));
        let columns = self.columns.iter().map(|(title, column)| (title.as_str(), column.as_str()));
        put(&mut document, "columns", columns);
        put(&mut document, "roles", roles);
        // In an empty document the comments would come after the tables.
        let head = if self.text.is_none() { HEAD } else { "" };
        Some(format!("{head}{document}"))
    }
}

fn put<'a>(document: &mut DocumentMut, name: &str, entries: impl Iterator<Item = (&'a str, &'a str)>) {
    let mut entries = entries.peekable();
    if entries.peek().is_none() {
        return;
    }
    let item = document.entry(name).or_insert(Item::Table(Table::new()));
    let Some(table) = item.as_table_like_mut() else { return };
    for (key, word) in entries {
        let known: Option<String> =
            table.iter().map(|(known, _)| known.to_string()).find(|known| loosely(known) == loosely(key));
        match known.as_deref().and_then(|known| table.get_mut(known)) {
            // What is said already keeps its place and the comment behind it.
            Some(item) if item.as_str() == Some(word) => {}
            Some(item) => *item = value(word),
            None => {
                table.insert(key, value(word));
            }
        }
    }
}

/// A column by its name, or why there is none; empty leaves a title out.
pub fn target_column(word: &str) -> Result<&'static str, Box<Diagnostic>> {
    if word.trim().is_empty() {
        return Ok("");
    }
    let known = || COLUMNS.iter().map(|column| column.name).chain([FIRST]);
    known().find(|name| loosely(name) == loosely(word)).ok_or_else(|| {
        let problem = Diagnostic::error(format!("officials.csv has no column `{word}`")).suggest(word, known());
        Box::new(problem.hint(format!("columns: {}", known().collect::<Vec<_>>().join(", "))))
    })
}

/// A role by its word, or why there is none.
pub fn role_of(word: &str) -> Result<Role, Box<Diagnostic>> {
    let known = Role::WORDS.iter().find(|known| loosely(known) == loosely(word));
    known.and_then(|known| Role::parse(known).ok()).ok_or_else(|| {
        let problem = Diagnostic::error(format!("`{word}` is no role")).suggest(word, Role::WORDS.iter().copied());
        Box::new(problem.hint(format!("roles: {}", Role::WORDS.join(", "))))
    })
}

#[cfg(test)]
mod tests {
    use super::{FILE, Mapping};
    use crate::campaign::choices::Role;
    use crate::diagnostic::Diagnostics;

    #[test]
    fn what_was_said_is_remembered_beside_what_a_person_wrote() {
        let folder = tempfile::tempdir().unwrap();
        let mut problems = Diagnostics::default();
        let mut mapping = Mapping::load(folder.path(), &mut problems);
        mapping.learn_column("Office held", "role");
        mapping.learn_role("Supervisor", Role::CountyBody);
        let text = mapping.new_text().unwrap().replace("= \"role\"", "= \"role\" # as on the city's page");
        std::fs::write(folder.path().join(FILE), text).unwrap();

        let mut mapping = Mapping::load(folder.path(), &mut problems);
        assert_eq!((mapping.column("OFFICE-HELD"), mapping.role("supervisor")), (Some("role"), Some(Role::CountyBody)));
        assert!(mapping.new_text().is_none());
        mapping.learn_column("Remarks", "");
        let text = mapping.new_text().unwrap();
        assert!(text.starts_with('#') && text.contains("# as on the city's page\nRemarks = \"\""), "{text}");
        std::fs::write(folder.path().join(FILE), "[columns]\nA = \"rolle\"\n[roles]\nB = \"chief\"\n").unwrap();
        Mapping::load(folder.path(), &mut problems);
        assert_eq!(problems.iter().count(), 2);
    }
}

//! Owns bringing a list's people into a campaign: added, confirmed, or told as a difference; nothing a person wrote is lost.

use super::sheet::Sheet;
use super::{Entry, Found, district_key, same_person};
use crate::campaign::choices::Role;
use crate::values::{AsOf, Leaf};

/// Somebody the campaign has already.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The office.
    pub role: Role,
    /// The district, as written.
    pub district: String,
    /// The name; empty if a line is left to write it on.
    pub name: String,
    /// The row of `officials.csv`, from 0; none for one of `campaign.toml`.
    pub row: Option<usize>,
}

/// What became of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A new row.
    Added,
    /// A row of this importer, with its new dates and what else was filled in.
    Confirmed,
    /// Taken in place of what stood there.
    Replaced,
    /// There already, by a person's own hand.
    Kept,
    /// Left as it is, for a person to settle.
    Differs,
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What became of the person.
    pub outcome: Outcome,
    /// Who, and what more there is to say.
    pub text: String,
}

const ADDRESS: &[&str] = &["street", "unit", "city", "state", "zip"];
const SINGLE: &[&str] = &["title", "district", "last", "phone", "email", "lead", "honorific"];

/// Brings the people into the table; `replace` takes the list's word where the two differ.
pub fn merge(sheet: &mut Sheet, campaign: &[Holder], found: &Found, replace: bool) -> Vec<Told> {
    let mut holders = campaign.to_vec();
    for row in 0..sheet.len() {
        if let Ok(role) = Role::parse(sheet.get(row, "role")) {
            let (district, name) = (sheet.get(row, "district").to_string(), sheet.get(row, "name").to_string());
            holders.push(Holder { role, district, name, row: Some(row) });
        }
    }
    let keys = holders.iter().map(|holder| district_key(&holder.district)).collect();
    let mut merger = Merger { sheet, holders, keys, taken: Vec::new(), tag: &found.tag, replace, told: Vec::new() };
    let mut seats: Vec<(Role, String)> = Vec::new();
    for entry in &found.entries {
        let seat = (entry.role, district_key(entry.get("district")));
        if !seats.contains(&seat) {
            seats.push(seat);
        }
    }
    for (role, district) in seats {
        let here = |entry: &&Entry| entry.role == role && district_key(entry.get("district")) == district;
        merger.seat(role, &district, found.entries.iter().filter(here).collect());
    }
    merger.told
}

struct Merger<'a> {
    sheet: &'a mut Sheet,
    holders: Vec<Holder>,
    keys: Vec<String>,
    taken: Vec<usize>,
    tag: &'a str,
    replace: bool,
    told: Vec<Told>,
}

impl Merger<'_> {
    fn tell(&mut self, outcome: Outcome, text: String) {
        self.told.push(Told { outcome, text });
    }

    /// All who hold one office: two senators, one representative, five commissioners.
    fn seat(&mut self, role: Role, district: &str, entries: Vec<&Entry>) {
        let here = |at: &usize, merger: &Self| {
            let key = &merger.keys[*at];
            merger.holders[*at].role == role && (key == district || key.is_empty()) && !merger.taken.contains(at)
        };
        let mut new = Vec::new();
        for entry in entries {
            let same = (0..self.holders.len())
                .filter(|at| here(at, self))
                .find(|at| same_person(&self.holders[*at].name, entry.get("name")));
            match same {
                Some(at) => {
                    self.taken.push(at);
                    self.known(at, entry);
                }
                None => new.push(entry),
            }
        }
        let mut old: Vec<usize> = (0..self.holders.len()).filter(|at| here(at, self)).collect();
        let mut gone = Vec::new();
        if matches!(role, Role::CountyBody | Role::CityCouncil) {
            // A board has any number of seats; who is new takes nobody's, unless both have the same district.
            let apart =
                |at: &usize| !self.holders[*at].name.is_empty() && (district.is_empty() || self.keys[*at] != district);
            (gone, old) = old.into_iter().partition(apart);
            if !district.is_empty() {
                gone.clear();
            }
        }
        // Whoever is there and not on the list may be one of those who are on it: as many as are too many are held back.
        let seats = new.len();
        let mut free = seats.saturating_sub(old.len());
        for entry in new {
            let blank = old.iter().position(|at| self.holders[*at].name.is_empty() && self.holders[*at].row.is_some());
            if let Some(place) = blank {
                let at = old.remove(place);
                self.taken.push(at);
                self.overwrite(self.holders[at].row, entry, false);
                self.tell(Outcome::Added, said(entry));
            } else if free > 0 {
                free -= 1;
                let row = self.sheet.add();
                self.overwrite(Some(row), entry, true);
                self.tell(Outcome::Added, said(entry));
            } else if !old.is_empty() {
                let at = old.remove(0);
                self.taken.push(at);
                let (name, row) = (self.holders[at].name.clone(), self.holders[at].row);
                let name = if name.is_empty() { "an entry without a name".to_string() } else { name };
                match row {
                    Some(_) if self.replace => {
                        self.overwrite(row, entry, true);
                        self.tell(Outcome::Replaced, format!("{}, in place of {name}", said(entry)));
                    }
                    _ => {
                        let mend = if row.is_some() {
                            "`--replace` takes the list's"
                        } else {
                            "campaign.toml is yours to change"
                        };
                        self.tell(
                            Outcome::Differs,
                            format!("the list has {}, {} has {name}; {mend}", said(entry), file(row)),
                        );
                    }
                }
            }
        }
        for at in old.into_iter().chain(gone) {
            let Holder { name, row, .. } = &self.holders[at];
            if !name.is_empty() {
                let text = format!(
                    "{} has {name} as {}, the list does not; look whether that still holds",
                    file(*row),
                    role.word()
                );
                self.taken.push(at);
                self.tell(Outcome::Differs, text);
            }
        }
    }

    /// Somebody who is there already.
    fn known(&mut self, at: usize, entry: &Entry) {
        let Some(row) = self.holders[at].row else {
            return self.tell(Outcome::Kept, format!("{}: in campaign.toml", said(entry)));
        };
        let source = self.sheet.get(row, "source").to_string();
        if !source.starts_with(self.tag) && !self.replace {
            let from = if source.is_empty() { String::new() } else { format!(" (source: {source})") };
            return self.tell(Outcome::Kept, format!("{}: your own row{from}", said(entry)));
        }
        let day = |text: &str| AsOf::parse(text).ok().map(|day| day.date);
        if day(self.sheet.get(row, "as_of")) > day(entry.get("as_of")) {
            let text = format!("{}: your row is of {}, newer than the list", said(entry), self.sheet.get(row, "as_of"));
            return self.tell(Outcome::Kept, text);
        }
        let mut differs = Vec::new();
        let together = |get: &dyn Fn(&str) -> String| {
            ADDRESS.iter().map(|column| get(column)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
        };
        let (old, new) = (
            together(&|column| self.sheet.get(row, column).to_string()),
            together(&|column| entry.get(column).to_string()),
        );
        if !new.is_empty() && old != new {
            if old.is_empty() || self.replace {
                ADDRESS.iter().for_each(|column| self.sheet.set(row, column, entry.get(column)));
            } else {
                differs.push(format!("the address is `{old}` here, `{new}` there"));
            }
        }
        for column in SINGLE {
            let (old, new) = (self.sheet.get(row, column).to_string(), entry.get(column));
            let same = old == new || (*column == "district" && district_key(&old) == district_key(new));
            if new.is_empty() || same {
                continue;
            }
            if old.is_empty() || self.replace {
                self.sheet.set(row, column, new);
            } else {
                differs.push(format!("`{column}` is `{old}` here, `{new}` there"));
            }
        }
        // Dates only move on: what a person confirmed later stays.
        for column in ["as_of", "confirmed", "term_end"] {
            if !entry.get(column).is_empty() && day(self.sheet.get(row, column)) < day(entry.get(column)) {
                self.sheet.set(row, column, entry.get(column));
            }
        }
        self.sheet.set(row, "source", entry.get("source"));
        match differs.is_empty() {
            true => self.tell(Outcome::Confirmed, said(entry)),
            false => {
                let text = format!("{}: {}; `--replace` takes the list's", said(entry), differs.join("; "));
                self.tell(Outcome::Differs, text);
            }
        }
    }

    /// Writes a person into a row; into one with a blank for the name only where nothing stands.
    fn overwrite(&mut self, row: Option<usize>, entry: &Entry, whole: bool) {
        let Some(row) = row else { return };
        for column in crate::campaign::officials::COLUMNS.iter().map(|column| column.name) {
            if entry.get(column).is_empty() && (!whole || self.sheet.get(row, column).is_empty()) {
                continue;
            }
            if whole || self.sheet.get(row, column).is_empty() {
                self.sheet.set(row, column, entry.get(column));
            }
        }
    }
}

fn file(row: Option<usize>) -> &'static str {
    if row.is_some() { "officials.csv" } else { "campaign.toml" }
}

/// A person as the report names them: Ana Ruiz, state-senator, District 4.
fn said(entry: &Entry) -> String {
    let parts = [entry.get("name"), entry.get("role"), entry.get("district")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{Holder, Outcome, merge};
    use crate::campaign::choices::Role;
    use crate::officials::sheet::Sheet;
    use crate::officials::{Entry, Found};

    fn entry(role: Role, name: &str, district: &str, street: &str) -> Entry {
        let mut entry = Entry::new(role);
        for (column, text) in [("name", name), ("district", district), ("street", street)] {
            entry.set(column, text);
        }
        entry.stamp("List, June 15, 2026", jiff::civil::date(2026, 6, 15));
        entry
    }

    fn list(entries: Vec<Entry>) -> Found {
        Found { entries, tag: "List".to_string(), ..Found::default() }
    }

    fn outcomes(text: &str, campaign: &[Holder], found: &Found, replace: bool) -> (Vec<Outcome>, String) {
        let (mut sheet, _) = Sheet::open(text.as_bytes().to_vec()).unwrap();
        let told = merge(&mut sheet, campaign, found, replace);
        (told.into_iter().map(|told| told.outcome).collect(), String::from_utf8(sheet.bytes()).unwrap())
    }

    #[test]
    fn nobody_is_doubled_and_nobody_is_lost() {
        let senators = list(vec![
            entry(Role::UsSenator, "Ana Ruiz", "", "1 Hill"),
            entry(Role::UsSenator, "Lee Moua", "", "2 Hill"),
        ]);
        let head = "role,name,district,street,source,as_of,confirmed\n";
        let (done, text) = outcomes(head, &[], &senators, false);
        assert_eq!(done, [Outcome::Added, Outcome::Added]);
        let (again, same) = outcomes(&text, &[], &senators, false);
        assert_eq!((again, &same), (vec![Outcome::Confirmed, Outcome::Confirmed], &text));

        // One seat has changed hands; the other row is a person's own, and stays to the byte.
        let own = format!("{head}us-senator, Ana M. Ruiz ,,9 Oak,called,2026-01-01,\nus-senator,Sam Hill,,,,,\n");
        let (done, text) = outcomes(&own, &[], &senators, false);
        assert_eq!((done, &text), (vec![Outcome::Kept, Outcome::Differs], &own));
        let (done, text) = outcomes(&own, &[], &senators, true);
        assert!(done.contains(&Outcome::Replaced) && text.contains("Lee Moua") && !text.contains("Sam Hill"));
    }

    #[test]
    fn what_a_person_changed_stays_and_is_told() {
        let text = "role,name,district,street,source,as_of,confirmed\nus-representative,Ana Ruiz,7,9 Oak,\"List, May 1, 2026\",2026-05-01,2026-09-01\n";
        let found = list(vec![entry(Role::UsRepresentative, "Ana Ruiz", "District 7", "1 Hill")]);
        let (done, new) = outcomes(text, &[], &found, false);
        assert_eq!(done, [Outcome::Differs]);
        assert!(new.contains("7,9 Oak,\"List, June 15, 2026\",2026-06-15,2026-09-01"), "{new}");
        let (done, new) = outcomes(text, &[], &found, true);
        assert!(done == [Outcome::Confirmed] && new.contains("1 Hill"));
    }

    #[test]
    fn a_new_member_of_a_board_takes_nobodys_place() {
        let text = "role,name,district,street\ncounty-body,Sam Hill,,9 Oak\ncounty-body,Ana Moua,2,9 Oak\n";
        let found = list(vec![
            entry(Role::CountyBody, "Lee Moua", "", ""),
            entry(Role::CountyBody, "Ana Ruiz", "District 2", ""),
        ]);
        let (done, new) = outcomes(text, &[], &found, true);
        assert_eq!(done, [Outcome::Added, Outcome::Differs, Outcome::Replaced]);
        assert!(new.contains("Sam Hill,,9 Oak") && new.contains("Ana Ruiz,District 2,") && !new.contains("Ana Moua"));
    }

    #[test]
    fn the_campaigns_own_file_and_blank_lines_count() {
        let held = Holder { role: Role::Governor, district: String::new(), name: "Ana Ruiz".to_string(), row: None };
        let found = list(vec![
            entry(Role::Governor, "Lee Moua", "", ""),
            entry(Role::StateSenator, "Sam Hill", "District 4", "1 Hill"),
        ]);
        let text = "role,name,district,street\nstate-senator,,4,9 Oak\n";
        let (done, new) = outcomes(text, &[held], &found, true);
        assert_eq!(done, [Outcome::Differs, Outcome::Added]);
        assert!(new.contains("state-senator,Sam Hill,4,9 Oak"), "{new}");
    }
}

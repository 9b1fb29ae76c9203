//! Owns counting a roll: agreements, agencies and counties, of the nation or one state, by model and by month of signing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Enrolled, Held, Level, Roll};
use crate::campaign::choices::Model;

/// What was counted in the nation or in one state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Agreements.
    pub agreements: usize,
    /// Agencies.
    pub agencies: usize,
    /// Agencies that hold two or three models.
    pub several: usize,
    /// Agencies of the level of government, with how many of them hold a Task Force agreement.
    pub levels: BTreeMap<Level, (usize, usize)>,
    /// Agreements by model.
    pub agreements_by: BTreeMap<Model, usize>,
    /// Agencies by model; one with two models counts under both.
    pub agencies_by: BTreeMap<Model, usize>,
    /// Counties with an agency that holds one, by FIPS code, with its models in order.
    pub counties: BTreeMap<&'static str, BTreeSet<Model>>,
    /// Agencies that stand in no county.
    pub off_map: usize,
    /// Agreements by the year and month they were signed.
    pub months: Months,
}

/// Agreements by the year and month of signing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Months {
    /// The months in which one was signed.
    pub signed: BTreeMap<(i16, i8), usize>,
    /// Those whose day is not settled.
    pub unsettled: usize,
}

/// The counts of a roll.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// The day of the list.
    pub as_of: Date,
    /// All states and territories together.
    pub nation: Tally,
    /// Those that have one, by their two letters.
    pub states: BTreeMap<&'static str, Tally>,
    none: Tally,
}

impl Tally {
    /// Agreements of a model.
    pub fn agreements_of(&self, model: Model) -> usize {
        self.agreements_by.get(&model).copied().unwrap_or_default()
    }

    /// Agencies that hold a model.
    pub fn agencies_of(&self, model: Model) -> usize {
        self.agencies_by.get(&model).copied().unwrap_or_default()
    }

    /// Agencies of a level of government.
    pub fn at(&self, level: Level) -> usize {
        self.levels.get(&level).map_or(0, |(agencies, _)| *agencies)
    }

    /// Task Force agreements held by agencies of a level of government.
    pub fn task_force_at(&self, level: Level) -> usize {
        self.levels.get(&level).map_or(0, |(_, task_force)| *task_force)
    }

    /// The FIPS codes of the counties with an agency that holds a model.
    pub fn counties_of(&self, model: Model) -> Vec<&'static str> {
        self.counties.iter().filter(|(_, models)| models.contains(&model)).map(|(fips, _)| *fips).collect()
    }

    fn add(&mut self, agency: &Enrolled) {
        let models: BTreeSet<Model> = agency.agreements.iter().map(|held| held.model).collect();
        self.agencies += 1;
        self.agreements += agency.agreements.len();
        self.several += usize::from(models.len() > 1);
        let task_force = agency.agreements.iter().filter(|held| held.model == Model::TaskForce).count();
        let level = self.levels.entry(agency.level).or_default();
        *level = (level.0 + 1, level.1 + task_force);
        for Held { model, signed } in &agency.agreements {
            *self.agreements_by.entry(*model).or_default() += 1;
            match signed {
                Some(day) => *self.months.signed.entry((day.year(), day.month())).or_default() += 1,
                None => self.months.unsettled += 1,
            }
        }
        for model in &models {
            *self.agencies_by.entry(*model).or_default() += 1;
        }
        match agency.county {
            Some(fips) => self.counties.entry(fips).or_default().extend(models),
            None => self.off_map += 1,
        }
    }
}

impl Months {
    /// Agreements signed in a month.
    pub fn in_month(&self, month: (i16, i8)) -> usize {
        self.signed.get(&month).copied().unwrap_or_default()
    }

    /// Agreements signed before a month.
    pub fn before(&self, month: (i16, i8)) -> usize {
        self.signed.range(..month).map(|(_, count)| count).sum()
    }

    /// The month from `first` on in which most were signed, and how many; the latest of several.
    pub fn highest(&self, first: (i16, i8)) -> Option<((i16, i8), usize)> {
        self.signed.range(first..).map(|(month, count)| (*month, *count)).max_by_key(|(month, count)| (*count, *month))
    }
}

impl Roll {
    /// Counts the roll.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { as_of: self.as_of, ..Counts::default() };
        for agency in &self.agencies {
            counts.nation.add(agency);
            counts.states.entry(agency.state).or_default().add(agency);
        }
        counts
    }
}

impl Counts {
    /// The counts of a state; all nought where it is not on the list.
    pub fn state(&self, code: &str) -> &Tally {
        self.states.get(code).unwrap_or(&self.none)
    }

    /// The first month that pictures show by itself: January 2025, when the present growth began, or a year before an older list.
    pub fn first_month(&self) -> (i16, i8) {
        (self.as_of.year() - 1, self.as_of.month()).min((2025, 1))
    }

    /// The months from the first that is shown to the one of the list.
    pub fn months(&self) -> Vec<(i16, i8)> {
        let last = (self.as_of.year(), self.as_of.month());
        std::iter::successors(Some(self.first_month()), |(year, month)| {
            Some(if *month == 12 { (year + 1, 1) } else { (*year, month + 1) })
        })
        .take_while(|month| *month <= last)
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::campaign::choices::Model;
    use crate::diagnostic::{Diagnostics, SourceFile};
    use crate::library::Library;
    use crate::roll::{Level, Roll, read};

    #[test]
    fn agencies_and_agreements_are_never_mixed() {
        let text = "as_of\t2026-05-18\nMN\t27035\tc\ttask-force:2025-03-25 warrant:2025-06-01\n\
            MN\t27035\tm\ttask-force:2025-03-02\nMN\t\ts\tjail:\nTX\t\ts\tjail:2020-01-05\n";
        let roll = read(&SourceFile::new("agreements.tsv", text), &mut Diagnostics::default()).expect("it is whole");
        let counts = roll.counts();
        let state = counts.state("MN");
        assert_eq!((state.agreements, state.agencies, state.several, state.off_map), (4, 3, 1, 1));
        assert_eq!((state.counties.len(), state.agencies_of(Model::TaskForce), state.at(Level::City)), (1, 2, 1));
        assert_eq!((state.months.unsettled, state.months.highest((2025, 1))), (1, Some(((2025, 3), 2))));
        assert_eq!((counts.nation.agreements, counts.states.len(), counts.nation.months.before((2025, 1))), (5, 2, 1));
        assert_eq!((counts.months().len(), counts.months()[16]), (17, (2026, 5)));
    }

    #[test]
    fn the_list_in_the_program_adds_up_to_what_the_facts_said_of_it() {
        let mut problems = Diagnostics::default();
        let roll = Roll::built_in(&Library::built_in(), &mut problems);
        assert!(problems.is_empty() && roll.as_of.to_string() == "2026-05-18");
        let counts = roll.counts();
        let nation = &counts.nation;
        assert_eq!((nation.agreements, nation.agencies, nation.several), (1843, 1551, 242));
        let by: Vec<usize> = Model::ALL.iter().map(|model| nation.agreements_of(*model)).collect();
        assert_eq!(by, [182, 499, 1162]);
        assert_eq!((nation.at(Level::County), nation.at(Level::City), nation.at(Level::State)), (816, 664, 71));
        assert_eq!((nation.task_force_at(Level::City), counts.states.len()), (660, 40));
        assert_eq!(counts.state("ZZ").agencies, 0);
        assert_eq!((counts.state("MN").agreements, counts.state("MN").agencies), (10, 9));
    }
}

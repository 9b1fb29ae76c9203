//! Owns the values that come from ICE's list: counts of the nation and the state, counties by model, months of signing.

use serde_json::{Value, json};

use super::{Context, Piece};
use crate::campaign::Campaign;
use crate::campaign::choices::Model;
use crate::counties::{self, County, Kind};
use crate::lexicon::Lexicon;
use crate::roll::{Counts, Tally};
use crate::values::thousands;

/// Agreements, signed in the months a chart shows, below which a chart says less than a sentence.
pub const WORTH_A_CHART: usize = 5;

/// Puts the values of ICE's list.
pub fn listed(c: &mut Context, campaign: &Campaign, counts: &Counts, lexicon: &Lexicon) {
    let (nation, state) = (&counts.nation, counts.state(&campaign.state.code));
    let first = counts.first_month();
    let figure = |number: usize| thousands(number as u64);
    let some = |number: usize| (number > 0).then(|| figure(number));
    c.text("list.as_of", Some(lexicon.date(counts.as_of)));
    c.text("list.first_month", Some(lexicon.month(first)));
    c.text("list.last_month", Some(lexicon.month((counts.as_of.year(), counts.as_of.month()))));
    c.flag("list.partial", counts.as_of != counts.as_of.last_of_month());
    c.text("list.nation.agreements", Some(figure(nation.agreements)));
    c.text("list.nation.agencies", Some(figure(nation.agencies)));
    c.text("list.nation.jail", Some(figure(nation.agencies_of(Model::Jail))));
    c.text("list.nation.warrant", Some(figure(nation.agencies_of(Model::Warrant))));
    c.text("list.nation.task_force", Some(figure(nation.agencies_of(Model::TaskForce))));
    let top = |tally: &Tally| tally.months.highest(first).map(|(month, count)| (lexicon.month(month), figure(count)));
    let (nation_top, state_top) = (top(nation), top(state));
    c.optional("list.nation.top_month", nation_top.as_ref().map(|(month, _)| month.clone()));
    c.optional("list.nation.top_count", nation_top.map(|(_, count)| count));
    let noun = |number: usize| (number > 0).then(|| lexicon.counted("count-agreements", number));
    c.optional("list.nation.before", noun(nation.months.before(first)));
    c.optional("list.nation.unsettled", noun(nation.months.unsettled));
    c.flag("list.state.any", state.agreements > 0);
    c.flag("list.state.chart", worth_a_chart(state, counts));
    c.text("list.state.agreements", Some(figure(state.agreements)));
    c.text("list.state.agencies", Some(figure(state.agencies)));
    c.text("list.state.counties", Some(figure(state.counties.len())));
    c.text("list.state.agreements_said", Some(lexicon.counted("count-agreements", state.agreements)));
    c.text("list.state.agencies_said", Some(lexicon.counted("count-agencies", state.agencies)));
    c.text("list.state.counties_said", Some(lexicon.counted(counties_word(campaign), state.counties.len())));
    c.optional("list.state.off_map", some(state.off_map));
    let off_map = (state.off_map > 0).then(|| lexicon.counted("count-agencies", state.off_map));
    c.optional("list.state.off_map_said", off_map);
    for (model, count, said, names) in [
        (Model::Jail, "list.state.jail", "list.state.jail_said", "list.state.jail_counties"),
        (Model::Warrant, "list.state.warrant", "list.state.warrant_said", "list.state.warrant_counties"),
        (Model::TaskForce, "list.state.task_force", "list.state.task_force_said", "list.state.task_force_counties"),
    ] {
        let agencies = state.agencies_of(model);
        c.optional(count, some(agencies));
        c.optional(said, (agencies > 0).then(|| lexicon.counted("count-agencies", agencies)));
        c.optional(names, county_names(&state.counties_of(model), lexicon, counties_word(campaign)));
    }
    c.optional("list.state.top_month", state_top.as_ref().map(|(month, _)| month.clone()));
    c.optional("list.state.top_count", state_top.map(|(_, count)| count));
    c.optional("list.state.before", noun(state.months.before(first)));
    c.optional("list.state.unsettled", noun(state.months.unsettled));
    c.optional("list.state.when", when(state, lexicon));
    years(c, counts, state);
}

/// Whether so many of a state's agreements were signed in the months shown that a chart of them says something.
pub fn worth_a_chart(state: &Tally, counts: &Counts) -> bool {
    let settled = state.agreements - state.months.unsettled;
    settled - state.months.before(counts.first_month()) >= WORTH_A_CHART
}

/// The label with the state's word for its counties.
fn counties_word(campaign: &Campaign) -> &'static str {
    match campaign.state.code.as_str() {
        "LA" => "count-parishes",
        "AK" => "count-boroughs",
        _ => "count-counties",
    }
}

/// Counties in prose: Crow Wing County; Cass, Crow Wing and Itasca counties; Baltimore County and Baltimore city.
fn county_names(fips: &[&str], lexicon: &Lexicon, label: &str) -> Option<String> {
    let found: Vec<&County> = fips.iter().filter_map(|fips| counties::by_fips(fips)).collect();
    let alike = |county: &&&County| matches!(county.kind, Kind::County | Kind::Parish);
    let named = |found: &[&County]| found.iter().map(|county| county.full_name()).collect::<Vec<_>>();
    let (plain, others): (Vec<&County>, Vec<&County>) = found.iter().partition(|county| alike(county));
    let several = lexicon.label(label).split_once('|').map_or("", |(_, several)| several.trim());
    let text = match (plain.len(), others.len()) {
        (0, 0) => return None,
        (0 | 1, _) => lexicon.join(&named(&[plain, others].concat()), "and"),
        (_, 0) => {
            let bare: Vec<String> = plain.iter().map(|county| county.name.to_string()).collect();
            format!("{} {several}", lexicon.join(&bare, "and"))
        }
        _ => {
            let bare: Vec<String> = plain.iter().map(|county| county.name.to_string()).collect();
            format!("{} {several}; {}", lexicon.join(&bare, "and"), lexicon.join(&named(&others), "and"))
        }
    };
    Some(text)
}

/// A state's agreements by month in prose, where there are few: two in March 2025 and one in June 2025.
fn when(state: &Tally, lexicon: &Lexicon) -> Option<String> {
    let signed = &state.months.signed;
    let few = !signed.is_empty() && signed.len() < WORTH_A_CHART;
    let one = |(month, count): (&(i16, i8), &usize)| {
        lexicon
            .label("count-in-month")
            .replace("{count}", &lexicon.number(*count))
            .replace("{month}", &lexicon.month(*month))
    };
    few.then(|| lexicon.join(&signed.iter().map(one).collect::<Vec<_>>(), "and"))
}

/// The agreements of each year from the first that is shown.
fn years(c: &mut Context, counts: &Counts, state: &Tally) {
    let mut list = Vec::new();
    for year in counts.first_month().0..=counts.as_of.year() {
        let sum = |tally: &Tally| {
            let months = counts.months().into_iter().filter(|month| month.0 == year);
            thousands(months.map(|month| tally.months.in_month(month) as u64).sum())
        };
        let mut token = |path: &str, text: String| c.token(path, vec![Piece::Text(text)]);
        list.push(json!({
            "year": token("list.years.year", year.to_string()),
            "nation": token("list.years.nation", sum(&counts.nation)),
            "state": token("list.years.state", sum(state)),
            "last": year == counts.as_of.year(),
        }));
    }
    c.put("list.years", Value::Array(list));
}

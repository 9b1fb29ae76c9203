//! Owns the values that come from ICE's list, as words may print or ask about them.

use super::Kind::{Flag, List, Optional, Text};
use super::{FieldSpec, field, sure};

/// What a list is counted from; such a value is always known.
const LIST: &str = "agreements.tsv, or the list in the program";
const KNOWN: super::Kind = Text(0.0);

/// Fields of one year in `{{#each list.years}}`.
const YEAR: &[FieldSpec] = &[
    field("year", KNOWN, "The year.", "2025", LIST),
    field("nation", KNOWN, "Agreements of the nation signed in it.", "1,113", LIST),
    field("state", KNOWN, "Agreements of the state signed in it.", "8", LIST),
    field("last", Flag, "Whether it is the year of the list.", "no", LIST),
];

const fn known(path: &'static str, about: &'static str, example: &'static str) -> FieldSpec {
    field(path, KNOWN, about, example, LIST)
}

const fn maybe(path: &'static str, about: &'static str, example: &'static str) -> FieldSpec {
    field(path, Optional, about, example, LIST)
}

/// Every value of ICE's list; what is counted as nought is absent where it says so.
pub const LISTED: &[FieldSpec] = &[
    known("list.as_of", "The day of ICE's list that is counted.", "May 18, 2026"),
    known("list.first_month", "The first month that charts show.", "January 2025"),
    known("list.last_month", "The month of the list.", "May 2026"),
    field("list.partial", Flag, "Whether that month was not over.", "yes", LIST),
    known("list.nation.agreements", "Agreements on the list.", "1,843"),
    known("list.nation.agencies", "Agencies on the list.", "1,551"),
    known("list.nation.jail", "Agencies that hold the Jail Enforcement Model.", "182"),
    known("list.nation.warrant", "Agencies that hold the Warrant Service Officer Model.", "499"),
    known("list.nation.task_force", "Agencies that hold the Task Force Model.", "1,162"),
    maybe("list.nation.top_month", "The month shown in which most were signed.", "April 2026"),
    maybe("list.nation.top_count", "How many in that month.", "178"),
    maybe("list.nation.before", "Agreements signed before the first month shown; absent if none.", "131 agreements"),
    maybe("list.nation.unsettled", "Agreements whose day is not settled; absent if none.", "one agreement"),
    field("list.state.any", Flag, "Whether the state has one.", "yes", LIST),
    field("list.state.chart", Flag, "Whether the state has enough of them for a chart.", "yes", LIST),
    known("list.state.agreements", "Agreements of the state on the list.", "10"),
    known("list.state.agreements_said", "The same with its noun, small numbers as words.", "ten agreements"),
    known("list.state.agencies", "Agencies of the state on the list.", "9"),
    known("list.state.agencies_said", "The same with its noun.", "nine agencies"),
    known("list.state.counties", "Counties with an agency on the list.", "8"),
    known("list.state.counties_said", "The same with its noun, parishes in Louisiana.", "eight counties"),
    maybe("list.state.off_map", "Agencies that stand in no county; absent if none.", "2"),
    maybe("list.state.off_map_said", "The same with its noun.", "two agencies"),
    maybe("list.state.jail", "Agencies that hold the Jail Enforcement Model; absent if none.", "1"),
    maybe("list.state.jail_said", "The same with its noun.", "one agency"),
    maybe("list.state.jail_counties", "The counties of those agencies.", "Sherburne County"),
    maybe("list.state.warrant", "Agencies that hold the Warrant Service Officer Model; absent if none.", "3"),
    maybe("list.state.warrant_said", "The same with its noun.", "three agencies"),
    maybe(
        "list.state.warrant_counties",
        "The counties of those agencies.",
        "Crow Wing, Freeborn and Kandiyohi counties",
    ),
    maybe("list.state.task_force", "Agencies that hold the Task Force Model; absent if none.", "6"),
    maybe("list.state.task_force_said", "The same with its noun.", "six agencies"),
    maybe(
        "list.state.task_force_counties",
        "The counties of those agencies.",
        "Cass, Crow Wing, Itasca, Koochiching and Mille Lacs counties",
    ),
    sure(
        maybe("list.state.top_month", "The month shown in which most were signed.", "March 2025"),
        &["list.state.chart"],
    ),
    sure(maybe("list.state.top_count", "How many in that month.", "3"), &["list.state.chart"]),
    maybe("list.state.before", "Agreements signed before the first month shown; absent if none.", "two agreements"),
    maybe("list.state.unsettled", "Agreements whose day is not settled; absent if none.", "one agreement"),
    maybe("list.state.when", "When they were signed, where there are few.", "two in March 2025 and one in June 2025"),
    field("list.years", List(YEAR), "The agreements of each year shown.", "", LIST),
];

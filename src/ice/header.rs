//! Owns finding the header row and what each column holds, by titles and never by place.

use super::clean::{letters, slips, tidy};
use super::sheet::Grid;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    State,
    Agency,
    Kind,
    County,
    Model,
    Signed,
    Moa,
    Addendum,
}

impl Column {
    /// The title ICE gives the column, used where a list has no such column.
    pub(super) fn title(self) -> &'static str {
        match self {
            Column::State => "STATE",
            Column::Agency => "LAW ENFORCEMENT AGENCY",
            Column::Kind => "TYPE",
            Column::County => "COUNTY",
            Column::Model => "SUPPORT TYPE",
            Column::Signed => "SIGNED",
            Column::Moa => "MOA",
            Column::Addendum => "ADDENDUM",
        }
    }
}

/// A sheet's header.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// Its row, counted from 0.
    pub row: u32,
    /// The columns that were recognized: what, where, title, and whether the title had to be guessed.
    pub columns: Vec<(Column, u32, String, bool)>,
    /// Titles that mean nothing here, with their place.
    pub strange: Vec<(u32, String)>,
}

impl Header {
    pub(super) fn place(&self, column: Column) -> Option<u32> {
        self.columns.iter().find(|(known, ..)| *known == column).map(|(_, place, ..)| *place)
    }

    /// The column's title as the list writes it.
    pub(super) fn title(&self, column: Column) -> String {
        let known = self.columns.iter().find(|(known, ..)| *known == column);
        known.map_or_else(|| column.title().to_string(), |(_, _, title, _)| title.clone())
    }
}

/// Titles may stand under a heading, but not far down.
const FURTHEST: usize = 40;

/// Finds the first row that titles at least the state, the agency and the model.
pub(super) fn find(grid: &Grid) -> Option<Header> {
    grid.cells.iter().take(FURTHEST).find_map(|(row, cells)| {
        let mut header = Header { row: *row, columns: Vec::new(), strange: Vec::new() };
        for (place, cell) in cells {
            let title = tidy(&cell.text);
            match column(&title) {
                Some((column, guessed)) if header.place(column).is_none() => {
                    header.columns.push((column, *place, title, guessed));
                }
                Some(_) | None => header.strange.push((*place, title)),
            }
        }
        let needed = [Column::State, Column::Agency, Column::Model];
        needed.iter().all(|column| header.place(*column).is_some()).then_some(header)
    })
}

fn column(title: &str) -> Option<(Column, bool)> {
    let found = letters(title);
    let sure = match found.as_str() {
        "STATE" | "STATES" => Some(Column::State),
        "LAWENFORCEMENTAGENCY" | "AGENCY" | "AGENCYNAME" | "LEA" => Some(Column::Agency),
        "TYPE" | "AGENCYTYPE" | "TYPEOFAGENCY" => Some(Column::Kind),
        "COUNTY" | "COUNTYPARISH" | "COUNTIES" => Some(Column::County),
        "SUPPORTTYPE" | "TYPEOFSUPPORT" | "MODEL" | "287GMODEL" | "PROGRAMTYPE" => Some(Column::Model),
        "SIGNED" | "DATESIGNED" | "SIGNEDDATE" | "SIGNATUREDATE" | "DATEOFSIGNATURE" => Some(Column::Signed),
        "MOA" | "MOALINK" | "LINKTOMOA" | "MOAS" => Some(Column::Moa),
        "ADDENDUM" | "ADDENDA" | "ADDENDUMS" => Some(Column::Addendum),
        _ => None,
    };
    if let Some(column) = sure {
        return Some((column, false));
    }
    let titles = [Column::Agency, Column::County, Column::Model, Column::Signed, Column::Addendum, Column::State];
    let near = titles.into_iter().find(|column| {
        let title = letters(column.title());
        slips(&found, &title) <= if title.len() < 8 { 1 } else { 2 }
    });
    near.map(|column| (column, true))
}

#[cfg(test)]
mod tests {
    use super::{Column, find};
    use crate::ice::sheet::{Cell, Grid};

    #[test]
    fn the_header_is_found_by_its_titles_wherever_it_stands() {
        let mut grid = Grid::new("Sheet1", true);
        grid.put(0, 0, Cell { text: "287(g) agencies".to_string(), ..Cell::default() });
        let titles = ["SIGNED ", "Suport Type", "", "COUNTY", "LAW ENFORCEMENT AGENCY", "state", "Remarks"];
        for (place, title) in titles.iter().enumerate() {
            grid.put(3, place as u32, Cell { text: title.to_string(), ..Cell::default() });
        }
        let header = find(&grid).unwrap();
        assert_eq!((header.row, header.place(Column::State), header.place(Column::Signed)), (3, Some(5), Some(0)));
        assert_eq!((header.place(Column::Model), header.place(Column::Kind)), (Some(1), None));
        assert_eq!(header.title(Column::Model), "Suport Type");
        assert_eq!(header.strange, [(6, "Remarks".to_string())]);
        assert!(find(&Grid::new("empty", true)).is_none());
    }
}

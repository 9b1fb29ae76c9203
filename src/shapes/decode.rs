//! Owns how the file of shapes is written: states, their lines, and the rings that the lines make.

use super::{CountyShape, Ring, StateShapes};

/// Reads one state and passes over the others; none where there is no such state. A row that cannot be read would leave
/// its shape out, and tests see to it that there is none.
pub(super) fn state(text: &'static str, code: &str) -> Option<StateShapes> {
    let at = text.find(&format!("\n= {code} "))?;
    let mut rows = text[at + 1..].lines();
    let mut head = rows.next()?.split(' ').skip(2).map(str::parse);
    let (width, height) = (head.next()?.ok()?, head.next()?.ok()?);
    let mut shapes = StateShapes { width, height, counties: Vec::new(), border: Vec::new() };
    let mut lines = Vec::new();
    for row in rows.take_while(|row| !row.starts_with('=')) {
        if let Some(refs) = row.strip_prefix('|') {
            shapes.border = rings(refs, &lines)?;
        } else if let Some(county) = row.strip_prefix(':') {
            shapes.counties.extend(read_county(county, &lines));
        } else {
            lines.push(line(row)?);
        }
    }
    Some(shapes)
}

/// `27035 1204 1530 61 0 1 -3;5`: the code, the mark, its room, the rings.
fn read_county(row: &'static str, lines: &[Ring]) -> Option<CountyShape> {
    let mut parts = row.splitn(5, ' ');
    let fips = parts.next()?;
    let mut number = || parts.next()?.parse::<i32>().ok();
    let (mark, room) = ((number()?, number()?), u32::try_from(number()?).ok()?);
    Some(CountyShape { fips, rings: rings(parts.next()?, lines)?, mark, room })
}

/// Rings parted by semicolons, each of lines that start where the one before ends.
fn rings(refs: &str, lines: &[Ring]) -> Option<Vec<Ring>> {
    refs.split(';').map(|refs| ring(refs, lines)).collect()
}

fn ring(refs: &str, lines: &[Ring]) -> Option<Ring> {
    let mut points: Ring = Vec::new();
    for word in refs.split(' ') {
        let number: i32 = word.parse().ok()?;
        let backwards = number < 0;
        let line = lines.get(usize::try_from(if backwards { !number } else { number }).ok()?)?;
        let (first, rest) = if backwards { line.split_last()? } else { line.split_first()? };
        // Where two lines meet their point is there once.
        match points.last() {
            None => points.push(*first),
            Some(last) if last == first => {}
            Some(_) => return None,
        }
        if backwards { points.extend(rest.iter().rev()) } else { points.extend(rest) }
    }
    // The last line ends where the first began.
    let end = points.pop()?;
    (points.first() == Some(&end)).then_some(points)
}

/// A line: its first point, then steps, x and y by turns.
fn line(row: &str) -> Option<Ring> {
    let mut numbers = Numbers(row.bytes());
    let (mut x, mut y) = (0, 0);
    let mut points = Vec::with_capacity(row.len() / 3);
    while let Some(step) = numbers.next() {
        x += step;
        y += numbers.next()?;
        points.push((x, y));
    }
    Some(points)
}

/// Numbers as source maps write them: five bits a letter, the lowest first, a sixth bit where more follows, the sign lowest.
struct Numbers<'a>(std::str::Bytes<'a>);

impl Iterator for Numbers<'_> {
    type Item = i32;

    fn next(&mut self) -> Option<i32> {
        let (mut value, mut shift) = (0, 0);
        loop {
            let digit = i32::from(match self.0.next()? {
                letter @ b'A'..=b'Z' => letter - b'A',
                letter @ b'a'..=b'z' => letter - b'a' + 26,
                letter @ b'0'..=b'9' => letter - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                _ => return None,
            });
            value |= (digit & 31) << shift;
            shift += 5;
            if digit & 32 == 0 {
                return Some(if value & 1 == 1 { -(value >> 1) } else { value >> 1 });
            }
            // No number in the file takes more than four letters.
            if shift > 20 {
                return None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_source_maps_write_them() {
        assert_eq!(Numbers("ACDgBhB6B+3F".bytes()).collect::<Vec<_>>(), [0, 1, -1, 16, -16, 29, 2943]);
    }

    #[test]
    fn lines_join_to_rings_and_a_gap_is_no_ring() {
        // A square of 2 in two lines, and a line elsewhere.
        let lines = [line("AAEAAE").unwrap(), line("EEDADAAF").unwrap(), line("SSCC").unwrap()];
        assert_eq!(lines[0], [(0, 0), (2, 0), (2, 2)]);
        assert_eq!(rings("0 1", &lines), Some(vec![vec![(0, 0), (2, 0), (2, 2), (1, 2), (0, 2)]]));
        assert_eq!(rings("-2 -1", &lines), Some(vec![vec![(0, 0), (0, 2), (1, 2), (2, 2), (2, 0)]]));
        assert_eq!(rings("0 2", &lines), None);
        assert_eq!(rings("0", &lines), None);
        assert_eq!(rings("7", &lines), None);
    }
}

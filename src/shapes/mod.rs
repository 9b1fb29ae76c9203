//! Owns the shapes of the counties: each state on a plane of its own, ready to be drawn at any size.

mod decode;

/// The shapes as they stand in the repository; the head of the file says where they come from and how they are written.
const TEXT: &str = include_str!("../../data/shapes/counties.txt");

/// A line that closes on itself: whole numbers from the top left, y downwards, the first point not repeated at the end.
pub type Ring = Vec<(i32, i32)>;

/// One state or territory. Its longer side is 3000 units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateShapes {
    /// How far it reaches to the right.
    pub width: u32,
    /// How far it reaches down.
    pub height: u32,
    /// Its counties, sorted by FIPS code.
    pub counties: Vec<CountyShape>,
    /// Its outline, for a heavier line.
    pub border: Vec<Ring>,
}

/// One county or what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountyShape {
    /// Five digits; the first two are the state's.
    pub fips: &'static str,
    /// Its parts and the holes in them, to be filled by the even-odd rule.
    pub rings: Vec<Ring>,
    /// A point well inside, for a symbol.
    pub mark: (i32, i32),
    /// How far the mark is from the nearest edge: what room a symbol has.
    pub room: u32,
}

/// The shapes of the state or territory with these two letters; none for a code that is no state's.
pub fn state(code: &str) -> Option<StateShapes> {
    decode::state(TEXT, code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::counties;

    /// Twice the area within a ring, positive whichever way it runs.
    fn area(ring: &Ring) -> i64 {
        let next = ring.iter().cycle().skip(1);
        let sum: i64 =
            ring.iter().zip(next).map(|(a, b)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1)).sum();
        sum.abs()
    }

    /// Whether a point is within rings by the even-odd rule.
    fn within(rings: &[Ring], (x, y): (i32, i32)) -> bool {
        let mut inside = false;
        for ring in rings {
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                if (a.1 > y) != (b.1 > y) {
                    let across = f64::from(b.0 - a.0) * f64::from(y - a.1) / f64::from(b.1 - a.1) + f64::from(a.0);
                    inside ^= f64::from(x) < across;
                }
            }
        }
        inside
    }

    /// The area of a county or a border: rings within an odd number of others are holes.
    fn filled(rings: &[Ring]) -> i64 {
        let sign = |at: usize| {
            let others = rings.iter().enumerate().filter(|(n, _)| *n != at);
            let around = others.filter(|(_, other)| {
                rings[at].iter().all(|p| within(std::slice::from_ref(*other), *p) || other.contains(p))
            });
            if around.count() % 2 == 0 { 1 } else { -1 }
        };
        (0..rings.len()).map(|at| sign(at) * area(&rings[at])).sum()
    }

    fn codes() -> BTreeSet<&'static str> {
        counties::all().iter().map(|county| county.state).collect()
    }

    #[test]
    fn every_county_of_the_table_has_a_shape_and_every_shape_is_one_of_them() {
        let table: BTreeSet<&str> = counties::all().iter().filter(|c| !c.former).map(|c| c.fips).collect();
        let mut shapes = BTreeSet::new();
        for code in codes() {
            for county in state(code).unwrap_or_else(|| panic!("{code} has no shapes")).counties {
                assert_eq!(counties::by_fips(county.fips).map(|c| c.state), Some(code), "{}", county.fips);
                assert!(shapes.insert(county.fips), "{} twice", county.fips);
            }
        }
        assert_eq!(table, shapes);
        assert_eq!(state("XX"), None);
        assert_eq!(state(""), None);
    }

    #[test]
    fn rings_are_closed_and_lie_on_their_page() {
        for code in codes() {
            let shapes = state(code).unwrap();
            let (wide, high) = (shapes.width as i32, shapes.height as i32);
            assert_eq!(wide.max(high), 3000, "{code}");
            for county in &shapes.counties {
                assert!(!county.rings.is_empty(), "{}", county.fips);
                for ring in &county.rings {
                    assert!(ring.len() >= 3 && area(ring) > 0, "{}: {ring:?}", county.fips);
                    assert_ne!(ring.first(), ring.last(), "{}", county.fips);
                    assert!(
                        ring.iter().all(|(x, y)| (0..=wide).contains(x) && (0..=high).contains(y)),
                        "{}",
                        county.fips
                    );
                }
                assert!(within(&county.rings, county.mark), "{}: its mark is outside", county.fips);
            }
        }
    }

    #[test]
    fn counties_fill_their_state() {
        for code in codes() {
            let shapes = state(code).unwrap();
            let whole = filled(&shapes.border);
            let parts: i64 = shapes.counties.iter().map(|c| filled(&c.rings)).sum();
            assert!((whole - parts).abs() * 1000 <= whole, "{code}: {parts} of {whole}");
        }
    }

    #[test]
    fn states_stand_as_people_know_them() {
        let county =
            |code: &str, fips: &str| state(code).unwrap().counties.into_iter().find(|c| c.fips == fips).unwrap();
        // Attu, beyond the antimeridian, is left of Anchorage and Ketchikan right of it.
        let (aleutians, anchorage, ketchikan) = (county("AK", "02016"), county("AK", "02020"), county("AK", "02130"));
        assert!(
            aleutians.rings.iter().flatten().all(|p| p.0 < anchorage.mark.0) && anchorage.mark.0 < ketchikan.mark.0
        );
        // The island of Hawaii fills more than a fifth of its picture's width.
        let hawaii = state("HI").unwrap();
        let big = hawaii.counties.iter().find(|c| c.fips == "15001").unwrap().rings.iter().flatten().map(|p| p.0);
        assert!((big.clone().max().unwrap() - big.min().unwrap()) * 5 > hawaii.width as i32);
        // Kalawao is above Maui; a city that belongs to no county is no part of the county around it.
        assert!(county("HI", "15005").mark.1 < county("HI", "15009").mark.1);
        assert!(!within(&county("MD", "24005").rings, county("MD", "24510").mark));
        assert!(!within(&county("VA", "51163").rings, county("VA", "51678").mark));
        assert!(within(&county("VA", "51163").rings, county("VA", "51163").mark));
        // North is up: Kittson is above Freeborn, Cook to the right of both.
        let (kittson, freeborn, cook) = (county("MN", "27069"), county("MN", "27047"), county("MN", "27031"));
        assert!(kittson.mark.1 < freeborn.mark.1 && cook.mark.0 > kittson.mark.0 && cook.mark.0 > freeborn.mark.0);
    }
}

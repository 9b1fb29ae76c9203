//! Owns taking a run of letters in one PDF apart into a PDF for each letter.
//!
//! Letters exported together share their fonts, which are cut to size and packed once; a third of what a letter costs by itself is left.
//! The objects are copied as the exporter wrote them, but for those that tell what belongs together. What is not written as the exporter
//! of this very version writes it is not taken apart.

use std::collections::HashMap;
use std::ops::Range;

use sha2::{Digest as _, Sha256};

/// A PDF's objects, by their numbers.
struct Objects<'a> {
    bytes: &'a [u8],
    ranges: Vec<Range<usize>>,
    root: usize,
    info: usize,
}

/// Takes a PDF apart: the pages of each letter, from 0, become a PDF of their own. `None` if it is not built as expected.
pub fn split(bytes: &[u8], letters: &[Range<usize>]) -> Option<Vec<Vec<u8>>> {
    let objects = Objects::read(bytes)?;
    let bound = Bound::read(&objects)?;
    letters.iter().map(|pages| bound.letter(&objects, pages.clone())).collect()
}

impl<'a> Objects<'a> {
    fn read(bytes: &'a [u8]) -> Option<Objects<'a>> {
        let tail = &bytes[bytes.len().saturating_sub(2048)..];
        let from = text_after(tail, b"startxref\n")?;
        let table = bytes.get(number(from)?..)?.strip_prefix(b"xref\n0 ")?;
        let count = number(table)?;
        let entries = &table[table.iter().position(|byte| *byte == b'\n')? + 1..];
        let mut ranges = vec![0..0; count];
        let mut end = bytes.len() - table.len() - b"xref\n0 ".len();
        for at in (1..count).rev() {
            let entry = entries.get(at * 20..at * 20 + 20)?;
            if entry[17] != b'n' {
                return None;
            }
            let start = number(entry)?;
            let head = format!("{at} 0 obj\n");
            let inner =
                bytes.get(start..end)?.strip_prefix(head.as_bytes())?.trim_ascii_end().strip_suffix(b"\nendobj")?;
            let begin = start + head.len();
            ranges[at] = begin..begin + inner.len();
            end = start;
        }
        let trailer = text_after(entries, b"trailer\n")?;
        let [root, info] = [&b"/Root "[..], b"/Info "].map(|key| text_after(trailer, key).and_then(number));
        Some(Objects { bytes, ranges, root: root?, info: info? })
    }

    /// An object as it is written.
    fn get(&self, number: usize) -> Option<&'a [u8]> {
        self.ranges.get(number).filter(|range| !range.is_empty()).map(|range| &self.bytes[range.clone()])
    }
}

/// What of a bound PDF tells letters from each other.
struct Bound {
    catalog: usize,
    pages: usize,
    kids: Vec<usize>,
    tree: usize,
    /// The elements that parts of each page belong to.
    parents: Vec<usize>,
    document: usize,
    /// The elements right below the document, with the page on which each begins.
    elements: Vec<(usize, usize)>,
    outline: usize,
    /// Bookmarks with their pages.
    bookmarks: Vec<(usize, usize)>,
    metadata: usize,
}

impl Bound {
    fn read(objects: &Objects) -> Option<Bound> {
        let catalog = objects.get(objects.root)?;
        let [pages, tree, outline, metadata] = [&b"/Pages "[..], b"/StructTreeRoot ", b"/Outlines ", b"/Metadata "]
            .map(|key| text_after(catalog, key).and_then(number));
        let (pages, tree, outline, metadata) = (pages?, tree?, outline?, metadata?);
        let kids = list(objects.get(pages)?, b"/Kids[")?;
        let root = objects.get(tree)?;
        let &[document] = &list(root, b"/K[")?[..] else { return None };
        let parents = list(root, b"/Nums[")?;
        if parents.len() != kids.len() {
            return None;
        }
        let on: HashMap<usize, usize> = kids.iter().enumerate().map(|(at, kid)| (*kid, at)).collect();
        // Each element says on which page it is, or its first child does.
        let page_of = |element: usize| {
            let mut element = element;
            for _ in 0..32 {
                let written = objects.get(element)?;
                if let Some(page) = text_after(written, b"/Pg ").and_then(number) {
                    return on.get(&page).copied();
                }
                element = *list(written, b"/K[")?.first()?;
            }
            None
        };
        let elements = list(objects.get(document)?, b"/K[")?;
        let elements = elements.into_iter().map(|element| Some((element, page_of(element)?))).collect::<Option<_>>()?;
        let mut bookmarks = Vec::new();
        let mut next = text_after(objects.get(outline)?, b"/First ").and_then(number);
        while let Some(bookmark) = next {
            let written = objects.get(bookmark)?;
            let target = objects.get(text_after(written, b"/Dest ").and_then(number)?)?;
            bookmarks.push((bookmark, *on.get(&number(target.strip_prefix(b"[")?)?)?));
            next = text_after(written, b"/Next ").and_then(number);
        }
        let catalog = objects.root;
        Some(Bound { catalog, pages, kids, tree, parents, document, elements, outline, bookmarks, metadata })
    }

    /// The PDF of the letter on some pages.
    fn letter(&self, objects: &Objects, pages: Range<usize>) -> Option<Vec<u8>> {
        let mut own = Own { numbers: HashMap::new(), order: Vec::new() };
        let kids = self.kids.get(pages.clone())?;
        let parents = self.parents.get(pages.clone())?;
        let within = |list: &[(usize, usize)]| -> Vec<usize> {
            list.iter().filter(|(_, page)| pages.contains(page)).map(|(object, _)| *object).collect()
        };
        let elements = within(&self.elements);
        let bookmarks = within(&self.bookmarks);
        let mut id = Sha256::new();
        for kid in kids {
            id.update(objects.get(text_after(objects.get(*kid)?, b"/Contents ").and_then(number)?)?);
        }
        let id = format!("{:032x}", u128::from_be_bytes(id.finalize()[..16].try_into().ok()?));
        let mut out = objects.bytes[..objects.ranges.get(1)?.start - b"1 0 obj\n".len()].to_vec();
        let mut places = Vec::new();
        let info = own.number(objects.info);
        let root = own.number(self.catalog);
        let mut at = 0;
        while let Some(object) = own.order.get(at).copied() {
            at += 1;
            places.push(out.len());
            out.extend_from_slice(format!("{at} 0 obj\n").as_bytes());
            let written = objects.get(object)?;
            if object == self.pages {
                let kids = own.references(kids);
                out.extend_from_slice(format!("<</Type/Pages/Count {}/Kids[{kids}]>>", pages.len()).as_bytes());
            } else if object == self.tree {
                let nums: Vec<String> =
                    (0..).zip(parents).map(|(at, one)| format!("{at} {}", own.references(&[*one]))).collect();
                let written = replaced(written, b"/Nums[", b"]", nums.join(" ").as_bytes())?;
                let written = replaced(&written, b"/ParentTreeNextKey ", b">", pages.len().to_string().as_bytes())?;
                own.copy_outside(&written, b"/Nums[", b"]", &mut out)?;
            } else if object == self.document {
                let kids = own.references(&elements);
                let written = replaced(written, b"/K[", b"]", kids.as_bytes())?;
                own.copy_outside(&written, b"/K[", b"]", &mut out)?;
            } else if object == self.outline {
                let (first, last) = (*bookmarks.first()?, *bookmarks.last()?);
                let (first, last) = (own.number(first), own.number(last));
                let count = bookmarks.len();
                out.extend_from_slice(
                    format!("<</Type/Outlines/First {first} 0 R/Last {last} 0 R/Count {count}>>").as_bytes(),
                );
            } else if let Some(nth) = bookmarks.iter().position(|bookmark| *bookmark == object) {
                let mut links = Vec::new();
                if let Some(next) = bookmarks.get(nth + 1) {
                    links.extend_from_slice(format!("/Next {} 0 R", own.number(*next)).as_bytes());
                }
                if nth > 0 {
                    links.extend_from_slice(format!("/Prev {} 0 R", own.number(bookmarks[nth - 1])).as_bytes());
                }
                out.extend_from_slice(format!("<</Parent {} 0 R", own.number(self.outline)).as_bytes());
                out.extend_from_slice(&links);
                own.copy(&written[find(written, b"/Title")?..], &mut out)?;
            } else if object == self.metadata {
                let mut packet = written[find(written, b"<?xpacket")?..written.len() - b"\nendstream".len()].to_vec();
                for (tag, value) in
                    [("xmpTPg:NPages", &*pages.len().to_string()), ("xmpMM:InstanceID", &id), ("xmpMM:DocumentID", &id)]
                {
                    packet = replaced(&packet, format!("<{tag}>").as_bytes(), b"</", value.as_bytes())?;
                }
                out.extend_from_slice(
                    format!("<</Length {}/Type/Metadata/Subtype/XML>>\nstream\n", packet.len()).as_bytes(),
                );
                out.extend_from_slice(&packet);
                out.extend_from_slice(b"\nendstream");
            } else if let Some(nth) = kids.iter().position(|kid| *kid == object) {
                let written = replaced(written, b"/StructParents ", b"/", nth.to_string().as_bytes())?;
                own.copy(&written, &mut out)?;
            } else if self.kids.contains(&object) {
                // Something leads to another letter.
                return None;
            } else {
                own.copy(written, &mut out)?;
            }
            out.extend_from_slice(b"\nendobj\n");
        }
        let start = out.len();
        let count = places.len() + 1;
        out.extend_from_slice(format!("xref\n0 {count}\n0000000000 65535 f\r\n").as_bytes());
        for place in places {
            out.extend_from_slice(format!("{place:010} 00000 n\r\n").as_bytes());
        }
        let trailer = format!(
            "trailer\n<</Size {count}/Root {root} 0 R/Info {info} 0 R/ID[({id})({id})]>>\nstartxref\n{start}\n%%EOF"
        );
        out.extend_from_slice(trailer.as_bytes());
        Some(out)
    }
}

/// The objects of one letter and their new numbers, given as they are met.
struct Own {
    numbers: HashMap<usize, usize>,
    order: Vec<usize>,
}

impl Own {
    fn number(&mut self, object: usize) -> usize {
        *self.numbers.entry(object).or_insert_with(|| {
            self.order.push(object);
            self.order.len()
        })
    }

    fn references(&mut self, objects: &[usize]) -> String {
        let all: Vec<String> = objects.iter().map(|object| format!("{} 0 R", self.number(*object))).collect();
        all.join(" ")
    }

    /// Copies an object, its references renumbered; a stream's bytes as they are.
    fn copy(&mut self, written: &[u8], out: &mut Vec<u8>) -> Option<()> {
        let stream = match written.ends_with(b"\nendstream") {
            true => find(written, b"\nstream\n")?,
            false => written.len(),
        };
        let mut at = 0;
        while at < stream {
            let byte = written[at];
            if byte == b'(' {
                let end = at + text_end(&written[at..stream])?;
                out.extend_from_slice(&written[at..end]);
                at = end;
            } else if byte.is_ascii_digit() {
                let digits = written[at..stream].iter().take_while(|byte| byte.is_ascii_digit()).count();
                let after = at + digits;
                // A number goes on after its point; a reference stands alone.
                let alone =
                    at == 0 || !matches!(written[at - 1], b'.' | b'-' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'+');
                match written[after..stream].starts_with(b" 0 R") && alone {
                    true => {
                        let object = number(&written[at..after])?;
                        out.extend_from_slice(format!("{} 0 R", self.number(object)).as_bytes());
                        at = after + 4;
                    }
                    false => {
                        out.extend_from_slice(&written[at..after]);
                        at = after;
                    }
                }
            } else {
                out.push(byte);
                at += 1;
            }
        }
        out.extend_from_slice(&written[stream..]);
        Some(())
    }

    /// Copies an object but for a stretch that has its new references already.
    fn copy_outside(&mut self, written: &[u8], from: &[u8], to: &[u8], out: &mut Vec<u8>) -> Option<()> {
        let begin = find(written, from)? + from.len();
        let end = begin + find(&written[begin..], to)?;
        self.copy(&written[..begin], out)?;
        out.extend_from_slice(&written[begin..end]);
        self.copy(&written[end..], out)
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn text_after<'a>(bytes: &'a [u8], what: &[u8]) -> Option<&'a [u8]> {
    find(bytes, what).map(|at| &bytes[at + what.len()..])
}

/// The number at the beginning.
fn number(bytes: &[u8]) -> Option<usize> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()
}

/// The objects that a list refers to; the numbers between them, which a tree of parents has, are left out.
fn list(written: &[u8], key: &[u8]) -> Option<Vec<usize>> {
    let from = text_after(written, key)?;
    let items = std::str::from_utf8(&from[..find(from, b"]")?]).ok()?;
    let words: Vec<&str> = items.split_ascii_whitespace().collect();
    let references = words.windows(3).filter(|three| three[1] == "0" && three[2] == "R");
    references.map(|three| three[0].parse().ok()).collect()
}

/// The bytes with what stands between two marks replaced.
fn replaced(written: &[u8], from: &[u8], to: &[u8], with: &[u8]) -> Option<Vec<u8>> {
    let begin = find(written, from)? + from.len();
    let end = begin + find(&written[begin..], to)?;
    Some([&written[..begin], with, &written[end..]].concat())
}

/// How long a text in parentheses is.
fn text_end(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut escaped) = (0, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

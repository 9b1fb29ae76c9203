//! Owns what each worker of a run does: it takes letters that belong together, sets, exports and files them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{Value, json};

use super::Options;
use super::journal::{Digest, Entry, Journal, Keys};
use super::mailing::{Letter, Mailing, Unit};
use super::run::{Outcome, Trouble};
use super::signers::{Signer, Signers};
use crate::diagnostic::Diagnostic;
use crate::typeset::{Pages, Press, Slip, stack};

/// Letters a worker makes at a time: as many as make doing it together pay, few enough that all workers end together, and that one told
/// to stop ends soon.
const BLOCK: usize = 32;
/// Signers whose own blocks are kept for their other letters; some 30 KB each.
const KEPT: usize = 512;

/// What all workers of a run share.
pub struct Room<'a> {
    pub mailing: &'a Mailing,
    pub signers: &'a Signers,
    pub options: &'a Options,
    pub keys: &'a Keys,
    /// Units to make, by their place in the plan.
    pub todo: &'a [usize],
    /// The first of them that nobody has taken.
    pub next: AtomicUsize,
    /// Whether to end after the letters in hand.
    pub stop: &'a AtomicBool,
    /// Signers who have signed already, by their place in the table.
    pub signed: Mutex<HashMap<u32, Arc<Own>>>,
    pub journal: Mutex<Journal>,
    pub outcome: Mutex<Outcome>,
    pub trouble: Mutex<Option<Trouble>>,
}

/// What is a signer's own in all their letters.
pub struct Own {
    signer: Signer,
    slip: Option<Slip>,
}

/// A letter with who signs it.
struct Signed {
    letter: Letter,
    own: Arc<Own>,
}

/// A file made and not yet written.
struct Made {
    /// Its unit's place in the plan.
    at: usize,
    made_from: Digest,
    pages: usize,
    bytes: Vec<u8>,
}

/// A lock whose last holder panicked still holds what it guards.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poison| poison.into_inner())
}

/// What a file is made from, under a key: its letters, each with its signer's data.
fn digest<'a>(
    mailing: &Mailing,
    options: &Options,
    keys: &Keys,
    key: usize,
    letters: impl Iterator<Item = (Letter, Cow<'a, Value>)>,
) -> Digest {
    let look = [u8::from(options.stack.is_some()), u8::from(options.even)];
    let mut parts: Vec<Cow<[u8]>> = vec![look.to_vec().into()];
    for (letter, data) in letters {
        parts.push(mailing.made_from(letter.to).into());
        parts.push(data.to_string().into_bytes().into());
    }
    keys.digest(key, &parts.iter().map(|part| &**part).collect::<Vec<_>>())
}

/// What a unit would be made from, under a key.
pub fn made_from(
    mailing: &Mailing,
    signers: &Signers,
    options: &Options,
    keys: &Keys,
    key: usize,
    unit: &Unit,
) -> Digest {
    let rules = mailing.rules(&|_| true);
    let letters = mailing.letters[unit.letters.clone()].iter();
    let letters = letters.map(|letter| (*letter, Cow::Owned(signers.signer(letter.by as usize, &rules).data)));
    digest(mailing, options, keys, key, letters)
}

/// Works until there is nothing left to take, or until told to stop. What is half written stands at `half_written` alone.
pub fn work(room: &Room, half_written: &Path) {
    let mut press = room.mailing.press.another();
    let block = if room.options.stack.is_some() { 1 } else { BLOCK };
    loop {
        let first = room.next.fetch_add(block, Ordering::Relaxed).min(room.todo.len());
        let units = &room.todo[first..(first + block).min(room.todo.len())];
        if units.is_empty() || room.stop.load(Ordering::Relaxed) || lock(&room.trouble).is_some() {
            break;
        }
        let made = match room.options.stack {
            Some(_) => make_stack(room, &mut press, units[0]).into_iter().collect(),
            None => make_letters(room, &mut press, units),
        };
        for made in made {
            if let Err(trouble) = file(room, &made, half_written) {
                lock(&room.trouble).get_or_insert(trouble);
                break;
            }
        }
    }
    let _ = fs::remove_file(half_written);
}

/// Who signs the letters of some units, with what is their own set.
fn sign(room: &Room, press: &mut Press, units: &[usize]) -> Vec<Signed> {
    let Mailing { letters, units: all, recipients, .. } = room.mailing;
    let letters: Vec<Letter> = units.iter().flat_map(|at| &letters[all[*at].letters.clone()]).copied().collect();
    let mut known: HashMap<u32, Arc<Own>> = HashMap::with_capacity(letters.len());
    {
        let signed = lock(&room.signed);
        known.extend(letters.iter().filter_map(|letter| Some((letter.by, signed.get(&letter.by)?.clone()))));
    }
    let rules = room.mailing.rules(&|_| true);
    let mut new: Vec<u32> = letters.iter().map(|letter| letter.by).filter(|by| !known.contains_key(by)).collect();
    new.sort_unstable();
    new.dedup();
    if !new.is_empty() {
        let signers: Vec<Signer> = new.iter().map(|by| room.signers.signer(*by as usize, &rules)).collect();
        let data: Vec<&Value> = signers.iter().map(|signer| &signer.data).collect();
        let slips = press.slips(&recipients[letters[0].to as usize].form, &data);
        let own = signers.into_iter().zip(slips).map(|(signer, slip)| Arc::new(Own { signer, slip }));
        let mut signed = lock(&room.signed);
        for (by, own) in new.into_iter().zip(own) {
            if signed.len() < KEPT {
                signed.insert(by, own.clone());
            }
            known.insert(by, own);
        }
    }
    letters.into_iter().map(|letter| Signed { letter, own: known[&letter.by].clone() }).collect()
}

/// Sets one letter; what is wrong is noted with its row.
fn set(room: &Room, press: &mut Press, signed: &Signed, in_stack: bool) -> Option<Pages> {
    let Mailing { recipients, allowed_pages, .. } = room.mailing;
    let recipient = &recipients[signed.letter.to as usize];
    let Own { signer, slip } = &*signed.own;
    let mut data = Cow::Borrowed(&signer.data);
    if in_stack {
        data.to_mut()["bookmark"] = json!(format!("{}: {}", recipient.called, signer.name));
    }
    let why = match press.set_signed(&recipient.form, &data, slip.as_ref()) {
        Ok(pages) if pages.count() <= *allowed_pages => return Some(pages),
        Ok(_) => "the letter runs over its page".to_string(),
        Err(errors) => first_of(&errors),
    };
    lock(&room.outcome).failed.push((signer.row, why));
    None
}

fn first_of(errors: &[Diagnostic]) -> String {
    errors.first().map_or(String::new(), |error| error.message.clone())
}

/// What letters are made from, under the newest key.
fn digest_of(room: &Room, letters: &[Signed]) -> Digest {
    let letters = letters.iter().map(|signed| (signed.letter, Cow::Borrowed(&signed.own.signer.data)));
    digest(room.mailing, room.options, room.keys, 0, letters)
}

/// Makes the files of units that are a letter each; those to one official together.
fn make_letters(room: &Room, press: &mut Press, units: &[usize]) -> Vec<Made> {
    let signed = sign(room, press, units);
    let mut made = Vec::with_capacity(units.len());
    let mut units = units.iter();
    for run in signed.chunk_by(|one, next| one.letter.to == next.letter.to) {
        let form = &room.mailing.recipients[run[0].letter.to as usize].form;
        let set: Vec<(usize, &Signed, Pages)> = run
            .iter()
            .zip(units.by_ref())
            .filter_map(|(signed, at)| Some((*at, signed, set(room, press, signed, false)?)))
            .collect();
        let pages: Vec<&Pages> = set.iter().map(|(.., pages)| pages).collect();
        for (bytes, (at, signed, pages)) in press.pdfs(form, &pages).into_iter().zip(&set) {
            match bytes {
                Ok(bytes) => {
                    let made_from = digest_of(room, std::slice::from_ref(signed));
                    made.push(Made { at: *at, made_from, pages: pages.count(), bytes });
                }
                Err(errors) => lock(&room.outcome).failed.push((signed.own.signer.row, first_of(&errors))),
            }
        }
    }
    made
}

/// Makes a stack; none if something is wrong with one of its letters, or if told to stop halfway.
fn make_stack(room: &Room, press: &mut Press, at: usize) -> Option<Made> {
    let signed = sign(room, press, &[at]);
    let mut order: Vec<usize> = (0..signed.len()).collect();
    // Those to one official one after another, whatever their order on paper.
    order.sort_by_key(|at| signed[*at].letter.to);
    let mut letters: Vec<Option<Pages>> = signed.iter().map(|_| None).collect();
    for at in order {
        if room.stop.load(Ordering::Relaxed) {
            return None;
        }
        letters[at] = set(room, press, &signed[at], true);
    }
    let pages = stack::bind(letters.into_iter().collect::<Option<_>>()?, room.options.even)?;
    match press.pdf(&pages) {
        Ok(bytes) => Some(Made { at, made_from: digest_of(room, &signed), pages: pages.count(), bytes }),
        Err(errors) => {
            let why = first_of(&errors);
            lock(&room.outcome).failed.extend(signed.iter().map(|signed| (signed.own.signer.row, why.clone())));
            None
        }
    }
}

/// Writes a file beside its place, notes it, and gives it its name.
fn file(room: &Room, made: &Made, half_written: &Path) -> Result<(), Trouble> {
    let unit = &room.mailing.units[made.at];
    let path = room.mailing.folder.join(&unit.name);
    let name = room.keys.digest(0, &[unit.name.as_bytes()]);
    let entry = Entry {
        key: 0,
        at: made.at as u32,
        made_from: made.made_from,
        bytes: room.keys.digest(0, &[&made.bytes]),
        size: made.bytes.len() as u64,
    };
    let io = |error| Trouble::Io { path: path.clone(), error };
    fs::write(half_written, &made.bytes).map_err(io)?;
    lock(&room.journal).add(&name, &entry).map_err(io)?;
    fs::rename(half_written, &path).map_err(io)?;
    let mut outcome = lock(&room.outcome);
    outcome.files += 1;
    outcome.letters += unit.letters.len();
    outcome.pages += made.pages;
    Ok(())
}

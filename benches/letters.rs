//! The engine alone over many letters: what a merge is measured against.
//!
//! `cargo bench --profile dev --bench letters -- WAY [LETTERS] [THREADS] [STACK] [CAMPAIGN] [SIGNERS]` prints letters a second and the
//! peak of memory in MB. SIGNERS is a table as for a merge; without one they are made up. WAY is
//! `sorted` (a bare loop, letters to one recipient are neighbours), `given` (a bare loop in the order of the signers), `shared` (sorted, what
//! letters share handed over once), `files` (only what is the signers' own set anew, exported together, as a merge does), `stack` (the same, bound by 100 or STACK).

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use handbill::compose::{Settings, compose};
use handbill::diagnostic::Diagnostics;
use handbill::kit::Kit;
use handbill::make::Workshop;
use handbill::merge::signers::{Rules, Signers};
use handbill::plan::Wanted;
use handbill::typeset::{LetterForm, Pages, Press, stack};
use serde_json::{Value, json};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let way = arguments.first().map_or("sorted", String::as_str);
    let number = |at: usize, usual: usize| arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (letters, threads, in_stack) = (number(1, 1000), number(2, 2), number(3, 100));
    let spent = [const { AtomicUsize::new(0) }; 3];
    let spend = |at: usize, since: Instant| {
        spent[at].fetch_add(since.elapsed().as_micros() as usize, Ordering::Relaxed);
    };
    let kandiyohi = Path::new(env!("CARGO_MANIFEST_DIR")).join("campaigns/kandiyohi-county-mn");
    let (kit, forms) = forms(arguments.get(4).map_or(kandiyohi.as_path(), Path::new));
    let signers = letters.div_ceil(forms.len());
    let senders: Vec<Value> = match arguments.get(5) {
        Some(table) => read(Path::new(table)),
        None => (0..signers).map(sender).collect(),
    };
    assert!(senders.len() >= signers, "{} signers for {letters} letters", senders.len());
    let next = AtomicUsize::new(0);
    let bytes = AtomicUsize::new(0);
    let whose = |at: usize| match way {
        "given" => (at % forms.len(), at / forms.len()),
        _ => ((at / signers).min(forms.len() - 1), at % signers),
    };
    let work = |press: &mut Press, letters: std::ops::Range<usize>| -> Vec<Pages> {
        let mut slips = match way {
            "files" | "stack" => {
                let own: Vec<&Value> = letters.clone().map(|at| &senders[whose(at).1]).collect();
                press.slips(&forms[0].2, &own).into_iter()
            }
            _ => Vec::new().into_iter(),
        };
        letters
            .map(|at| {
                let (form, signer) = whose(at);
                let (document, data, form) = &forms[form];
                let set = if matches!(way, "sorted" | "given") {
                    let mut data = data.clone();
                    data["signer"] = senders[signer].clone();
                    press.set(document, &data)
                } else {
                    press.set_signed(form, &senders[signer], slips.next().flatten().as_ref())
                };
                set.unwrap_or_else(|errors| panic!("{errors:?}"))
            })
            .collect()
    };
    let press = Press::for_letters(&kit.library);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut press = press.another();
                let block = match way {
                    "stack" => in_stack,
                    "files" => 32,
                    _ => 1,
                };
                loop {
                    let first = next.fetch_add(block, Ordering::Relaxed);
                    if first >= letters {
                        break;
                    }
                    let since = Instant::now();
                    let pages = work(&mut press, first..letters.min(first + block));
                    spend(0, since);
                    let since = Instant::now();
                    let pages = match way {
                        "stack" => vec![stack::bind(pages, false).expect("letters")],
                        _ => pages,
                    };
                    spend(1, since);
                    let since = Instant::now();
                    let pdfs = match way {
                        // A block may hold letters to two recipients; here their fonts are taken to be the same.
                        "files" => press.pdfs(&forms[whose(first).0].2, &pages.iter().collect::<Vec<_>>()),
                        _ => pages.iter().map(|pages| press.pdf(pages)).collect(),
                    };
                    for pdf in pdfs {
                        bytes.fetch_add(pdf.unwrap_or_else(|errors| panic!("{errors:?}")).len(), Ordering::Relaxed);
                    }
                    spend(2, since);
                }
            });
        }
    });
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{way}: {letters} letters, {threads} threads, {seconds:.2} s, {:.0} letters/s, {:.1} KB a letter, peak {} MB; a letter: {}",
        letters as f64 / seconds,
        bytes.load(Ordering::Relaxed) as f64 / 1024.0 / letters as f64,
        peak(),
        ["set", "bound", "exported"]
            .iter()
            .zip(&spent)
            .map(|(name, spent)| format!(
                "{name} {:.2} ms",
                spent.load(Ordering::Relaxed) as f64 / 1000.0 / letters as f64
            ))
            .collect::<Vec<_>>()
            .join(", ")
    );
}

/// The signers of a table, as a layout gets them.
fn read(table: &Path) -> Vec<Value> {
    let signers = Signers::read(table, None, &mut Diagnostics::default()).expect("a table of signers");
    let rules = Rules { blanks: true, state: "MN", labels: ["", ""], can_draw: &|_| true };
    (0..signers.len()).map(|at| signers.signer(at, &rules).data).collect()
}

/// The letters to a campaign's commissioners, composed.
fn forms(folder: &Path) -> (Kit, Vec<(String, Value, LetterForm)>) {
    let settings =
        Settings { today: "2026-11-22".parse().expect("a date"), blanks: true, allow_overdue: true, sheets: None };
    let mut problems = Diagnostics::default();
    let mut workshop = Workshop::open(folder, &mut problems).expect("the example opens");
    let wanted = Wanted { documents: vec!["letter-commissioner".to_string()], ..Wanted::default() };
    let plan = workshop.plan(&wanted, &settings, &mut problems);
    let forms = plan
        .jobs
        .iter()
        .filter_map(|job| {
            let composed =
                compose(&workshop.kit, &workshop.campaign, job, &settings, &plan.run, &|_| true, &mut problems)?;
            let form = LetterForm::new(&job.document, &composed.data);
            Some((job.document.clone(), composed.data, form))
        })
        .collect();
    (workshop.kit, forms)
}

/// A made-up signer: a number, not a person.
fn sender(at: usize) -> Value {
    let text = |text: String| json!([{ "t": "text", "text": text }]);
    json!({
        "from": [text(format!("Signer {at}")), text(format!("{} Example Street", 100 + at)), text(format!("Willmar, MN {:05}", 56201 + at % 90))],
        "name": [text(format!("Signer {at}"))],
        "bookmark": format!("Signer {at}"),
        "own": if at.is_multiple_of(3) { json!(format!("This is what signer {at} says of their own in one or two sentences, so that no letter is like the next.")) } else { Value::Null },
    })
}

/// The most memory the process has held, in MB; 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|text| text.parse::<u64>().ok()).unwrap_or_default() / 1024
}

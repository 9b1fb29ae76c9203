//! Where the time goes when one campaign's five documents are made: `cargo bench --profile dev`.

use std::path::{Path, PathBuf};

use divan::{Bencher, black_box};
use handbill::compose::{Settings, compose};
use handbill::context::Run;
use handbill::diagnostic::Diagnostics;
use handbill::kit::Kit;
use handbill::make::{Formats, Workshop};
use handbill::plan::Wanted;
use handbill::typeset::Press;

fn main() {
    divan::main();
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("campaigns/kandiyohi-county-mn")
}

fn settings() -> Settings {
    Settings { today: "2026-11-21".parse().expect("a date"), blanks: false, allow_overdue: false, sheets: None }
}

fn workshop() -> Workshop {
    Workshop::open(&folder(), &mut Diagnostics::default()).expect("the example opens")
}

/// Facts, contracts and words read and checked.
#[divan::bench]
fn read_kit() -> Kit {
    Kit::for_campaign(&folder(), &mut Diagnostics::default())
}

/// Fonts and layouts made ready; the fonts are parsed once in a process.
#[divan::bench]
fn ready_press(bencher: Bencher) {
    let kit = Kit::built_in(&mut Diagnostics::default());
    bencher.bench_local(|| Press::new(black_box(&kit.library)));
}

/// The whole catalogue filled, made into blocks and checked, nothing set.
#[divan::bench(sample_count = 10)]
fn compose_catalogue(bencher: Bencher) {
    let mut workshop = workshop();
    let plan = workshop.plan(&Wanted::everything(), &settings(), &mut Diagnostics::default());
    bencher.bench_local(|| {
        for job in &plan.jobs {
            black_box(compose(
                &workshop.kit,
                &workshop.campaign,
                job,
                &settings(),
                &plan.run,
                &|_| true,
                &mut Diagnostics::default(),
            ));
        }
    });
}

/// The whole catalogue composed and set.
#[divan::bench(sample_count = 5)]
fn set_catalogue(bencher: Bencher) {
    let mut workshop = workshop();
    let plan = workshop.plan(&Wanted::everything(), &settings(), &mut Diagnostics::default());
    bencher.bench_local(|| {
        for job in &plan.jobs {
            black_box(workshop.make(job, &settings(), &mut Diagnostics::default()));
        }
    });
}

/// Every job filled, made into blocks and checked, nothing set.
#[divan::bench]
fn compose_all(bencher: Bencher) {
    let mut workshop = workshop();
    let jobs = workshop.plan(&Wanted::default(), &settings(), &mut Diagnostics::default()).jobs;
    bencher.bench_local(|| {
        for job in &jobs {
            black_box(compose(
                &workshop.kit,
                &workshop.campaign,
                job,
                &settings(),
                &Run::default(),
                &|_| true,
                &mut Diagnostics::default(),
            ));
        }
    });
}

/// Every job composed and set, with the engine's memo as warm as a long run has it.
#[divan::bench]
fn set_all(bencher: Bencher) {
    let mut workshop = workshop();
    let jobs = workshop.plan(&Wanted::default(), &settings(), &mut Diagnostics::default()).jobs;
    bencher.bench_local(|| {
        for job in &jobs {
            black_box(workshop.make(job, &settings(), &mut Diagnostics::default()));
        }
    });
}

/// Every job exported to PDF/UA.
#[divan::bench]
fn export_all(bencher: Bencher) {
    let mut workshop = workshop();
    let jobs = workshop.plan(&Wanted::default(), &settings(), &mut Diagnostics::default()).jobs;
    let made: Vec<_> =
        jobs.iter().filter_map(|job| workshop.make(job, &settings(), &mut Diagnostics::default())).collect();
    bencher.bench_local(|| {
        for made in &made {
            black_box(workshop.outputs(made, Formats { pdf: true, png: false }, &mut Diagnostics::default()));
        }
    });
}

/// All of it, as `handbill build` does it, but for writing the files.
#[divan::bench]
fn whole_campaign(bencher: Bencher) {
    bencher.bench_local(|| {
        let mut workshop = workshop();
        let jobs = workshop.plan(&Wanted::default(), &settings(), &mut Diagnostics::default()).jobs;
        for job in &jobs {
            let made = workshop.make(job, &settings(), &mut Diagnostics::default()).expect("it is made");
            black_box(workshop.outputs(&made, Formats { pdf: true, png: false }, &mut Diagnostics::default()));
        }
    });
}

/// The steps of a merge, with as many letters as one worker makes at a time.
mod merge {
    use std::fmt::Write as _;

    use handbill::merge::signers::{Rules, Signers};
    use handbill::typeset::{LetterForm, Pages, Slip, stack};
    use serde_json::Value;

    use super::*;

    const LETTERS: usize = 32;

    fn table(rows: usize) -> tempfile::NamedTempFile {
        let mut text = "name,street,city,zip,paragraph\n".to_string();
        for at in 0..rows {
            let own = ["", "I have lived here for years, and I ask you to listen."][at % 2];
            let _ = writeln!(text, "Signer {at},{at} Example Street,Willmar,56201,{own}");
        }
        let file = tempfile::Builder::new().suffix(".csv").tempfile().expect("a file");
        std::fs::write(file.path(), text).expect("it can be written");
        file
    }

    fn rules() -> Rules<'static> {
        Rules { blanks: false, state: "MN", labels: ["", ""], can_draw: &|_| true }
    }

    fn read(rows: usize) -> Signers {
        let file = table(rows);
        Signers::read(file.path(), None, &mut Diagnostics::default()).expect("a table")
    }

    /// A press, the form of a letter, and who signs it.
    fn ready() -> (Press, LetterForm, Vec<Value>) {
        let mut workshop = workshop();
        let wanted = Wanted { documents: vec!["letter-commissioner".to_string()], ..Wanted::default() };
        let plan = workshop.plan(&wanted, &settings(), &mut Diagnostics::default());
        let composed = workshop.compose(&plan.jobs[0], &settings(), &mut Diagnostics::default()).expect("composed");
        let form = LetterForm::new(&plan.jobs[0].document, &composed.data);
        let signers = read(LETTERS);
        let data = (0..LETTERS).map(|at| signers.signer(at, &rules()).data).collect();
        (Press::new(&workshop.kit.library), form, data)
    }

    fn slips(press: &mut Press, form: &LetterForm, signers: &[Value]) -> Vec<Option<Slip>> {
        press.slips(form, &signers.iter().collect::<Vec<_>>())
    }

    fn put_together(press: &mut Press, form: &LetterForm, signers: &[Value], slips: &[Option<Slip>]) -> Vec<Pages> {
        let letters = signers.iter().zip(slips);
        letters.map(|(signer, slip)| press.set_signed(form, signer, slip.as_ref()).expect("a letter")).collect()
    }

    fn letters() -> (Press, LetterForm, Vec<Pages>) {
        let (mut press, form, signers) = ready();
        let slips = slips(&mut press, &form, &signers);
        let letters = put_together(&mut press, &form, &signers, &slips);
        (press, form, letters)
    }

    /// A thousand rows read and checked.
    #[divan::bench]
    fn read_and_check_1000_rows(bencher: Bencher) {
        let file = table(1000);
        bencher.bench_local(|| {
            let signers = Signers::read(file.path(), None, &mut Diagnostics::default()).expect("a table");
            let mut problems = Diagnostics::default();
            (0..signers.len()).for_each(|at| signers.check(at, &rules(), &mut problems));
            assert!(!problems.has_errors());
        });
    }

    /// Each letter set whole, as they would be without standing type.
    #[divan::bench]
    fn set_32_letters_whole(bencher: Bencher) {
        let (mut press, form, signers) = ready();
        bencher.bench_local(|| -> Vec<Pages> {
            signers.iter().map(|signer| press.set_letter(&form, signer).expect("a letter")).collect()
        });
    }

    /// What is the signers' own set alone; no signer comes twice.
    #[divan::bench]
    fn set_32_slips(bencher: Bencher) {
        let (press, form, signers) = ready();
        let press = std::cell::RefCell::new(press);
        let mut round = 0;
        let others = || {
            round += 1;
            let mut signers = signers.clone();
            for (at, signer) in signers.iter_mut().enumerate() {
                let name = format!("Signer {at} of round {round}");
                signer["from"][0][0]["text"] = name.clone().into();
                signer["name"][0][0]["text"] = name.into();
            }
            signers
        };
        bencher.with_inputs(others).bench_local_refs(|signers| slips(&mut press.borrow_mut(), &form, signers));
    }

    /// The slips put where another signer's stand.
    #[divan::bench]
    fn put_32_letters_together(bencher: Bencher) {
        let (mut press, form, signers) = ready();
        let slips = slips(&mut press, &form, &signers);
        bencher.bench_local(|| put_together(&mut press, &form, &signers, &slips));
    }

    /// A PDF for each letter, by itself.
    #[divan::bench]
    fn export_32_letters_alone(bencher: Bencher) {
        let (press, _, letters) = letters();
        bencher.bench_local(|| letters.iter().map(|pages| press.pdf(pages).expect("a PDF").len()).sum::<usize>());
    }

    /// A PDF for each letter, exported together and taken apart.
    #[divan::bench]
    fn export_32_letters_together(bencher: Bencher) {
        let (mut press, form, letters) = letters();
        let letters: Vec<&Pages> = letters.iter().collect();
        bencher.bench_local(|| press.pdfs(&form, &letters));
    }

    /// One PDF for all letters.
    #[divan::bench]
    fn bind_and_export_32_letters(bencher: Bencher) {
        let (press, _, letters) = letters();
        bencher.bench_local(|| press.pdf(&stack::bind(letters.clone(), false).expect("letters")).expect("a PDF"));
    }
}

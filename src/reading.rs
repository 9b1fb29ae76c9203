//! Owns how hard a text is to read: its sentences, its Flesch-Kincaid grade, and words that are better left out.

/// A sentence with the counts that its grade is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// Its words.
    pub words: usize,
    /// Their syllables.
    pub syllables: usize,
}

/// Words of the style list, each with a better one. They insult, they blur, or they are only heard in offices.
pub const AVOID: &[(&str, &str)] = &[
    ("alien", "person, noncitizen"),
    ("aliens", "people, noncitizens"),
    ("illegals", "people"),
    ("crackdown", "say what was done"),
    ("raid", "say what was done"),
    ("raids", "say what was done"),
    ("regime", "government, office"),
    ("terrorize", "say what was done"),
    ("utilize", "use"),
    ("leverage", "use"),
    ("impactful", "say what it changes"),
    ("robust", "strong"),
    ("stakeholder", "say who"),
    ("stakeholders", "say who"),
    ("facilitate", "help"),
    ("prior to", "before"),
    ("in order to", "to"),
    ("pursuant to", "under"),
    ("heretofore", "until now"),
    ("aforementioned", "this"),
];

/// Ends of abbreviations that do not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "u.s", "u.s.c", "c.f.r", "st", "no", "v", "sec", "ch", "dept", "a.m", "p.m", "jr", "sr", "dr", "rev", "art",
    "minn", "stat", "op", "fed", "co", "gov't", "tex", "fla", "pub", "l", "div", "inc", "ext", "h.r", "d.c",
];

/// Cuts a text into sentences.
pub fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut start = 0;
    let bytes: Vec<(usize, char)> = text.char_indices().collect();
    for (nth, (at, c)) in bytes.iter().enumerate() {
        if !matches!(c, '.' | '?' | '!') {
            continue;
        }
        // A closing quotation mark or bracket belongs to the sentence.
        let mut next = nth + 1;
        while bytes.get(next).is_some_and(|(_, c)| matches!(c, '"' | '\u{201D}' | '\u{2019}' | ')')) {
            next += 1;
        }
        let end = bytes.get(next).map_or(text.len(), |(at, _)| *at);
        if bytes.get(next).is_some_and(|(_, c)| !c.is_whitespace()) {
            continue;
        }
        let before = text[start..*at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        let follows = text[end..].trim_start().chars().next();
        let short = ABBREVIATIONS.contains(&before.to_lowercase().as_str());
        if *c == '.'
            && short
            && follows.is_some_and(|c| !c.is_uppercase() || before.len() < 4 && before != "a.m" && before != "p.m")
        {
            continue;
        }
        push(&text[start..end], &mut found);
        start = end;
    }
    push(&text[start..], &mut found);
    found
}

fn push(text: &str, found: &mut Vec<Sentence>) {
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    if !words.is_empty() {
        let syllables = words.iter().map(|word| syllables(word)).sum();
        found.push(Sentence { text: text.trim().to_string(), words: words.len(), syllables });
    }
}

/// Syllables of an English word, by its groups of vowels; a figure counts as one, as readers take it in at a glance.
pub fn syllables(word: &str) -> usize {
    // What stands between hyphens is read as words of their own.
    word.split('-').map(one).sum::<usize>().max(1)
}

fn one(word: &str) -> usize {
    let lower: String = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    if lower.is_empty() {
        return usize::from(word.chars().any(char::is_alphanumeric));
    }
    // Initials are spoken letter by letter.
    if word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && lower.len() <= 4 && lower != "ice" {
        return lower.len();
    }
    let letters: Vec<char> = lower.chars().collect();
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'á' | 'é' | 'í' | 'ó' | 'ú');
    let mut count = 0;
    let mut last = false;
    for c in &letters {
        let is = vowel(*c);
        count += usize::from(is && !last);
        last = is;
    }
    let ends = |end: &str| lower.ends_with(end);
    // A silent e; but not that of table and people.
    let le = ends("le") && letters.len() > 2 && !vowel(letters[letters.len() - 3]);
    if ends("e") && !le && count > 1 && !ends("ee") && !ends("ye") {
        count -= 1;
    }
    // Past tenses say their e only after t and d; plurals only after a hiss.
    let stem = |cut: usize| letters.len().checked_sub(cut + 1).map(|at| letters[at]);
    if ends("ed") && count > 1 && stem(2).is_some_and(|c| !vowel(c) && !matches!(c, 't' | 'd')) {
        count -= 1;
    }
    if ends("es")
        && count > 1
        && stem(2).is_some_and(|c| !vowel(c) && !matches!(c, 's' | 'x' | 'z' | 'c' | 'g' | 'h' | 'l'))
    {
        count -= 1;
    }
    // The silent e of a stem stays silent before an ending: enforcement, safely.
    for end in ["ment", "ments", "ly", "ful", "less", "ness"] {
        let stem: Vec<char> = lower.strip_suffix(end).map(|stem| stem.chars().collect()).unwrap_or_default();
        if let [.., before, 'e'] = stem.as_slice()
            && !vowel(*before)
            && count > 2
        {
            count -= 1;
        }
    }
    // Two vowels that are heard apart: union and create are, nation and special are not.
    for pair in ["ia", "io", "iu", "ua", "uo"] {
        for (at, _) in lower.match_indices(pair) {
            let soft = at > 0 && matches!(letters.get(at - 1), Some('t' | 's' | 'c' | 'x' | 'g' | 'q'));
            count += usize::from(!soft && letters.len() > at + 2);
        }
    }
    count.max(1)
}

/// The Flesch-Kincaid grade of some sentences: the year of school in which a reader follows them. `None` if there are none.
///
/// Source: Kincaid and others, Navy Research Branch Report 8-75, 1975.
pub fn grade<'a>(sentences: impl IntoIterator<Item = &'a Sentence>) -> Option<f64> {
    let (mut count, mut words, mut syllables) = (0, 0, 0);
    for sentence in sentences {
        count += 1;
        words += sentence.words;
        syllables += sentence.syllables;
    }
    if count == 0 {
        return None;
    }
    let (count, words, syllables) = (f64::from(count), words as f64, syllables as f64);
    Some(0.39 * words / count + 11.8 * syllables / words - 15.59)
}

/// The words of the style list that a text has.
pub fn avoided(text: &str) -> Vec<&'static (&'static str, &'static str)> {
    let lower: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let spaced = format!(" {} ", lower.split_whitespace().collect::<Vec<_>>().join(" "));
    AVOID.iter().filter(|(word, _)| spaced.contains(&format!(" {word} "))).collect()
}

#[cfg(test)]
mod tests {
    use super::{avoided, grade, sentences, syllables};

    #[test]
    fn syllables_of_words_that_matter_here() {
        for (word, count) in [
            ("the", 1),
            ("agreement", 3),
            ("immigration", 4),
            ("officers", 3),
            ("table", 2),
            ("trained", 1),
            ("asked", 1),
            ("wanted", 2),
            ("people", 2),
            ("county", 2),
            ("sheriff", 2),
            ("enforcement", 3),
            ("lets", 1),
            ("pages", 2),
            ("names", 1),
            ("someone", 2),
            ("create", 2),
            ("union", 2),
            ("science", 2),
            ("U.S.", 2),
            ("287(g)", 1),
            ("part-time", 2),
            ("community", 4),
            ("reported", 3),
            ("federal", 3),
        ] {
            let found = syllables(word);
            assert!(
                found.abs_diff(count) <= usize::from(["create", "union", "someone", "science"].contains(&word)),
                "{word}: {found}"
            );
        }
    }

    #[test]
    fn sentences_end_where_they_end() {
        let text = "The U.S. Attorney said so. Did he? \"Yes.\" It is 8 U.S.C. 1357 and it began at 9 a.m. on Monday.";
        let found: Vec<String> = sentences(text).into_iter().map(|sentence| sentence.text).collect();
        assert_eq!(
            found,
            [
                "The U.S. Attorney said so.",
                "Did he?",
                "\"Yes.\"",
                "It is 8 U.S.C. 1357 and it began at 9 a.m. on Monday."
            ]
        );
    }

    #[test]
    fn grades_are_those_of_the_formula() {
        // 6 words, 6 syllables, one sentence.
        let easy = grade(&sentences("The cat sat on the mat.")).unwrap();
        assert!((easy - (0.39 * 6.0 + 11.8 - 15.59)).abs() < 1e-9, "{easy}");
        let hard = grade(&sentences(
            "Notwithstanding administrative considerations, municipal authorities investigated organizational accountability.",
        ))
        .unwrap();
        assert!(hard > 20.0, "{hard}");
        assert!(grade(&[]).is_none());
    }

    #[test]
    fn the_style_list_is_found_as_whole_words() {
        assert_eq!(avoided("They utilize aliens.").len(), 2);
        assert!(avoided("Paraiding is salient.").is_empty());
    }
}

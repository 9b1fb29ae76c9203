//! Owns links: unwraps what mail programs and browsers put around them, and refuses what leads elsewhere than to ICE or DHS.

/// What a link turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Link {
    /// A direct address.
    Plain(String),
    /// An address that had to be freed or mended, and why.
    Mended(String, &'static str),
    /// No address that may be printed as ICE's, and why.
    Broken(&'static str),
}

const WRAPPED: &str = "the link was wrapped in a mail program's redirect";
const MENDED: &str = "the link was damaged";
const ELSEWHERE: &str = "the link does not lead to a site of ICE or DHS";
const NO_ADDRESS: &str = "the link is no web address";

pub(super) fn link(found: &str) -> Link {
    let found = found.trim();
    let mut why = None;
    let mut address = found.to_string();
    // A redirect may hold another; more than a few is a loop or a trick.
    for _ in 0..4 {
        match unwrapped(&address) {
            Some(inner) => {
                address = inner.trim().to_string();
                why = Some(WRAPPED);
            }
            None => break,
        }
    }
    if let Some(mended) = mended(&address) {
        address = mended;
        why = why.or(Some(MENDED));
    }
    match host(&address) {
        None => Link::Broken(NO_ADDRESS),
        Some(host) if !ours(&host) => Link::Broken(ELSEWHERE),
        Some(_) if address.chars().any(|letter| letter.is_whitespace() || letter.is_control()) => {
            Link::Mended(address.split_whitespace().collect::<Vec<_>>().join("%20"), why.unwrap_or(MENDED))
        }
        Some(_) => match why {
            Some(why) => Link::Mended(address, why),
            None => Link::Plain(address),
        },
    }
}

fn ours(host: &str) -> bool {
    ["ice.gov", "dhs.gov"].iter().any(|site| host == *site || host.ends_with(&format!(".{site}")))
}

/// The host of a web address, lower case; `None` for one that hides its host behind a user name.
fn host(address: &str) -> Option<String> {
    let lower = address.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let plain = host.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-'));
    (plain && host.contains('.')).then(|| host.to_string())
}

fn unwrapped(address: &str) -> Option<String> {
    let host = host(address)?;
    if host.ends_with("safelinks.protection.outlook.com") {
        let (_, query) = address.split_once('?')?;
        let inner = query.split(['&', '#']).find_map(|pair| pair.strip_prefix("url="))?;
        return decoded(inner);
    }
    if host == "urldefense.com" || host == "urldefense.us" {
        let (_, rest) = address.split_once("__")?;
        return rest.split_once("__").map(|(inner, _)| inner.to_string());
    }
    None
}

/// Undoes what browsers do: an add-on's address in front, a lost slash after `https:`.
fn mended(address: &str) -> Option<String> {
    let lower = address.to_ascii_lowercase();
    let inner = if lower.starts_with("chrome-extension:") {
        let at = lower.find("http")?;
        address.get(at..)?
    } else {
        address
    };
    for scheme in ["https:", "http:"] {
        if let Some(head) = inner.get(..scheme.len())
            && head.eq_ignore_ascii_case(scheme)
        {
            let fixed = format!("{scheme}//{}", inner[scheme.len()..].trim_start_matches('/'));
            return (fixed != address).then_some(fixed);
        }
    }
    lower.starts_with("www.").then(|| format!("https://{address}"))
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{ELSEWHERE, Link, MENDED, NO_ADDRESS, WRAPPED, link};

    #[test]
    fn direct_links_stay() {
        let direct = "https://www.ice.gov/doclib/287gMOA/A_TFM_%20MOA.pdf";
        assert_eq!(link(direct), Link::Plain(direct.to_string()));
    }

    #[test]
    fn redirects_are_unwrapped_and_damage_is_mended() {
        let plain = "https://www.ice.gov/doclib/287gMOA/A.pdf";
        let safe = "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.ice.gov%2Fdoclib%2F287gMOA%2FA.pdf&data=05%7C02&reserved=0";
        assert_eq!(link(safe), Link::Mended(plain.to_string(), WRAPPED));
        assert_eq!(link("https:/www.ice.gov/doclib/287gMOA/A.pdf"), Link::Mended(plain.to_string(), MENDED));
        let add_on = "chrome-extension://efaid/https:/www.ice.gov/doclib/287gMOA/A.pdf";
        assert_eq!(link(add_on), Link::Mended(plain.to_string(), MENDED));
        assert_eq!(link("www.ice.gov/doclib/287gMOA/A.pdf"), Link::Mended(plain.to_string(), MENDED));
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        let safe = "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2FA.pdf&data=1";
        assert_eq!(link(safe), Link::Broken(ELSEWHERE));
        assert_eq!(link("https://ice.gov.evil.example/a"), Link::Broken(ELSEWHERE));
        assert_eq!(link("https://www.ice.gov@evil.example/a"), Link::Broken(NO_ADDRESS));
        assert_eq!(link("file:///C:/Users/a.pdf"), Link::Broken(NO_ADDRESS));
        assert_eq!(link("https://x.safelinks.protection.outlook.com/?url=%zz"), Link::Broken(ELSEWHERE));
    }
}

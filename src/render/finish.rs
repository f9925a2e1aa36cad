//! The last step of every page: takes the HTML that templates gave, gives the bytes that are published.
//!
//! 1. Links from the site's root (`/groups/x/`) become relative to the page, so that the same files work at a
//!    domain's root and under any path below it; author-written ones too.
//! 2. `@` becomes `&#64;`, which browsers read the same and address harvesters mostly do not.
//! 3. White space that only served the template goes away.
//!
//! It knows tags from text, never what a page says.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

/// Where a page will stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing<'a> {
    /// At this address from the site's root, such as `/groups/x/`.
    At(&'a str),
    /// Anywhere, as `404.html` is: links begin with the site's own path, from `/` to `/`.
    Anywhere(&'a str),
}

/// Finishes a page.
pub(crate) fn finish(html: &str, standing: Standing<'_>) -> Vec<u8> {
    let mut page = Page { rest: html.as_bytes(), out: Vec::with_capacity(html.len()), standing };
    let mut verbatim = false;
    while let Some(start) = memchr(b'<', page.rest) {
        let (text, rest) = page.rest.split_at(start);
        push_text(text, verbatim, &mut page.out);
        page.rest = rest;
        match rest.get(1) {
            Some(b'!' | b'?') => page.copy_declaration(),
            Some(b'/') => {
                verbatim = verbatim && !is_name(rest.get(2..).unwrap_or(&[]), VERBATIM);
                page.copy_through(b">");
            }
            Some(letter) if letter.is_ascii_alphabetic() => {
                verbatim = verbatim || is_name(rest.get(1..).unwrap_or(&[]), VERBATIM);
                page.copy_element();
            }
            _ => page.copy(1),
        }
    }
    push_text(page.rest, verbatim, &mut page.out);
    page.out
}

/// White space counts in these.
const VERBATIM: &[&[u8]] = &[b"pre", b"textarea"];

/// These hold no tags.
const RAW: &[&[u8]] = &[b"script", b"style"];

struct Page<'a> {
    rest: &'a [u8],
    out: Vec<u8>,
    standing: Standing<'a>,
}

impl Page<'_> {
    fn copy(&mut self, length: usize) {
        let (head, tail) = self.rest.split_at(length.min(self.rest.len()));
        self.out.extend_from_slice(head);
        self.rest = tail;
    }

    fn copy_through(&mut self, end: &[u8]) {
        let length = memmem::find(self.rest, end).map_or(self.rest.len(), |at| at + end.len());
        self.copy(length);
    }

    fn copy_declaration(&mut self) {
        self.copy_through(if self.rest.starts_with(b"<!--") { b"-->" } else { b">" });
    }

    /// A start tag, and all that it encloses where that is no HTML.
    fn copy_element(&mut self) {
        let name = name_length(self.rest.get(1..).unwrap_or(&[]));
        let tag = self.rest.get(1..=name).unwrap_or(&[]);
        self.copy(1 + name);
        self.copy_attributes(tag);
        if let Some(raw) = RAW.iter().find(|raw| tag.eq_ignore_ascii_case(raw)) {
            let end = [b"</", *raw].concat();
            let length = memmem::find(self.rest, &end).unwrap_or(self.rest.len());
            self.copy(length);
        }
    }

    fn copy_attributes(&mut self, tag: &[u8]) {
        loop {
            self.rest = self.rest.trim_ascii_start();
            match self.rest.first() {
                None => return,
                Some(b'>') => return self.copy(1),
                Some(b'/') => {
                    self.copy(1);
                    continue;
                }
                Some(_) => {}
            }
            let length = self
                .rest
                .iter()
                .position(|&byte| ends_name(byte))
                .unwrap_or(self.rest.len())
                .max(1);
            let name = self.rest.get(..length).unwrap_or(&[]);
            self.out.push(b' ');
            self.copy(length);
            if self.rest.trim_ascii_start().first() == Some(&b'=') {
                self.rest = self.rest.trim_ascii_start();
                self.copy(1);
                self.rest = self.rest.trim_ascii_start();
                self.copy_value(tag, name);
            }
        }
    }

    fn copy_value(&mut self, tag: &[u8], name: &[u8]) {
        let Some(&quote) = self.rest.first().filter(|byte| matches!(byte, b'"' | b'\'')) else {
            let end = self.rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'>');
            return self.copy(end.unwrap_or(self.rest.len()));
        };
        self.copy(1);
        let end = memchr(quote, self.rest).unwrap_or(self.rest.len());
        let (value, rest) = self.rest.split_at(end);
        self.rest = rest;
        push_text(&self.link(tag, name, value), true, &mut self.out);
        self.copy(1);
    }

    /// The value of an attribute, with its links made relative.
    fn link<'v>(&self, tag: &[u8], name: &[u8], value: &'v [u8]) -> Cow<'v, [u8]> {
        match name {
            b"href" | b"src" | b"poster" if is_local(value) => self.relative(value).into(),
            b"srcset" => join(value, b',', |one| {
                let url = one.trim_ascii_start();
                if is_local(url) { self.relative(url) } else { url.to_vec() }
            }),
            b"content" if tag.eq_ignore_ascii_case(b"meta") => self.refresh(value),
            _ => value.into(),
        }
    }

    /// `0; url=/x/`, as in a redirect page.
    fn refresh<'v>(&self, value: &'v [u8]) -> Cow<'v, [u8]> {
        let digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let Some((seconds, rest)) = value.split_at_checked(digits) else { return value.into() };
        match rest.strip_prefix(b"; url=") {
            Some(url) if digits > 0 && is_local(url) => {
                [seconds, b"; url=", &self.relative(url)].concat().into()
            }
            _ => value.into(),
        }
    }

    fn relative(&self, target: &[u8]) -> Vec<u8> {
        match self.standing {
            Standing::Anywhere(root) => [root.as_bytes(), target.get(1..).unwrap_or(&[])].concat(),
            Standing::At(page) => relative(page.as_bytes(), target),
        }
    }
}

/// The way from one address to another, both from the site's root (RFC 3986, section 4.2).
fn relative(page: &[u8], target: &[u8]) -> Vec<u8> {
    let path = target.iter().position(|b| matches!(b, b'?' | b'#')).unwrap_or(target.len());
    let same = page.iter().zip(target.iter().take(path)).take_while(|(a, b)| a == b).count();
    let common = page.iter().take(same).rposition(|&b| b == b'/').map_or(0, |slash| slash + 1);
    let up = page.iter().skip(common).filter(|&&b| b == b'/').count();
    let rest = target.get(common..).unwrap_or(&[]);
    let mut way = b"../".repeat(up);
    let bare = rest.first().is_none_or(|b| matches!(b, b'?' | b'#' | b'/'));
    let scheme_like = rest.split(|&b| b == b'/').next().is_some_and(|part| part.contains(&b':'));
    if up == 0 && (bare || scheme_like) {
        way.extend_from_slice(b"./");
    }
    way.extend_from_slice(rest);
    way
}

fn is_local(url: &[u8]) -> bool {
    url.first() == Some(&b'/') && url.get(1) != Some(&b'/')
}

fn join<'v>(value: &[u8], between: u8, each: impl Fn(&[u8]) -> Vec<u8>) -> Cow<'v, [u8]> {
    let parts: Vec<Vec<u8>> = value.split(|&byte| byte == between).map(each).collect();
    parts.join([between, b' '].as_slice()).into()
}

fn push_text(text: &[u8], verbatim: bool, out: &mut Vec<u8>) {
    let mut rest = text;
    loop {
        let found = if verbatim { memchr(b'@', rest) } else { memchr2(b'@', b'\n', rest) };
        let Some(at) = found else { return out.extend_from_slice(rest) };
        let (before, after) = rest.split_at(at);
        out.extend_from_slice(before);
        if after.first() == Some(&b'@') {
            out.extend_from_slice(b"&#64;");
            rest = after.get(1..).unwrap_or(&[]);
        } else {
            let line = out.trim_ascii_end().len();
            out.truncate(line);
            if !out.is_empty() {
                out.push(b'\n');
            }
            rest = after.trim_ascii_start();
        }
    }
}

fn is_name(bytes: &[u8], names: &[&[u8]]) -> bool {
    let name = bytes.get(..name_length(bytes)).unwrap_or(&[]);
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

fn name_length(bytes: &[u8]) -> usize {
    bytes.iter().position(|&byte| ends_name(byte)).unwrap_or(bytes.len())
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'=')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(page: &str, html: &str) -> String {
        String::from_utf8(finish(html, Standing::At(page))).unwrap()
    }

    #[test]
    fn the_way_between_two_pages_is_the_shortest() {
        for (page, target, way) in [
            ("/", "/", "./"),
            ("/", "/groups/", "groups/"),
            ("/groups/a/", "/groups/b/", "../b/"),
            ("/groups/a/", "/groups/a/", "./"),
            ("/groups/a/", "/groups/a/#how", "./#how"),
            ("/groups/a/", "/", "../../"),
            ("/groups/a/", "/#x", "../../#x"),
            ("/groups/ab/", "/groups/a/", "../a/"),
            ("/by/topic/grief/page/2/", "/by/topic/grief/", "../../"),
            ("/groups/a/", "/groups/a/c:d", "./c:d"),
            ("/groups/", "/groups//b", ".//b"),
            ("/a/", "/a?b=/c/", "../a?b=/c/"),
        ] {
            assert_eq!(
                relative(page.as_bytes(), target.as_bytes()),
                way.as_bytes(),
                "{page} {target}"
            );
        }
    }

    #[test]
    fn only_links_from_the_root_change() {
        let html = r#"<a class="x" href="/a/">/a/ = href="/a/"</a><img src='/i.png' srcset="/i.png 1x, /j.png 2x">
            <a href="//b.example/">b</a><a href="https://c.example/d">c</a><a href='#e'>e</a><i title="/f/">f</i>"#;
        assert_eq!(
            at("/p/", html),
            r#"<a class="x" href="../a/">/a/ = href="/a/"</a><img src='../i.png' srcset="../i.png 1x, ../j.png 2x">
<a href="//b.example/">b</a><a href="https://c.example/d">c</a><a href='#e'>e</a><i title="/f/">f</i>"#
        );
    }

    #[test]
    fn a_redirect_and_a_page_that_is_served_anywhere_keep_working() {
        let html = r#"<meta http-equiv="refresh" content="0; url=/groups/b/"><meta content="see url=/x/">"#;
        assert_eq!(
            at("/groups/a/", html),
            r#"<meta http-equiv="refresh" content="0; url=../b/"><meta content="see url=/x/">"#
        );
        let page = finish(r#"<a href="/groups/">"#, Standing::Anywhere("/sub/"));
        assert_eq!(page, br#"<a href="/sub/groups/">"#);
    }

    #[test]
    fn white_space_of_the_template_goes_and_the_author_s_stays() {
        assert_eq!(
            at("/", "<p>\n\n   a \n b</p>\n<pre>\n  c\n\n d</pre>\n \n e"),
            "<p>\na\nb</p>\n<pre>\n  c\n\n d</pre>\ne"
        );
        assert_eq!(
            at("/", "<a\n   href=\"#\"\n   hidden >x</a><br />"),
            "<a href=\"#\" hidden>x</a><br/>"
        );
    }

    #[test]
    fn raw_text_and_broken_ends_pass_as_they_are() {
        let html = "<script>if (a<b) { x = '<a href=\"/y/\">@' }</script><!-- <a href=\"/z/\"> --><a href=\"/t";
        let kept = at("/p/", html);
        assert!(kept.starts_with(
            "<script>if (a<b) { x = '<a href=\"/y/\">@' }</script><!-- <a href=\"/z/\"> -->"
        ));
        assert!(kept.ends_with("<a href=\"../t"), "{kept}");
        for broken in
            ["<", "<a", "<a href", "<a href=", "<a href=\"", "</", "<!", "a < b", "<script>"]
        {
            assert!(at("/", broken).starts_with(broken.split(' ').next().unwrap()), "{broken}");
        }
    }

    #[test]
    fn no_address_stands_bare() {
        assert_eq!(
            at("/", "<a href=\"mailto:a@b.example\">a@b.example</a>"),
            "<a href=\"mailto:a&#64;b.example\">a&#64;b.example</a>"
        );
    }
}

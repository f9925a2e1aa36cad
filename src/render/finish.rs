//! The last step of every page: takes the HTML that templates gave, gives the bytes that are published.
//!
//! 1. Cards, which stand on many pages, take the places that templates left for them.
//! 2. Links from the site's root (`/groups/x/`) become relative to the page, so that the same files work at a
//!    domain's root and under any path below it; author-written ones too.
//! 3. `@` becomes `&#64;`, which browsers read the same and address harvesters mostly do not.
//! 4. White space that only served the template goes away.
//!
//! It knows tags from text, never what a page says. Nothing is copied that does not change until the next thing does.

use std::ops::Range;

use memchr::{memchr, memchr2, memmem};

/// Where a page will stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing<'a> {
    /// At this address from the site's root, such as `/groups/x/`.
    At(&'a str),
    /// Anywhere, as `404.html` is: links begin with the site's own path, from `/` to `/`.
    Anywhere(&'a str),
}

/// A piece of HTML that will stand on many pages: finished but for its links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Piece {
    html: Vec<u8>,
    /// Where its links from the site's root are, in order.
    links: Vec<Range<usize>>,
}

/// The piece of a number, where there is one.
pub(crate) type Pieces<'a> = dyn Fn(usize) -> Option<&'a Piece> + 'a;

/// Finishes a page; `pieces` gives those that it left places for.
pub(crate) fn finish<'a>(
    html: &'a [u8],
    standing: Standing<'_>,
    pieces: &'a Pieces<'a>,
    out: &mut Vec<u8>,
) {
    out.clear();
    Page::new(html, pieces, out).scan(&mut |out, _, link| standing.push(link, out));
}

/// Every link of a finished page, with the tag that it stands in.
pub(crate) fn links(html: &[u8], found: &mut dyn FnMut(&[u8], &[u8])) {
    let mut out = Vec::new();
    let page = Page::new(html, &|_| None, &mut out);
    Page { is_wanted: |_| true, ..page }.scan(&mut |_, tag, link| found(tag, link));
}

/// Finishes what will stand on many pages.
pub(crate) fn piece(html: &str) -> Piece {
    let mut links = Vec::new();
    let mut out = Vec::new();
    Page::new(html.as_bytes(), &|_| None, &mut out).scan(&mut |out, _, link| {
        links.push(out.len()..out.len() + link.len());
        out.extend_from_slice(link);
    });
    out.truncate(out.trim_ascii_end().len());
    Piece { html: out, links }
}

/// What a template leaves in the place of a piece, by its number. An author's HTML has no comments.
pub(crate) fn place_of_piece(number: usize) -> String {
    format!("<!--piece {number}-->")
}

const PIECE: &[u8] = b"<!--piece ";

/// White space counts in these.
const VERBATIM: &[&[u8]] = &[b"pre", b"textarea"];

/// These hold no tags.
const RAW: &[&[u8]] = &[b"script", b"style"];

/// Writes a link, which stands in a tag, as the page needs it.
type PushLink<'a> = dyn FnMut(&mut Vec<u8>, &[u8], &[u8]) + 'a;

struct Page<'a, 'o> {
    input: &'a [u8],
    pieces: &'a Pieces<'a>,
    /// Which links are written anew.
    is_wanted: fn(&[u8]) -> bool,
    /// Everything before has been read.
    at: usize,
    /// Everything before is in `out`.
    copied: usize,
    out: &'o mut Vec<u8>,
}

impl<'a, 'o> Page<'a, 'o> {
    fn new(input: &'a [u8], pieces: &'a Pieces<'a>, out: &'o mut Vec<u8>) -> Page<'a, 'o> {
        Page { input, pieces, is_wanted: is_from_root, at: 0, copied: 0, out }
    }

    fn scan(&mut self, push_link: &mut PushLink<'_>) {
        let mut verbatim = false;
        while let Some(length) = memchr(b'<', self.rest()) {
            self.text(self.at + length, verbatim);
            match self.input.get(self.at + 1) {
                Some(b'!' | b'?') => self.declaration(push_link),
                Some(b'/') => {
                    verbatim = verbatim && !is_name(self.ahead(2), VERBATIM);
                    self.at += memchr(b'>', self.rest()).map_or(self.rest().len(), |at| at + 1);
                }
                Some(letter) if letter.is_ascii_alphabetic() => {
                    verbatim = verbatim || is_name(self.ahead(1), VERBATIM);
                    self.element(push_link);
                }
                _ => self.at += 1,
            }
        }
        self.text(self.input.len(), verbatim);
        self.out.extend_from_slice(self.input.get(self.copied..).unwrap_or(&[]));
    }

    fn rest(&self) -> &'a [u8] {
        self.ahead(0)
    }

    fn ahead(&self, by: usize) -> &'a [u8] {
        self.input.get(self.at + by..).unwrap_or(&[])
    }

    /// Copies up to `start` and goes on at `end`; what stands between is the caller's to write.
    fn cut(&mut self, start: usize, end: usize) -> &mut Vec<u8> {
        self.out.extend_from_slice(self.input.get(self.copied..start).unwrap_or(&[]));
        self.copied = end;
        self.out
    }

    /// Text up to `end`.
    fn text(&mut self, end: usize, verbatim: bool) {
        while let Some(text) = self.input.get(self.at..end) {
            let found = if verbatim { memchr(b'@', text) } else { memchr2(b'@', b'\n', text) };
            let Some(length) = found else { break };
            let here = self.at + length;
            if text.get(length) == Some(&b'@') {
                self.cut(here, here + 1).extend_from_slice(b"&#64;");
                self.at = here + 1;
                continue;
            }
            let (before, after) = text.split_at(length);
            let start = self.at + before.trim_ascii_end().len();
            self.at = end - after.trim_ascii_start().len();
            if self.at - start > 1 || start == 0 {
                let line: &[u8] = if start == 0 { b"" } else { b"\n" };
                self.cut(start, self.at).extend_from_slice(line);
            }
        }
        self.at = end;
    }

    /// A comment, the document type, or the place of a piece.
    fn declaration(&mut self, push_link: &mut PushLink<'_>) {
        let start = self.at;
        let end: &[u8] = if self.rest().starts_with(b"<!--") { b"-->" } else { b">" };
        self.at += length_through(self.rest(), end);
        let number = self.input.get(start..self.at).and_then(|comment| {
            let number = comment.strip_prefix(PIECE)?.strip_suffix(b"-->")?;
            str::from_utf8(number).ok()?.parse::<usize>().ok()
        });
        if let Some(piece) = number.and_then(self.pieces) {
            let out = self.cut(start, self.at);
            let mut copied = 0;
            for link in &piece.links {
                out.extend_from_slice(piece.html.get(copied..link.start).unwrap_or(&[]));
                push_link(out, b"", piece.html.get(link.clone()).unwrap_or(&[]));
                copied = link.end;
            }
            out.extend_from_slice(piece.html.get(copied..).unwrap_or(&[]));
        }
    }

    /// A start tag, and all that it encloses where that is no HTML.
    fn element(&mut self, push_link: &mut PushLink<'_>) {
        let length = name_length(self.ahead(1));
        let tag = self.ahead(1).get(..length).unwrap_or(&[]);
        self.at += 1 + length;
        self.attributes(tag, push_link);
        if let Some(raw) = RAW.iter().find(|raw| tag.eq_ignore_ascii_case(raw)) {
            let end = [b"</", *raw].concat();
            self.at += memmem::find(self.rest(), &end).unwrap_or(self.rest().len());
        }
    }

    fn attributes(&mut self, tag: &[u8], push_link: &mut PushLink<'_>) {
        loop {
            self.skip_space();
            match self.input.get(self.at) {
                None => return,
                Some(b'>') => {
                    self.at += 1;
                    return;
                }
                Some(b'/') => {
                    self.at += 1;
                    continue;
                }
                Some(_) => {}
            }
            let length = name_length(self.rest()).max(1);
            let name = self.rest().get(..length).unwrap_or(&[]);
            self.at += length;
            self.skip_space();
            if self.input.get(self.at) == Some(&b'=') {
                self.at += 1;
                self.skip_space();
                self.value(tag, name, push_link);
            }
        }
    }

    fn skip_space(&mut self) {
        self.at += self.rest().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    }

    fn value(&mut self, tag: &[u8], name: &[u8], push_link: &mut PushLink<'_>) {
        let Some(&quote @ (b'"' | b'\'')) = self.input.get(self.at) else {
            let ends = |&byte: &u8| byte.is_ascii_whitespace() || byte == b'>';
            self.at += self.rest().iter().position(ends).unwrap_or(self.rest().len());
            return;
        };
        self.at += 1;
        let end = self.at + memchr(quote, self.rest()).unwrap_or(self.rest().len());
        let value = self.input.get(self.at..end).unwrap_or(&[]);
        match name {
            b"href" | b"src" | b"poster" => self.link(tag, self.at..end, push_link),
            b"srcset" => {
                let mut start = self.at;
                for candidate in value.split(|&byte| byte == b',') {
                    let url = candidate.trim_ascii_start();
                    let space = candidate.len() - url.len();
                    let at = start + space;
                    self.link(tag, at..at + first_word(url).len(), push_link);
                    start += candidate.len() + 1;
                }
            }
            b"content" if tag.eq_ignore_ascii_case(b"meta") => {
                if let Some(url) = refreshed(value) {
                    self.link(tag, end - url.len()..end, push_link);
                }
            }
            _ => {}
        }
        self.at = self.at.max(self.copied);
        self.text(end, true);
        self.at = (end + 1).min(self.input.len());
    }

    fn link(&mut self, tag: &[u8], place: Range<usize>, push_link: &mut PushLink<'_>) {
        let url = self.input.get(place.clone()).unwrap_or(&[]);
        if (self.is_wanted)(url) {
            push_link(self.cut(place.start, place.end), tag, url);
        }
    }
}

fn is_from_root(url: &[u8]) -> bool {
    url.first() == Some(&b'/') && url.get(1) != Some(&b'/')
}

impl Standing<'_> {
    fn push(self, link: &[u8], out: &mut Vec<u8>) {
        match self {
            Standing::Anywhere(root) => {
                out.extend_from_slice(root.as_bytes());
                out.extend_from_slice(link.get(1..).unwrap_or(&[]));
            }
            Standing::At(page) => push_relative(page.as_bytes(), link, out),
        }
    }
}

/// The way from one address to another, both from the site's root (RFC 3986, section 4.2).
fn push_relative(page: &[u8], target: &[u8], out: &mut Vec<u8>) {
    let path = target.iter().position(|b| matches!(b, b'?' | b'#')).unwrap_or(target.len());
    let same = page.iter().zip(target.iter().take(path)).take_while(|(a, b)| a == b).count();
    let common = page.iter().take(same).rposition(|&b| b == b'/').map_or(0, |slash| slash + 1);
    let up = page.iter().skip(common).filter(|&&b| b == b'/').count();
    let rest = target.get(common..).unwrap_or(&[]);
    for _ in 0..up {
        out.extend_from_slice(b"../");
    }
    let bare = rest.first().is_none_or(|b| matches!(b, b'?' | b'#' | b'/'));
    let scheme_like = rest.split(|&b| b == b'/').next().is_some_and(|part| part.contains(&b':'));
    if up == 0 && (bare || scheme_like) {
        out.extend_from_slice(b"./");
    }
    out.extend_from_slice(rest);
}

/// The address in `0; url=/x/`, as in a redirect page.
fn refreshed(content: &[u8]) -> Option<&[u8]> {
    let digits = content.iter().take_while(|byte| byte.is_ascii_digit()).count();
    content.get(digits..)?.strip_prefix(b"; url=").filter(|_| digits > 0)
}

fn first_word(text: &[u8]) -> &[u8] {
    text.split(u8::is_ascii_whitespace).next().unwrap_or(&[])
}

fn length_through(bytes: &[u8], end: &[u8]) -> usize {
    memmem::find(bytes, end).map_or(bytes.len(), |at| at + end.len())
}

fn is_name(bytes: &[u8], names: &[&[u8]]) -> bool {
    let name = bytes.get(..name_length(bytes)).unwrap_or(&[]);
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

fn name_length(bytes: &[u8]) -> usize {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'=');
    bytes.iter().position(ends).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(html: &str, standing: Standing<'_>, pieces: &[Piece]) -> Vec<u8> {
        let mut out = Vec::new();
        finish(html.as_bytes(), standing, &|number| pieces.get(number), &mut out);
        out
    }

    fn at(page: &str, html: &str) -> String {
        String::from_utf8(finished(html, Standing::At(page), &[])).unwrap()
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
            let mut found = Vec::new();
            push_relative(page.as_bytes(), target.as_bytes(), &mut found);
            assert_eq!(found, way.as_bytes(), "{page} {target}");
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
        let page = finished(r#"<a href="/groups/">"#, Standing::Anywhere("/sub/"), &[]);
        assert_eq!(page, br#"<a href="/sub/groups/">"#);
    }

    #[test]
    fn white_space_of_the_template_goes_and_the_author_s_stays() {
        assert_eq!(
            at("/", "<p>\n\n   a \n b</p>\n<pre>\n  c\n\n d</pre>\n \n e"),
            "<p>\na\nb</p>\n<pre>\n  c\n\n d</pre>\ne"
        );
    }

    #[test]
    fn a_piece_takes_its_place_with_its_links() {
        let card =
            piece("\n<li>\n  <a href=\"/groups/a/\">a@b</a>\n <img srcset=\"/i.png, /j.png 2x\">");
        let html = format!("<ul>{}{}</ul>", place_of_piece(0), place_of_piece(7));
        let page = finished(&html, Standing::At("/by/x/y/"), &[card]);
        assert_eq!(
            String::from_utf8(page).unwrap(),
            "<ul><li>\n<a href=\"../../../groups/a/\">a&#64;b</a>\n<img srcset=\"../../../i.png, ../../../j.png 2x\"><!--piece 7--></ul>"
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

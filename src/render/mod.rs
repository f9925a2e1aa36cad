//! 3. A site and its theme into pages.
//!
//! An [`Edition`] holds both and the day; [`routes`] says which pages there are, and [`render`] gives the bytes of
//! one. A page is a function of the edition and its route, so pages can be made in any order, at once, or one by one.
//! Never reads a file or a clock, and fails only where the theme does.
//!
//! 1. `context` is all that a template can see; `group`, `card`, `place`, `dates`, `state` and `pages` fill it.
//! 2. `edition` and `index` hold what is worked out once for the whole site.
//! 3. `finish` makes links relative: the last step of every page.

mod calendar;
mod card;
mod coming;
mod context;
mod dates;
mod different;
mod edition;
mod finish;
mod frame;
mod group;
mod hours;
mod index;
mod pages;
pub(crate) mod place;
mod route;
mod scripts;
mod sentence;
mod state;
#[cfg(test)]
pub(crate) mod tests;
mod week;
pub(crate) mod words;

use std::cell::RefCell;

use serde::Serialize;
use tera::Context;

pub use edition::Edition;
pub use frame::CONTENT_SECURITY_POLICY;
pub(crate) use index::facet_url;
pub(crate) use pages::facet_title;
pub(crate) use route::Target;
pub use route::{Route, former_addresses, routes, sitemap_entries};

use crate::diagnostic::Diagnostic;
use crate::render::context::{Page, Redirect};
use crate::render::finish::{Standing, finish};
use crate::render::route::{is_hidden, is_indexable};

/// The bytes of a page.
pub fn render(edition: &Edition, route: &Route) -> Result<Vec<u8>, Box<Diagnostic>> {
    let (template, context) = view(edition, route);
    let base = edition.site.settings.base_url.as_ref();
    let standing = match route.target {
        Target::NotFound => Standing::Anywhere(base.map_or("/", |base| base.path())),
        _ => Standing::At(route.url()),
    };
    // Pages are made by the thousand: each thread uses its two buffers again, and keeps of a page what it needs.
    BUFFERS.with_borrow_mut(|(html, out)| {
        html.clear();
        let rendered = edition.theme.tera.render_to(template, &context, &mut *html);
        rendered.map_err(|error| Box::new(edition.theme.explain(&error, route.url())))?;
        finish(html, standing, &edition.pieces, out);
        Ok(out.as_slice().to_vec())
    })
}

thread_local! {
    static BUFFERS: RefCell<(Vec<u8>, Vec<u8>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

/// The template of a page and what it can see.
fn view(edition: &Edition, route: &Route) -> (&'static str, Context) {
    let (site, texts) = (&edition.site, edition.texts());
    let title = |key: &str| texts.say(key).to_owned();
    match route.target {
        Target::Home => home(edition, route),
        Target::Directory(_) | Target::Facet { .. } => list(edition, route),
        Target::Group(at) => {
            let group = &site.groups[at];
            let page = page(edition, route, "group", &group.title);
            let page = Page { description: Some(group.purpose.clone()), ..page };
            ("group.html", context(&page, "group", &group::page(edition, at)))
        }
        Target::Week => {
            let page = page(edition, route, "week", &title("week.title"));
            let page = Page { description: Some(title("week.lead")), ..page };
            ("week.html", context(&page, "week", &week::week(edition)))
        }
        Target::Resources => {
            let page = page(edition, route, "resources", &title("resources.title"));
            ("resources.html", context(&page, "resources", &pages::resources(edition)))
        }
        Target::Collection(at) => {
            let page = page(edition, route, "collection", &site.collections[at].title);
            let page = Page { description: site.collections[at].summary.clone(), ..page };
            ("collection.html", context(&page, "collection", &pages::collection(edition, at)))
        }
        Target::Resource(at) => {
            let page = page(edition, route, "resource", &site.resources[at].title);
            let page = Page { description: site.resources[at].summary.clone(), ..page };
            ("resource.html", context(&page, "resource", &pages::resource(edition, at)))
        }
        Target::Free(at) => {
            let page = page(edition, route, "page", &site.pages[at].title);
            let page = Page { description: site.pages[at].summary.clone(), ..page };
            ("page.html", context(&page, "free", &pages::free(edition, at)))
        }
        Target::GetHelp => {
            let own = site.get_help.as_ref().map(|page| page.title.clone());
            let own = own.filter(|title| !title.is_empty());
            let page =
                page(edition, route, "get-help", &own.unwrap_or_else(|| title("help.title")));
            ("get-help.html", context(&page, "help", &pages::get_help(edition)))
        }
        Target::NotFound => {
            let page = page(edition, route, "not-found", &title("not_found.title"));
            ("404.html", context(&page, "found", &false))
        }
        Target::FormerGroup(at) => {
            redirect(edition, route, &site.groups[at].title, site.groups[at].url())
        }
        Target::FormerResource(at) => {
            redirect(edition, route, &site.resources[at].title, site.resources[at].url())
        }
        Target::FormerFree(at) => {
            redirect(edition, route, &site.pages[at].title, frame::free_url(&site.pages[at]))
        }
    }
}

fn context<T: Serialize>(page: &Page, name: &'static str, view: &T) -> Context {
    let mut context = Context::new();
    context.insert("page", page);
    context.insert(name, view);
    context
}

fn page(edition: &Edition, route: &Route, kind: &'static str, title: &str) -> Page {
    let page = frame::page(edition, kind, title, route.url());
    let indexable = is_indexable(edition, route.target);
    Page {
        canonical: page.canonical.filter(|_| indexable),
        noindex: is_hidden(edition, route.target),
        ..page
    }
}

fn home(edition: &Edition, route: &Route) -> (&'static str, Context) {
    let settings = &edition.site.settings;
    let own = edition.site.home.as_ref().map(|page| page.title.clone());
    let title = own.filter(|title| !title.is_empty()).unwrap_or_else(|| settings.title.clone());
    let page = page(edition, route, "home", &title);
    let head_title = match &settings.tagline {
        Some(tagline) => {
            let names = [("page", settings.title.as_str()), ("site", tagline.as_str())];
            edition.texts().fill("site.title", &names)
        }
        None => settings.title.clone(),
    };
    let page = Page { head_title, description: settings.tagline.clone(), ..page };
    ("home.html", context(&page, "home", &pages::home(edition)))
}

fn list(edition: &Edition, route: &Route) -> (&'static str, Context) {
    let texts = edition.texts();
    let (template, kind, title, number, list) = match route.target {
        Target::Facet { facet, value, number } => (
            "facet.html",
            "facet",
            facet_title(edition, facet, value),
            number,
            pages::facet(edition, facet, value, number),
        ),
        Target::Directory(number) => (
            "directory.html",
            "directory",
            texts.say("directory.title").to_owned(),
            number,
            pages::directory(edition, number),
        ),
        _ => unreachable!("only these two are lists"),
    };
    let page = page(edition, route, kind, &title);
    let head_title = match number {
        1 => page.head_title,
        number => {
            let number = number.to_string();
            let names = [("title", page.head_title.as_str()), ("page", number.as_str())];
            texts.fill("pager.title", &names)
        }
    };
    let page = Page { head_title, description: list.about.clone(), ..page };
    (template, context(&page, "list", &list))
}

fn redirect(edition: &Edition, route: &Route, title: &str, url: String) -> (&'static str, Context) {
    let page = page(edition, route, "redirect", edition.texts().say("redirect.title"));
    let base = edition.site.settings.base_url.as_ref();
    let canonical = base.map_or_else(|| url.clone(), |base| base.join(&url));
    let redirect = Redirect { title: title.to_owned(), url, canonical };
    ("redirect.html", context(&page, "redirect", &redirect))
}

//! 3. A site and its theme into pages.
//!
//! An [`Edition`] holds both and the day; [`routes`] says which pages there are, and [`render`] gives the bytes of
//! one. A page is a function of the edition and its route, so pages can be made in any order, at once, or one by one.
//! Never reads a file or a clock, and fails only where the theme does.
//!
//! 1. `context` is all that a template can see; `group`, `card`, `place`, `dates`, `state` and `pages` fill it.
//! 2. `edition` and `index` hold what is worked out once for the whole site; `memory` what a next edition need not
//!    work out again.
//! 3. `finish` makes links relative: the last step of every page; `embedded` says which files one then shows.

mod calendar;
mod card;
mod coming;
mod context;
mod dates;
mod different;
mod edition;
mod embedded;
mod finish;
mod frame;
mod group;
mod hours;
mod index;
mod memory;
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

use std::cell::{Cell, RefCell};

use serde::Serialize;
use tera::Context;

pub(crate) use card::{ShortCard, kind_label, short_card};
pub use edition::Edition;
pub(crate) use embedded::embedded;
pub use frame::CONTENT_SECURITY_POLICY;
pub(crate) use index::{facet_url, sort_key};
pub use memory::Memory;
pub(crate) use pages::{facet_label, facet_title};
pub use route::{Route, former_addresses, routes, sitemap_entries};
pub(crate) use route::{Target, is_draft, route_at};

use crate::diagnostic::Diagnostic;
use crate::model::page::Page;
use crate::render::context::Redirect;
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
        let explain = |error: &tera::Error| Box::new(edition.theme.explain(error, route.url()));
        let rendered = edition.tera.render_to(template, &context, &mut *html);
        rendered.map_err(|error| explain(&error))?;
        let fault = Cell::new(None);
        let piece = |number| {
            let found = edition.piece(number);
            found.inspect_err(|&error| fault.set(Some(error))).ok().flatten()
        };
        finish(html, standing, &piece, out);
        match fault.get() {
            Some(error) => Err(explain(error)),
            None => Ok(out.as_slice().to_vec()),
        }
    })
}

thread_local! {
    static BUFFERS: RefCell<(Vec<u8>, Vec<u8>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

/// The first heading of a page.
fn title(edition: &Edition, target: Target) -> String {
    let (site, texts) = (&edition.site, edition.texts());
    let own = |page: Option<&Page>, otherwise: &str| {
        let own = page.map(|page| page.title.as_str()).filter(|title| !title.is_empty());
        own.unwrap_or(otherwise).to_owned()
    };
    match target {
        Target::Home => own(site.home.as_ref(), &site.settings.title),
        Target::Directory(_) => texts.say("directory.title").to_owned(),
        Target::Facet { facet, value, .. } => facet_title(edition, facet, value),
        Target::Group(at) => site.groups[at].title.clone(),
        Target::Week => texts.say("week.title").to_owned(),
        Target::Resources => texts.say("resources.title").to_owned(),
        Target::Collection(at) => site.collections[at].title.clone(),
        Target::Resource(at) => site.resources[at].title.clone(),
        Target::Free(at) => site.pages[at].title.clone(),
        Target::GetHelp => own(site.get_help.as_ref(), texts.say("help.title")),
        Target::NotFound => texts.say("not_found.title").to_owned(),
        Target::FormerGroup(_) | Target::FormerResource(_) | Target::FormerFree(_) => {
            texts.say("redirect.title").to_owned()
        }
    }
}

/// The template of a page and what it can see.
fn view(edition: &Edition, route: &Route) -> (&'static str, Context) {
    let site = &edition.site;
    let page = |kind| page(edition, route, kind);
    let about = |kind, description| context::Page { description, ..page(kind) };
    match route.target {
        Target::Home => home(edition, route),
        Target::Directory(_) | Target::Facet { .. } => list(edition, route),
        Target::Group(at) => {
            let page = about("group", Some(site.groups[at].purpose.clone()));
            ("group.html", context(&page, "group", &group::page(edition, at)))
        }
        Target::Week => {
            let page = about("week", Some(edition.texts().say("week.lead").to_owned()));
            ("week.html", context(&page, "week", &week::week(edition)))
        }
        Target::Resources => {
            let resources = pages::resources(edition);
            ("resources.html", context(&page("resources"), "resources", &resources))
        }
        Target::Collection(at) => {
            let page = about("collection", site.collections[at].summary.clone());
            ("collection.html", context(&page, "collection", &pages::collection(edition, at)))
        }
        Target::Resource(at) => {
            let page = about("resource", site.resources[at].summary.clone());
            ("resource.html", context(&page, "resource", &pages::resource(edition, at)))
        }
        Target::Free(at) => {
            let page = about("page", site.pages[at].summary.clone());
            ("page.html", context(&page, "free", &pages::free(edition, at)))
        }
        Target::GetHelp => {
            ("get-help.html", context(&page("get-help"), "help", &pages::get_help(edition)))
        }
        Target::NotFound => ("404.html", context(&page("not-found"), "found", &false)),
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

fn context<T: Serialize>(page: &context::Page, name: &'static str, view: &T) -> Context {
    let mut context = Context::new();
    context.insert("page", page);
    context.insert(name, view);
    context
}

fn page(edition: &Edition, route: &Route, kind: &'static str) -> context::Page {
    let page = frame::page(edition, kind, &title(edition, route.target), route.url());
    let indexable = is_indexable(edition, route.target);
    context::Page {
        canonical: page.canonical.filter(|_| indexable),
        noindex: is_hidden(edition, route.target),
        ..page
    }
}

fn home(edition: &Edition, route: &Route) -> (&'static str, Context) {
    let settings = &edition.site.settings;
    let page = page(edition, route, "home");
    let head_title = match &settings.tagline {
        Some(tagline) => {
            let names = [("page", settings.title.as_str()), ("site", tagline.as_str())];
            edition.texts().fill("site.title", &names)
        }
        None => settings.title.clone(),
    };
    let page = context::Page { head_title, description: settings.tagline.clone(), ..page };
    ("home.html", context(&page, "home", &pages::home(edition)))
}

fn list(edition: &Edition, route: &Route) -> (&'static str, Context) {
    let (template, kind, number, list) = match route.target {
        Target::Facet { facet, value, number } => {
            ("facet.html", "facet", number, pages::facet(edition, facet, value, number))
        }
        Target::Directory(number) => {
            ("directory.html", "directory", number, pages::directory(edition, number))
        }
        _ => unreachable!("only these two are lists"),
    };
    let page = page(edition, route, kind);
    let head_title = match number {
        1 => page.head_title,
        number => {
            let number = number.to_string();
            let names = [("title", page.head_title.as_str()), ("page", number.as_str())];
            edition.texts().fill("pager.title", &names)
        }
    };
    let page = context::Page { head_title, description: list.about.clone(), ..page };
    (template, context(&page, "list", &list))
}

fn redirect(edition: &Edition, route: &Route, title: &str, url: String) -> (&'static str, Context) {
    let page = page(edition, route, "redirect");
    let base = edition.site.settings.base_url.as_ref();
    let canonical = base.map_or_else(|| url.clone(), |base| base.join(&url));
    let redirect = Redirect { title: title.to_owned(), url, canonical };
    ("redirect.html", context(&page, "redirect", &redirect))
}

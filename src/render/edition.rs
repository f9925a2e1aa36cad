//! A site with its theme, as it stands on one day: everything that a page needs, worked out once. What only some pages
//! need, as cards, is made when the first of them asks, by whichever thread.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use tera::{Context, Tera};

use crate::diagnostic::Diagnostic;
use crate::model::Site;
use crate::render::context::{self, Html, Link};
use crate::render::finish::{Piece, piece, place_of_piece};
use crate::render::index::Index;
use crate::render::memory::Memory;
use crate::render::{card, frame};
use crate::theme::Theme;
use crate::theme::texts::Texts;

/// What is the same on every page, and so is rendered once.
const FRAME: [&str; 2] = ["partials/help.html", "partials/footer.html"];

/// A site, its theme and a day. Pages are functions of this and of nothing else.
#[derive(Debug)]
pub struct Edition {
    pub(crate) site: Site,
    pub(crate) today: Date,
    pub(crate) theme: Arc<Theme>,
    /// The theme's templates, with what every page can see.
    pub(crate) tera: Tera,
    pub(crate) index: Index,
    /// At the head of every page.
    pub(crate) navigation: Vec<Link>,
    /// For each group its card, once a page has asked for it; empty where no page may list the group.
    cards: Vec<OnceLock<Result<Piece, tera::Error>>>,
    /// What [`FRAME`] names; their numbers follow those of the cards.
    frame: Vec<Piece>,
}

impl Edition {
    /// Works out the lists of a site. Fails only where the theme does.
    pub fn new(
        site: Site,
        theme: impl Into<Arc<Theme>>,
        today: Date,
    ) -> Result<Edition, Box<Diagnostic>> {
        Edition::remembering(&mut Memory::default(), site, theme, today)
    }

    /// The same, faster where an edition with most of the groups came before.
    pub fn remembering(
        memory: &mut Memory,
        site: Site,
        theme: impl Into<Arc<Theme>>,
        today: Date,
    ) -> Result<Edition, Box<Diagnostic>> {
        let theme = theme.into();
        let mut tera = theme.tera.clone();
        let groups = site.groups.len();
        let global = tera.global_context();
        global.insert_value("text", theme.texts.to_value());
        global.insert("site", &frame::site(&site, &theme));
        global.insert("frame", &context::Frame { help: place(groups), footer: place(groups + 1) });
        let frame = FRAME.iter().map(|template| {
            let html = tera.render(template, &Context::new());
            let html = html.map_err(|error| Box::new(theme.explain(&error, "of every address")))?;
            Ok(piece(&html))
        });
        let frame = frame.collect::<Result<Vec<Piece>, Box<Diagnostic>>>()?;
        let index = Index::new(&site, &theme.texts, memory);
        let navigation = frame::navigation(&site, &theme.texts);
        let cards = site.groups.iter().map(|_| OnceLock::new()).collect();
        Ok(Edition { site, today, theme, tera, index, navigation, cards, frame })
    }

    /// What takes the place that a template left for it, by the number of the place. No page leaves another one.
    pub(crate) fn piece(&self, number: usize) -> Result<Option<&Piece>, &tera::Error> {
        match self.cards.get(number) {
            Some(card) => card.get_or_init(|| self.card(number)).as_ref().map(Some),
            None => Ok(self.frame.get(number - self.cards.len())),
        }
    }

    fn card(&self, at: usize) -> Result<Piece, tera::Error> {
        let group = &self.site.groups[at];
        if !group.is_listed() {
            return Ok(Piece::default());
        }
        let mut context = Context::new();
        context.insert("card", &card::card(group, self.today, self.texts()));
        Ok(piece(&self.tera.render("partials/card.html", &context)?))
    }

    /// What is published.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// What is over and what is ahead is told by this day.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The theme's texts.
    pub(crate) fn texts(&self) -> &Texts {
        &self.theme.texts
    }

    /// What is published beside the pages.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }
}

/// The places of the cards of groups, in the order given: a card is put there when the page is finished, because a
/// group is in some fifteen lists.
pub(crate) fn cards(groups: &[usize]) -> Vec<Html> {
    groups.iter().map(|&group| place(group)).collect()
}

fn place(piece: usize) -> Html {
    Html::new(&place_of_piece(piece))
}

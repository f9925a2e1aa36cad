//! A site with its theme, as it stands on one day: everything that a page needs, worked out once.

use jiff::civil::Date;
use rayon::prelude::*;
use tera::Context;

use crate::diagnostic::Diagnostic;
use crate::model::Site;
use crate::render::context::{self, Html, Link};
use crate::render::finish::{Piece, piece, place_of_piece};
use crate::render::index::Index;
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
    pub(crate) theme: Theme,
    pub(crate) index: Index,
    /// At the head of every page.
    pub(crate) navigation: Vec<Link>,
    /// For each group its card, empty where no page may list it; then what [`FRAME`] names.
    pub(crate) pieces: Vec<Piece>,
}

impl Edition {
    /// Works out the lists of a site and renders its cards. Fails only where the theme does.
    pub fn new(site: Site, mut theme: Theme, today: Date) -> Result<Edition, Box<Diagnostic>> {
        let index = Index::new(&site, &theme.texts);
        let text = theme.texts.to_value();
        let frame = frame::site(&site, &theme);
        let global = theme.tera.global_context();
        global.insert_value("text", text);
        global.insert("site", &frame);
        let frame =
            context::Frame { help: place(site.groups.len()), footer: place(site.groups.len() + 1) };
        global.insert("frame", &frame);
        let mut pieces = site
            .groups
            .par_iter()
            .map(|group| {
                if !group.is_listed() {
                    return Ok(Piece::default());
                }
                let mut context = Context::new();
                context.insert("card", &card::card(group, today, &theme.texts));
                let card = theme
                    .tera
                    .render("partials/card.html", &context)
                    .map_err(|error| Box::new(theme.explain(&error, &group.url())))?;
                Ok(piece(&card))
            })
            .collect::<Result<Vec<Piece>, Box<Diagnostic>>>()?;
        for template in FRAME {
            let html = theme.tera.render(template, &Context::new());
            let html = html.map_err(|error| Box::new(theme.explain(&error, "of every address")))?;
            pieces.push(piece(&html));
        }
        let navigation = frame::navigation(&site, &theme.texts);
        Ok(Edition { site, today, theme, index, navigation, pieces })
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

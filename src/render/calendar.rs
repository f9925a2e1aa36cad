//! Links to calendar files: to download, and to subscribe where the site knows its own address. Takes what a page lists;
//! gives links, and none where no meeting has a date.

use crate::model::group::Group;
use crate::render::context::Calendar;
use crate::render::edition::Edition;

/// A group's own calendar.
pub(crate) fn of_group(group: &Group, edition: &Edition) -> Option<Calendar> {
    group.has_dates().then(|| at(&group.url(), edition))
}

/// The calendar of a list, whose page is at an address that ends in `/`.
pub(crate) fn of_list(page: &str, groups: &[usize], edition: &Edition) -> Option<Calendar> {
    let has_some = groups.iter().any(|&at| edition.site.groups[at].has_dates());
    has_some.then(|| at(page, edition))
}

fn at(page: &str, edition: &Edition) -> Calendar {
    let download = format!("{page}calendar.ics");
    let base = edition.site.settings.base_url.as_ref();
    // A calendar program asks again by itself for what it was given in this scheme.
    let subscribe = base.map(|base| base.join(&download).replacen("https:", "webcal:", 1));
    Calendar { download, subscribe }
}

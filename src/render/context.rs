//! All that a template can see, field by field: the theme's public contract.
//!
//! Every page has `site`, `frame`, `text` (the language file) and `page`; each template has one more value, named after it.
//! Words are finished: labels, dates and sentences come from the language file, and what an author did not say is
//! either none or says so. Text is escaped where it is printed; [`Html`] alone is not.

use serde::Serialize;

use crate::render::words;

/// HTML that is safe to print as it is: made by the Markdown stage, or a `<time>`.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Html(tera::Value);

impl Html {
    pub(crate) fn new(html: &str) -> Html {
        Html(tera::Value::safe_string(html))
    }

    /// The words without tags.
    pub(crate) fn text(&self) -> String {
        let html = self.0.as_str().unwrap_or_default();
        let mut text = String::with_capacity(html.len());
        for (at, part) in html.split('<').enumerate() {
            let words =
                if at == 0 { part } else { part.split_once('>').map_or("", |(_, words)| words) };
            text.push_str(words);
        }
        if !text.contains('&') {
            return text;
        }
        // The sign by which all others are escaped comes last.
        ["<", ">", "\"", "'", "/", "&"]
            .iter()
            .fold(text, |text, sign| text.replace(&words::escaped(sign), sign))
    }
}

/// A link or, where it leads nowhere, words.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Link {
    /// What it says.
    pub(crate) label: String,
    /// From the site's root, absolute, `mailto:`, `tel:` or `sms:`; none where there is no such page.
    pub(crate) url: Option<String>,
}

/// A link and how many groups are behind it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Count {
    /// What it says.
    pub(crate) label: String,
    /// From the site's root.
    pub(crate) url: String,
    /// Groups behind it.
    pub(crate) groups: usize,
}

/// A fact, or the words that ask for it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Fact {
    /// One line; inline HTML.
    pub(crate) words: Html,
    /// Whether the group said it.
    pub(crate) stated: bool,
}

/// A picture.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Picture {
    /// From the site's root.
    pub(crate) url: String,
    /// For those who do not see it; empty for decoration.
    pub(crate) alt: String,
    /// In pixels; none where the file does not tell.
    pub(crate) width: Option<u32>,
    /// In pixels; none where the file does not tell.
    pub(crate) height: Option<u32>,
}

/// `site`: what is the same on every page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Site {
    /// The network's name.
    pub(crate) title: String,
    /// What it is, in one line.
    pub(crate) tagline: Option<String>,
    /// BCP 47 tag.
    pub(crate) language: String,
    /// The network's logo.
    pub(crate) logo: Option<Picture>,
    /// At the head of every page.
    pub(crate) navigation: Vec<Link>,
    /// At the foot of every page: free pages that the head does not lead to, and the network's contact.
    pub(crate) more: Vec<Link>,
    /// Crisis help, in the site's order.
    pub(crate) help: Vec<HelpLine>,
    /// The folder of style sheets and scripts, from `/` to `/`.
    pub(crate) assets: String,
    /// Whether there is a `css/accent.css`.
    pub(crate) accent: bool,
    /// The Content-Security-Policy of every page.
    pub(crate) policy: Html,
}

/// `frame`: what is rendered once and put on every page. `partials/help.html` and `partials/footer.html` see `site`
/// and `text` only.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Frame {
    /// Crisis help, above everything else.
    pub(crate) help: Html,
    /// The foot of the page.
    pub(crate) footer: Html,
}

/// One line of crisis help.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct HelpLine {
    /// Who answers.
    pub(crate) name: String,
    /// Call, text and page, as far as there are such.
    pub(crate) links: Vec<Link>,
    /// `Checked on …`, as HTML.
    pub(crate) checked: Option<Html>,
}

/// `page`: what every page says about itself.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Page {
    /// Its first heading.
    pub(crate) title: String,
    /// For the browser's tab.
    pub(crate) head_title: String,
    /// For search engines; plain text.
    pub(crate) description: Option<String>,
    /// From the site's root.
    pub(crate) url: String,
    /// Absolute, where the site has a `base_url` and the page may be indexed.
    pub(crate) canonical: Option<String>,
    /// Whether search engines are asked to leave it out.
    pub(crate) noindex: bool,
    /// The entry of the navigation that it belongs to, by its url.
    pub(crate) section: String,
    /// The name of its kind: `home`, `group`, …
    pub(crate) kind: &'static str,
}

/// `week`: groups by the day of the week.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Week {
    /// The days on which groups meet, from Monday; empty where there would be too many rows.
    pub(crate) days: Vec<WeekDay>,
    /// How many groups meet on each day, where there would be too many rows.
    pub(crate) counts: Vec<Count>,
    /// Groups that meet on no day of the week but on dates.
    pub(crate) other: Vec<WeekRow>,
    /// Whose clock times they are, in a sentence.
    pub(crate) zone: Option<String>,
    /// How many groups are not on this page, in a sentence.
    pub(crate) without: Option<String>,
    /// The calendar of all groups.
    pub(crate) calendar: Option<Calendar>,
    /// The words for `week.js`, as JSON; none where there are no rows.
    pub(crate) words: Option<String>,
}

/// A day of the week.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct WeekDay {
    /// 1 (Monday) to 7 (Sunday).
    pub(crate) number: i8,
    /// Its name.
    pub(crate) label: String,
    /// The page of its groups, from the site's root.
    pub(crate) url: Option<String>,
    /// By hour, never empty.
    pub(crate) rows: Vec<WeekRow>,
}

/// One time at which a group meets.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct WeekRow {
    /// From when to when.
    pub(crate) hours: Option<Html>,
    /// The group's name.
    pub(crate) title: String,
    /// Its page, from the site's root.
    pub(crate) url: String,
    /// On which of the days, and from when to when in the year, where it is not each of them.
    pub(crate) often: Option<Html>,
    /// Town, format and, where it is not the usual one, the zone; may be empty.
    pub(crate) about: String,
    /// That it is paused.
    pub(crate) state: Option<State>,
    /// Whether it is a draft.
    pub(crate) draft: bool,
    /// The rule's meetings for three years, for `week.js`.
    pub(crate) timetable: Option<String>,
    /// The last day of the rule, for scripts.
    pub(crate) until: Option<String>,
}

/// `home`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Home {
    /// What stands in `home.md`.
    pub(crate) body: Option<Html>,
    /// Under the first heading: the page's summary, else the number of groups.
    pub(crate) lead: String,
    /// The two ways in, where there are groups for both sorts of readers.
    pub(crate) ways: Vec<Way>,
    /// Listed groups.
    pub(crate) count: usize,
    /// The week page, where groups have dates.
    pub(crate) week: Option<&'static str>,
    /// Kinds of listed groups.
    pub(crate) kinds: Vec<Kind>,
    /// Cards of some groups that take people now, those confirmed last first.
    pub(crate) openings: Vec<Html>,
    /// All of them.
    pub(crate) openings_url: Option<String>,
    /// Cards of some groups that are forming.
    pub(crate) forming: Vec<Html>,
    /// All of them.
    pub(crate) forming_url: Option<String>,
    /// Collections of resources.
    pub(crate) collections: Vec<Entry>,
}

/// A way in from the home page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Way {
    /// What a reader would say.
    pub(crate) label: String,
    /// What is behind it.
    pub(crate) about: String,
    /// From the site's root.
    pub(crate) url: String,
}

/// A kind of groups, explained.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Kind {
    /// Its name.
    pub(crate) label: String,
    /// What such groups do.
    pub(crate) about: Option<String>,
    /// For whom they are.
    pub(crate) serves: String,
    /// How many there are, in words.
    pub(crate) count: String,
    /// From the site's root.
    pub(crate) url: String,
}

/// `list`: a page of groups, of the directory or of a facet's value.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct List {
    /// Under the first heading.
    pub(crate) about: Option<String>,
    /// For whom groups of this kind are; kinds only.
    pub(crate) serves: Option<String>,
    /// How many groups there are on all its pages, in words.
    pub(crate) count: String,
    /// The cards of this page.
    pub(crate) cards: Vec<Html>,
    /// Pages before and after.
    pub(crate) pager: Option<Pager>,
    /// Every facet with its values; the directory only.
    pub(crate) browse: Vec<Facet>,
    /// Other values of the same facet; the first page of a facet's value only.
    pub(crate) others: Vec<Count>,
    /// The facet, on a page of one.
    pub(crate) facet: Option<String>,
    /// The week page, on the first page of the directory.
    pub(crate) week: Option<&'static str>,
    /// The calendar of its groups, on the first page, where any of them has dates.
    pub(crate) calendar: Option<Calendar>,
}

/// A facet and its values.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Facet {
    /// What it is called.
    pub(crate) label: String,
    /// Its values, in their own order, else by label.
    pub(crate) values: Vec<Count>,
}

/// Pages before and after.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Pager {
    /// `Page 2 of 6`.
    pub(crate) words: String,
    /// From the site's root.
    pub(crate) previous: Option<String>,
    /// From the site's root.
    pub(crate) next: Option<String>,
}

/// `card`: a group in a list. Rendered once and used on every page that lists the group.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Card {
    /// Its name.
    pub(crate) title: String,
    /// Its page, from the site's root.
    pub(crate) url: String,
    /// What it is for.
    pub(crate) purpose: String,
    /// Kind and for whom.
    pub(crate) kind: String,
    /// When it meets.
    pub(crate) when: Fact,
    /// Town and format.
    pub(crate) place: Fact,
    /// `in-person`, `online`, `hybrid`; empty where nothing was said.
    pub(crate) format: &'static str,
    /// Paused, full, places free…
    pub(crate) state: Option<State>,
    /// Whether it is a draft.
    pub(crate) draft: bool,
}

/// Whether one can come, in words.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct State {
    /// `ended`, `paused`, `full`, `waitlist`, `forming` or `open`.
    pub(crate) key: &'static str,
    /// In words; may hold a `<time>`.
    pub(crate) words: Html,
}

/// `group`: a group's own page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Group {
    /// What it is for.
    pub(crate) purpose: String,
    /// Its kind.
    pub(crate) kind: Link,
    /// For whom it is, in a line.
    pub(crate) whom: String,
    /// `listed`, `unlisted` or `draft`.
    pub(crate) visibility: &'static str,
    /// Said first: ended or paused.
    pub(crate) notice: Option<State>,
    /// The author's word on its status; inline HTML.
    pub(crate) status_note: Option<Html>,
    /// When it meets, in a line.
    pub(crate) when: Fact,
    /// The zone of its clock times, in words.
    pub(crate) zone: Option<String>,
    /// What `next-meeting.js` is given, where meetings are ahead.
    pub(crate) next: Option<Next>,
    /// Where it meets, in a line.
    pub(crate) place: Fact,
    /// Who can join, in a line.
    pub(crate) who: Fact,
    /// Full, places free… in words.
    pub(crate) state: Option<State>,
    /// What it costs, in a line.
    pub(crate) cost: Fact,
    /// The main button; none where the group has ended or nobody can be reached.
    pub(crate) way_in: Option<WayIn>,
    /// Other ways to reach it.
    pub(crate) contacts: Vec<Link>,
    /// Whom to ask for.
    pub(crate) contact_name: Option<String>,
    /// `Confirmed on …` with a `<time>`, or that it is not.
    pub(crate) confirmed: Html,
    /// Whether somebody confirmed it.
    pub(crate) is_confirmed: bool,
    /// A picture.
    pub(crate) image: Option<Picture>,
    /// Who can join.
    pub(crate) membership: Membership,
    /// Its places, each once.
    pub(crate) places: Vec<Place>,
    /// When it meets.
    pub(crate) schedule: Schedule,
    /// How a meeting runs; none where nothing was said.
    pub(crate) meeting: Option<Meeting>,
    /// Sign-up for presentations.
    pub(crate) presentations: Option<Presentations>,
    /// Who leads; none where nothing was said.
    pub(crate) leadership: Option<Leadership>,
    /// How newcomers are welcomed; inline HTML.
    pub(crate) orientation: Option<Html>,
    /// Figures of its cost; none where a line says it all.
    pub(crate) fee: Option<Fee>,
    /// What it and its places offer.
    pub(crate) accessibility: Vec<Link>,
    /// What one should know about getting in.
    pub(crate) accessibility_note: Option<String>,
    /// Languages spoken, in a line.
    pub(crate) languages: Option<String>,
    /// The group's own words.
    pub(crate) body: Option<Html>,
    /// Resource pages that name it.
    pub(crate) reading: Vec<Link>,
    /// Pages of groups that share something with it.
    pub(crate) tags: Vec<Link>,
    /// Questions that the page does not answer yet.
    pub(crate) unsaid: Vec<String>,
}

/// `partials/next.html`: for `next-meeting.js`, which fills it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Next {
    /// The group's meetings for three years, as JSON.
    pub(crate) timetable: String,
    /// The words to tell them with, as JSON.
    pub(crate) words: String,
}

/// The main button.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct WayIn {
    /// What it says.
    pub(crate) label: String,
    /// Absolute, `mailto:` or `tel:`.
    pub(crate) url: String,
    /// The address in words, for paper and for those who want to see where it leads.
    pub(crate) shown: String,
    /// Whether it is the network's, because the group gave none.
    pub(crate) network: bool,
}

/// Who can join.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Membership {
    /// Whether anything was said.
    pub(crate) stated: bool,
    /// In one line.
    pub(crate) who: Option<String>,
    /// Open, closed or by application, in a sentence.
    pub(crate) admission: Option<String>,
    /// Whether one registers, in a sentence.
    pub(crate) registration: Option<String>,
    /// What one must bring.
    pub(crate) criteria: Vec<String>,
    /// How one joins; inline HTML.
    pub(crate) how_to_join: Option<Html>,
    /// Last day to enrol, in words with a `<time>`.
    pub(crate) enrol_by: Option<Html>,
    /// How many fit, in words.
    pub(crate) capacity: Option<String>,
    /// The places as seats round a table.
    pub(crate) seats: Vec<Seat>,
}

/// A seat at the table.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Seat {
    /// Degrees from the top.
    pub(crate) angle: String,
    /// Its radius, where the table's box is 120 by 120.
    pub(crate) radius: String,
    /// Whether nobody sits there yet.
    pub(crate) free: bool,
}

/// A place, or the online side, of some of a group's meetings.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Place {
    /// The meetings that it is for, where a group has several places.
    pub(crate) meetings: Vec<Html>,
    /// `in-person`, `online`, `hybrid`; empty where nothing was said.
    pub(crate) format: &'static str,
    /// The same in words.
    pub(crate) format_words: Option<String>,
    /// Name and room, in a line.
    pub(crate) name: Option<String>,
    /// The lines of its address.
    pub(crate) address: Vec<String>,
    /// Whether only the area is public.
    pub(crate) area: bool,
    /// How to find the door.
    pub(crate) directions: Option<String>,
    /// Where to leave a car.
    pub(crate) parking: Option<String>,
    /// Buses and trains.
    pub(crate) transit: Option<String>,
    /// When it is closed, from today on.
    pub(crate) closures: Vec<Closure>,
    /// The online side.
    pub(crate) online: Option<Online>,
}

/// Days on which a place is closed.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Closure {
    /// Which days, in a sentence.
    pub(crate) words: String,
    /// Why; inline HTML.
    pub(crate) reason: Option<Html>,
    /// What that means for the meetings.
    pub(crate) effect: Option<String>,
    /// The last day, for scripts; none until further notice.
    pub(crate) until: Option<String>,
}

/// The online side of a meeting.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Online {
    /// Such as Zoom.
    pub(crate) platform: Option<String>,
    /// Whether the group sends the link.
    pub(crate) on_request: bool,
    /// The meeting's public link.
    pub(crate) url: Option<String>,
    /// A public number to dial.
    pub(crate) phone: Option<Link>,
    /// What the platform asks for, in words.
    pub(crate) passcode: Option<String>,
}

/// When a group meets.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Schedule {
    /// Its sentences; empty where nothing was said.
    pub(crate) entries: Vec<ScheduleEntry>,
    /// The dates of meetings from today on, cancelled ones too, as far as dates are known.
    pub(crate) coming: Option<DateList>,
    /// Dates that do not happen, happen otherwise or come on top, as far as `coming` does not tell them.
    pub(crate) different: Option<DateList>,
    /// The group's calendar, where it has dates.
    pub(crate) calendar: Option<Calendar>,
}

/// One sentence of a schedule.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ScheduleEntry {
    /// As its author wrote it.
    pub(crate) when: Html,
    /// The same in full, where that says more.
    pub(crate) exact: Option<Html>,
    /// The zone of its clock times and its first and last day, in words.
    pub(crate) about: Option<String>,
    /// Where it is, in a line, where a group has several places.
    pub(crate) place: Option<String>,
    /// What it is about.
    pub(crate) topic: Option<String>,
    /// A remark; inline HTML.
    pub(crate) note: Option<Html>,
}

/// Dates in order.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DateList {
    /// One row each.
    pub(crate) dates: Vec<ComingDate>,
    /// When the last of them is over, for scripts; none where one has no end.
    pub(crate) until: Option<String>,
}

/// A row of dates: one, or several on which a group does not meet.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ComingDate {
    /// Weekday and date, with a `<time>` where it is one.
    pub(crate) date: Html,
    /// Its hours and its place, where they are not those of every sentence.
    pub(crate) details: Option<Html>,
    /// Whether there is no meeting on that date; the words say so too.
    pub(crate) struck: bool,
    /// What is different about it, in order; inline HTML.
    pub(crate) words: Vec<Html>,
    /// When it is over, for scripts: an instant in UTC, or the last day; none where it has no end.
    pub(crate) until: Option<String>,
}

/// A calendar file.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Calendar {
    /// From the site's root.
    pub(crate) download: String,
    /// Its `webcal` address, where the site knows its own.
    pub(crate) subscribe: Option<String>,
}

/// How a meeting runs.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Meeting {
    /// How long and how structured, in a line.
    pub(crate) about: Option<String>,
    /// Its parts, in order.
    pub(crate) agenda: Vec<AgendaItem>,
    /// The length of all parts, in minutes; none where a part has no length.
    pub(crate) minutes: Option<u32>,
    /// What everybody keeps to.
    pub(crate) ground_rules: Vec<String>,
}

/// A part of a meeting.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct AgendaItem {
    /// What it is.
    pub(crate) item: String,
    /// How long it takes, in minutes.
    pub(crate) minutes: Option<u32>,
    /// The same in words.
    pub(crate) length: Option<String>,
    /// Minutes before it.
    pub(crate) start: u32,
}

/// Sign-up for presentations.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Presentations {
    /// Cases or topics.
    pub(crate) title: String,
    /// From today on, in the order written.
    pub(crate) slots: Vec<Slot>,
    /// Where one signs up.
    pub(crate) sign_up: Option<String>,
}

/// A date on which somebody may present.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Slot {
    /// A `<time>`.
    pub(crate) date: Html,
    /// What is presented; none is open.
    pub(crate) topic: Option<String>,
    /// The day, for scripts.
    pub(crate) until: String,
}

/// Who leads.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Leadership {
    /// How the lead is given, in words.
    pub(crate) model: Option<String>,
    /// Who has it.
    pub(crate) people: Vec<Person>,
}

/// Somebody who leads.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Person {
    /// Their name.
    pub(crate) name: String,
    /// Such as LPC.
    pub(crate) credentials: Option<String>,
    /// Such as convener.
    pub(crate) role: Option<String>,
}

/// Figures of a cost, beside the line.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Fee {
    /// Who pays for members, in words.
    pub(crate) insurance: Option<String>,
    /// A remark; inline HTML.
    pub(crate) note: Option<Html>,
}

/// `resources`: the index of resource pages.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Resources {
    /// Collections, in their order.
    pub(crate) collections: Vec<Entry>,
    /// Pages in no collection, in their order.
    pub(crate) pages: Vec<Entry>,
}

/// `collection`: the pages of one collection.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Collection {
    /// What it holds.
    pub(crate) summary: Option<String>,
    /// Its pages, in their order.
    pub(crate) pages: Vec<Entry>,
}

/// An entry of a list of pages.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    /// Its title.
    pub(crate) title: String,
    /// From the site's root.
    pub(crate) url: String,
    /// One or two sentences.
    pub(crate) summary: Option<String>,
    /// How many pages it holds, in words; collections only.
    pub(crate) count: Option<String>,
}

/// `resource`: a resource page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Resource {
    /// One or two sentences.
    pub(crate) summary: Option<String>,
    /// Its collection.
    pub(crate) collection: Option<Link>,
    /// What it is about, in a line.
    pub(crate) topics: Option<String>,
    /// For whom it is, in a line.
    pub(crate) audience: Option<String>,
    /// `Updated …` with a `<time>`.
    pub(crate) updated: Option<Html>,
    /// Said before the text.
    pub(crate) content_note: Option<String>,
    /// Headings of the second level; empty where there are fewer than three.
    pub(crate) contents: Vec<Link>,
    /// The text.
    pub(crate) body: Html,
    /// Cards of related groups.
    pub(crate) groups: Vec<Html>,
    /// The page before it in its collection.
    pub(crate) previous: Option<Link>,
    /// The page after it in its collection.
    pub(crate) next: Option<Link>,
}

/// `free`: a free page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FreePage {
    /// One or two sentences.
    pub(crate) summary: Option<String>,
    /// `Updated …` with a `<time>`.
    pub(crate) updated: Option<Html>,
    /// The text.
    pub(crate) body: Html,
}

/// `help`: the get-help page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct GetHelp {
    /// That of `get-help.md`.
    pub(crate) summary: Option<String>,
    /// Above the lines, where there are any.
    pub(crate) lead: Option<String>,
    /// What stands in `get-help.md`.
    pub(crate) body: Option<Html>,
}

/// `redirect`: the page of an old address.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Redirect {
    /// The title of the page that it leads to.
    pub(crate) title: String,
    /// From the site's root.
    pub(crate) url: String,
    /// Absolute where the site has a `base_url`.
    pub(crate) canonical: String,
}

//! `site.yaml` into [`Settings`], and the levels that it sets for rules.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::check::dates;
use crate::check::fields::{Fields, Findings};
use crate::check::values;
use crate::check::vocabulary::Terms;
use crate::diagnostic::rules::{self, content};
use crate::diagnostic::{Level, Nature};
use crate::load::yaml::{Entry, Node, Value};
use crate::model::address::Contact;
use crate::model::settings::{Colour, HelpLine, Holiday, Settings};
use crate::model::venue::Coordinates;
use crate::schema;
use crate::schema::group::CONTACT;
use crate::schema::site::{CHECK, HELP, HOLIDAY, HOST, NAVIGATION, SITE, THEME, VOCABULARY};
use crate::source::{Span, Spanned};
use crate::suggest::closest;

/// What `site.yaml` says, with what can be settled only once the other files are known.
pub(super) struct Network {
    pub(super) settings: Settings,
    pub(super) terms: Terms,
    pub(super) levels: Levels,
    /// `theme: logo`, an image in static.
    pub(super) logo: Option<Spanned<String>>,
    /// `navigation`, in order: the link's words and where it leads.
    pub(super) navigation: Vec<(Option<String>, Spanned<String>)>,
    /// Whether it names a time zone, be it a wrong one.
    pub(super) has_timezone: bool,
}

/// Which level a rule has on this site.
pub(super) struct Levels {
    set: BTreeMap<&'static str, Option<Level>>,
    /// How many days a confirmation stays fresh.
    pub(super) stale_after: i32,
}

impl Levels {
    /// The level of a rule; none when it is switched off.
    pub(super) fn of(&self, rule: &'static crate::diagnostic::Rule) -> Option<Level> {
        self.set.get(rule.name).copied().unwrap_or(Some(rule.level))
    }
}

/// Reads `site.yaml`.
pub(super) fn read(node: &Node, findings: &Findings) -> Network {
    let fields = Fields::open(&SITE, node, findings);
    let vocabulary = fields.record("vocabulary", &VOCABULARY);
    let terms = Terms::read(vocabulary.as_ref());
    let theme = fields.record("theme", &THEME);
    let (accent, logo) = theme.map_or((None, None), |theme| {
        let accent: Option<Colour> =
            theme.value("accent", values::colour).map(|colour| colour.value);
        (accent, theme.text("logo"))
    });
    let help = help_lines(&fields);
    if help.is_empty() {
        let problem = findings.at(
            &content::MISSING_CRISIS_HELP,
            Span::new(node.span.start, node.span.start),
            "the site names no crisis help",
        );
        findings.add(problem.help("add `help:` with lines such as `- {name: 988 Suicide & Crisis Lifeline, call: \"988\"}`"));
    }
    let base_url = fields.value("base_url", values::base_url).map(|url| url.value);
    let settings = Settings {
        title: fields.words("title").unwrap_or_default(),
        tagline: fields.words("tagline"),
        base_url,
        language: fields
            .value("language", values::language_tag)
            .map_or_else(|| "en".to_owned(), |tag| tag.value),
        timezone: fields.value("timezone", values::time_zone).map(|zone| zone.value),
        currency: fields.value("currency", values::currency).map(|currency| currency.value),
        contact: fields
            .record("contact", &CONTACT)
            .map(|fields| contact(&fields))
            .unwrap_or_default(),
        help,
        vocabulary: terms.vocabulary(),
        holidays: holidays(&fields),
        holidays_cancel: fields
            .value("holidays_cancel", values::flag)
            .is_some_and(|flag| flag.value),
        places: places(&fields),
        navigation: Vec::new(),
        accent,
        logo: None,
        cname: cname(&fields),
    };
    let (levels, navigation) = (levels(&fields), navigation(&fields));
    let has_timezone = node.get("timezone").is_some();
    Network { settings, terms, levels, logo, navigation, has_timezone }
}

/// A public contact.
pub(super) fn contact(fields: &Fields<'_>) -> Contact {
    Contact {
        name: fields.words("name"),
        email: fields.value("email", values::email).map(|email| email.value),
        phone: fields.value("phone", values::phone).map(|phone| phone.value),
        url: fields.value("url", values::web_url).map(|url| url.value),
    }
}

fn help_lines(fields: &Fields<'_>) -> Vec<HelpLine> {
    let lines = fields.records("help", &HELP).into_iter();
    lines
        .filter_map(|(line, span)| {
            let name = line.words("name");
            let help = HelpLine {
                call: line.value("call", values::phone).map(|phone| phone.value.to_string()),
                text: line.words("text"),
                url: line.value("url", values::web_url).map(|url| url.value),
                verified: line.value("verified", values::date).map(|date| date.value),
                name: name?,
            };
            let ways = ["call", "text", "url"];
            if ways.iter().all(|way| line.key_span(way).is_none()) {
                let message = format!("`{}` has nothing to call, text or open", help.name);
                let problem = line.findings.at(&content::MISSING_FIELD, span, message);
                line.findings.add(problem.help("add `call`, `text` or `url`"));
            }
            Some(help)
        })
        .collect()
}

fn holidays(fields: &Fields<'_>) -> Vec<Holiday> {
    let items = fields.records("holidays", &HOLIDAY).into_iter();
    items
        .filter_map(|(item, span)| {
            let name = item.words("name");
            let (from, to) = dates::day_or_range(&item, span)?;
            Some(Holiday { from, to, name: name? })
        })
        .collect()
}

fn places(fields: &Fields<'_>) -> BTreeMap<String, Coordinates> {
    let entries = fields.map("places").iter();
    entries
        .filter_map(|entry| {
            Some((entry.key.clone(), super::venue::coordinates(&entry.value, fields.findings)?))
        })
        .collect()
}

fn navigation(fields: &Fields<'_>) -> Vec<(Option<String>, Spanned<String>)> {
    let items = fields.items("navigation").iter();
    items
        .filter_map(|item| {
            if let Value::Mapping(_) = item.value {
                let link = Fields::open(&NAVIGATION, item, fields.findings);
                let label = link.words("label");
                let url = link.text("url");
                return url.map(|url| (label, url));
            }
            fields.scalar("navigation", item).map(|slug| (None, slug))
        })
        .collect()
}

fn cname(fields: &Fields<'_>) -> Option<String> {
    let host = fields.record("host", &HOST)?;
    host.value("cname", values::host).map(|host| host.value)
}

fn levels(fields: &Fields<'_>) -> Levels {
    let mut levels = Levels { set: BTreeMap::new(), stale_after: 180 };
    for entry in fields.map("checks") {
        set_level(&mut levels, entry, fields.findings);
    }
    levels
}

/// What a site may say of a rule.
#[derive(Clone, Copy)]
enum Setting {
    At(Level),
    Off,
}

const SETTINGS: [(&str, Setting); 4] = [
    ("error", Setting::At(Level::Error)),
    ("warning", Setting::At(Level::Warning)),
    ("hint", Setting::At(Level::Hint)),
    ("off", Setting::Off),
];

fn set_level(levels: &mut Levels, entry: &Entry, findings: &Findings) {
    let setting = match &entry.value.value {
        Value::Scalar { text, .. } => level_named(text, entry.value.span, findings),
        _ => {
            let check = Fields::open(&CHECK, &entry.value, findings);
            let setting = check.choice("level", &SETTINGS).map(|setting| setting.value);
            let after = check.value("after", days);
            if entry.key == content::STALE_LISTING.name {
                levels.stale_after = after.map_or(levels.stale_after, |days| days.value);
            } else if let Some(span) = check.key_span("after") {
                let message = format!("`{}` takes no `after`", entry.key);
                let problem = findings.at(&content::UNKNOWN_KEY, span, message);
                findings.add(problem.help("only `stale-listing` does; take it out"));
            }
            setting
        }
    };
    let Some(rule) = rules::named(&entry.key) else {
        let problem = findings.at(
            &content::UNKNOWN_KEY,
            entry.key_span,
            format!("there is no rule `{}`", entry.key),
        );
        findings.add(match closest(&entry.key, rules::all().map(|rule| rule.name)) {
            Some(name) => problem.help(format!("did you mean `{name}`?")).fix(entry.key_span, name),
            None => problem.help("`roundtable explain` lists the rules"),
        });
        return;
    };
    let level = match setting {
        Some(Setting::At(level)) => Some(level),
        Some(Setting::Off) => None,
        None => return,
    };
    if rule.nature == Nature::Fixed && level < Some(rule.level) {
        let message = format!(
            "`{}` cannot be lowered: it guards what a page could not do without, or should never show",
            rule.name
        );
        findings.add(
            findings
                .at(&content::WRONG_VALUE, entry.value.span, message)
                .help("leave this line out"),
        );
        return;
    }
    levels.set.insert(rule.name, level);
}

fn level_named(text: &str, span: Span, findings: &Findings) -> Option<Setting> {
    // YAML 1.1 reads `off` as false; here it is the word that was typed.
    let found = SETTINGS.iter().find(|(name, _)| *name == text).map(|(_, setting)| *setting);
    if found.is_none() {
        let names: Vec<&str> = SETTINGS.iter().map(|(name, _)| *name).collect();
        let problem = findings.at(&content::WRONG_VALUE, span, format!("`{text}` is not a level"));
        findings.add(problem.help(format!("write {}", schema::one_of(&names))));
    }
    found
}

fn days(typed: &str) -> Result<i32, values::Wrong> {
    let number =
        typed.strip_suffix("days").or_else(|| typed.strip_suffix("day")).unwrap_or(typed).trim();
    values::number(number, 1, 3650).map(|days| i32::try_from(days).expect("at most 3650")).map_err(
        |wrong| values::Wrong {
            message: format!("`{typed}` is not a number of days"),
            help: "write it as `180 days`".to_owned(),
            ..wrong
        },
    )
}

/// Whether a date lies more than so many days before another.
pub(super) fn older_than(date: Date, days: i32, today: Date) -> bool {
    today.since(date).is_ok_and(|age| age.get_days() > days)
}

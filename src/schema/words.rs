//! Words that people type where the schema has another, and what they mean by them.

use super::{Record, Shape};
use crate::schedule::cardinal;

/// The field of `record` that a name means, if it is one that people often type instead.
pub fn field_meant(record: &Record, typed: &str) -> Option<&'static str> {
    let typed = typed.to_lowercase().replace(['-', ' '], "_");
    let mut rows = FIELDS.iter().filter(|(words, _)| words.contains(&typed.as_str()));
    rows.find_map(|(_, name)| record.field(name)).map(|field| field.name)
}

/// The fields of `record` that are themselves made of fields, one of which has that name.
pub fn parents(record: &Record, typed: &str) -> Vec<&'static str> {
    let inner = |shape: &Shape| match shape {
        Shape::Record(inner) => inner.field(typed).is_some(),
        Shape::Either(shapes) => shapes
            .iter()
            .any(|shape| matches!(shape, Shape::Record(inner) if inner.field(typed).is_some())),
        _ => false,
    };
    record.fields.iter().filter(|field| inner(&field.shape)).map(|field| field.name).collect()
}

/// The word of a choice that another means.
pub fn choice_meant(choice: &[&str], typed: &str) -> Option<&'static str> {
    let mut rows = CHOICES.iter().filter(|(words, _)| words.contains(&typed));
    rows.find_map(|(_, meant)| choice.contains(meant).then_some(*meant))
}

/// A number that is written out.
pub fn number_meant(typed: &str) -> Option<usize> {
    match typed.to_lowercase().as_str() {
        "none" | "no" | "zero" => Some(0),
        word => usize::try_from(cardinal(word)?).ok(),
    }
}

static FIELDS: &[(&[&str], &str)] = &[
    (&["name", "heading"], "title"),
    (&["about", "aim", "description", "goal", "mission", "summary"], "purpose"),
    (&["description", "intro"], "summary"),
    (&["category", "group_type", "type"], "kind"),
    (&["tag", "tags", "keywords", "subject", "subjects"], "topics"),
    (&["address", "building", "location", "place", "site", "where"], "venue"),
    (
        &["day", "days", "meeting", "meeting_time", "meetings", "meets", "time", "times", "when"],
        "schedule",
    ),
    (&["begin", "begins", "first_meeting", "start", "start_date"], "starts"),
    (&["end", "end_date", "last_meeting", "until"], "ends"),
    (&["begin", "begins", "start", "starts"], "from"),
    (&["end", "ends", "until"], "to"),
    (&["day", "on"], "date"),
    (&["time_zone", "tz", "zone"], "timezone"),
    (&["cancellations", "canceled", "exceptions", "no_meeting"], "cancelled"),
    (
        &["facilitator", "facilitators", "host", "leader", "leaders", "led_by", "therapist"],
        "leadership",
    ),
    (&["facilitator", "facilitators", "leader", "leaders", "members"], "people"),
    (&["fee", "fees", "price", "pricing"], "cost"),
    (&["language"], "languages"),
    (&["accessible"], "accessibility"),
    (&["virtual", "zoom"], "online"),
    (&["checked", "confirmed", "last_checked", "last_verified", "reviewed", "updated"], "verified"),
    (&["draft", "hidden", "listed", "public", "published", "unlisted"], "visibility"),
    (&["active", "paused"], "status"),
    (&["note", "notice"], "status_note"),
    (&["comment", "comments", "internal", "notes"], "private"),
    (&["photo", "picture"], "image"),
    (&["alt", "alt_text", "image_description", "photo_alt"], "image_alt"),
    (&["old_slugs", "old_urls", "redirect_from"], "aliases"),
    (&["eligibility", "requirements"], "criteria"),
    (&["how", "join", "joining", "to_join"], "how_to_join"),
    (&["free", "free_places", "places", "seats", "slots", "spaces", "spots"], "openings"),
    (&["limit", "max", "maximum", "size"], "capacity"),
    (&["deadline"], "enrol_by"),
    (&["application", "apply_url", "form", "sign_up"], "apply"),
    (&["apply", "signup"], "sign_up"),
    (&["dates"], "slots"),
    (&["rules"], "ground_rules"),
    (&["duration", "length", "time"], "minutes"),
    (&["activity", "name", "title", "what"], "item"),
    (&["title", "degree", "license", "licence"], "credentials"),
    (&["e_mail", "mail"], "email"),
    (&["cell", "mobile", "tel", "telephone"], "phone"),
    (&["number", "phone", "telephone"], "call"),
    (&["sms"], "text"),
    (&["href", "link", "web", "webpage", "website"], "url"),
    (&["code", "password", "pin"], "passcode"),
    (&["name", "service"], "platform"),
    (&["price"], "amount"),
    (&["town"], "city"),
    (&["county", "province", "state"], "region"),
    (&["postcode", "zip", "zip_code", "zipcode"], "postal_code"),
    (&["geo", "lat", "latitude", "location", "long", "longitude"], "coordinates"),
    (&["bus"], "transit"),
    (&["title", "text"], "label"),
    (&["crisis", "crisis_help", "crisis_lines"], "help"),
    (&["domain"], "base_url"),
    (&["menu", "nav"], "navigation"),
    (&["color", "colour"], "accent"),
    (&["why", "note"], "reason"),
];

static CHOICES: &[(&[&str], &str)] = &[
    (
        &["clinicians", "colleagues", "counselors", "counsellors", "providers", "therapists"],
        "professionals",
    ),
    (&["clients", "community", "families", "patients"], "public"),
    (&["all", "anyone", "everybody", "everyone"], "both"),
    (&["by-application", "interview", "screened", "screening"], "application"),
    (&["invitation", "invite-only", "private"], "closed"),
    (&["anyone", "drop-in", "everyone", "public"], "open"),
    (&["true", "yes"], "required"),
    (&["drop-in", "false", "no", "not-required", "optional", "walk-in"], "none"),
    (&["accepting", "yes"], "open"),
    (&["waiting", "waiting-list"], "waitlist"),
    (&["new", "starting"], "forming"),
    (&["closed", "no"], "full"),
    (&["face-to-face", "offline", "on-site", "onsite", "physical"], "in-person"),
    (&["phone", "remote", "telehealth", "video", "virtual", "zoom"], "online"),
    (&["both", "mixed", "online-and-in-person", "in-person-and-online"], "hybrid"),
    (&["ask", "members", "members-only", "private", "request"], "on-request"),
    (&["yes", "open"], "public"),
    (&["formal"], "structured"),
    (&["free", "loose", "unstructured"], "informal"),
    (&["cases"], "case"),
    (&["topics"], "topic"),
    (&["leader", "professional", "therapist"], "facilitator"),
    (&["members", "peer", "peers"], "peer-led"),
    (&["rotates", "rotation", "shared"], "rotating"),
    (&["break", "hiatus", "inactive", "on-break", "on-hold", "on-pause", "pausing"], "paused"),
    (&["cancelled", "closed", "done", "finished", "inactive", "over"], "ended"),
    (&["on", "open", "running"], "active"),
    (&["public", "published", "visible"], "listed"),
    (&["hidden", "not-listed"], "unlisted"),
    (&["private", "secret"], "internal"),
    (&["unpublished"], "draft"),
    (&["approximate", "city", "town"], "area"),
    (&["warn"], "warning"),
    (&["info", "note", "notice"], "hint"),
    (&["allow", "false", "ignore", "no", "none"], "off"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::group::{CONTACT, GROUP};

    #[test]
    fn every_word_means_a_field_or_a_choice_of_the_schema() {
        let known = |name: &str| {
            let mut found = false;
            every_record(&mut |record| found |= record.field(name).is_some());
            found
        };
        for (_, name) in FIELDS {
            assert!(known(name), "no record has `{name}`");
        }
        for (_, word) in CHOICES {
            let mut found = false;
            every_record(&mut |record| {
                found |= record.fields.iter().any(|field| names(&field.shape).contains(word));
            });
            assert!(found, "no field can be `{word}`");
        }
    }

    fn names(shape: &Shape) -> Vec<&'static str> {
        match shape {
            Shape::Choice(words) => words.to_vec(),
            Shape::Map(inner) | Shape::List(inner) => names(inner),
            Shape::Either(shapes) => shapes.iter().flat_map(names).collect(),
            _ => Vec::new(),
        }
    }

    fn every_record(visit: &mut dyn FnMut(&'static Record)) {
        fn descend(shape: &Shape, visit: &mut dyn FnMut(&'static Record)) {
            match shape {
                Shape::Record(record) => enter(record, visit),
                Shape::List(inner) | Shape::Map(inner) => descend(inner, visit),
                Shape::Either(shapes) => shapes.iter().for_each(|shape| descend(shape, visit)),
                _ => {}
            }
        }
        fn enter(record: &'static Record, visit: &mut dyn FnMut(&'static Record)) {
            visit(record);
            record.fields.iter().for_each(|field| descend(&field.shape, visit));
        }
        enter(&GROUP, visit);
        enter(&crate::schema::site::SITE, visit);
        enter(&crate::schema::page::RESOURCE, visit);
    }

    #[test]
    fn words_are_told_by_where_they_stand() {
        assert_eq!(field_meant(&GROUP, "Location"), Some("venue"));
        assert_eq!(field_meant(&CONTACT, "website"), Some("url"));
        assert_eq!(field_meant(&CONTACT, "location"), None);
        assert_eq!(parents(&GROUP, "openings"), ["membership"]);
        assert_eq!(parents(&GROUP, "phone"), ["online", "contact"]);
        assert_eq!(choice_meant(&["active", "paused", "ended"], "closed"), Some("ended"));
        assert_eq!(choice_meant(&["open", "waitlist", "forming", "full"], "closed"), Some("full"));
        assert_eq!(number_meant("Two"), Some(2));
    }
}

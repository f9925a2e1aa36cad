//! Resource pages, collections and free pages.

use std::collections::BTreeSet;

use crate::check::atlas::{Name, Seen};
use crate::check::fields::Fields;
use crate::check::subject::Subject;
use crate::check::values;
use crate::check::vocabulary::in_words;
use crate::diagnostic::rules::content as rules;
use crate::load::DocumentKind;
use crate::model::page::{Collection, Heading, Page, Resource};
use crate::schema::page::{COLLECTION, PAGE, RESOURCE};
use crate::slug::Slug;
use crate::suggest::closest;

/// A page with its place among its siblings; those without one come last.
pub(super) type Ordered<T> = (u32, T);

/// Reads a resource page, and gives the ids of its headings.
pub(super) fn resource(
    name: &Name,
    subject: &Subject<'_>,
) -> (Ordered<Resource>, BTreeSet<String>) {
    let fields = Fields::open(&RESOURCE, &subject.document.fields, subject.findings);
    let list = &subject.context.terms;
    let topics = fields.values("topics", |typed| list.topic.term("topic", typed));
    let audience = fields.values("audience", |typed| list.audience.term("audience", typed));
    let order = order(&fields);
    for name in ["slug", "aliases"] {
        fields.node(name);
    }
    let (body, headings) = subject.body();
    let ids = headings.iter().map(|heading| heading.id.clone()).collect();
    let headings = headings.into_iter().map(|heading| Heading {
        level: heading.level,
        id: heading.id,
        text: heading.text,
    });
    let resource = Resource {
        slug: name.slug.clone(),
        collection: name.collection.clone(),
        aliases: name.aliases.clone(),
        title: fields.words("title").unwrap_or_default(),
        summary: fields.words("summary"),
        topics,
        audience,
        updated: fields.value("updated", values::date).map(|date| date.value),
        related_groups: related_groups(&fields, subject),
        content_note: fields.words("content_note"),
        headings: headings.collect(),
        body,
    };
    ((order, resource), ids)
}

fn order(fields: &Fields<'_>) -> u32 {
    fields
        .value("order", |typed| values::number(typed, 0, 1_000_000))
        .map_or(u32::MAX, |number| number.value)
}

fn related_groups(fields: &Fields<'_>, subject: &Subject<'_>) -> Vec<Slug> {
    let groups = || subject.context.atlas.of_kind(DocumentKind::Group);
    let mut related = Vec::new();
    for typed in fields.texts("related_groups") {
        subject.looks_around.set(true);
        match groups().find(|name| name.slug.as_str() == typed.value) {
            Some(name) if name.seen == Seen::Public => related.push(name.slug.clone()),
            Some(_) => {
                let problem = subject.findings.at(
                    &rules::LINK_TO_HIDDEN_GROUP,
                    typed.span,
                    format!("`{}` is not a listed group", typed.value),
                );
                subject
                    .findings
                    .add(problem.help("take it out, or change the group's `visibility`"));
            }
            None => {
                let slugs = groups().map(|name| name.slug.as_str());
                let problem = subject.findings.at(
                    &rules::BROKEN_LINK,
                    typed.span,
                    format!("there is no group `{}`", typed.value),
                );
                subject.findings.add(match closest(&typed.value, slugs) {
                    Some(slug) => {
                        problem.help(format!("did you mean `{slug}`?")).fix(typed.span, slug)
                    }
                    None => problem.help("write the name of a group's file, without `.md`"),
                });
            }
        }
    }
    related
}

/// Reads a collection.
pub(super) fn collection(name: &Name, subject: &Subject<'_>) -> Ordered<Collection> {
    let fields = Fields::open(&COLLECTION, &subject.document.fields, subject.findings);
    let title = fields.words("title").unwrap_or_else(|| in_words(name.slug.as_str()));
    (
        order(&fields),
        Collection { slug: name.slug.clone(), title, summary: fields.words("summary") },
    )
}

/// Reads a free page, and gives the ids of its headings.
pub(super) fn page(name: &Name, subject: &Subject<'_>) -> (Page, BTreeSet<String>) {
    let fields = Fields::open(&PAGE, &subject.document.fields, subject.findings);
    for name in ["slug", "aliases"] {
        fields.node(name);
    }
    let (body, headings) = subject.body();
    let page = Page {
        slug: name.slug.clone(),
        aliases: name.aliases.clone(),
        title: fields.words("title").unwrap_or_default(),
        summary: fields.words("summary"),
        updated: fields.value("updated", values::date).map(|date| date.value),
        body,
    };
    (page, headings.into_iter().map(|heading| heading.id).collect())
}

//! The fields of resource pages, collections and free pages.

use super::{Field, Record, Shape};

/// A file in `content/resources`.
pub static RESOURCE: Record = Record {
    name: "a resource page",
    fields: &[
        Field::new("title", Shape::Text, "Who may join", "the page's title").required(),
        Field::new(
            "summary",
            Shape::Text,
            "Three ways to let people in, and how to choose one.",
            "one or two sentences for lists",
        ),
        Field::new(
            "topics",
            Shape::List(&Shape::Term),
            "[starting-a-group]",
            "what the page is about",
        ),
        Field::new("audience", Shape::List(&Shape::Term), "[counselors]", "for whom it is"),
        Field::new(
            "order",
            Shape::Number { from: 0, to: 1_000_000 },
            "2",
            "its place in the collection; pages without one come last, by title",
        ),
        Field::new("updated", Shape::Date, "2026-10-20", "when the text last changed"),
        Field::new(
            "related_groups",
            Shape::List(&Shape::Slug),
            "[tuesday-circle]",
            "slugs of groups; linked both ways",
        ),
        Field::new(
            "content_note",
            Shape::Text,
            "This page speaks about suicide.",
            "shown before the text",
        ),
        Field::new("aliases", Shape::List(&Shape::Slug), "[joining]", "old slugs; they redirect"),
        Field::new(
            "slug",
            Shape::Slug,
            "who-may-join",
            "the last part of the address; default: the file's name",
        ),
    ],
};

/// `_collection.yaml` in a folder of `content/resources`.
pub static COLLECTION: Record = Record {
    name: "a collection",
    fields: &[
        Field::new(
            "title",
            Shape::Text,
            "Start your own group",
            "default: the folder's name in words",
        ),
        Field::new(
            "summary",
            Shape::Text,
            "Eight questions, one page each.",
            "one or two sentences for lists",
        ),
        Field::new(
            "order",
            Shape::Number { from: 0, to: 1_000_000 },
            "1",
            "its place among the collections; those without one come last, by title",
        ),
    ],
};

/// A file in `content/pages`.
pub static PAGE: Record = Record {
    name: "a page",
    fields: &[
        Field::new("title", Shape::Text, "About us", "the page's title").required(),
        Field::new("summary", Shape::Text, "Who runs this directory.", "one or two sentences"),
        Field::new("updated", Shape::Date, "2026-10-20", "when the text last changed"),
        Field::new("aliases", Shape::List(&Shape::Slug), "[about-us]", "old slugs; they redirect"),
        Field::new("slug", Shape::Slug, "about", "the address; default: the file's name"),
    ],
};

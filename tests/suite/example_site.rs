//! The example site is clean, and has enough meetings in enough zones to try everything on.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::ToSpan as _;
use roundtable::timetable::{Origin, Standing, Timetable};

use crate::built::example_site;
use crate::harness::{self, NOW};

#[test]
fn the_example_site_has_meetings_of_every_sort_in_four_zones_and_no_problem() {
    let checked = harness::check(&example_site());
    assert_eq!(checked.diagnostics.len(), 0, "{:#?}", checked.diagnostics);
    let now: Timestamp = NOW.parse().unwrap();
    let end = now + (400 * 24).hours();
    let (mut happen, mut by_zone) = (0, BTreeMap::<String, u32>::new());
    let mut sorts = BTreeSet::new();
    for group in &checked.site.groups {
        let timetable = Timetable::of(group, &checked.site.settings);
        for meeting in timetable.meetings_between(now, end) {
            let zone = meeting.zone.iana_name().unwrap().to_owned();
            happen += u32::from(!meeting.is_cancelled());
            *by_zone.entry(zone).or_default() += 1;
            sorts.insert(match (&meeting.origin, &meeting.standing) {
                (Origin::Changed { .. }, _) => "changed",
                (Origin::Extra(_), _) => "extra",
                (_, Standing::Planned) => "planned",
                (_, Standing::OnlineOnly(_)) => "online only",
                (_, Standing::Holiday(_)) => "holiday",
                (_, Standing::Cancelled(_)) => "cancelled",
            });
        }
    }
    assert!(happen >= 300, "{happen}");
    assert!(by_zone.len() >= 4, "{by_zone:?}");
    assert!(by_zone.values().all(|meetings| *meetings >= 10), "{by_zone:?}");
    let all = ["cancelled", "changed", "extra", "holiday", "online only", "planned"];
    assert_eq!(sorts.into_iter().collect::<Vec<_>>(), all);
}

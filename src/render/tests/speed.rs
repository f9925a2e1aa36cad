//! Scratch measurement.
use super::*;
use rayon::prelude::*;
use std::time::Instant;
#[test]
#[ignore = "measures"]
fn how_long_ten_thousand_groups_take() {
    let mut site = fixture::site();
    site.groups = (0..10_000)
        .map(|n| {
            let mut g = fixture::rich();
            g.slug = fixture::slug(&format!("group-{n:05}"));
            g.aliases.clear();
            g.title = format!(
                "{} number {n} of many",
                ["Tuesday circle", "Grief", "Parents", "Evening table"][n % 4]
            );
            for (i, t) in g.topics.iter_mut().enumerate() {
                t.key = fixture::slug(&format!("topic-{}", (n * 7 + i * 13) % 40));
                t.label = format!("Topic {}", (n * 7 + i * 13) % 40);
            }
            g
        })
        .collect();
    site.groups.sort_by(|a, b| a.slug.cmp(&b.slug));
    let theme = Theme::new(&[], &site.settings).unwrap();
    let t = Instant::now();
    let edition = Edition::new(site, theme, fixture::TODAY).unwrap();
    println!("edition {:?}", t.elapsed());
    let t = Instant::now();
    let routes = routes(&edition);
    println!("routes {} {:?}", routes.len(), t.elapsed());
    let t = Instant::now();
    let pages: Vec<Vec<u8>> = routes.par_iter().map(|r| render(&edition, r).unwrap()).collect();
    println!(
        "render {:?} {} MB",
        t.elapsed(),
        pages.iter().map(Vec::len).sum::<usize>() / 1_000_000
    );
    let (mut g, mut f) = (0, 0);
    for (r, p) in routes.iter().zip(&pages) {
        if matches!(r.target, Target::Group(_)) { g += p.len() } else { f += p.len() }
    }
    println!("groups {} MB lists {} MB", g / 1_000_000, f / 1_000_000);
    let t = Instant::now();
    let n: usize = routes
        .iter()
        .filter(|r| matches!(r.target, Target::Group(_)))
        .take(2000)
        .map(|r| render(&edition, r).unwrap().len())
        .sum();
    println!("2000 groups on one thread {:?} {n}", t.elapsed());
    let t = Instant::now();
    for r in routes.iter().filter(|r| matches!(r.target, Target::Group(_))).take(2000) {
        std::hint::black_box(view(&edition, r));
    }
    println!("  views only {:?}", t.elapsed());
    let t = Instant::now();
    let htmls: Vec<String> = routes
        .iter()
        .filter(|r| matches!(r.target, Target::Group(_)))
        .take(2000)
        .map(|r| {
            let (t, c) = view(&edition, r);
            edition.theme.tera.render(t, &c).unwrap()
        })
        .collect();
    println!("  views + tera {:?}", t.elapsed());
    let t = Instant::now();
    for h in &htmls {
        std::hint::black_box(finish(h, Standing::At("/groups/x/"), &edition.cards));
    }
    println!("  finish {:?}", t.elapsed());
}

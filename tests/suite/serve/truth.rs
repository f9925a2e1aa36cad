//! What is in the folder is what is shown, however it came there.

use super::*;

#[test]
fn a_file_that_is_removed_takes_its_page_and_its_place_in_lists_with_it() {
    let server = Server::of("");
    assert!(server.until_says("/groups/", "Monday table").has("Tuesday table"));
    server.remove("content/groups/monday.md");
    server.until_gone("/groups/monday/");
    assert!(!server.get("/groups/").has("Monday table"), "the list is of the same moment");
    assert!(server.get("/groups/").has("Tuesday table"));
}

#[test]
fn a_file_that_is_renamed_has_its_new_address_and_no_other() {
    let server = Server::of("");
    server.until_says("/groups/monday/", "Monday table");
    server.rename("content/groups/monday.md", "content/groups/first.md");
    server.until_says("/groups/first/", "Monday table");
    server.until_gone("/groups/monday/");
}

#[test]
fn a_new_file_has_a_page_also_in_a_new_folder() {
    let server = Server::of("");
    let group = server.read("content/groups/plain.md").replace("Plain", "New");
    server.write("content/groups/a/b/c/new.md", &group);
    server.until_says("/groups/new/", "New table");
    server.write("content/groups/a/b/c/newer.md", &group.replace("New", "Newer"));
    server.until_says("/groups/newer/", "Newer table");
}

#[test]
fn a_folder_that_is_renamed_or_moved_away_is_followed() {
    let server = Server::of("");
    server.until_says("/groups/tuesday/", "Tuesday table");
    server.rename("content/groups/town", "content/groups/county");
    server.replace("content/groups/county/tuesday.md", "Tuesday table", "County table");
    server.until_says("/groups/tuesday/", "County table");
    server.rename("content/groups/county", "away");
    server.until_gone("/groups/tuesday/");
    server.rename("away", "content/groups/town");
    server.until_says("/groups/tuesday/", "County table");
}

#[test]
fn editors_save_in_many_ways_and_each_is_seen() {
    let server = Server::of("");
    let ways = [
        ("in place", "sed 's/BEFORE/AFTER/' $F > copy; cat copy > $F; rm copy"),
        ("sed -i", "sed -i 's/BEFORE/AFTER/' $F"),
        (
            "vim",
            "d=$(dirname $F); touch $d/4913; rm $d/4913; mv $F $F~; sed 's/BEFORE/AFTER/' $F~ > $F; rm $F~",
        ),
        ("a new file in its place", "sed 's/BEFORE/AFTER/' $F > $F.tmp; mv -f $F.tmp $F"),
        ("from another folder", "sed 's/BEFORE/AFTER/' $F > copy; mv -f copy $F"),
        ("removed and written", "t=$(sed 's/BEFORE/AFTER/' $F); rm $F; printf '%s\\n' \"$t\" > $F"),
        ("with its old times", "sed 's/BEFORE/AFTER/' $F > copy; touch -r $F copy; mv -f copy $F"),
    ];
    let mut before = "Monday table".to_owned();
    for (number, (way, script)) in (1..).zip(ways) {
        let after = format!("Monday way{number}");
        let script = script.replace("BEFORE", &before).replace("AFTER", &after);
        server.shell(&format!("F=content/groups/monday.md; {script}"));
        let page = server.until_says("/groups/monday/", &after);
        assert!(!page.has("class=\"roundtable-banner"), "{way}: {}", page.text());
        before = after;
    }
}

#[test]
fn the_content_folder_may_go_and_come_back() {
    let server = Server::of("");
    server.until_says("/groups/monday/", "Monday table");
    server.rename("content", "elsewhere");
    server.until_gone("/groups/monday/");
    server.rename("elsewhere", "content");
    server.until_says("/groups/monday/", "Monday table");
    server.shell("cp -r content copy; rm -r content");
    server.until_gone("/groups/monday/");
    server.shell("mkdir content; mkdir content/groups; cp copy/groups/monday.md content/groups/");
    server.until_says("/groups/monday/", "Monday table");
    server.replace("content/groups/monday.md", "Monday table", "Monday again");
    server.until_says("/groups/monday/", "Monday again");
}

#[test]
fn the_whole_site_may_go_and_come_back() {
    let server = Server::of("");
    server.until_says("/groups/monday/", "Monday table");
    let away = server.folder.path().with_extension("away");
    fs_err::rename(server.folder.path(), &away).unwrap();
    let page = server.until("/groups/monday/", |page| page.has("folder cannot be read"));
    assert!(page.has("Monday table") && page.status == 200, "{}", page.text());
    fs_err::rename(&away, server.folder.path()).unwrap();
    server.until("/groups/monday/", |page| !page.has("folder cannot be read"));
    server.replace("content/groups/monday.md", "Monday table", "Monday again");
    server.until_says("/groups/monday/", "Monday again");
}

#[test]
fn a_checkout_of_another_branch_is_followed() {
    let server = Server::of("");
    let git = "git -c user.name=A -c user.email=a@example.org -c init.defaultBranch=main";
    server.shell(&format!(
        "{git} init -q; {git} add .; {git} commit -qm first; {git} checkout -qb other"
    ));
    server.shell(
        "sed -i 's/Monday table/Other table/' content/groups/monday.md; git mv content/groups/plain.md content/groups/simple.md",
    );
    server.shell(&format!("{git} commit -qam second"));
    server.until_says("/groups/monday/", "Other table");
    server.until_says("/groups/simple/", "Plain table");
    server.shell(&format!("{git} checkout -q main"));
    server.until_says("/groups/monday/", "Monday table");
    server.until_says("/groups/plain/", "Plain table");
    server.until_gone("/groups/simple/");
}

#[test]
fn many_files_at_once_are_few_updates_and_none_where_no_byte_changed() {
    let more: Vec<String> = (0..200)
        .map(|n| format!("-- content/groups/many/g{n}.md --\n---\ntitle: Group {n}\npurpose: To meet.\nkind: process\n---\n"))
        .collect();
    let server = Server::of(&more.concat());
    server.until_says("/groups/g199/", "Group 199");
    settle();
    let before = server.updates();
    server.shell("touch content/groups/many/*.md; touch site.yaml content");
    settle();
    assert_eq!(server.updates(), before, "no byte has changed");
    let start = Instant::now();
    server.shell("sed -i 's/To meet/To sit/' content/groups/many/*.md");
    // A burst lasts a tenth of a second at most: on a busy machine they take several to write.
    let bursts = start.elapsed().as_millis() / 100 + 1;
    server.until_says("/groups/g199/", "To sit");
    settle();
    let updates = server.updates() - before;
    assert!(
        (1..=usize::try_from(bursts).unwrap() + 1).contains(&updates),
        "{updates} updates in {bursts} bursts"
    );
}

#[test]
fn reading_the_folder_wakes_nobody_up() {
    let server = Server::of("");
    server.until_says("/groups/monday/", "Monday table");
    let before = server.updates();
    server.shell("cat content/groups/*.md static/* site.yaml > /dev/null; ls -R > /dev/null");
    for _ in 0..20 {
        server.get("/groups/monday/");
        server.get("/note.txt");
    }
    settle();
    assert_eq!(server.updates(), before);
}

#[test]
fn what_is_built_beside_it_is_left_alone() {
    let server = Server::of("");
    server.shell("mkdir public; echo mine > public/mine.txt");
    server.replace("content/groups/monday.md", "Monday table", "Monday again");
    server.until_says("/groups/monday/", "Monday again");
    let built: Vec<_> = fs_err::read_dir(server.path("public")).unwrap().collect();
    assert_eq!(built.len(), 1);
    assert_eq!(server.get("/mine.txt").status, 404);
}

#[test]
fn files_that_are_copied_and_the_settings_are_looked_at_too() {
    let server = Server::of("");
    assert_eq!(server.get("/note.txt").text(), "A note.\n");
    server.write("static/note.txt", "Another.\n");
    server.until_says("/note.txt", "Another.");
    server.write("static/deep/er/new.txt", "New.\n");
    server.until_says("/deep/er/new.txt", "New.");
    server.remove("static/note.txt");
    server.until_gone("/note.txt");
    server.replace("site.yaml", "River Valley", "River Bend");
    server.until_says("/groups/monday/", "River Bend");
    server.replace("content/venues/hall.yaml", "name: Hall", "name: Great Hall");
    server.until_says("/groups/tuesday/", "Great Hall");
}

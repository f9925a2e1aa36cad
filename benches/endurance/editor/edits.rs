//! What people do on purpose.

use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fs_err as fs;

use super::super::browsers::{Reach, written};
use super::{EXTENDS, Editor, Group, HALL, MOST_ADDED, PICTURE, TEMPLATE};
use super::{added_names, group, hall, page_of, picture};

/// Files that are saved at once.
const BURST: usize = 50;
/// Longer than a change stays unseen.
const QUIET: Duration = Duration::from_millis(300);

impl Editor {
    /// A group that is not broken; every other time one that browsers watch.
    pub(super) fn any_group(&mut self) -> Group {
        loop {
            let watched = self.groups.get(..self.watched).filter(|_| self.chance.below(2) == 0);
            let group = self.chance.of(watched.unwrap_or(&self.groups));
            if self.damage.as_ref().is_none_or(|damage| damage.file != group.file) {
                return group.clone();
            }
        }
    }

    pub(super) fn edit_text(&mut self) -> Result<()> {
        let group = self.any_group();
        let text = self.read(&group.file)?;
        let before = text.split("\n\nMark ").next().context("a text has a beginning")?;
        let mark = self.moments.mark(Reach::Pages);
        let text = format!("{}\n\n{}\n", before.trim_end(), written(mark));
        self.save(&group.file, text.as_bytes())?;
        self.follow_mark(&group.page, mark)
    }

    pub(super) fn edit_title(&mut self) -> Result<()> {
        let (group, mark) = (self.any_group(), self.moments.mark(Reach::Pages));
        self.set(&group.file, "title", &format!("Table, {}", written(mark)))?;
        self.follow_mark(&group.page, mark)
    }

    pub(super) fn edit_purpose(&mut self) -> Result<()> {
        let (group, mark) = (self.any_group(), self.moments.mark(Reach::Pages));
        self.set(&group.file, "purpose", &format!("People meet, {}.", written(mark)))?;
        self.follow_mark(&group.page, mark)
    }

    pub(super) fn add_group(&mut self) -> Result<()> {
        if self.added.len() == MOST_ADDED {
            self.remove_group()?;
        }
        let mut names = added_names();
        let name = names.find(|name| !self.added.contains(name)).context("one is free")?;
        let mark = self.moments.mark(Reach::Pages);
        self.save(&format!("{}/{name}.md", self.folder), group(&name, mark).as_bytes())?;
        self.follow_mark(&page_of(&name), mark)?;
        self.added.push_back(name);
        Ok(())
    }

    pub(super) fn remove_group(&mut self) -> Result<()> {
        let Some(name) = self.added.pop_front() else { return self.add_group() };
        fs::remove_file(self.site.join(format!("{}/{name}.md", self.folder)))?;
        self.follow(&page_of(&name), |page| page.status == 404)?;
        Ok(())
    }

    pub(super) fn rename_group(&mut self) -> Result<()> {
        let Some(name) = self.added.pop_front() else { return self.add_group() };
        let path = |name: &str| self.site.join(format!("{}/{name}.md", self.folder));
        let other = format!("{name}-renamed");
        fs::rename(path(&name), path(&other))?;
        self.follow(&page_of(&other), |page| page.status == 200)?;
        self.follow(&page_of(&name), |page| page.status == 404)?;
        fs::rename(path(&other), path(&name))?;
        self.follow(&page_of(&name), |page| page.status == 200)?;
        self.follow(&page_of(&other), |page| page.status == 404)?;
        self.added.push_back(name);
        Ok(())
    }

    pub(super) fn rename_folder(&mut self) -> Result<()> {
        if self.added.is_empty() {
            self.add_group()?;
        }
        let other = match self.folder {
            "content/groups/soak" => "content/groups/moved",
            _ => "content/groups/soak",
        };
        fs::rename(self.site.join(self.folder), self.site.join(other))?;
        self.folder = other;
        // The panel names the file.
        for name in &self.added {
            let file = format!("{other}/{name}.md");
            self.follow(&page_of(name), |page| page.status == 200 && page.has(&file))?;
        }
        Ok(())
    }

    pub(super) fn edit_venue(&mut self) -> Result<()> {
        let mark = self.moments.mark(Reach::Pages);
        self.save(HALL, hall(&written(mark)).as_bytes())?;
        self.follow_mark("/groups/soak-hall/", mark)
    }

    pub(super) fn edit_settings(&mut self) -> Result<()> {
        self.mark_all()?;
        Ok(())
    }

    pub(super) fn edit_sheet(&mut self) -> Result<()> {
        self.mend()?;
        let seen = self.connect()?.get("/groups/soak-hall/")?.seen()?;
        let orphans = self.moments.mark(Reach::Pages);
        let sheet = format!("@layer print {{ p {{ orphans: {orphans}; }} }}\n");
        self.save("theme/css/print.css", sheet.as_bytes())?;
        self.follow("/groups/soak-hall/", |page| !page.has(&seen))?;
        Ok(())
    }

    pub(super) fn edit_template(&mut self) -> Result<()> {
        self.mend()?;
        if self.site.join(TEMPLATE).exists() {
            fs::remove_file(self.site.join(TEMPLATE))?;
            self.follow("/groups/soak-hall/", |page| !page.has("<p>Of our own: "))?;
            return Ok(());
        }
        let mark = self.moments.mark(Reach::Pages);
        let text = format!(
            "{EXTENDS}{{{{ super() }}}}<p>Of our own: {}</p>{{% endblock %}}",
            written(mark)
        );
        self.save(TEMPLATE, text.as_bytes())?;
        self.follow_mark("/groups/soak-hall/", mark)
    }

    pub(super) fn edit_picture(&mut self) -> Result<()> {
        let seen = self.connect()?.get("/groups/soak-hall/")?.seen()?;
        let picture = picture(self.moments.mark(Reach::Pages));
        self.save(PICTURE, picture.as_bytes())?;
        self.follow("/groups/soak-hall/", |page| !page.has(&seen))?;
        let answer = self.connect()?.get("/groups/soak-hall/soak-hall.svg")?;
        ensure!(answer.has(picture.trim()), "the picture is another than the page's");
        Ok(())
    }

    pub(super) fn touch(&mut self) -> Result<()> {
        let group = self.any_group();
        let text = self.read(&group.file)?;
        thread::sleep(QUIET);
        let before = self.server.updates();
        // From outside, so that it is never seen half written.
        let new = self.site.with_extension("new");
        fs::write(&new, text)?;
        fs::rename(new, self.site.join(&group.file))?;
        thread::sleep(QUIET);
        let updates = self.server.updates() - before;
        ensure!(updates == 0, "{updates} updates without a change");
        Ok(())
    }

    pub(super) fn burst(&mut self) -> Result<()> {
        let folder = self.site.join("content/groups/burst");
        fs::create_dir_all(&folder)?;
        let names: Vec<String> = (0..BURST).map(|number| format!("burst-{number}")).collect();
        let mark = self.moments.mark(Reach::Pages);
        for name in &names {
            fs::write(folder.join(format!("{name}.md")), group(name, mark))?;
        }
        for name in &names {
            self.follow_mark(&page_of(name), mark)?;
        }
        for name in &names {
            fs::remove_file(folder.join(format!("{name}.md")))?;
        }
        fs::remove_dir(folder)?;
        for name in &names {
            self.follow(&page_of(name), |page| page.status == 404)?;
        }
        Ok(())
    }
}

//! What goes wrong while people write.

use std::thread;
use std::time::Duration;

use anyhow::{Result, ensure};
use fs_err as fs;

use super::super::server::Answer;
use super::{Damage, EXTENDS, Editor, HALL, TEMPLATE};

impl Editor {
    /// Breaks a file: its page stays, and says so.
    fn damage(&mut self, file: &str, bytes: &[u8], page: &str) -> Result<()> {
        self.mend()?;
        let sound = fs::read(self.site.join(file)).ok();
        self.save(file, bytes)?;
        let is_told = |page: &Answer| page.status == 200 && page.has_banner();
        let answer = self.follow(page, is_told)?;
        ensure!(answer.has("<main id=\"main\""), "{page} does not show what it last was");
        self.damage = Some(Damage { file: file.to_owned(), sound, page: page.to_owned() });
        Ok(())
    }

    pub(super) fn break_yaml(&mut self) -> Result<()> {
        self.mend()?;
        let group = self.any_group();
        let broken = self.read(&group.file)?.replacen("title:", "title: [", 1);
        self.damage(&group.file, broken.as_bytes(), &group.page)
    }

    pub(super) fn break_encoding(&mut self) -> Result<()> {
        self.mend()?;
        let group = self.any_group();
        let text = self.read(&group.file)?;
        let words = [0xfeff].into_iter().chain(text.encode_utf16());
        let bytes: Vec<u8> = words.flat_map(u16::to_le_bytes).collect();
        self.damage(&group.file, &bytes, &group.page)
    }

    pub(super) fn write_in_halves(&mut self) -> Result<()> {
        let group = self.any_group();
        let text = fs::read(self.site.join(&group.file))?;
        for length in [0, text.len() / 4, text.len() / 2] {
            fs::write(self.site.join(&group.file), text.get(..length).unwrap_or_default())?;
            thread::sleep(Duration::from_millis(self.chance.below(80) as u64));
        }
        fs::write(self.site.join(&group.file), text)?;
        self.edit_text()
    }

    pub(super) fn lose_venue(&mut self) -> Result<()> {
        self.mend()?;
        let sound = fs::read(self.site.join(HALL))?;
        fs::remove_file(self.site.join(HALL))?;
        self.follow("/groups/soak-hall/", |page| page.status == 200 && page.has_banner())?;
        let (file, page) = (HALL.to_owned(), "/groups/soak-hall/".to_owned());
        self.damage = Some(Damage { file, sound: Some(sound), page });
        self.mend()
    }

    pub(super) fn break_settings(&mut self) -> Result<()> {
        self.damage("site.yaml", b"title: [", "/groups/soak-hall/")?;
        self.mend()
    }

    pub(super) fn break_template(&mut self) -> Result<()> {
        let text = format!("{EXTENDS}{{% if %}}{{% endblock %}}");
        self.damage(TEMPLATE, text.as_bytes(), "/groups/soak-hall/")
    }

    pub(super) fn fail_template(&mut self) -> Result<()> {
        let text = format!("{EXTENDS}{{{{ group.nothing.at_all }}}}{{% endblock %}}");
        self.damage(TEMPLATE, text.as_bytes(), "/groups/soak-hall/")
    }

    pub(super) fn lose_content(&mut self) -> Result<()> {
        self.mend()?;
        let before = self.connect()?.get("/groups/soak-hall/")?;
        let (content, away) = (self.site.join("content"), self.site.with_extension("away"));
        fs::rename(&content, &away)?;
        self.follow("/groups/soak-hall/", |page| *page != before)?;
        fs::rename(&away, &content)?;
        self.follow("/groups/soak-hall/", |page| *page == before)?;
        Ok(())
    }
}

//! A site's accent colour made fit to read: the style sheet that replaces the theme's three accent tokens.
//!
//! Takes one colour; gives, for light and dark, the colour as a surface, a colour for text on that surface, and the
//! colour as text on paper. Text has a contrast of at least 4.5 : 1 and surfaces of at least 3 : 1 (WCAG 2.2, success
//! criteria 1.4.3 and 1.4.11). The hue stays; only as much black or white is mixed in as that takes.

use std::fmt::Write as _;

use crate::model::settings::Colour;

/// Least contrast of text.
const TEXT: f64 = 4.5;
/// Least contrast of what is no text.
const SURFACE: f64 = 3.0;

const WHITE: Colour = Colour { red: 255, green: 255, blue: 255 };
const BLACK: Colour = Colour { red: 0, green: 0, blue: 0 };

/// The papers that text stands on, and the colours for text on the accent; as in the theme's `tokens.css`.
struct Scheme {
    papers: [Colour; 3],
    on_accent: [Colour; 2],
    /// What is mixed in until the contrast is enough.
    towards: Colour,
}

const LIGHT: Scheme = Scheme {
    papers: [hex(0x00fa_f6ee), hex(0x00ff_fdf9), hex(0x00f6_e4c6)],
    on_accent: [WHITE, hex(0x002a_2520)],
    towards: BLACK,
};

const DARK: Scheme = Scheme {
    papers: [hex(0x001c_1916), hex(0x0026_221e), hex(0x003b_2f1d)],
    on_accent: [hex(0x001c_1916), WHITE],
    towards: WHITE,
};

struct Accent {
    surface: Colour,
    on_surface: Colour,
    text: Colour,
}

/// The style sheet `accent.css` for a colour.
pub fn sheet(colour: Colour) -> String {
    let mut css = String::from("@layer tokens {\n  :root {\n");
    write_tokens(&mut css, "    ", &LIGHT.accent(colour));
    css.push_str("  }\n\n  @media (prefers-color-scheme: dark) {\n    :root {\n");
    write_tokens(&mut css, "      ", &DARK.accent(colour));
    css.push_str("    }\n  }\n\n  @media (forced-colors: active) {\n    :root {\n");
    css.push_str(
        "      --accent: LinkText;\n      --on-accent: Canvas;\n      --accent-ink: LinkText;\n",
    );
    css.push_str("    }\n  }\n}\n");
    css
}

fn write_tokens(css: &mut String, indent: &str, accent: &Accent) {
    for (name, colour) in
        [("accent", accent.surface), ("on-accent", accent.on_surface), ("accent-ink", accent.text)]
    {
        let Colour { red, green, blue } = colour;
        writeln!(css, "{indent}--{name}: #{red:02x}{green:02x}{blue:02x};")
            .expect("a String takes all");
    }
}

impl Scheme {
    fn accent(&self, colour: Colour) -> Accent {
        let surface = self.shade(colour, |shade| {
            self.clear_of_papers(shade, SURFACE) && self.text_on(shade).is_some()
        });
        // A wash of the accent is one more paper: at most a tenth of it in the others.
        let text = self.shade(colour, |shade| {
            self.clear_of_papers(shade, TEXT)
                && contrast(shade, mix(self.papers[0], surface, 0.1)) >= TEXT
        });
        Accent { surface, on_surface: self.text_on(surface).unwrap_or(self.on_accent[0]), text }
    }

    /// The colour with as little as possible mixed in.
    fn shade(&self, colour: Colour, enough: impl Fn(Colour) -> bool) -> Colour {
        let shades = (0..=64_u8).map(|step| mix(colour, self.towards, f64::from(step) / 64.0));
        shades.into_iter().find(|&shade| enough(shade)).unwrap_or(self.towards)
    }

    fn clear_of_papers(&self, colour: Colour, least: f64) -> bool {
        self.papers.iter().all(|&paper| contrast(colour, paper) >= least)
    }

    fn text_on(&self, surface: Colour) -> Option<Colour> {
        self.on_accent.into_iter().find(|&text| contrast(text, surface) >= TEXT)
    }
}

const fn hex(rgb: u32) -> Colour {
    let [_, red, green, blue] = rgb.to_be_bytes();
    Colour { red, green, blue }
}

fn mix(from: Colour, to: Colour, part: f64) -> Colour {
    let channel = |from: u8, to: u8| {
        let mixed = f64::from(from) + (f64::from(to) - f64::from(from)) * part;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between two bytes"
        )]
        let byte = mixed.round() as u8;
        byte
    };
    Colour {
        red: channel(from.red, to.red),
        green: channel(from.green, to.green),
        blue: channel(from.blue, to.blue),
    }
}

/// From 1 to 21 (WCAG 2.2, "contrast ratio").
fn contrast(one: Colour, other: Colour) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// From 0 to 1 (WCAG 2.2, "relative luminance").
fn luminance(colour: Colour) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_becomes_readable_in_both_schemes() {
        let steps = [0, 51, 102, 153, 204, 255];
        for (red, green) in steps.iter().flat_map(|&red| steps.map(|green| (red, green))) {
            for blue in steps {
                for scheme in [&LIGHT, &DARK] {
                    let accent = scheme.accent(Colour { red, green, blue });
                    let typed = format!("#{red:02x}{green:02x}{blue:02x}");
                    assert!(contrast(accent.on_surface, accent.surface) >= TEXT, "{typed}");
                    assert!(scheme.clear_of_papers(accent.text, TEXT), "{typed}");
                    assert!(scheme.clear_of_papers(accent.surface, SURFACE), "{typed}");
                }
            }
        }
    }

    #[test]
    fn a_colour_that_reads_well_stays_as_it_is() {
        let green = hex(0x002f_6f5e);
        assert_eq!(LIGHT.accent(green).surface, green);
        assert!(sheet(green).contains("    --accent: #2f6f5e;\n    --on-accent: #ffffff;\n"));
    }

    #[test]
    fn the_papers_are_those_of_the_theme() {
        let tokens = include_str!("../../themes/default/css/tokens.css");
        let light: Vec<&str> = ["--paper: #faf6ee", "--sheet: #fffdf9", "--care: #f6e4c6"].to_vec();
        let dark = ["--paper: #1c1916", "--sheet: #26221e", "--care: #3b2f1d"];
        for token in light.into_iter().chain(dark).chain(["--ink: #2a2520"]) {
            assert!(tokens.contains(token), "{token}");
        }
    }
}

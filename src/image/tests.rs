//! Canaries: a word is planted in every place for metadata that a format has, and must be gone, with the picture's own
//! bytes as they were. The images in `tests/images` hold none, so a cleaned image is compared with them byte for byte.

use proptest::prelude::*;

use super::*;

const CANARY: &[u8] = b"CANARY";

fn fixture(name: &str) -> Vec<u8> {
    fs_err::read(std::path::Path::new("tests/images").join(name)).unwrap()
}

fn cleaned(bytes: &[u8]) -> Vec<u8> {
    without_metadata(bytes).unwrap()
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, word)
}

fn assert_gone(bytes: &[u8]) {
    assert_eq!(find(bytes, CANARY), None, "{}", String::from_utf8_lossy(bytes));
}

fn inserted(bytes: &[u8], at: usize, more: &[u8]) -> Vec<u8> {
    let (before, after) = bytes.split_at(at);
    [before, more, after].concat()
}

/// A TIFF block with an orientation, a position, a thumbnail, all with canaries.
fn tiff(orientation: u8) -> Vec<u8> {
    let mut tiff =
        b"II\x2a\0\x08\0\0\0\x02\0\x0e\x01\x02\0\x07\0\0\0\x26\0\0\0\x12\x01\x03\0\x01\0\0\0"
            .to_vec();
    tiff.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    tiff.extend(b"CANARY\0 GPS CANARY thumbnail \xff\xd8 CANARY \xff\xd9");
    tiff
}

fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
    let length = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], length.as_slice(), contents].concat()
}

fn told_size(name: &str, bytes: &[u8]) -> (u32, u32) {
    let facts = examine(name, bytes).unwrap();
    (facts.width.unwrap(), facts.height.unwrap())
}

/// A colour profile with words in it.
fn profile() -> Vec<u8> {
    let avif = fixture("telling.avif");
    let start = find(&avif, b"prof").unwrap() + 4;
    let mut profile = avif[start..start + 588].to_vec();
    let name = find(&profile, b"s\0R\0G\0B").unwrap();
    profile[name..name + 6].copy_from_slice(CANARY);
    profile
}

#[test]
fn images_without_metadata_stay_as_they_are() {
    let names = [
        ("baseline.jpg", Format::Jpeg),
        ("progressive.jpg", Format::Jpeg),
        ("cmyk.jpg", Format::Jpeg),
        ("alpha.png", Format::Png),
        ("palette.png", Format::Png),
        ("animated.png", Format::Png),
        ("lossy.webp", Format::WebP),
        ("lossless.webp", Format::WebP),
        ("alpha.webp", Format::WebP),
        ("animated.webp", Format::WebP),
        ("animated.gif", Format::Gif),
    ];
    for (name, format) in names {
        let bytes = fixture(name);
        assert_eq!(
            examine(name, &bytes),
            Ok(Facts { format, width: Some(16), height: Some(8) }),
            "{name}"
        );
        assert!(cleaned(&bytes) == bytes, "{name}");
    }
}

#[test]
fn jpeg_loses_every_word() {
    let planted = [
        segment(0xe0, b"JFXX\0\x10CANARY thumbnail"),
        segment(0xe1, &[b"Exif\0\0", tiff(1).as_slice()].concat()),
        segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0CANARY"),
        segment(0xe2, b"MPF\0CANARY"),
        segment(0xe5, b"CANARY"),
        segment(0xed, b"Photoshop 3.0\08BIM\x04\x04CANARY"),
        segment(0xef, b"CANARY"),
        segment(0xfe, b"CANARY"),
    ];
    for name in ["baseline.jpg", "progressive.jpg", "cmyk.jpg"] {
        let base = fixture(name);
        let mut bytes = inserted(&base, 2, &planted.concat());
        // Between scans, too, and after the end.
        let end = bytes.len() - 2;
        bytes = inserted(&bytes, end, &segment(0xfe, b"CANARY"));
        bytes.extend(b"\xff\xd8 another picture, CANARY \xff\xd9");
        assert!(cleaned(&bytes) == base, "{name}");
    }
    let mut thumbnail = fixture("baseline.jpg");
    let jfif = segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x02CANARY");
    thumbnail.splice(2..20, jfif);
    assert!(cleaned(&thumbnail) == fixture("baseline.jpg"));
}

#[test]
fn orientation_is_all_that_is_left_of_exif() {
    let exif = |orientation| [b"Exif\0\0", tiff(orientation).as_slice()].concat();
    let jpeg =
        |orientation| inserted(&fixture("baseline.jpg"), 2, &segment(0xe1, &exif(orientation)));
    assert_eq!(told_size("a.jpg", &jpeg(3)), (16, 8));
    assert_eq!(told_size("a.jpg", &jpeg(8)), (8, 16));
    let turned = cleaned(&jpeg(6));
    assert_gone(&turned);
    assert_eq!(turned.len(), fixture("baseline.jpg").len() + 36);
    assert_eq!(told_size("a.jpg", &turned), (8, 16));
    assert!(cleaned(&turned) == turned);
    for nonsense in [0, 1, 9, 255] {
        assert!(cleaned(&jpeg(nonsense)) == fixture("baseline.jpg"));
    }
    let png = inserted(&fixture("alpha.png"), 33, &png_chunk(*b"eXIf", &tiff(6)));
    assert_gone(&cleaned(&png));
    assert_eq!(told_size("a.png", &cleaned(&png)), (8, 16));
    let webp = webp_with("alpha.webp", &[(*b"EXIF", &tiff(6))]);
    assert_gone(&cleaned(&webp));
    assert_eq!(told_size("a.webp", &cleaned(&webp)), (8, 16));
}

fn png_chunk(name: [u8; 4], contents: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(&name);
    crc.update(contents);
    let length = u32::try_from(contents.len()).unwrap().to_be_bytes();
    [length.as_slice(), &name, contents, &crc.sum().to_be_bytes()].concat()
}

#[test]
fn png_loses_every_word() {
    let kinds =
        [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"sPLT", b"hIST", b"dSIG", b"prVt", b"caBX"];
    let planted: Vec<u8> =
        kinds.iter().flat_map(|kind| png_chunk(**kind, b"CANARY\0\0CANARY")).collect();
    for name in ["alpha.png", "palette.png", "animated.png"] {
        let base = fixture(name);
        // After the header, before the end, and after it.
        let mut bytes = inserted(&inserted(&base, base.len() - 12, &planted), 33, &planted);
        bytes.extend(CANARY);
        assert!(cleaned(&bytes) == base, "{name}");
    }
}

#[test]
fn gif_loses_every_word_and_goes_on_looping() {
    let base = fixture("animated.gif");
    let comment = b"\x21\xfe\x06CANARY\x00".as_slice();
    let xmp = b"\x21\xff\x0bXMP DataXMP\x06CANARY\x06CANARY\x00".as_slice();
    let text =
        b"\x21\xf9\x04\x04\x0a\0\x1f\0\x21\x01\x0c\0\0\0\0\0\0\0\0\x08\x08\x01\x02\x06CANARY\x00"
            .as_slice();
    let loops = find(&base, b"\x21\xff\x0bNETSCAPE2.0").unwrap();
    let mut bytes = inserted(&base, loops, &[comment, xmp, text].concat());
    bytes.extend(CANARY);
    assert!(cleaned(&bytes) == base);
    assert!(find(&cleaned(&bytes), b"NETSCAPE2.0\x03\x01\x03\0").is_some());
    // Without its last byte, as many programs write it.
    assert!(cleaned(base.split_last().unwrap().1) == base);
}

fn riff_chunk(name: [u8; 4], contents: &[u8]) -> Vec<u8> {
    let length = u32::try_from(contents.len()).unwrap().to_le_bytes();
    let padding: &[u8] = if contents.len() % 2 == 1 { &[0] } else { &[] };
    [&name, length.as_slice(), contents, padding].concat()
}

fn webp_with(name: &str, chunks: &[([u8; 4], &[u8])]) -> Vec<u8> {
    let mut bytes = fixture(name);
    bytes.extend(chunks.iter().flat_map(|(name, contents)| riff_chunk(*name, contents)));
    if bytes.get(12..16) == Some(b"VP8X") {
        bytes[20] |= 0x0c;
    }
    let length = u32::try_from(bytes.len() - 8).unwrap().to_le_bytes();
    bytes.splice(4..8, length);
    bytes
}

#[test]
fn webp_loses_every_word() {
    for name in ["lossy.webp", "lossless.webp", "alpha.webp", "animated.webp"] {
        let exif = tiff(1);
        let mut bytes =
            webp_with(name, &[(*b"EXIF", &exif), (*b"XMP ", b"CANARY!"), (*b"note", CANARY)]);
        bytes.extend(CANARY);
        assert!(cleaned(&bytes) == fixture(name), "{name}");
    }
    // In a picture of an animation, too.
    let base = fixture("animated.webp");
    let frame = find(&base, b"ANMF").unwrap();
    let length = u32::from_le_bytes(*base[frame + 4..].first_chunk().unwrap());
    let note = riff_chunk(*b"note", CANARY);
    let mut bytes = inserted(&base, frame + 8 + length as usize, &note);
    bytes.splice(frame + 4..frame + 8, (length + 14).to_le_bytes());
    let all = u32::try_from(bytes.len() - 8).unwrap().to_le_bytes();
    bytes.splice(4..8, all);
    assert!(cleaned(&bytes) == base);
}

#[test]
fn avif_loses_every_word_and_nothing_moves() {
    let base = fixture("telling.avif");
    assert_eq!(told_size("a.avif", &base), (8, 16), "turned by a quarter");
    let mut bytes = base.clone();
    let name = find(&bytes, b"av01Color").unwrap() + 4;
    bytes.splice(name..name + 5, *b"CANAR");
    // Bytes in the media data that no item claims; then a box of a program's own, and no box at all.
    let media = find(&bytes, b"mdat").unwrap() - 4;
    let length = u32::from_be_bytes(*bytes[media..].first_chunk().unwrap());
    bytes.splice(media..media + 4, (length + 6).to_be_bytes());
    bytes.extend(CANARY);
    bytes.extend(b"\0\0\0\x1euuid0123456789abcdefCANARY");
    bytes.extend(b"CANARY");
    let cleaned = cleaned(&bytes);
    assert_gone(&cleaned);
    for word in [b"CANAR".as_slice(), b"adobe", b"application", b"b\0u\0i\0l\0t", b"lcms"] {
        assert_eq!(find(&cleaned, word), None);
    }
    assert_eq!(cleaned.len(), base.len() + 6 + 30);
    assert_eq!(told_size("a.avif", &cleaned), (8, 16));
    // The picture and its transparency are the last bytes but those that were added.
    let pictures = base.len() - 0x12 - 0x2b..base.len();
    assert_eq!(cleaned.get(pictures.clone()), base.get(pictures));
    // A reader that wants EXIF finds an empty block.
    assert!(find(&cleaned, b"\0\0\0\0MM\0\x2a\0\0\0\x08\0\0\0\0\0\0").is_some());
}

#[test]
fn an_animated_avif_keeps_its_pictures() {
    let base = fixture("animated.avif");
    let cleaned = cleaned(&base);
    assert_gone(&cleaned);
    assert_eq!(find(&base, CANARY).map(|at| at > 0), Some(true));
    // Every picture begins with a temporal delimiter and a sequence header.
    let starts = |bytes: &[u8]| memchr::memmem::find_iter(bytes, b"\x12\0\x0a").count();
    assert_eq!((starts(&base), starts(&cleaned)), (1, 1));
    assert_eq!(told_size("a.avif", &cleaned), (16, 8));
}

#[test]
fn colour_profiles_lose_their_words() {
    let profile = profile();
    let jpeg = segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", profile.as_slice()].concat());
    let jpeg = inserted(&fixture("baseline.jpg"), 20, &jpeg);
    let webp = webp_with("alpha.webp", &[(*b"ICCP", &profile)]);
    for bytes in [jpeg, webp] {
        let cleaned = cleaned(&bytes);
        assert_gone(&cleaned);
        assert_eq!(cleaned.len(), bytes.len());
        // The curve, and the corners of the colour space.
        let at = find(&cleaned, b"acsp").unwrap() - 36;
        let colours = |at: usize, bytes: &[u8]| bytes[at + 0x18c..at + 0x24c].to_vec();
        assert_eq!(colours(at, &cleaned), colours(0, &profile));
    }
    let mut packed = b"CANARY\0\0".to_vec();
    let mut encoder =
        flate2::read::ZlibEncoder::new(profile.as_slice(), flate2::Compression::fast());
    std::io::Read::read_to_end(&mut encoder, &mut packed).unwrap();
    let png = cleaned(&inserted(&fixture("alpha.png"), 33, &png_chunk(*b"iCCP", &packed)));
    assert_gone(&png);
    let start = find(&png, b"iCCPICC\0\0").unwrap() + 9;
    let mut unpacked = Vec::new();
    let mut decoder = flate2::read::ZlibDecoder::new(&png[start..]);
    std::io::Read::read_to_end(&mut decoder, &mut unpacked).unwrap();
    assert_eq!(Some(unpacked), icc::without_words(&profile));
    // What is no profile does not pass as one.
    let fake = segment(0xe2, b"ICC_PROFILE\0\x01\x01CANARY");
    assert!(cleaned(&inserted(&fixture("baseline.jpg"), 2, &fake)) == fixture("baseline.jpg"));
}

#[test]
fn what_is_no_image_is_told_apart() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice();
    let cases = [
        ("photo.heic", heic, Fault::Heic),
        ("photo.jpg", heic, Fault::Heic),
        ("photo.HEIC", b"cut short".as_slice(), Fault::Heic),
        ("a.mp4", b"\0\0\0\x14ftypisom\0\0\0\0isom", Fault::NotAnImage),
        ("a.jpg", b"", Fault::NotAnImage),
        ("a.svg", b"<html><svg/></html>", Fault::NotAnImage),
        ("a.pdf", b"%PDF-1.7", Fault::NotAnImage),
    ];
    for (name, bytes, fault) in cases {
        assert_eq!(examine(name, bytes), Err(fault), "{name}");
    }
    let wrong = Fault::WrongExtension { actual: Format::Png };
    assert_eq!(examine("a.jpg", &fixture("alpha.png")), Err(wrong.clone()));
    assert_eq!(examine("png", &fixture("alpha.png")), Err(wrong));
    assert!(examine("A.B.PNG", &fixture("alpha.png")).is_ok());
}

#[test]
fn a_cut_image_is_damaged_at_every_length() {
    for name in ["baseline.jpg", "alpha.png", "lossy.webp", "animated.gif", "plain.avif"] {
        let bytes = fixture(name);
        assert!(cleaned(&bytes).len() == bytes.len(), "{name}");
        // A GIF may lack its last byte.
        for length in 32..bytes.len() - 1 {
            let cut = &bytes[..length];
            // What is left of a GIF is whole where it ends between two pictures.
            let is_whole_gif = name.ends_with("gif")
                && without_metadata(cut).is_ok_and(|cleaned| cleaned.len() <= length + 1);
            assert!(
                is_whole_gif || matches!(without_metadata(cut), Err(Fault::Damaged(_))),
                "{name} {length}"
            );
        }
    }
}

fn any_fixture() -> impl Strategy<Value = Vec<u8>> {
    let mut all: Vec<Vec<u8>> = Vec::new();
    let names = "baseline.jpg progressive.jpg cmyk.jpg alpha.png palette.png animated.png lossy.webp lossless.webp alpha.webp \
                 animated.webp animated.gif plain.avif telling.avif animated.avif";
    all.extend(names.split_whitespace().map(fixture));
    all.push(svg::tests::DRAWING.as_bytes().to_vec());
    prop::sample::select(all)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn broken_images_never_panic_and_cleaning_twice_is_cleaning_once(
        bytes in any_fixture(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut bytes = bytes;
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(once) = without_metadata(&bytes) {
            prop_assert_eq!(without_metadata(&once), Ok(once));
        }
    }

    #[test]
    fn garbage_never_panics(start in prop::sample::select(vec![
        b"\xff\xd8\xff".as_slice(), b"\x89PNG\r\n\x1a\n", b"RIFF\x40\0\0\0WEBP", b"GIF89a", b"\0\0\0\x10ftypavif", b"<svg"
    ]), rest in prop::collection::vec(any::<u8>(), 0..200)) {
        drop(without_metadata(&[start, &rest].concat()));
    }
}

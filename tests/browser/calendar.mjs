// Calendars as ical.js reads them: a program that others wrote, with no zone data but what a file holds.
import ICAL from "ical.js";

/** Every meeting of a calendar that begins from one day to another, in order: `2026-12-01T00:00Z 90` (minutes), `2026-12-01`. */
export function meetings(text, from, to) {
  const calendar = parse(text);
  // Left to itself, an event takes every other's changed meetings for its own.
  const alone = { strictExceptions: true, exceptions: [] };
  const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event, alone));
  const own = events.filter((event) => !event.isRecurrenceException());
  for (const other of events.filter((event) => event.isRecurrenceException())) {
    const series = own.filter((event) => event.uid === other.uid);
    if (series.length !== 1) throw new Error(`${other.uid} changes ${series.length} events`);
    series[0].relateException(other);
  }
  const found = own.flatMap((event) => occurrences(event, to));
  return found.map(({ start, end }) => said(start, end)).filter((one) => one >= from && one <= `${to}U`).sort();
}

/** A calendar whose zones are those that it defines itself; throws where it names another. */
export function parse(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  const zones = calendar.getAllSubcomponents("vtimezone");
  for (const zone of zones) ICAL.TimezoneService.register(zone);
  const known = new Set(zones.map((zone) => zone.getFirstPropertyValue("tzid")));
  for (const event of calendar.getAllSubcomponents("vevent")) {
    for (const property of event.getAllProperties()) {
      const zone = property.getParameter("tzid");
      if (zone && !known.has(zone)) throw new Error(`${zone} is not defined`);
    }
  }
  return calendar;
}

function occurrences(event, to) {
  if (!event.isRecurring()) return [{ start: event.startDate, end: event.endDate }];
  const found = [];
  const days = event.iterator();
  // A moved meeting may come before others: a month more finds it.
  const last = ICAL.Time.fromDateString(to);
  last.addDuration(ICAL.Duration.fromSeconds(31 * 86400));
  for (let day = days.next(); day && day.compare(last) < 0; day = days.next()) {
    const { startDate, endDate } = event.getOccurrenceDetails(day);
    found.push({ start: startDate, end: endDate });
  }
  return found;
}

function said(start, end) {
  if (start.isDate) return start.toString();
  const instant = new Date(start.toUnixTime() * 1000).toISOString().replace(":00.000Z", "Z");
  return `${instant} ${(end.toUnixTime() - start.toUnixTime()) / 60}`;
}

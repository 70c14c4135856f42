// Adds the reader's own time to the moments of a page that is the same for every visitor:
// "November 11, 19:00 UTC" becomes "November 11, 19:00 UTC (20:00 in Berlin)".

const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();

// Browsers still report these places by the names they had; opw/times.py knows the same ones.
const today = { Calcutta: "Kolkata", Katmandu: "Kathmandu", Kiev: "Kyiv", Rangoon: "Yangon", Saigon: "Ho Chi Minh" };
const [region, ...rest] = (timeZone ?? "UTC").split("/");
const city = rest.at(-1)?.replaceAll("_", " ");
const place = city && region !== "Etc" ? `in ${today[city] ?? city}` : "your time";

const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = (at, zone) => new Intl.DateTimeFormat("en", { month: "long", day: "numeric", timeZone: zone }).format(at);

if (!["UTC", "Etc/UTC", undefined].includes(timeZone)) {
  for (const element of document.querySelectorAll("time[data-local]")) {
    const at = new Date(element.dateTime);
    const ownDay = day(at, timeZone);
    const ownTime = `${ownDay === day(at, "UTC") ? "" : `${ownDay}, `}${clock.format(at)} ${place}`;
    element.append(` (${ownTime})`);
  }
}

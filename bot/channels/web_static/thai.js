// Dates, times and sizes as people here read them.

const MONTHS = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."];
const ZONE = "Asia/Bangkok";

const clock = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });

/** "2026-12-01" as "1 ธ.ค. 2569"; a B.E. year, which some calendars give, stays as it is. */
export function thaiDay(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return `${day} ${MONTHS[month - 1]} ${isBuddhist(year) ? year : year + 543}`;
}

function isBuddhist(year) {
  return year >= 2400 && year <= 2700;
}

export function timeOf(instant) {
  return clock.format(new Date(instant));
}

/** The ISO day of an instant in Bangkok. */
export function dayOf(instant) {
  return calendar.format(new Date(instant));
}

export function addDays(iso, days) {
  const day = new Date(`${iso}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

export function sizeOf(bytes) {
  if (bytes >= 1 << 20) return `${(bytes / (1 << 20)).toFixed(1)} MB`;
  return `${Math.max(1, Math.round(bytes / 1024))} KB`;
}

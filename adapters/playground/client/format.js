import { wordsFor } from './words.js'

/** @import { Locale } from './types.ts' */

const DAY_MS = 86_400_000

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map()

/**
 * @param {string} locale
 * @param {string} zone
 * @param {Intl.DateTimeFormatOptions} options
 * @param {number} at
 */
function format(locale, zone, options, at) {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: zone })
  formats.set(key, known)
  return known.format(at)
}

/**
 * 09:05
 * @param {number} at
 * @param {string} zone
 */
export function timeOf(at, zone) {
  return format('en-GB', zone, { hour: '2-digit', minute: '2-digit' }, at)
}

/**
 * The calendar date, the same for all instants of one business day.
 * @param {number} at
 * @param {string} zone
 */
export function dateKey(at, zone) {
  return format('en-CA', zone, { year: 'numeric', month: '2-digit', day: '2-digit' }, at)
}

/**
 * 11月23日 周一
 * @param {number} at
 * @param {string} zone
 * @param {Locale} locale
 */
export function dateOf(at, zone, locale) {
  const date = format(locale, zone, { month: locale === 'en' ? 'short' : 'long', day: 'numeric' }, at)
  return `${date} ${format(locale, zone, { weekday: 'short' }, at)}`
}

/**
 * 今天, 昨天, or the date.
 * @param {number} at
 * @param {number} now
 * @param {string} zone
 * @param {Locale} locale
 */
export function dayLabel(at, now, zone, locale) {
  const words = wordsFor(locale)
  const day = dateKey(at, zone)
  if (day === dateKey(now, zone)) return `${words.today} · ${dateOf(at, zone, locale)}`
  if (day === dateKey(now - DAY_MS, zone)) return `${words.yesterday} · ${dateOf(at, zone, locale)}`
  return dateOf(at, zone, locale)
}

/**
 * For the chat list: the time today, the date before.
 * @param {number} at
 * @param {number} now
 * @param {string} zone
 * @param {Locale} locale
 */
export function shortTime(at, now, zone, locale) {
  if (dateKey(at, zone) === dateKey(now, zone)) return timeOf(at, zone)
  if (dateKey(at, zone) === dateKey(now - DAY_MS, zone)) return wordsFor(locale).yesterday
  return format(locale, zone, { month: 'numeric', day: 'numeric' }, at)
}

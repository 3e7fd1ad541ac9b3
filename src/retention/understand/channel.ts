import type { Clause } from './clauses.ts'
import type { DateMention } from './dates/find-dates.ts'
import { type Hit, hitsOf } from './hits.ts'
import { CHANNELS, type Channel, type Lexicon } from './lexicon.ts'

const TO_COME = /(?:再|准备|打算|计划|下次|约|要|会|答应|改天|回头|说|让|安排|等|邀请|邀|想)[^,。;!?]{0,6}$/
const NO_CONTACT = /^(?:费|号|单|系统|价|不通|会议室)/

/** How the contact was made; a channel only planned (下周上门) does not count beside one that was used. */
export function channelOf(
  text: string,
  clauses: readonly Clause[],
  lexicon: Lexicon,
  dates: readonly DateMention[],
): Channel | null {
  const found = [...lexicon.channels].flatMap(([channel, pattern]) =>
    hitsOf(pattern, text, clauses)
      .filter((hit) => !NO_CONTACT.test(hit.after))
      .map((hit) => ({ channel, at: hit.at, planned: isPlanned(hit, dates) })),
  )
  const used = found.filter(({ planned }) => !planned)
  if (used.length === 0) return null
  const first = Math.min(...used.map(({ at }) => at))
  const there = used.filter(({ at }) => at === first).map(({ channel }) => channel)
  return CHANNELS.find((channel) => there.includes(channel)) ?? null
}

function isPlanned({ before, after, clause, at }: Hit, dates: readonly DateMention[]): boolean {
  if (/^(?:了|过|没|不)/.test(after)) return false
  const dated = dates.some(
    (one) =>
      one.kind !== 'never' &&
      one.kind !== 'today' &&
      one.at >= clause.at &&
      one.at < at &&
      !/了|过/.test(after.slice(0, 4)),
  )
  return dated || TO_COME.test(before)
}

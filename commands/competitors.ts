import { z } from 'zod'
import { competitorsCard } from '../src/cards/competitors.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import type { Ctx } from '../src/context.ts'
import { AppError } from '../src/errors.ts'
import type { CompetitorEvent } from '../src/model/competitor-event.ts'
import { type Day, dayFromParts, partsOfDay } from '../src/model/day.ts'
import { competitorFindings } from '../src/push/judge-competitors.ts'
import { addAudit } from '../src/store/audit.ts'
import { teams } from '../src/store/chats.ts'
import {
  addCompetitorEvent,
  competitorEvents,
  removeCompetitorEvent,
} from '../src/store/competitor-events.ts'
import { regionsIn } from '../src/store/score-list.ts'

const Args = z.object({ words: z.string().max(100) })
type Args = z.infer<typeof Args>

/** The list goes back and ahead so many days. */
const SHOWN_DAYS = 180
const MAX_DAYS = 366
const DATE = /(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?/g

/** 竞品, 竞品 录入 双11大促 11/1 11/11 华东, 竞品 删除 3: what competitors do, and what came of it (A49). */
export const competitors = defineCommand({
  name: 'competitors',
  aliases: ['竞品录入', '竞品'],
  where: 'dm',
  role: 'lead',
  writes: true,
  args: Args,
  fromText: (rest, word) => ({ words: word === '竞品录入' ? `录入 ${rest}` : rest }),
  async run(ctx, call: Call<Args>): Promise<Reply> {
    const said = await act(ctx, call)
    const { today, text } = call
    const events = await competitorEvents(ctx, [today - SHOWN_DAYS, today + SHOWN_DAYS])
    const findings = await competitorFindings(ctx, today)
    return { cards: [competitorsCard(events, { said, findings }, text)] }
  },
})

async function act(ctx: Ctx, call: Call<Args>): Promise<string | null> {
  const { args, actor, text, today } = call
  const { said } = text.noise.competitors
  const words = args.words.normalize('NFKC').trim()
  if (words === '') return null
  const [, id] = /^(?:删除|remove)\s*(\d{1,9})$/i.exec(words) ?? []
  if (id !== undefined) {
    if (!(await removeCompetitorEvent(ctx, Number(id)))) {
      throw new AppError('not-found', 'no such event', { say: said.unknown(id) })
    }
    await addAudit(ctx, {
      memberId: actor.id,
      action: 'competitor',
      subject: `competitor:${id}`,
      detail: { removed: 1 },
    })
    return said.removed
  }
  const event = readEvent(words.replace(/^(?:录入|add)\s*/i, ''), today)
  if (!event) throw new AppError('bad-input', 'no event', { say: said.howTo })
  const added = await addCompetitorEvent(ctx, event, actor.id)
  const { from, to } = event
  await addAudit(ctx, {
    memberId: actor.id,
    action: 'competitor',
    subject: `competitor:${added}`,
    detail: { from, to },
  })
  const { name, region } = event
  return region === null || (await isKnown(ctx, region, call))
    ? said.added(name)
    : said.unknownRegion(name, region)
}

/** A region that no customer has would never be compared with anything. */
async function isKnown(ctx: Ctx, region: string, { scope }: Call<Args>): Promise<boolean> {
  const names = (await teams(ctx)).map(({ name }) => name)
  return [...names, ...(await regionsIn(ctx, scope))].includes(region)
}

/** `双11大促 11/1 11/11 华东`: a name, two days, perhaps a region. Null: something is missing or impossible. */
function readEvent(words: string, today: Day): Omit<CompetitorEvent, 'id'> | null {
  const dates = [...words.matchAll(DATE)]
  const [first, second] = dates
  if (!first || !second || dates.length > 2) return null
  const [from, to] = [dayOf(first, today), dayOf(second, today)]
  const name = words.slice(0, first.index).replace(/从$/, '').trim()
  const region = words.slice(second.index + second[0].length).trim()
  if (from === null || to === null || to < from || to - from > MAX_DAYS || name === '') return null
  return { name: name.slice(0, 30), from, to, region: region === '' ? null : region.slice(0, 30) }
}

/** Without a year that of today; null for a day that does not exist. */
function dayOf([, year, month, date]: RegExpExecArray, today: Day): Day | null {
  return dayFromParts(Number(year ?? partsOfDay(today).year), Number(month), Number(date))
}

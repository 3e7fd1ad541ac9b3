import { calendarFor } from '../calendar.ts'
import { type Day, dayFromIso, isoFromDay } from '../model/day.ts'
import { knownKinds } from '../store/population-rows.ts'
import type { Text } from '../text/index.ts'
import type { CliCtx } from './run.ts'

/** Days without any event before the as-of day after which figures of that day describe the silence, not the customers. */
const OLD_DAYS = 60

/** A line on data that ends long before the as-of day (ISO days both); none when it does not, or without events. */
export function oldDataLines(asOf: string, latest: string | null, { scoring }: Text): string[] {
  const [to, from] = [dayFromIso(asOf), latest === null ? null : dayFromIso(latest)]
  if (latest === null || to === null || from === null || to - from <= OLD_DAYS) return []
  return [scoring.cli.old(latest, to - from)]
}

/** The same for a command that has not looked at the events itself. */
export async function oldDataAt(cli: CliCtx, asOf: Day): Promise<string[]> {
  const { latestAt } = await knownKinds(cli, asOf)
  const latest = latestAt === null ? null : isoFromDay(calendarFor(cli.settings).dayOf(latestAt))
  return oldDataLines(isoFromDay(asOf), latest, cli.text)
}

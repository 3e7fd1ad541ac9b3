import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dipCauses } from '../../src/jobs/dip-causes.ts'
import { dayFromIso, isoFromDay } from '../../src/model/day.ts'
import type { GroupDip } from '../../src/model/group-dip.ts'
import { addCompetitorEvent } from '../../src/store/competitor-events.ts'
import { nightly } from '../support/nightly-feed.ts'
import { addMember } from '../support/people.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const day = (iso: string): number => dayFromIso(iso) ?? 0

describe('what may have made a group fall', () => {
  let ctx: TestCtx & { close(): Promise<void> }

  beforeEach(async () => {
    ctx = await sqliteCtx({ at: Date.parse('2026-09-01T00:00:00+08:00') })
  })
  afterEach(() => ctx.close())

  /** The causes in one line each, for the morning of a day. */
  async function causes(
    on: string,
    group: Pick<GroupDip, 'kind' | 'name'> = { kind: 'team', name: '一组' },
  ): Promise<string[]> {
    ctx.clock.advanceTo(Date.parse(`${on}T09:00:00+08:00`))
    const found = await dipCauses(ctx, { day: day(on), ...group })
    return found.map((one) =>
      one.kind === 'feed'
        ? `${one.problem.source} ${one.problem.kind}`
        : `${one.name} ${isoFromDay(one.from)} ${isoFromDay(one.to)}`,
    )
  }

  it('nothing, on a morning like others', async () => {
    expect(await causes('2026-11-23')).toEqual([])
  })

  describe('a holiday', () => {
    const NATIONAL = '国庆节 2026-10-01 2026-10-07'

    it('of the two weeks before, whole, also when only its end is so near', async () => {
      expect(await causes('2026-10-08')).toEqual(['中秋 2026-09-25 2026-09-27', NATIONAL])
      expect(await causes('2026-10-16')).toEqual([NATIONAL])
      expect(await causes('2026-10-21')).toEqual([NATIONAL])
      expect(await causes('2026-10-22')).toEqual([])
    })

    it('not a single day off, nor the days worked instead', async () => {
      // 2026-09-20 and 2026-10-10 are Sundays and Saturdays that people work; a company's own day off has no name.
      expect(await causes('2026-09-21')).toEqual([])
      const own = await sqliteCtx({ settings: { business: { holidays: ['2026-11-18'] } } })
      expect(await dipCauses(own, { day: day('2026-11-23'), kind: 'team', name: '一组' })).toEqual([])
      await own.close()
    })
  })

  describe('an event of a competitor', () => {
    async function event(from: string, to: string, region: string | null): Promise<void> {
      const { id } = await addMember(ctx)
      await addCompetitorEvent(ctx, { name: '大促', from: day(from), to: day(to), region }, id)
    }
    const NAMED = ['大促 2026-11-01 2026-11-11']

    it('everywhere or in the region that fell, not in another one', async () => {
      await event('2026-11-01', '2026-11-11', '华东')
      expect(await causes('2026-11-16', { kind: 'region', name: '华东' })).toEqual(NAMED)
      expect(await causes('2026-11-16', { kind: 'region', name: '华南' })).toEqual([])
      await ctx.db.updateTable('competitor_events').set({ region: null }).execute()
      expect(await causes('2026-11-16', { kind: 'region', name: '华南' })).toEqual(NAMED)
    })

    it('of any region for a group that has no region', async () => {
      await event('2026-11-01', '2026-11-11', '华东')
      expect(await causes('2026-11-16', { kind: 'segment', name: '经销商' })).toEqual(NAMED)
    })

    it('not one that is long over, or has not begun', async () => {
      await event('2026-11-01', '2026-11-11', null)
      expect(await causes('2026-11-25')).toEqual(NAMED)
      expect(await causes('2026-11-26')).toEqual([])
      await event('2026-12-01', '2026-12-12', null)
      expect(await causes('2026-12-01')).toEqual([])
    })
  })

  describe('a feed', () => {
    const WEEKS = Array.from({ length: 14 }, (_, at) => isoFromDay(day('2026-11-03') + at))
    const OFF = ['08', '09', '15', '16']
    const feed = async (days: readonly string[], last = 100): Promise<void> => {
      for (const on of days) {
        await nightly(ctx, on, on === days.at(-1) ? last : OFF.includes(on.slice(-2)) ? 5 : 100)
      }
    }

    it('that is alive is none; one workday without facts is, days off are not counted', async () => {
      await feed(WEEKS.slice(0, 12))
      expect(await causes('2026-11-14')).toEqual([])
      // The newest facts are of Friday 11-13.
      await nightly(ctx, '2026-11-14', 100)
      expect(await causes('2026-11-16')).toEqual([])
      expect(await causes('2026-11-17')).toEqual(['erp stale'])
    })

    it('a Saturday worked instead of a holiday counts', async () => {
      await feed(Array.from({ length: 14 }, (_, at) => isoFromDay(day('2026-09-10') + at)))
      for (const on of ['2026-10-08', '2026-10-09', '2026-10-10']) await nightly(ctx, on, 100)
      const feeds = (lines: readonly string[]) => lines.filter((line) => line.startsWith('erp'))
      // Facts up to Friday 10-09: nothing came on Saturday 10-10, which was worked.
      expect(feeds(await causes('2026-10-12'))).toEqual(['erp stale'])
    })

    it('a fifth fewer rows than usual are, a tenth fewer are not', async () => {
      await feed(WEEKS.slice(0, 12), 90)
      expect(await causes('2026-11-14')).toEqual([])
      await nightly(ctx, '2026-11-17', 75)
      expect(await causes('2026-11-17')).toEqual(['erp half-empty'])
    })
  })
})

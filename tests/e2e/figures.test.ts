import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { importSet, judgeSet } from '../bench/figures/judge.ts'
import { LONG_SLICES, POPULATIONS } from '../bench/figures/plan.ts'
import { populationTable, sectionOf, slicesTable } from '../bench/figures/render.ts'
import { describeRealData } from '../support/real-data.ts'
import { tempFolder } from '../support/temp-files.ts'

const folder = tempFolder()
const document = readFileSync(new URL('../../docs/scoring.md', import.meta.url), 'utf8')

describeRealData('the figures of docs/scoring.md', () => {
  const db = folder.path('retail.db')

  it('are what the back-test of Online Retail says today', async () => {
    await importSet('retail', process.env.LIUKE_DATA_DIR ?? '', db)
    for (const { section, horizon, options, set } of POPULATIONS)
      if (set === 'retail')
        expect(sectionOf(document, section)).toBe(populationTable(await judgeSet(db, horizon, options)))
  })

  it('also for a horizon that is too long to rehearse a learner', async () => {
    const slice = LONG_SLICES.find(({ set }) => set === 'retail')
    if (!slice) throw new Error('the plan has such a slice')
    const answer = await judgeSet(db, slice.horizon, ['--test-as-of', slice.asOf])
    const line = slicesTable([{ slice, answer }]).split('\n')[2]
    expect(sectionOf(document, 'long-slices')?.split('\n')).toContain(line)
  })
})

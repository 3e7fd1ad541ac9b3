import { expect, it } from 'vitest'
import {
  activateVersion,
  activeVersion,
  addVersion,
  latestVersions,
  refuseVersion,
  retireActive,
  versionById,
} from '../../src/store/scorer-versions.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

describeEachDatabase('versions of the scorer', (ctx) => {
  const proposal = { asOf: 20_000, kind: 'blend', params: '{}', report: '{}', state: 'proposed' } as const

  it('has one active version at most, and keeps the earlier ones', async () => {
    expect(await activeVersion(ctx())).toBeNull()
    const one = await addVersion(ctx(), proposal)
    expect(await activateVersion(ctx(), one.id, null)).toBe(true)
    const two = await addVersion(ctx(), { ...proposal, asOf: 20_090 })
    expect(await activateVersion(ctx(), two.id, null)).toBe(true)
    expect(await activateVersion(ctx(), two.id, null)).toBe(false)
    expect((await activeVersion(ctx()))?.id).toBe(two.id)
    expect((await latestVersions(ctx(), 5)).map(({ state }) => state)).toEqual(['active', 'retired'])
    expect(await activateVersion(ctx(), one.id, null)).toBe(true)
    expect((await activeVersion(ctx()))?.id).toBe(one.id)
  })

  it('never takes what was refused back by itself, and never uses what has no parameters', async () => {
    await retireActive(ctx())
    const none = await addVersion(ctx(), { ...proposal, params: null, state: 'rules-stay' })
    expect(await activateVersion(ctx(), none.id, null)).toBe(false)
    const one = await addVersion(ctx(), proposal)
    expect(await refuseVersion(ctx(), one.id, null)).toBe(true)
    expect(await refuseVersion(ctx(), one.id, null)).toBe(false)
    expect(await activeVersion(ctx())).toBeNull()
    expect(await retireActive(ctx())).toBe(false)
  })

  it('withdraws a proposal that nobody answered when a newer one comes', async () => {
    const old = await addVersion(ctx(), proposal)
    await addVersion(ctx(), proposal)
    expect(await refuseVersion(ctx(), old.id, null)).toBe(false)
    // It was never in use: it is not told from one that was by who decided, for the command line has no member.
    expect((await versionById(ctx(), old.id))?.state).toBe('withdrawn')
    expect(await activateVersion(ctx(), old.id, null)).toBe(true)
    await retireActive(ctx())
    expect((await versionById(ctx(), old.id))?.state).toBe('retired')
  })
})

import { expect, it } from 'vitest'
import { releaseLease, takeLease } from '../../src/store/leases.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

const LEASE_MS = 15_000

describeEachDatabase('a lease', (ctx) => {
  const take = (holder: string, name = 'robot') => takeLease(ctx(), name, holder, LEASE_MS)

  it('has one holder, who prolongs it; another takes over when it ends or is given back', async () => {
    const { clock } = ctx()
    expect(await take('a')).toBe(true)
    expect(await take('b')).toBe(false)
    clock.advanceTo(clock.now() + LEASE_MS - 1)
    expect(await take('a')).toBe(true)
    clock.advanceTo(clock.now() + LEASE_MS - 1)
    expect(await take('b')).toBe(false)
    clock.advanceTo(clock.now() + 1)
    expect(await take('b')).toBe(true)
    expect(await take('a')).toBe(false)
    await releaseLease(ctx(), 'robot', 'a')
    expect(await take('a')).toBe(false)
    await releaseLease(ctx(), 'robot', 'b')
    expect(await take('a')).toBe(true)
  })

  it('is one for each name', async () => {
    expect(await take('a', 'one')).toBe(true)
    expect(await take('b', 'two')).toBe(true)
  })
})

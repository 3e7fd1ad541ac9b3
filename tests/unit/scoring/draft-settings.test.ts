import { describe, expect, it } from 'vitest'
import { draftSettings, parseSet, settingChanges } from '../../../src/scoring/preview/draft-settings.ts'
import { Settings } from '../../../src/settings.ts'

const settings = Settings.parse({})

describe('a draft of the settings', () => {
  it('reads values as the file does', () => {
    expect(parseSet('scoring.bands.high=0.7')).toEqual({ 'scoring.bands.high': 0.7 })
    expect(parseSet('scoring.preset = seed-points')).toEqual({ 'scoring.preset': 'seed-points' })
    expect(parseSet('scoring.valueTiers=[0.1, 0.4]')).toEqual({ 'scoring.valueTiers': [0.1, 0.4] })
    expect(() => parseSet('scoring.bands.high')).toThrow()
    expect(() => parseSet('scoring.bands.high=[')).toThrow()
  })

  it('replaces what it names and leaves the rest, and the settings themselves, alone', () => {
    const draft = draftSettings(settings, { 'scoring.bands.high': 0.7 })
    expect(draft.scoring.bands).toEqual({ ...settings.scoring.bands, high: 0.7 })
    expect(settings.scoring.bands.high).toBe(0.6)
    expect({ ...draft, scoring: null }).toEqual({ ...settings, scoring: null })
  })

  it('adds a segment of its own', () => {
    const sets = { 'scoring.segments.vip': { definition: 'b2b', expectedGapDays: 20 } }
    expect(draftSettings(settings, sets).scoring.segments.vip?.expectedGapDays).toBe(20)
    expect(settingChanges(settings, sets)).toMatchObject([{ before: undefined }])
    const unknown = { 'scoring.segments.vip': { definition: 'nowhere', expectedGapDays: 20 } }
    expect(() => draftSettings(settings, unknown)).toThrow()
  })

  it('takes no name for something special', () => {
    expect(() => draftSettings(settings, { 'scoring.__proto__.high': 1 })).toThrow()
    expect(() => draftSettings(settings, { 'scoring.bands.constructor.name': 1 })).toThrow()
    expect(() => draftSettings(settings, { scoring: {} })).toThrow()
  })
})

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadSettings } from '../../src/config.ts'
import { AppError } from '../../src/errors.ts'
import { Settings } from '../../src/settings.ts'
import { settingsJsonSchema, settingsYaml, undocumentedSettings } from '../../src/settings-docs.ts'

function fileOf(yaml: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'liuke-')), 'liuke.yaml')
  writeFileSync(file, yaml)
  return file
}

describe('settings', () => {
  it('stand without a file', () => {
    expect(loadSettings(null, {}).push.perDay).toBe(5)
  })

  it('take the file over the defaults and the environment over both', () => {
    const file = fileOf('locale: en\nhttp: { port: 1234, host: 0.0.0.0 }')
    const settings = loadSettings(file, { LIUKE_PORT: '4321' })
    expect(settings).toMatchObject({ locale: 'en', http: { port: 4321, host: '0.0.0.0' } })
  })

  it('refuse secrets in a file, naming the variable for each', () => {
    const file = fileOf('wecom: { app: { secret: abc } }\nhttp: { port: -1 }')
    expect(() => loadSettings(file, { LIUKE_WECOM_SECRET: 'abc' })).toThrowError(
      expect.objectContaining({
        say: expect.stringMatching(/wecom\.app\.secret.*LIUKE_WECOM_SECRET.*http\.port/s),
      }),
    )
  })

  it('report every problem at once, each with its path', () => {
    const file = fileOf('locale: fr\npush: { perDay: many }\nbusiness: { zone: Mars/Olympus }\nnope: 1')
    try {
      loadSettings(file, {})
      expect.unreachable()
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      expect(error.code).toBe('config')
      for (const part of ['locale', 'push.perDay', 'business.zone', 'nope']) expect(error.say).toContain(part)
    }
  })

  it('are checked against each other', () => {
    const file = fileOf(
      [
        'business: { holidays: [2026-02-30] }',
        'scoring:',
        '  bands: { watch: 0.9 }',
        '  valueTiers: [0.5, 0.2]',
        '  segments: { default: { definition: own-cycle, expectedGapDays: 60 }, 耗材: { definition: saaas, expectedGapDays: 9 } }',
      ].join('\n'),
    )
    expect(() => loadSettings(file, {})).toThrowError(
      expect.objectContaining({
        say: expect.stringMatching(/holidays\.0.*scoring\.bands.*scoring\.valueTiers/s),
      }),
    )
    const typo = fileOf('scoring: { segments: { 耗材: { definition: saaas, expectedGapDays: 9 } } }')
    expect(() => loadSettings(typo, {})).toThrowError(
      expect.objectContaining({
        say: expect.stringContaining('unknown definition "saaas"; there are: saas'),
      }),
    )
  })

  it('say what is wrong with a file that is no YAML or not there', () => {
    expect(() => loadSettings(fileOf('a: [1'), {})).toThrowError(AppError)
    expect(() => loadSettings('/nonexistent/liuke.yaml', {})).toThrowError(AppError)
  })

  it('are shown in config/default.yaml with defaults and meanings (npm test -- -u writes it)', async () => {
    expect(undocumentedSettings()).toEqual([])
    const yaml = settingsYaml()
    expect(Settings.parse(parse(yaml))).toEqual(Settings.parse({}))
    await expect(yaml).toMatchFileSnapshot('../../config/default.yaml')
  })

  it('have their JSON Schema in config/schema.json (npm test -- -u writes it)', async () => {
    const schema = `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`
    await expect(schema).toMatchFileSnapshot('../../config/schema.json')
  })

  it('the demo configuration is valid', () => {
    const demo: unknown = parse(readFileSync(new URL('../../config/demo.yaml', import.meta.url), 'utf8'))
    expect(Settings.parse(demo)).toMatchObject({ demo: { enabled: true }, playground: { enabled: true } })
  })
})

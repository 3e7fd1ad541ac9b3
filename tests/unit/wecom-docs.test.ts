import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { Settings } from '../../src/settings.ts'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const ENV = new Set(read('config/example.env').match(/LIUKE_WECOM_[A-Z_]+/g))

describe.each(['docs/wecom.md', 'docs/wecom.zh-CN.md'])('%s', (path) => {
  const text = read(path)

  it('shows settings that exist, and together they start', () => {
    const blocks = [...text.matchAll(/^( *)```yaml\n([\s\S]*?)^\1```/gm)].map(([, indent = '', block = '']) =>
      parse(block.replaceAll(new RegExp(`^${indent}`, 'gm'), '')),
    )
    expect(blocks.length).toBeGreaterThan(2)
    const wecom = Object.assign({}, ...blocks.map((block) => block.wecom))
    const app = { ...wecom.app, secret: 's', token: 't', aesKey: 'a'.repeat(43) }
    const aibot = { ...wecom.aibot, botId: 'b', secret: 's' }
    const keys = `${wecom.webhook.robots[0].name}=693a91f6-7aaa`
    const settings = Settings.parse({ wecom: { ...wecom, app, webhook: { ...wecom.webhook, keys }, aibot } })
    expect(settings.wecom.webhook.robots).toHaveLength(1)
  })

  it('names only environment variables that exist, and all of them', () => {
    expect(new Set(text.match(/LIUKE_WECOM_[A-Z_]+/g))).toEqual(ENV)
  })

  it('has the same steps as the other language', () => {
    const steps = (one: string): string[] =>
      one.match(/^#{2,3} (?:第 )?\d+/gm)?.map((line) => line.replace(/\D/g, '')) ?? []
    expect(steps(text)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'])
  })
})

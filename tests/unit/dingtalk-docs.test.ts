import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { kindOf } from '../../adapters/dingtalk/code-table.ts'
import { Settings } from '../../src/settings.ts'
import { textFor } from '../../src/text/index.ts'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const ENV = new Set(read('config/example.env').match(/LIUKE_DINGTALK_[A-Z_]+/g))
const steps = (text: string): string[] =>
  text.match(/^#{2,3} (?:第 )?\d+/gm)?.map((line) => line.replace(/\D/g, '')) ?? []
const codesIn = (text: string): string[] =>
  [...text.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) => cell.match(/[\w.]+/g) ?? [])

describe.each(['docs/dingtalk.md', 'docs/dingtalk.zh-CN.md'])('%s', (path) => {
  const text = read(path)

  it('shows settings that exist, and together they start', () => {
    const blocks = [...text.matchAll(/^( *)```yaml\n([\s\S]*?)^\1```/gm)].map(([, indent = '', block = '']) =>
      parse(block.replaceAll(new RegExp(`^${indent}`, 'gm'), '')),
    )
    expect(blocks.length).toBeGreaterThan(1)
    const dingtalk = Object.assign({ clientSecret: 's' }, ...blocks.map((block) => block.dingtalk))
    if (dingtalk.webhook) {
      const keys = dingtalk.webhook.robots.map(({ name }: { name: string }) => `${name}=0123456789`)
      dingtalk.webhook.keys = keys.join(',')
    }
    expect(Settings.parse({ dingtalk }).dingtalk.directory.departments).toEqual([1])
  })

  it('names only environment variables that exist, and all of them', () => {
    expect(new Set(text.match(/LIUKE_DINGTALK_[A-Z_]+/g))).toEqual(ENV)
  })

  it('has the same steps and the same codes as the other language', () => {
    const other = read('docs/dingtalk.zh-CN.md')
    expect(steps(text)).toEqual(steps(other))
    expect(steps(text).slice(0, 10)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'])
    expect(codesIn(text)).toEqual(codesIn(other))
  })

  it('lists permissions and codes that Liuke knows', () => {
    const { permissions } = textFor('zh-CN').dingtalk.doctor
    for (const name of Object.keys(permissions)) expect(text).toContain(`| \`${name}\` |`)
    for (const code of codesIn(text))
      expect([...Object.keys(permissions), kindOf(code) === null ? null : code]).toContain(code)
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { Settings } from '../../src/settings.ts'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

describe.each(['docs/pages.md', 'docs/pages.zh-CN.md'])('%s', (path) => {
  const text = read(path)

  it('shows settings that exist', () => {
    const blocks = [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, block = '']) => parse(block))
    expect(blocks).toHaveLength(1)
    expect(Settings.parse(blocks[0]).http.publicUrl).toBe('https://liuke.example.com')
  })

  it('lets the proxy hand on every path of the pages, and nothing else', () => {
    const pattern = /location ~ (\S+) \{/.exec(text)?.[1] ?? ''
    for (const page of ['/board', '/board/customers/12', '/login', '/login/wecom/back', '/logout'])
      expect(page).toMatch(new RegExp(pattern))
    for (const other of ['/metrics', '/playground/', '/readyz', '/loginx', '/boards'])
      expect(other).not.toMatch(new RegExp(pattern))
  })
})

it('both languages have the same steps and answers', () => {
  const shape = (text: string): string[] =>
    (text.match(/^(#{1,3} (?:\d+|)|\||- |\d\.)/gm) ?? []).map((line) => line.trim())
  expect(shape(read('docs/pages.zh-CN.md'))).toEqual(shape(read('docs/pages.md')))
})

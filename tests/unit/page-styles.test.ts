import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const colours = (path: string): Map<string, string> => {
  const css = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  return new Map(
    [...css.matchAll(/^ {2}(--[\w-]+): (light-dark\(.+\));$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
}

it('pages have the colours of the playground, and use each of theirs', () => {
  const pages = colours('src/http/pages/pages.css')
  const playground = colours('adapters/playground/client/base.css')
  expect(pages.size).toBeGreaterThan(10)
  for (const [name, value] of pages) expect(playground.get(name), name).toBe(value)
  const css = readFileSync(new URL('../../src/http/pages/pages.css', import.meta.url), 'utf8')
  for (const name of pages.keys()) expect(css, name).toContain(`var(${name})`)
})

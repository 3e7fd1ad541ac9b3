import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/** The rooms of the house and whom each may walk to (design: "Who may import whom"). Own room is always allowed. */
const FOUNDATION = ['model', 'text', 'foundation']
const STORES = [...FOUNDATION, 'store']
const FEATURES = ['sync', 'scoring', 'push', 'retention', 'stats']
const EDGES = ['chat', 'jobs', 'http', 'cli', 'commands']
const ALLOWED: Record<string, readonly string[]> = {
  model: [],
  foundation: ['model', 'text', 'db'],
  text: ['model', 'foundation'],
  db: FOUNDATION,
  store: [...FOUNDATION, 'db'],
  sync: STORES,
  scoring: STORES,
  push: STORES,
  retention: STORES,
  stats: STORES,
  cards: ['model', 'text'],
  charts: FOUNDATION,
  chat: [...STORES, ...FEATURES, 'cards'],
  commands: [...STORES, ...FEATURES, 'cards', 'chat'],
  jobs: [...STORES, ...FEATURES, 'cards', 'db'],
  http: [...STORES, ...FEATURES, 'cards', 'chat', 'jobs'],
  adapters: ['model', 'errors', 'log', 'clock'],
  cli: ['db', ...STORES, ...FEATURES, ...EDGES, 'cards', 'charts', 'main', 'adapters'],
  main: ['db', ...STORES, ...FEATURES, ...EDGES, 'cards', 'charts', 'adapters'],
}

/** Packages that only one place may see. */
const PACKAGE_HOMES: Record<string, RegExp> = {
  kysely: /^src\/(db|store)\/|^src\/context\.ts$/,
  'better-sqlite3': /^src\/db\//,
  'node-schedule': /^src\/jobs\/scheduler\.ts$/,
  koa: /^src\/http\//,
  '@koa/router': /^src\/http\//,
  '@wecom/crypto': /^adapters\/wecom\//,
  'dingtalk-stream': /^adapters\/dingtalk\//,
  echarts: /^src\/charts\//,
  '@resvg/resvg-js': /^src\/charts\//,
}

const ROOT = normalize(join(dirname(fileURLToPath(import.meta.url)), '../..'))

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js)$/.test(name))
    .map((name) => join(folder, name))
}

function roomOf(path: string): string {
  const [top = '', second = ''] = path.split('/')
  if (top !== 'src') return top
  if (
    second === 'main.ts' ||
    second === 'cli.ts' ||
    second === 'liuke.js' ||
    second === 'node-version.js' ||
    second === 'main'
  )
    return 'main'
  return second.endsWith('.ts') ? 'foundation' : second
}

function importsOf(source: string): string[] {
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+|new URL\(\s*)['"]([^'"\n]+)['"]/gm
  const targets = [...source.matchAll(pattern)].map((match) => match[1] ?? '')
  return targets.filter((target) => !/\.(ya?ml|json|css|html)$/.test(target))
}

/** The rule an import breaks, in words, or null. */
function broken(file: string, target: string): string | null {
  if (!target.startsWith('.')) {
    const name = target.startsWith('@')
      ? target.split('/').slice(0, 2).join('/')
      : (target.split('/')[0] ?? '')
    const home = PACKAGE_HOMES[name]
    return home && !home.test(file) ? `${file}: only ${home.source} may import ${name}` : null
  }
  const path = relative(ROOT, normalize(join(ROOT, dirname(file), target)))
  const [from, to] = [roomOf(file), roomOf(path)]
  const allowed = ALLOWED[from]
  if (from === to) return null
  if (
    from === 'adapters' &&
    allowed?.some((name) => path === `src/${name}.ts` || path.startsWith(`src/${name}/`))
  )
    return null
  return allowed?.includes(to) ? null : `${file}: ${from} must not import ${to} (${path})`
}

const SOURCES = ['src', 'commands', 'adapters'].flatMap(filesBelow)

describe('import rules', () => {
  it('reads a house that is not empty', () => {
    expect(SOURCES.length).toBeGreaterThan(30)
  })

  it('notices a broken rule', () => {
    expect(broken('src/model/card.ts', '../store/scores.ts')).toContain('model must not import store')
    expect(broken('src/push/plan.ts', '../scoring/band.ts')).toContain('push must not import scoring')
    expect(broken('adapters/playground/index.ts', '../../src/store/scores.ts')).toContain(
      'adapters must not import store',
    )
    expect(broken('src/chat/parse.ts', 'kysely')).toContain('may import kysely')
  })

  it('are kept by every file', () => {
    const problems = SOURCES.flatMap((file) =>
      importsOf(readFileSync(join(ROOT, file), 'utf8')).map((target) => broken(file, target)),
    )
    expect(problems.filter(Boolean)).toEqual([])
  })

  it('only the painter’s thread loads the drawing libraries: the service and the command line start without', () => {
    const loaders = SOURCES.filter((file) =>
      importsOf(readFileSync(join(ROOT, file), 'utf8')).some((target) => target.endsWith('/draw-chart.ts')),
    )
    expect(loaders).toEqual(['src/charts/thread.ts'])
  })

  it('only clock.ts reads the time and only config.ts the environment', () => {
    const problems = SOURCES.filter((file) => file.endsWith('.ts')).flatMap((file) => {
      const source = readFileSync(join(ROOT, file), 'utf8')
      const time = file !== 'src/clock.ts' && /Date\.now\(|new Date\(\)/.test(source)
      const environment = file !== 'src/config.ts' && /process\.env\b/.test(source)
      return [
        ...(time ? [`${file} reads the time`] : []),
        ...(environment ? [`${file} reads the environment`] : []),
      ]
    })
    expect(problems).toEqual([])
  })

  it('keeps every source file under 300 lines', () => {
    const long = SOURCES.filter((file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 301)
    expect(long).toEqual([])
  })
})

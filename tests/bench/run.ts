import { callbackBench } from './callback.ts'
import { chartsBench } from './charts.ts'
import { chatWhileScoring } from './chat-while-scoring.ts'
import { churnFiguresBench } from './churn-figures.ts'
import { fitPurchaseModelsBench } from './fit.ts'
import { importScoreBench } from './import-score.ts'
import { scoreMillionBench } from './score-million.ts'

/** Every benchmark. `npm run bench` runs all, `npm run bench -- NAME` only those named. */
const benches: Readonly<Record<string, () => unknown>> = {
  'import-score': () => importScoreBench(),
  'score-million': () => scoreMillionBench(),
  'chat-while-scoring': chatWhileScoring,
  callback: callbackBench,
  'churn-figures': () => churnFiguresBench(50_000),
  charts: chartsBench,
  fit: fitPurchaseModelsBench,
}

const wanted = process.argv.slice(2)
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const figures = await bench()
  process.stdout.write(`\n${name}\n${table(figures)}\n`)
}

/** Figures as aligned lines; nested ones are indented by their path. */
function table(figures: unknown): string {
  const lines = flatten('', figures)
  const width = Math.max(...lines.map(([label]) => label.length))
  return lines.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`).join('\n')
}

function flatten(path: string, value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) {
    return [[path, typeof value === 'number' ? String(Number(value.toPrecision(5))) : String(value)]]
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    flatten(path === '' ? name : `${path}.${name}`, inner),
  )
}

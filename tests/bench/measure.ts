import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

/** One whole process from start to end. */
export interface Measured {
  readonly seconds: number
  /** Largest resident memory, MB; null where /proc does not tell. */
  readonly peakRssMb: number | null
  /** Processor time of all its threads; null where /proc does not tell. Other processes matter less to it. */
  readonly cpuSeconds: number | null
  readonly stdout: string
}

const LOOK_EVERY_MS = 20

/** Runs a program to its end; `input` goes to its standard input. */
export async function measure(program: string, args: readonly string[], input = ''): Promise<Measured> {
  const start = performance.now()
  const child = spawn(program, args, { env: { ...process.env, LIUKE_LOG: 'silent' } })
  let [stdout, stderr, peak, cpu] = ['', '', 0, 0]
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const timer = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid))
    cpu = Math.max(cpu, cpuOf(child.pid))
  }, LOOK_EVERY_MS)
  child.stdin.end(input)
  const [code] = await once(child, 'close')
  clearInterval(timer)
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${stderr}`)
  const seconds = (performance.now() - start) / 1000
  return {
    seconds,
    peakRssMb: peak === 0 ? null : Math.round(peak / 1024),
    cpuSeconds: cpu === 0 ? null : cpu,
    stdout,
  }
}

/** High-water mark of a running process in kB, 0 when it cannot be read. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** Ticks of processor time in a second, as Linux tells them. */
const TICKS = 100
/** Fields of `stat` after the name in brackets: user and system time. */
const [USER, SYSTEM] = [11, 12]

/** Processor seconds of a running process, 0 when they cannot be read. */
function cpuOf(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[USER] ?? 0) + Number(fields[SYSTEM] ?? 0)) / TICKS
  } catch {
    return 0
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

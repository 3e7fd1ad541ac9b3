import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The program's file, for tests that start it themselves. */
export const LIUKE = fileURLToPath(new URL('../../src/liuke.js', import.meta.url))

export interface CliRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunningCli {
  readonly child: ChildProcess
  /** Resolves when the process has ended, whatever ended it. */
  readonly ended: Promise<CliRun>
}

/** Starts a real `liuke` process on this Node. */
export function startCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  folder = process.cwd(),
): RunningCli {
  const child = spawn(process.execPath, [LIUKE, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LIUKE_LOG: 'silent', ...env },
  })
  // Decoded as a stream: a chunk may end in the middle of a character.
  child.stdout.setEncoding('utf8')
  child.stderr.setEncoding('utf8')
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const ended = once(child, 'close').then(([code]) => ({ code, stdout, stderr }))
  return { child, ended }
}

/** Runs `liuke` to its end. */
export function runCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliRun> {
  return startCli(args, env).ended
}

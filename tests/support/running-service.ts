import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const LIUKE = fileURLToPath(new URL('../../src/liuke.js', import.meta.url))

export interface RunningService {
  /** The address it printed. */
  readonly url: string
  /** Asks it to stop, as a terminal does, and gives its exit code. */
  stop(): Promise<number | null>
  /** Ends it at once, as a power cut does. */
  kill(): Promise<void>
}

/** A process that was started and may not listen yet. */
export interface StartingService {
  /** Resolves when it has printed its address; rejects when it ended before. */
  readonly running: Promise<RunningService>
  /** Ends it at once, at any moment. */
  kill(): Promise<void>
}

/** Starts `liuke serve` as its own process and waits until it has printed its address. */
export function startLiuke(config: string): Promise<RunningService> {
  return launchLiuke(config).running
}

/** Starts `liuke serve` on a port, by default any free one, and does not wait. */
export function launchLiuke(config: string, port = 0): StartingService {
  const child = spawn(process.execPath, [LIUKE, 'serve', '--config', config], {
    env: { ...process.env, LIUKE_PORT: String(port), LIUKE_LOG: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  const stop = (): Promise<number | null> => {
    child.kill('SIGTERM')
    return ended
  }
  const running = addressOf(child).then((url) => ({ url, stop, kill }))
  // Whoever kills it does not wait for its address.
  running.catch(() => undefined)
  return { running, kill }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = ''
    let errors = ''
    child.stdout?.on('data', (part) => {
      out += part
      const [address] = /http:\/\/\S+/.exec(out) ?? []
      if (address && out.includes('\n')) resolve(address)
    })
    child.stderr?.on('data', (part) => {
      errors += part
    })
    child.once('exit', (code) => reject(new Error(`liuke serve ended with ${code}: ${errors}`)))
  })
}

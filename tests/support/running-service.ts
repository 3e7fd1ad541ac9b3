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

/** Starts `liuke serve` as its own process and waits until it has printed its address. */
export async function startLiuke(config: string): Promise<RunningService> {
  const child = spawn(process.execPath, [LIUKE, 'serve', '--config', config], {
    env: { ...process.env, LIUKE_PORT: '0', LIUKE_LOG: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const url = await addressOf(child)
  return {
    url,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
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

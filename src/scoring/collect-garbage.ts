import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | undefined

/**
 * Collects garbage now. A pass over everybody leaves gigabytes of short-lived rows behind; on a machine with
 * much memory and busy cores V8 lets hundreds of megabytes of them pile up before it looks. Measured on 470,000
 * customers: the peak of `liuke score` falls from about 500 to about 400 MB, for two seconds of processor time.
 */
export function collectGarbage(): void {
  collect ??= exposed()
  collect()
}

function exposed(): () => void {
  setFlagsFromString('--expose-gc')
  const found: unknown = runInNewContext('gc')
  return typeof found === 'function' ? () => void found() : () => undefined
}

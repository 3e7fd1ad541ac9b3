import type { ErrorCode } from '../errors.ts'
import type { Settings } from '../settings.ts'
import type { Counts } from './job.ts'

/** What the host and the worker thread say to each other. Everything here can be cloned between threads. */
export interface WorkerStart {
  readonly settings: Settings
  /** Module that exports `jobs`. */
  readonly jobs: string
}

export type ToWorker =
  | {
      readonly kind: 'run'
      readonly run: number
      readonly job: string
      readonly slot: number
      /** The service's clock minus the machine's: the demo lives in its own time. */
      readonly clockOffset: number
    }
  | { readonly kind: 'abort'; readonly run: number }
  | { readonly kind: 'close' }

export type FromWorker =
  | { readonly kind: 'done'; readonly run: number; readonly counts: Counts }
  | {
      readonly kind: 'failed'
      readonly run: number
      readonly code: ErrorCode
      readonly message: string
      readonly stack: string
    }

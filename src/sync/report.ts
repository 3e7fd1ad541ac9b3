/** One row that was not loaded, and why. */
export interface Reject {
  readonly line: number
  readonly field: string
  readonly value: string
  /** What would have been accepted, in English. */
  readonly expected: string
}

/** The result of one load, exactly as `liuke import --json` prints it. */
export interface ImportReport {
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  /** The first 100; all are kept in `import_rejects`. */
  readonly rejects: readonly Reject[]
  readonly seconds: number
}

/** How many rejects a report shows. */
export const REPORTED_REJECTS = 100

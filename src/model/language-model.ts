/** A question whose answer is one JSON object. */
export interface ModelQuestion {
  /** Of the schema: letters and dashes. */
  readonly name: string
  readonly instruction: string
  /** What the question is about: data, never instructions. Nothing in it names a person, a customer or a number. */
  readonly material: string
  /** JSON Schema of the answer. */
  readonly schema: object
}

/**
 * What became of the questions: `used` changed a reading, `same` agreed with it; `refused` answers break the schema;
 * `failed` ones did not come, in time or at all. Not asked: `resting` after failures, `capped` for today, `withheld`
 * because something could not be taken out or nothing was left to ask about.
 */
export type ModelResult = 'used' | 'same' | 'refused' | 'failed' | 'resting' | 'capped' | 'withheld'

/** A language model of the firm's own choice. */
export interface LanguageModel {
  /** As its server calls it. */
  readonly name: string
  /** Since the start of the process. */
  readonly counts: Record<ModelResult, number>
  /** It failed several times in a row: better not wait for it now. */
  readonly resting: boolean
  /**
   * Asks once and gives the text of the answer, which nothing has checked yet.
   * @throws AppError `upstream` without an answer in time
   */
  ask(question: ModelQuestion): Promise<string>
}

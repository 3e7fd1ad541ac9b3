import type { Dialog } from '../store/dialogs.ts'
import type { Call } from './command.ts'

/** The question whose answer, one line, is this customer's follow-up; `completes` a touch that has no result yet. */
export function askForLine(
  { inboundKey }: Pick<Call<unknown>, 'inboundKey'>,
  customer: number,
  completes?: number,
): Dialog {
  const args = { customer, asked: 1, ...(completes !== undefined && { completes }) }
  return { id: inboundKey, kind: 'line', command: 'follow-up', args, options: [] }
}

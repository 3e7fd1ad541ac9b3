import { z } from 'zod'

/** A customer by id (buttons) or by name (texts). */
export const CustomerRef = z.union([z.number().int().positive(), z.string().trim().min(1).max(500)])

/** Args of a command about one customer; further fields of a button's payload are ignored. */
export const CustomerArgs = z.object({ customer: CustomerRef })

/** The whole text after the command word is the name. */
export function customerFromText(rest: string): { customer: string } {
  return { customer: rest }
}

/** Args of a command that takes no words at all. */
export const NoArgs = z.object({ words: z.literal('').optional() })

export function wordsFromText(rest: string): { words: string } {
  return { words: rest }
}

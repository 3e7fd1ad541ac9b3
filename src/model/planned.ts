/** The outcome of a log that tells of no contact yet, but when one will be: a promise, never a follow-up. */
export const PLANNED = 'planned'

/** Who of us a customer removed from its chat contacts, and who of us it still had then. Names, not ids. */
export interface DeletedContact {
  readonly rep: string
  readonly still: readonly string[]
}

/** As the note of an event tells it: `王晓明/李静/陈立`, the one who was removed first. */
const BETWEEN = '/'

export function noteOfDeleted({ rep, still }: DeletedContact): string {
  return [rep, ...still].map((name) => name.replaceAll(BETWEEN, ' ')).join(BETWEEN)
}

/** A note that a file brought may be empty: then nobody is named. */
export function readDeleted(note: string): DeletedContact {
  const [rep = '', ...still] = note.split(BETWEEN).map((name) => name.trim())
  return { rep, still: still.filter((name) => name !== '') }
}

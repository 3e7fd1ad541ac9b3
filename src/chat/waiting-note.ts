import { lineCard } from '../cards/error.ts'
import type { InboundEvent } from '../model/chat.ts'
import { closeDialog, type Dialog } from '../store/dialogs.ts'
import type { Text } from '../text/index.ts'
import { say, type Work } from './work.ts'

/**
 * 改 and 撤销 while a note waits for its customer mean that note, never the log before it, which is another customer's.
 * Null: nothing waits, or the command is another one.
 */
export function aboutWaitingNote(
  command: string,
  { dialog, event, text }: { dialog: Dialog | null; event: InboundEvent; text: Text },
): Work | null {
  if (dialog?.kind !== 'pick' || dialog.command !== 'follow-up') return null
  if (command === 'amend') return say(command, { cards: [lineCard(text.chat.chooseFirst, text)] })
  if (command !== 'undo') return null
  return {
    name: command,
    writes: true,
    async run(ctx) {
      await closeDialog(ctx, event)
      return { cards: [lineCard(text.chat.noteDropped, text)] }
    },
  }
}

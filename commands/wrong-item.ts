import { z } from 'zod'
import { wrongItemCard } from '../src/cards/wrong-item.ts'
import { defineCommand } from '../src/chat/command.ts'

/** A button pressed for an item of a list that has no such button: says in one sentence which items have it. */
export const wrongItem = defineCommand({
  name: 'wrong-item',
  aliases: [],
  hidden: true,
  where: 'dm',
  role: 'rep',
  writes: false,
  args: z.object({ only: z.string().max(1000).default('') }),
  fromText: () => ({}),
  run: async (_ctx, { args, text }) => ({ cards: [wrongItemCard(args.only, text)] }),
})

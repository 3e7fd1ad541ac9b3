import { z } from 'zod'
import { allowed } from '../src/access.ts'
import { glossaryCard, helpCard, usageCard } from '../src/cards/help.ts'
import { HELP_TOPICS, type HelpTopic, topicCard } from '../src/cards/help-topics.ts'
import { type AnyCommand, type Call, defineCommand } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import { createParser, type Parse } from '../src/chat/parse.ts'

/** 帮助: what this person can do here; with a word, that command or that term. */
export function helpCommand(list: () => readonly AnyCommand[]): AnyCommand {
  /** By the names of the commands: there are as many lists as roles and places. */
  const parsers = new Map<string, Parse>()
  function parserOf(mine: readonly AnyCommand[]): Parse {
    const names = mine.map((one) => one.name).join()
    const parse = parsers.get(names) ?? createParser(mine)
    parsers.set(names, parse)
    return parse
  }
  return defineCommand({
    name: 'help',
    aliases: ['帮助', '使用说明', '?'],
    where: 'both',
    role: 'rep',
    writes: false,
    args: z.object({ words: z.string().default(''), topic: z.enum(HELP_TOPICS).optional() }),
    fromText: wordsFromText,
    async run(_ctx, call: Call<{ words: string; topic?: HelpTopic }>) {
      const { words, topic } = call.args
      const mine = list().filter((command) => !command.hidden && visible(command, call))
      const names = mine.map((one) => one.name)
      if (topic) return { cards: [topicCard(names, topic, call.text)] }
      if (words === '')
        return {
          cards: [helpCard(names, call.text)],
        }
      const parsed = parserOf(mine)(words)
      const isCommand = parsed.kind === 'command' && parsed.rest === ''
      return {
        cards: [isCommand ? usageCard(parsed.command, call.text, words) : glossaryCard(words, call.text)],
      }
    },
  })
}

function visible(command: AnyCommand, { actor, where }: Call<unknown>): boolean {
  return allowed(actor, command.role) && (command.where === 'both' || command.where === where.kind)
}

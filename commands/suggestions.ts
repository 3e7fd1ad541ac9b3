import { allowed } from '../src/access.ts'
import type { Role } from '../src/model/member.ts'
import type { Suggestion } from '../src/model/playground.ts'
import type { Locale } from '../src/text/index.ts'
import { textFor } from '../src/text/index.ts'
import { commands } from './index.ts'

/** The commands a role can use in a kind of chat, as a page offers them while somebody types. */
export function suggestionsFor(role: Role, where: 'dm' | 'group', locale: Locale): Suggestion[] {
  const { help } = textFor(locale).commands
  const someone = { id: 0, name: '', role, teamId: null, teamName: null, region: null, active: true }
  return commands
    .filter(
      (one) => !one.hidden && allowed(someone, one.role) && (one.where === 'both' || one.where === where),
    )
    .flatMap((one) => {
      const words = help[one.name]
      if (!words) return []
      const takesWords = words.usage !== words.word
      return [
        {
          text: takesWords ? `${words.word} ` : words.word,
          aliases: [one.name, ...one.aliases],
          hint: words.purpose,
          example: words.examples.at(-1) ?? words.word,
        },
      ]
    })
}

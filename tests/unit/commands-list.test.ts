import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { suggestionsFor } from '../../commands/suggestions.ts'
import { fold } from '../../src/chat/fold.ts'
import { textFor } from '../../src/text/index.ts'

const NOT_COMMANDS = ['index.ts', 'suggestions.ts', 'README.md']

describe('the list of commands', () => {
  it('holds one command for every file of the folder, named like it', () => {
    const files = readdirSync(new URL('../../commands', import.meta.url))
    const names = files.filter((file) => !NOT_COMMANDS.includes(file)).map((file) => file.replace('.ts', ''))
    expect(names.sort()).toEqual(commands.map((one) => one.name).sort())
  })

  it('has no word twice, however it is typed', () => {
    const words = commands.flatMap((one) => [...new Set([one.name, ...one.aliases].map(fold))])
    expect(words).toEqual([...new Set(words)])
  })

  it('hides what only buttons run: hidden commands have no typed words', () => {
    for (const one of commands.filter((command) => command.hidden)) expect(one.aliases).toEqual([])
  })

  it.each(['zh-CN', 'en'] as const)('explains every visible command in %s', (locale) => {
    const { help } = textFor(locale).commands
    for (const one of commands.filter((command) => !command.hidden)) {
      const words = help[one.name]
      expect(words, one.name).toBeDefined()
      const typed = [one.name, ...one.aliases].map(fold)
      expect(typed, one.name).toContain(fold(words?.word ?? ''))
      expect(words?.purpose).not.toBe('')
      expect(words?.examples.length, one.name).toBeGreaterThan(0)
    }
    const known = new Set(commands.map((one) => one.name))
    expect(Object.keys(help).filter((name) => !known.has(name))).toEqual([])
  })

  it('suggests by role and place', () => {
    const words = (role: 'rep' | 'lead' | 'admin', where: 'dm' | 'group') =>
      suggestionsFor(role, where, 'zh-CN').map((one) => one.text.trim())
    expect(words('rep', 'dm')).toContain('跟进')
    expect(words('rep', 'dm')).not.toContain('绑定')
    expect(words('admin', 'dm')).toContain('绑定')
    expect(words('rep', 'group')).not.toContain('客户')
    expect(words('rep', 'group')).toEqual(expect.arrayContaining(['流失', '名单', '帮助']))
  })
})

import { describe, expect, it } from 'vitest'
import { cutBytes, cutChars } from '../../adapters/shared/bytes.ts'
import { readButton } from '../../adapters/wecom/buttons.ts'
import { type RenderOptions, renderCard, renderUpdate, taskOf } from '../../adapters/wecom/render.ts'
import { TEXT_MAX_BYTES } from '../../adapters/wecom/render-text.ts'
import type { Card, CardAction } from '../../src/model/card.ts'
import { textFor } from '../../src/text/index.ts'
import { SendBody, TemplateCard } from '../support/fake-wecom/schema.ts'
import { fc } from '../support/fast-check.ts'
import { churn, contacted, digest, why } from '../support/sample-cards.ts'

const words = textFor('zh-CN').wecom
const PAGE = 'https://example.com/board'

const NOWHERE = { publicUrl: null, pageUrl: null, plainText: false }

function render(card: Card, settings: Partial<RenderOptions['settings']> = {}) {
  const task = taskOf(JSON.stringify(card), 'lijing')
  return renderCard(card, { task, words, settings: { ...NOWHERE, ...settings } })
}

/** As the documentation reads a message; throws for one it does not allow. */
function documented(message: object): SendBody {
  return SendBody.parse({ touser: 'lijing', agentid: 1, ...message })
}

function contents(card: Card, settings = {}): string {
  return render(card, settings)
    .messages.map(documented)
    .map((body) => JSON.stringify(body))
    .join('\n')
}

describe('forms', () => {
  it('a card with buttons is one interactive card when its words fit', () => {
    const { messages, notShown } = render(contacted)
    expect(messages).toMatchObject([{ template_card: { card_type: 'button_interaction' } }])
    expect(notShown).toEqual([])
    expect(contents(contacted)).toContain('10 分钟内可撤销')
  })

  it('words that do not fit go before it, whole', () => {
    const { messages, notShown } = render(digest)
    expect(messages.map((one) => one.msgtype)).toEqual(['markdown', 'template_card'])
    expect(notShown).toEqual([])
    for (const item of digest.items ?? []) {
      for (const line of [item.title, ...item.lines]) expect(contents(digest)).toContain(line)
    }
  })

  it('without buttons it is a notice that leads to the page, or Markdown where there is none', () => {
    expect(render(churn, { pageUrl: PAGE }).messages).toMatchObject([
      {
        template_card: {
          card_type: 'text_notice',
          emphasis_content: { title: '20.0 %' },
          card_action: { url: PAGE },
        },
      },
    ])
    expect(render(churn).messages).toMatchObject([{ msgtype: 'markdown' }])
    expect(contents(churn)).toContain('95 % 区间')
  })

  it('is plain text where the settings ask for it, and says which buttons are missing', () => {
    const { messages, notShown } = render(contacted, { plainText: true })
    expect(messages).toMatchObject([{ msgtype: 'text' }])
    expect(notShown).toEqual(['button 撤销', 'button 客户详情'])
  })

  it('opens the page of the card when it is tapped, else the page of all cards', () => {
    const own = { ...why, page: '/board/customers/12' }
    const settings = { publicUrl: 'https://liuke.example.com', pageUrl: PAGE }
    const tapped = (card: Card, given: Partial<RenderOptions['settings']>): unknown[] =>
      render(card, given).messages.map((one) => {
        const message = SendBody.parse({ touser: 'a', agentid: 1, ...one })
        return message.msgtype === 'template_card' ? message.template_card.card_action?.url : message.msgtype
      })
    const page = 'https://liuke.example.com/board/customers/12'
    expect(tapped(own, settings).at(-1)).toBe(page)
    expect(tapped({ ...churn, page: '/board/customers/12' }, settings)).toEqual([page])
    expect(tapped(why, settings).at(-1)).toBe(PAGE)
    expect(tapped(own, {}).at(-1)).toBeUndefined()
    const update = renderUpdate(own, { task: 'lk_1', words, settings: { ...NOWHERE, ...settings } })
    expect(TemplateCard.parse(update.template).card_action).toEqual({ type: 1, url: page })
  })

  it('an update without buttons shows one grey button', () => {
    const card = TemplateCard.parse(
      renderUpdate({ ...why, actions: [] }, { task: 'lk_1', words, settings: NOWHERE }).template,
    )
    expect(card).toMatchObject({ replace_text: words.done, button_list: [{ text: words.done }] })
  })
})

describe('buttons', () => {
  const action = (name: string, payload: CardAction['payload'] = {}): CardAction => ({
    action: name,
    label: name,
    payload,
  })

  it('of the items come first, those of the card go to the menu', () => {
    const items = [1, 2].map((id) => ({
      title: `${id}. 客户${id}（高）`,
      lines: [],
      actions: ['a', 'b', 'c', 'd', 'e'].map((name) => action(name, { case: id })),
    }))
    const { messages, notShown } = render({
      summary: 's',
      title: 't',
      items,
      actions: ['x', 'y', 'z', 'u', 'v'].map((name) => action(name)),
    })
    expect(messages.at(-1)).toMatchObject({
      template_card: {
        button_list: ['a', 'b', 'c', 'd', 'e', 'x'].map((text) => ({ text })),
        action_menu: { action_list: ['y', 'z', 'u'].map((text) => ({ text })) },
        button_selection: { option_list: [{ text: '1. 客户1' }, { text: '2. 客户2' }] },
      },
    })
    expect(notShown).toEqual(['button v'])
  })

  it('mean what stood on the card, for the chosen item', () => {
    const payloads = fc.dictionary(
      fc.constantFrom('case', 'customer', 'digest', 'word'),
      fc.oneof(fc.integer(), fc.string({ maxLength: 8 })),
      { minKeys: 1 },
    )
    fc.assert(
      fc.property(payloads, payloads, (one, two) => {
        const items = [one, two].map((payload, n) => ({
          title: `${n}`,
          lines: [],
          actions: [action('act', payload)],
        }))
        const body = documented(render({ summary: 's', title: 't', items }).messages.at(-1) ?? {})
        if (body.msgtype !== 'template_card' || body.template_card.card_type !== 'button_interaction')
          return false
        const { button_list, button_selection } = body.template_card
        const read = (payload: object) => {
          const fields = JSON.stringify(Object.keys(payload).sort())
          const button = button_list.find(({ key }) => key.includes(fields))
          const option = button_selection?.option_list.find(({ id }) => sameJson(id, payload))
          return readButton(button?.key ?? '', option?.id ?? null)
        }
        expect(read(one)).toEqual({ action: 'act', payload: { ...one } })
        expect(read(two)).toEqual({ action: 'act', payload: { ...two } })
        return true
      }),
    )
  })

  it('pressed for an item without them name the items that have them; with all they need they act', () => {
    const digest = { case: 1, customer: 7 }
    const items = [
      { title: '1. 华联超市（A）', lines: [], actions: [action('wrong', digest), action('snooze', digest)] },
      { title: '2. 张三制造', lines: [], actions: [action('customer', { customer: 8 })] },
      { title: '3. 李四贸易', lines: [], actions: [action('snooze', { case: 3, customer: 9 })] },
    ]
    const body = documented(render({ summary: 's', title: 't', items }).messages.at(-1) ?? {})
    if (body.msgtype !== 'template_card' || body.template_card.card_type !== 'button_interaction')
      throw new Error('no card with buttons')
    const { button_list, button_selection } = body.template_card
    const press = (label: string, place: number) =>
      readButton(
        button_list.find(({ text }) => text === label)?.key ?? '',
        button_selection?.option_list[place]?.id ?? null,
      )
    expect(press('wrong', 1)).toEqual({ action: 'wrong-item', payload: { only: '1. 华联超市' } })
    expect(press('snooze', 1)).toEqual({
      action: 'wrong-item',
      payload: { only: '1. 华联超市、3. 李四贸易' },
    })
    expect(press('wrong', 2)).toEqual({ action: 'wrong', payload: { case: 3, customer: 9 } })
    expect(press('customer', 0)).toEqual({ action: 'customer', payload: { customer: 7 } })
  })

  it.each([
    '',
    'done',
    '{}',
    '{"a":"x"}',
    '{"a":1,"p":{}}',
    '{"a":"x","p":{"k":null}}',
    '[]',
    '{"a":"x","p":[]}',
  ])('that we did not write mean nothing: %s', (key) => {
    expect(readButton(key, null)).toBeNull()
  })

  it('with a choice that we did not write mean nothing', () => {
    expect(readButton('{"a":"x","f":["case"]}', '{"case":{}}')).toBeNull()
    expect(readButton('{"a":"x","f":["case"]}', 'null')).toBeNull()
  })
})

function sameJson(text: string, value: object): boolean {
  return (
    JSON.stringify(Object.entries(JSON.parse(text)).sort()) === JSON.stringify(Object.entries(value).sort())
  )
}

describe('limits', () => {
  const sign = fc.oneof(
    fc.constantFrom(
      '汉',
      '字',
      'a',
      ' ',
      '\n',
      '𠮷',
      '👨‍👩‍👧',
      'é',
      '<',
      '**',
      '](',
      '#',
      '>',
      '`',
      '\u0000',
      '\ud800',
    ),
    fc.string({ maxLength: 3, unit: 'binary' }),
  )
  const line = (max: number) => fc.array(sign, { maxLength: max }).map((parts) => parts.join(''))
  const text = line(60)
  const payload = fc.dictionary(line(4), fc.oneof(fc.integer(), line(60)), { maxKeys: 3 })
  const actions = fc.array(fc.record({ action: line(8), label: text, payload }), { maxLength: 12 })
  const anyCard: fc.Arbitrary<Card> = fc.record(
    {
      summary: text,
      title: line(80),
      tone: fc.constantFrom('neutral', 'good', 'warning', 'urgent'),
      figure: fc.record({ value: text, label: text }),
      fields: fc.array(fc.record({ label: text, value: text }), { maxLength: 14 }),
      facts: fc.array(line(300), { maxLength: 30 }),
      items: fc.array(fc.record({ title: text, lines: fc.array(text, { maxLength: 5 }), actions }), {
        maxLength: 14,
      }),
      notes: fc.array(text, { maxLength: 6 }),
      actions,
    },
    { requiredKeys: ['summary', 'title'] },
  )

  it('leave a figure beside several items as a line: a card has a quotation or an emphasised figure', () => {
    const card = {
      summary: '',
      title: '',
      figure: { value: '37', label: '家' },
      items: [
        { title: '', lines: ['甲'] },
        { title: '乙', lines: [] },
      ],
    }
    const given = { pageUrl: PAGE, plainText: false }
    for (const message of render(card, given).messages) {
      documented(message)
      expect(JSON.stringify(message)).toContain('37 家')
    }
  })

  it('hold for every card in every form: nothing leaves that the documentation does not allow', () => {
    const settings = fc.record({ pageUrl: fc.constantFrom(null, PAGE), plainText: fc.boolean() })
    fc.assert(
      fc.property(anyCard, settings, (card, given) => {
        for (const message of render(card, given).messages) {
          documented(message)
          expect(JSON.stringify(message)).not.toMatch(/[^\\]\\u[0-9a-f]{4}/)
        }
        const update = { task: 'lk_1', words, settings: { ...NOWHERE, ...given } }
        TemplateCard.parse(renderUpdate(card, update).template)
      }),
      { numRuns: 400 },
    )
  })

  it('are reported when they leave something out', () => {
    const facts = Array.from({ length: 60 }, (_, n) => `${n} ${'很长的一句话'.repeat(6)}`)
    expect(render({ summary: 's', title: 't', facts }).notShown).not.toEqual([])
    const { messages } = render({ summary: 's', title: 't', facts })
    const [body] = messages.map(documented)
    if (body?.msgtype !== 'markdown') throw new Error('expected Markdown')
    expect(Buffer.byteLength(body.markdown.content)).toBeLessThanOrEqual(TEXT_MAX_BYTES)
    expect(body.markdown.content).toContain('很长的一句话\n')
  })

  it('cut between the characters that people see', () => {
    fc.assert(
      fc.property(line(50), fc.integer({ min: 3, max: 40 }), (value, max) => {
        expect(Buffer.byteLength(cutBytes(value, max))).toBeLessThanOrEqual(max)
        expect([...cutChars(value, max)].length).toBeLessThanOrEqual(max)
        expect(cutBytes(value, max).isWellFormed()).toBe(true)
      }),
    )
    expect(cutBytes('客户👨‍👩‍👧流失', 20)).toBe('客户…')
  })
})

describe('words from outside', () => {
  it('become no link, colour, heading or quotation', () => {
    const title = '[点我](https://evil.example)<font color="warning">**急**</font>'
    const card: Card = {
      summary: 's',
      title,
      facts: ['# 大', '> 引', '`码`', '<a href="https://evil.example">x</a>'],
    }
    const [markdown, text] = [contents(card), contents(card, { plainText: true })]
    for (const markup of ['](https', '<font color=\\"warning', '\\n#', '\\n>', '`', '<a']) {
      expect(markdown).not.toContain(markup)
    }
    expect(text).not.toContain('<a')
  })

  it('are no reason to hold back the same answer to another question', () => {
    const card = { summary: 's', title: '没有找到' }
    const body = (key: string) =>
      JSON.stringify(
        renderCard(card, {
          task: taskOf(key, 'lijing'),
          words,
          settings: NOWHERE,
        }).messages,
      )
    expect(body('a')).toBe(body('a'))
    expect(body('a')).not.toBe(body('b'))
  })
})

import { customerXml, eventXml, pressXml, textXml } from './fake-wecom/callbacks.ts'
import { SendBody } from './fake-wecom/schema.ts'
import type { FakeState } from './fake-wecom/state.ts'
import { fc } from './fast-check.ts'
import { VECTORS } from './wecom-vectors.ts'

/** A card whose button can be pressed. */
function card(state: FakeState) {
  const body = SendBody.parse({
    touser: 'lijing',
    agentid: state.corp.agentId,
    msgtype: 'template_card',
    template_card: {
      card_type: 'button_interaction',
      task_id: 't',
      main_title: { title: 't' },
      button_selection: {
        question_key: 'item',
        option_list: [{ id: '{"case":1}', text: '一' }],
        selected_id: '{"case":1}',
      },
      button_list: [{ type: 0, text: '按', style: 1, key: '{"a":"x","f":["case"]}' }],
    },
  })
  return state.deliver('lijing', body)
}

/** Every kind of message as it was recorded or published. */
export const recordedMessages = (state: FakeState): readonly string[] => [
  textXml(state, 'lijing', '跟进 华联超市 有效', '4561255354251345929'),
  pressXml(state, card(state), '按', '一'),
  eventXml(state, 'lijing', 'enter_agent', '<EventKey></EventKey>'),
  eventXml(state, 'sys', 'change_external_contact', '<ChangeType>del_follow_user</ChangeType>'),
  customerXml(state, 'del_follow_user', { user: 'lijing', customer: 'woAJ-Zhang' }),
  ...VECTORS.map((one) => one.plain),
]

/** Pieces that parsers stumble over. */
const PIECES = [
  '<',
  '>',
  '</xml>',
  '<xml>',
  '<![CDATA[',
  ']]>',
  '&',
  '&lt;',
  '&#0;',
  '&#x110000;',
  '&xxe;',
  '<!DOCTYPE xml [<!ENTITY a "b">]>',
  '<?xml version="1.1"?>',
  '<!--',
  '\u0000',
  '\ufffe',
  '\ud800',
  '__proto__',
  '<a>'.repeat(50),
  '9'.repeat(400),
  '{"a":"x","p":{"__proto__":1}}',
]

export type Edit = { readonly at: number; readonly cut: number; readonly put: string }
export const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(2_000),
  cut: fc.oneof(fc.constant(0), fc.nat(40)),
  put: fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 6 })),
})

/** One of these messages with one to four edits. */
export function mutationsOf(messages: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...messages), fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([source, edits]) => edits.reduce(applyEdit, source))
}

export function applyEdit(source: string, { at, cut, put }: Edit): string {
  const from = at % (source.length + 1)
  return source.slice(0, from) + put + source.slice(from + cut)
}

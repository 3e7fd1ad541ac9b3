import { randomInt } from 'node:crypto'
import type { CallbackRequest } from '../../../src/model/chat.ts'
import { seal, signatureOf } from './seal.ts'
import { cardOf, type FakeMessage, type FakeState } from './state.ts'

const SECOND = 1000
const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

/** An encrypted callback as WeCom posts it to `/app`. */
export function postOf(state: FakeState, xml: string): CallbackRequest {
  const { token, aesKey, corpId } = state.corp
  const sealed = seal({ token, aesKey, receiveId: corpId }, xml)
  const body = `<xml><ToUserName>${cdata(corpId)}</ToUserName><AgentID>${cdata(String(state.corp.agentId))}</AgentID><Encrypt>${cdata(sealed)}</Encrypt></xml>`
  return signed(state, sealed, { method: 'POST', body: Buffer.from(body) })
}

/** The check of the address when an administrator saves it. */
export function checkOf(state: FakeState, echo: string): CallbackRequest {
  const { token, aesKey, corpId } = state.corp
  const sealed = seal({ token, aesKey, receiveId: corpId }, echo)
  const one = signed(state, sealed, { method: 'GET', body: Buffer.alloc(0) })
  return { ...one, query: { ...one.query, echostr: sealed } }
}

function signed(
  { corp, clock }: FakeState,
  sealed: string,
  { method, body }: Pick<CallbackRequest, 'method' | 'body'>,
): CallbackRequest {
  const timestamp = String(Math.floor(clock.now() / SECOND))
  const nonce = String(randomInt(1e9, 9e9))
  const signature = signatureOf(corp.token, timestamp, nonce, sealed)
  return {
    method,
    path: '/app',
    query: { msg_signature: signature, timestamp, nonce },
    headers: { 'content-type': 'text/xml' },
    body,
    gone: new AbortController().signal,
  }
}

function envelope({ corp, clock }: FakeState, user: string, rest: string): string {
  const created = Math.floor(clock.now() / SECOND)
  return `<xml><ToUserName>${cdata(corp.corpId)}</ToUserName><FromUserName>${cdata(user)}</FromUserName><CreateTime>${created}</CreateTime>${rest}<AgentID>${corp.agentId}</AgentID></xml>`
}

export function textXml(state: FakeState, user: string, text: string, id: string): string {
  return envelope(
    state,
    user,
    `<MsgType>${cdata('text')}</MsgType><Content>${cdata(text)}</Content><MsgId>${id}</MsgId>`,
  )
}

export function eventXml(state: FakeState, user: string, event: string, more = ''): string {
  return envelope(state, user, `<MsgType>event</MsgType><Event>${cdata(event)}</Event>${more}`)
}

/** A press on the button with this text, with the option of this text chosen in the card's list. */
export function pressXml(state: FakeState, message: FakeMessage, label: string, option?: string): string {
  const card = cardOf(message)
  const buttons = card.card_type === 'button_interaction' ? card.button_list : []
  const button = buttons.find((one) => one.text === label)
  const entry = card.action_menu?.action_list.find((one) => one.text === label)
  const key = button?.key ?? entry?.key
  if (key === undefined) throw new Error(`the card has no button ${label}`)
  const more = [
    `<EventKey>${cdata(key)}</EventKey><TaskId>${cdata(card.task_id ?? '')}</TaskId>`,
    `<CardType>${card.card_type}</CardType><ResponseCode>${cdata(state.newCode(message))}</ResponseCode>`,
    button ? selectedXml(message, option) : '',
  ].join('')
  return eventXml(state, message.user, button ? 'template_card_event' : 'template_card_menu_event', more)
}

function selectedXml(message: FakeMessage, option: string | undefined): string {
  const card = cardOf(message)
  const list = card.card_type === 'button_interaction' ? card.button_selection : undefined
  if (!list) return ''
  const chosen = option === undefined ? undefined : list.option_list.find((one) => one.text.includes(option))
  if (option !== undefined && !chosen) throw new Error(`the list has no option ${option}`)
  const id = chosen?.id ?? list.selected_id ?? ''
  return `<SelectedItems><SelectedItem><QuestionKey>${cdata(list.question_key)}</QuestionKey><OptionIds><OptionId>${cdata(id)}</OptionId></OptionIds></SelectedItem></SelectedItems>`
}

/** A change between a member and a customer (客户联系): `FromUserName` is always `sys`. */
export function customerXml(
  state: FakeState,
  change: string,
  { user, customer, more = '' }: { user: string; customer: string; more?: string },
): string {
  const fields = `<ChangeType>${cdata(change)}</ChangeType><UserID>${cdata(user)}</UserID><ExternalUserID>${cdata(customer)}</ExternalUserID>${more}`
  return eventXml(state, 'sys', 'change_external_contact', fields)
}

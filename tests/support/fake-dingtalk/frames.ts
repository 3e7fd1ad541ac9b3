import { type Frame, TOPIC } from './gateway.ts'
import type { FakeState, Shown } from './state.ts'

const SESSION_MS = 5_400_000

export interface Said {
  readonly user: string
  readonly text: string
  /** The group it is said in; absent: the direct chat. */
  readonly group?: string
  readonly id?: string
  /** Replaces or removes (undefined) fields of the message. */
  readonly more?: Readonly<Record<string, unknown>>
}

/** A message to the robot, as it arrives over the stream. */
export function robotFrame(state: FakeState, said: Said, base: string): Frame {
  return { type: 'CALLBACK', topic: TOPIC.robot, data: robotMessage(state, said, base) }
}

function robotMessage(state: FakeState, { user, text, group, id, more }: Said, base: string): object {
  const { app, clock } = state
  const session = state.next('SESSION')
  const until = clock.now() + SESSION_MS
  state.webhooks.set(session, { to: group === undefined ? `dm:${user}` : `group:${group}`, until })
  const person = app.staff.find((one) => one.userId === user)
  return {
    conversationId: group ?? `cid-dm-${user}==`,
    conversationType: group === undefined ? '1' : '2',
    ...(group !== undefined && {
      conversationTitle: app.groups.find((one) => one.id === group)?.title,
      isInAtList: true,
      atUsers: [{ dingtalkId: '$:LWCP_v1:$bot' }],
    }),
    chatbotCorpId: app.corpId,
    chatbotUserId: '$:LWCP_v1:$bot',
    robotCode: app.robotCode,
    msgId: id ?? `${state.next('msg')}==`,
    msgtype: 'text',
    text: { content: ` ${text} ` },
    createAt: clock.now(),
    senderId: `$:LWCP_v1:$${user}`,
    senderStaffId: user,
    senderNick: person?.name ?? user,
    senderCorpId: app.corpId,
    isAdmin: false,
    sessionWebhook: `${base}/robot/sendBySession?session=${session}`,
    sessionWebhookExpiredTime: until,
    senderPlatform: 'Mac',
    ...more,
  }
}

/** A press on the button with this label, on the `row`-th list of buttons (the card's own ones: null). */
export function pressFrame(
  state: FakeState,
  card: Shown,
  label: string,
  { user, list = 'buttons' }: { user: string; list?: string },
): Frame {
  const buttons: unknown = JSON.parse(card.params.get(list) || '[]')
  const all = Array.isArray(buttons) ? buttons : []
  const button = all.find((one: { label?: string }) => one.label === label)
  if (!button) throw new Error(`the card has no button ${label} in ${list}: ${card.params.get(list)}`)
  const content = JSON.stringify({
    cardPrivateData: { actionIds: ['press'], params: { press: button.press } },
  })
  return {
    type: 'CALLBACK',
    topic: TOPIC.card,
    data: {
      type: 'actionCallback',
      outTrackId: card.track,
      corpId: state.app.corpId,
      userId: user,
      userIdType: 1,
      spaceType: 'im',
      spaceId: '',
      extension: '{}',
      content,
      value: content,
    },
  }
}

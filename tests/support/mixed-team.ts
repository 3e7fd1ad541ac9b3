import { commands } from '../../commands/index.ts'
import { haltCard } from '../../src/cards/admin-notice.ts'
import { startInbox } from '../../src/chat/inbox.ts'
import { systemClock } from '../../src/clock.ts'
import { startDispatcher } from '../../src/push/dispatch.ts'
import { rememberChat } from '../../src/store/chats.ts'
import { bindIdentity } from '../../src/store/members.ts'
import { textFor } from '../../src/text/index.ts'
import { dingtalkCase } from './dingtalk-app.ts'
import { ROBOT_KEYS, robotCase } from './dingtalk-robot.ts'
import { pressFrame, robotFrame } from './fake-dingtalk/frames.ts'
import type { FakeDingtalk } from './fake-dingtalk/index.ts'
import { postOf, pressXml, textXml } from './fake-wecom/callbacks.ts'
import { cardOf, textOf as wecomText } from './fake-wecom/state.ts'
import { robotText } from './fake-wecom/webhook.ts'
import { acceptEvent, handlingOf } from './handle-events.ts'
import { seedCompany } from './talk.ts'
import { sqliteCtx, type TestCtx } from './test-ctx.ts'
import { wecomCase } from './wecom-app.ts'
import { ROBOT_KEY, webhookCase } from './wecom-webhook.ts'

/** Somebody of the team at their own platform, whichever it is. */
export interface Seat {
  /** Everything shown there, oldest first. */
  texts(): string[]
  says(text: string): Promise<void>
  /** Presses a button on the newest card that has one; on a digest, that of the first customer. */
  presses(label: string): Promise<void>
}

export interface MixedTeam {
  readonly ctx: TestCtx
  readonly company: Awaited<ReturnType<typeof seedCompany>>
  /** 王芳 on DingTalk; 李强 and the lead 陈总 on WeCom, whose group robot tells of halts. */
  readonly wang: Seat
  readonly li: Seat
  readonly lead: Seat
  /** The administrator, on WeCom. */
  readonly admin: Seat
  readonly fakeDingtalk: FakeDingtalk
  /** What the group chats read: that of DingTalk with the app, those of both group robots. */
  groups(): { app: string[]; dingtalkRobot: string[]; wecomRobot: string[] }
  saysInGroup(text: string): Promise<void>
  /** Handles what arrived and sends what is due. */
  settle(): Promise<void>
  close(): Promise<void>
}

const WANG = 'manager1234'
const GROUP = 'cidGroup1=='

/** Team 华东 with one rep on DingTalk, one on WeCom and their lead on WeCom, on both fakes and one database. */
export async function mixedTeam(): Promise<MixedTeam> {
  const robots = [{ name: '华东', team: '华东' }]
  const alerts = robots.map((robot) => ({ ...robot, alerts: true }))
  const ctx = await sqliteCtx({
    settings: {
      wecom: { webhook: { enabled: true, keys: `华东=${ROBOT_KEY}`, robots: alerts } },
      dingtalk: { webhook: { enabled: true, keys: ROBOT_KEYS, robots } },
    },
  })
  const company = await seedCompany(ctx)
  await ctx.db.deleteFrom('identities').execute()
  const { wang, li, lead, admin } = company.members
  await bindIdentity(ctx, { platform: 'dingtalk', person: WANG, memberId: wang })
  await bindIdentity(ctx, { platform: 'wecom', person: 'lijing', memberId: li })
  await bindIdentity(ctx, { platform: 'wecom', person: 'chenli', memberId: lead })
  await bindIdentity(ctx, { platform: 'wecom', person: 'wangxiaoming', memberId: admin })
  await rememberChat(ctx, { platform: 'dingtalk', chat: GROUP, title: '华东群', teamId: company.teams.east })

  const dingtalk = await dingtalkCase(systemClock)
  const wecom = await wecomCase(systemClock)
  const dingtalkRobot = await robotCase(systemClock)
  const wecomRobot = await webhookCase(systemClock)
  const adapters = [dingtalk.app, wecom.app, dingtalkRobot.adapter, wecomRobot.adapter]
  const dispatcher = startDispatcher(ctx, adapters, {
    pollMs: null,
    presentHalt: (platform, say) => haltCard(platform, say, textFor('zh-CN')),
  })
  const inbox = startInbox(ctx, handlingOf(commands), () => dispatcher.nudge())
  for (const adapter of adapters) {
    await adapter.start(async (event) => {
      await acceptEvent(ctx, event)
      inbox.nudge()
    })
  }

  async function settle(): Promise<void> {
    await inbox.idle()
    await dispatcher.idle()
  }

  async function pushed(frame: Parameters<typeof dingtalk.fake.gateway.push>[0]): Promise<void> {
    const { code } = await dingtalk.fake.gateway.push(frame)
    if (code !== 200) throw new Error(`the frame was answered with ${code}`)
    await settle()
  }

  async function posted(xml: string): Promise<void> {
    const { status } = await wecom.app.callback(postOf(wecom.fake.state, xml))
    if (status !== 200) throw new Error(`the callback was answered with ${status}`)
    await settle()
  }

  const onDingtalk: Seat = {
    texts: () => dingtalk.fake.state.textsAt(`dm:${WANG}`),
    says: (text) => pushed(robotFrame(dingtalk.fake.state, { user: WANG, text }, dingtalk.fake.url)),
    presses(label) {
      for (const card of dingtalk.fake.state.shown.toReversed()) {
        const list = ['buttons', 'buttons1'].find((name) => card.params.get(name)?.includes(`"${label}"`))
        if (list) return pushed(pressFrame(dingtalk.fake.state, card, label, { user: WANG, list }))
      }
      throw new Error(`no button ${label} on DingTalk`)
    },
  }

  let said = 0
  const onWecom = (user: string): Seat => {
    const mine = () => wecom.fake.state.messages.filter((one) => one.user === user)
    return {
      texts: () => mine().map(wecomText),
      says: (text) => posted(textXml(wecom.fake.state, user, text, `mixed-${++said}`)),
      presses(label) {
        const card = mine().findLast(
          (one) => one.body.msgtype === 'template_card' && JSON.stringify(cardOf(one)).includes(`"${label}"`),
        )
        if (!card) throw new Error(`no button ${label} on WeCom`)
        return posted(pressXml(wecom.fake.state, card, label))
      },
    }
  }

  return {
    ctx,
    company,
    wang: onDingtalk,
    li: onWecom('lijing'),
    lead: onWecom('chenli'),
    admin: onWecom('wangxiaoming'),
    fakeDingtalk: dingtalk.fake,
    groups: () => ({
      app: dingtalk.fake.state.textsAt(`group:${GROUP}`),
      dingtalkRobot: dingtalkRobot.shown(),
      wecomRobot: wecomRobot.fake.state.groupMessages.map((one) => robotText(one.body)),
    }),
    saysInGroup: (text) =>
      pushed(robotFrame(dingtalk.fake.state, { user: WANG, text, group: GROUP }, dingtalk.fake.url)),
    settle,
    async close() {
      await inbox.stop()
      await dispatcher.stop()
      for (const one of [dingtalk, wecom, dingtalkRobot, wecomRobot]) await one.close()
      await ctx.close()
    },
  }
}

import { EVENT_KINDS } from '../model/event.ts'

/** Words found in real exports → the model's words. Keys are lower case. */

/** A table without a prototype, so that `constructor` in a cell finds nothing. */
function table(words: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.assign(Object.create(null), words)
}

function themselves(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(words.map((word) => [word, word]))
}

export const EVENT_KIND_WORDS = table({
  ...themselves(EVENT_KINDS),
  purchase: 'order',
  订单: 'order',
  下单: 'order',
  购买: 'order',
  采购: 'order',
  销售: 'order',
  付款: 'payment',
  支付: 'payment',
  回款: 'payment',
  续费: 'renewal',
  续约: 'renewal',
  退款: 'refund',
  退货: 'refund',
  return: 'refund',
  咨询: 'consult',
  询价: 'consult',
  inquiry: 'consult',
  登录: 'login',
  登陆: 'login',
  浏览: 'browse',
  访问: 'browse',
  view: 'browse',
  评价: 'review',
  评论: 'review',
  投诉: 'complaint',
  客诉: 'complaint',
  工单: 'ticket',
  报修: 'ticket',
  已解决: 'resolved',
  结案: 'resolved',
  拜访: 'visit',
  联系人变更: 'contact-change',
  删除好友: 'contact-deleted',
  触达: 'touch',
  联系: 'touch',
  退订: 'cancel',
  取消合作: 'cancel',
  解约: 'cancel',
  注销: 'cancel',
})

export const MEMBER_ROLE_WORDS = table({
  rep: 'rep',
  sales: 'rep',
  销售: 'rep',
  业务员: 'rep',
  客户经理: 'rep',
  lead: 'lead',
  manager: 'lead',
  主管: 'lead',
  经理: 'lead',
  组长: 'lead',
  admin: 'admin',
  管理员: 'admin',
})

export const CONTACT_ROLE_WORDS = table({
  buyer: 'buyer',
  采购: 'buyer',
  decider: 'decider',
  decision: 'decider',
  决策: 'decider',
  决策人: 'decider',
  老板: 'decider',
  user: 'user',
  使用: 'user',
  使用人: 'user',
})

export const SURVEY_KIND_WORDS = table({
  nps: 'nps',
  净推荐值: 'nps',
  推荐度: 'nps',
  csat: 'csat',
  满意度: 'csat',
})

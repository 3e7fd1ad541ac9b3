type Words = Readonly<Record<string, string>>

const outcomes: Words = {
  ordered: '已下单',
  renewed: '已续约',
  promised: '已答应',
  interested: '有意向',
  neutral: '没有定论',
  dissatisfied: '不满意',
  refused: '拒绝',
  'no-answer': '没联系上',
  resolved: '问题已解决',
  lost: '已流失',
  // As they were written before 0.2.
  won: '已成交',
  considering: '考虑中',
  unhappy: '不满意',
}

const reasons: Words = {
  price: '价格',
  service: '服务',
  quality: '质量',
  delivery: '交付',
  competitor: '竞品',
  'contact-change': '对接人变动',
  'no-need': '没有需求',
  'closed-down': '客户关停',
  'channel-switch': '换了渠道',
  other: '其他',
}

const channels: Words = {
  phone: '电话',
  visit: '拜访',
  wechat: '微信',
  email: '邮件',
  meeting: '会议',
  other: '其他方式',
  message: '消息',
}

export const followUp = {
  outcomes,
  reasons,
  channels,
  effective: '有效跟进',
  touchOnly: '仅触达',
  visit: '拜访',
  touch: '联系',
  title: (name: string, kind: string): string => `已记录 · ${name} · ${kind}`,
  summary: (name: string, kind: string, next: string | null): string =>
    next === null ? `${name}：${kind}已记录。` : `${name}：${kind}已记录，下次 ${next}。`,
  noOutcome: '没听出结果，先记为仅触达；回一句结果（有意向、已下单、拒绝…）就算有效跟进。',
  needWords: (name: string): string => `${name}：结果是什么？`,
  needWordsHint: '请回一句，比如「有意向，下周三再约」「没接电话，明天」「已下单」。',
  askLine: '回一句结果就记好了，比如「有意向，下周三再约」。',
  askNext: '下次什么时候联系？',
  labels: {
    outcome: '结果',
    reason: '原因',
    amount: '金额',
    channel: '方式',
    next: '下次',
    note: '备注',
    case: '风险单',
    customer: '客户',
  },
  told: (money: string): string => `${money}（口述，不计入订单）`,
  confirm: '确认',
  confirmed: '已确认。',
  amend: '改',
  which: {
    one: (name: string): string => `记到「${name}」？`,
    several: '这条跟进记到哪个客户？',
    yes: '对，记下',
    hint: '还没有记录。点按钮、回数字，或直接回客户全称。',
  },
  change: {
    title: (name: string): string => `改哪一项？${name}`,
    of: (label: string, name: string): string => `${label}改成？${name}`,
    hint: '也可以直接回一句，比如「改 价格 下周五」。',
    notUnderstood: '没听出要改什么，点下面的按钮，或回「改 价格 下周五」。',
    none: '没有提到',
    back: '返回',
    more: '更多',
    nothing: (minutes: number): string => `${minutes} 分钟内没有可以改的记录，请再记一条。`,
    gone: (minutes: number): string => `这条已撤销、已超过 ${minutes} 分钟，或不是你记的；请再记一条。`,
    blocked: '这个客户之后又有新的记录，这条不能挪到别的客户了。',
  },
  offDay: (day: string): string => `${day}，不是工作日`,
  refused: {
    past: (words: string): string => `「${words}」已经过去了，请换一个以后的日期，这次没有记录。`,
    'too-far': (words: string, days: number): string => `「${words}」超过 ${days} 天，太远了，这次没有记录。`,
    'no-such-date': (words: string): string => `没有「${words}」这一天，这次没有记录。`,
  },
  next: { days3: '3 天后', monday: '下周一', month: '下月初' },
  nextGone: '这条记录已撤销，或不是你记的。',
}

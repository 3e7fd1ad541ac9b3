/** How people call the platforms; one that stands not here is called by its own name. */
const platforms: Readonly<Record<string, string>> = {
  wecom: '企业微信',
  'wecom-robot': '企业微信群机器人',
  dingtalk: '钉钉',
  'dingtalk-robot': '钉钉群机器人',
  playground: '试用台',
}

/** Notices to the administrator, and the command line of pushes. */
export const push = {
  stale: {
    title: '数据停更，今日暂停推送',
    stale: (source: string, entity: string, days: number) =>
      `${source} · ${entity}：已 ${days} 个工作日没有新数据`,
    halfEmpty: (source: string, entity: string, rows: number, usual: number) =>
      `${source} · ${entity}：本次只有 ${rows} 行，平时约 ${usual} 行`,
    note: '数据恢复后自动继续，不用手动开启。投诉类提醒照常。',
  },
  sourceFailed: {
    title: (source: string) => `${source} 没有同步`,
    lasting: (days: number) => `已 ${days} 天没有同步成功`,
    noCause: '原因在服务日志里，也可以运行 liuke sync 再看一次。',
    note: '数据保持原样，处理好后下次同步自动继续。',
  },
  staleScores: {
    title: '评分未更新，今日暂停推送',
    line: (day: string) => `最近一次评分截至 ${day}`,
    note: '评分恢复后自动继续。请查看服务日志，或运行 liuke score。',
  },
  entities: {
    members: '人员',
    customers: '客户',
    contacts: '联系人',
    events: '行为',
    surveys: '调查',
  },
  eventTitle: (name: string, what: string) => `${name} · ${what}`,
  eventSummary: (title: string, news: string) => `${title}：${news}`,
  homeless: {
    title: (n: number) => `${n} 家风险客户没人可通知`,
    note: '没有负责人，或负责人已停用。请指定负责人，之后会照常推送。',
  },
  homelessEvents: {
    title: (n: number) => `${n} 条客户动态没人可通知`,
    kinds: {
      complaint: '投诉',
      'contact-change': '联系人变动',
      'contact-deleted': '删除好友',
      cancel: '提出终止',
      'low-survey': '低分评价',
    },
    note: '没有负责人，或负责人收不到消息。请尽快指定负责人。',
  },
  unreachable: {
    title: (n: number) => `${n} 位销售收不到推送`,
    note: '还没有绑定聊天账号。请用「绑定」命令为他们绑定。',
  },
  dead: {
    title: (n: number) => `${n} 条消息没有送达`,
    line: (platform: string, who: string, error: string) => `${who}（${platform}）：${error}`,
  },
  halt: {
    title: (platform: string) => `${platform}停发：需要管理员处理`,
    note: '消息会等着，处理好后十分钟内自动补发。',
  },
  calls: {
    title: (platform: string, percent: number) => `${platform}本月调用次数已用 ${percent} %`,
    kinds: { api: '接口调用', stream: 'Stream 与 Webhook' },
    line: (kind: string, used: number, limit: number) => `${kind}：${used} / ${limit} 次（只含留客自己的）`,
    notes: {
      api: '用完后推送会停，消息保留三天；刚说过话的人仍能得到文字回复。请购买增购包。',
      stream: '用完后机器人收不到消息。请购买增购包。',
    },
  },
  platforms,
  more: (n: number) => `另有 ${n} 条`,
  unassigned: '未分配',
  heldReasons: {
    'off-day': '非工作日',
    budget: '超出当日额度',
    repeat: '近期已推送',
    snoozed: '稍后提醒',
    'follow-up': '已跟进，等待下次日期',
    'false-alarm': '误报',
    closed: '已结案',
    holdout: '对照组，暂不提醒',
    'muted-signal': '信号已静音',
    preference: '按偏好不看',
    'group-dip': '一批客户同时下滑，等主管判断',
    'no-owner': '没有负责人',
    'inactive-owner': '负责人已停用',
    'absent-owner': '负责人请假，无人代班',
  },
  reasons: {
    event: '客户动态',
    asked: '稍后提醒到期',
    promised: '约好今天联系',
    worse: '风险升高',
    priority: '风险 × 价值',
  },
  planTitle: (day: string, planned: number, sent: number) => `${day}：计划 ${planned} 家，已发 ${sent} 家`,
  planRep: (name: string, items: number, more: number, due: number) =>
    `${name}：${items} 家（另有 ${more} 家超出额度，${due} 个到期约定）`,
  planItem: (rank: number, name: string, words: readonly string[]) =>
    `  ${rank}. ${name} · ${words.join(' · ')}`,
  planOrder: (name: string, every: number, due: string) =>
    `  · ${name} · 下单时间：每 ${every} 天左右，预计 ${due} 前后`,
  heldLine: (reason: string, n: number) => `未推送：${reason} ${n} 家`,
  offDay: '当天不是工作日，不推送。',
  noScores: '还没有评分。请先运行 liuke score。',
  scoredLater: (asOf: string, day: string) =>
    `评分截至 ${asOf}，晚于 ${day}。请先运行 liuke score --as-of ${day}。`,
  paused: '推送已暂停。',
}

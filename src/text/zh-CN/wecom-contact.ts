/** How a member and a customer found each other (`add_way`, developer document 92114); unknown numbers say nothing. */
const WAYS: Readonly<Record<number, string>> = {
  1: '扫码添加',
  2: '搜索手机号',
  3: '名片分享',
  4: '群聊',
  5: '手机通讯录',
  6: '微信联系人',
  9: '搜索邮箱',
  10: '视频号',
  11: '日程',
  12: '会议',
  13: '微信好友',
  15: '上门服务',
  16: '获客链接',
  17: '定制开发',
  18: '需求回复',
  21: '第三方售前',
  22: '可能的商务伙伴',
  24: '接受好友申请',
  201: '同事共享',
  202: '管理员分配',
}

/** Customer contact (客户联系) of WeCom. */
export const wecomContact = {
  /** A tag of the customer; empty where nothing is known. */
  way: (addWay: number | null): string => {
    const name = addWay === null ? undefined : WAYS[addWay]
    return name === undefined ? '' : `来源：${name}`
  },
  unread: {
    title: (n: number): string => `${n} 位销售的微信客户读不到`,
    note: '其他人的已照常同步。处理好后下次同步自动补上。',
  },
  transfer: {
    label: '企业微信转接',
    failed: (to: string, day: string, reason: string): string => `${day} 转给 ${to} 没成功：${reason}`,
    short: {
      'customer-refused': '客户拒绝',
      'too-many-customers': '对方客户已满',
      unknown: '原因未知',
    } as Readonly<Record<string, string>>,
    title: (customer: string): string => `客户转接失败：${customer}`,
    to: (rep: string): string => `接手人：${rep}`,
    reasons: {
      'customer-refused': '客户拒绝了转接，仍由原来的销售联系。',
      'too-many-customers': '接手人的客户数已到上限。请换一位接手，或先清理他的客户。',
      unknown: '企业微信没有说明原因。请在「客户联系 → 在职继承」里查看。',
    },
    unknownCustomer: '还没同步的客户',
  },
  card: {
    title: (team: string, period: string): string =>
      `微信联系${team === '' ? '' : ` · ${team}`}（${period}）`,
    summary: (team: string, reply: string): string =>
      `${team === '' ? '全部' : team}近30天微信回复率：${reply}`,
    period: (from: string, to: string): string => `${from}～${to}`,
    none: '无数据',
    percent: (value: number): string => `${Math.round(value)} %`,
    minutes: (value: number): string => `${Math.round(value)} 分钟`,
    reply: (percent: string, minutes: string, members: number, chats: number | null): string =>
      `回复率 ${percent}，首次回复平均 ${minutes}（${members} 人${chats === null ? '' : `，${chats} 个聊天`}）`,
    negative: (n: number | null): string => `被客户删除或拉黑：${n === null ? '无数据' : `${n} 次`}`,
    dropped: (n: number): string => `销售删除客户：${n} 位`,
    droppedOne: (day: string, rep: string, customer: string): string => `· ${day} ${rep}删除了${customer}`,
    member: (name: string, percent: string, minutes: string, negative: number | null): string =>
      `${name}：回复 ${percent}，${minutes}，被删 ${negative ?? '无数据'}`,
    more: (n: number): string => `另有 ${n} 人`,
    definition: (n: number): string =>
      `口径：企业微信按天统计的 ${n} 人，截至昨天，按聊天数加权；没有聊天的日子不算`,
    empty: '还没有数据：需要开通客户联系，每天同步一次',
  },
}

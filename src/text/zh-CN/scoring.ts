type Words = Readonly<Record<string, string>>

const stages: Words = {
  awareness: '认知',
  acquisition: '获取',
  growth: '成长',
  retention: '维系',
  churn: '流失',
  acquire: '获客',
  grow: '成长',
  mature: '成熟',
  warning: '流失预警',
}

const stageRisk: Words = {
  awareness: '了解过但还没下单，容易被别家抢先',
  acquisition: '刚买过一次，没有复购就会忘掉我们',
  growth: '复购习惯还没稳，一次不满就会换',
  retention: '老客户容易被冷落，换人或竞品一来就松动',
  churn: '已经停下来，越久越难挽回',
  acquire: '首单前后容易流失在等待里',
  grow: '复购习惯还没稳，一次不满就会换',
  mature: '老客户容易被冷落，换人或竞品一来就松动',
  warning: '明显偏离自己的节奏，再拖就走了',
}

const stageAdvice: Words = {
  awareness: '问清需求，给一个容易成交的首单',
  acquisition: '回访首单体验，约下一次采购时间',
  growth: '按采购节奏提前联系，推荐配套产品',
  retention: '定期拜访决策人，提前谈全年计划',
  churn: '问清原因，给一次低门槛的回归机会',
  acquire: '问清需求，跟进首单体验',
  grow: '按采购节奏提前联系，推荐配套产品',
  mature: '定期拜访决策人，提前谈全年计划',
  warning: '本周内电话联系，先听原因再谈方案',
}

const rfmSegments: Words = {
  'important-value': '重要价值',
  'important-keep': '重要保持',
  'important-develop': '重要发展',
  'important-win-back': '重要挽留',
  'general-value': '一般价值',
  'general-keep': '一般保持',
  'general-develop': '一般发展',
  'general-win-back': '一般挽留',
  unknown: '数据不足',
}

/** Short titles of the signals. */
const signals: Words = {
  overdue: '超过采购周期',
  'composite-silence': '长期无往来',
  silence: '沉默',
  'activity-drop': '活跃下降',
  'shrinking-orders': '订单变小',
  complaint: '投诉',
  renewal: '续费临近',
  'contact-change': '联系人变动',
  'contact-deleted': '客户删除好友',
  nps: 'NPS 评分',
  csat: '服务满意度',
  'negative-words': '负面反馈',
  cancel: '明确流失',
  rhythm: '下单节奏',
  orders: '下单次数',
  'fewer-orders': '下单变少',
  spend: '采购金额',
  'no-order': '复购预测',
  activity: '互动',
  segment: '客户类别',
  'seed-order': '最近下单',
  'seed-consult': '咨询客服',
  'seed-browse': '浏览',
  'seed-review': '评价',
  'seed-silence': '90天无行为',
}

/** One suggested action a signal calls for, at most 16 characters. */
const suggestions: Words = {
  overdue: '打电话问最近的采购安排',
  'composite-silence': '换个联系人再试一次',
  silence: '发消息问近况，约回访',
  'activity-drop': '问问使用上遇到什么问题',
  'shrinking-orders': '问是否分单给了别家',
  complaint: '先解决投诉，再谈订单',
  renewal: '约时间谈续费方案',
  'contact-change': '拜访新联系人，重新对接',
  'contact-deleted': '打电话问原因，别急着重新加',
  nps: '当面听听不满意的地方',
  csat: '先听完不满，再说怎么改',
  'negative-words': '就这句话主动回应客户',
  cancel: '今天联系决策人问原因',
  rhythm: '问问最近的采购安排',
  orders: '回访体验，约下一次采购',
  'fewer-orders': '问问采购为什么少了',
  spend: '推荐配套产品，谈谈用量',
  'no-order': '趁还没走，约下一次采购',
  activity: '发消息问近况，约回访',
  segment: '发消息问近况，约回访',
  'seed-silence': '打电话问近况',
}

export const scoring = {
  stages,
  stageRisk,
  stageAdvice,
  rfmSegments,
  signals,
  suggestions,
  factSeparator: '；',
  cli: {
    scored: (n: number, customers: number, asOf: string): string =>
      `截至 ${asOf}：${customers} 个客户，${n} 个有评分`,
    insufficient: (n: number): string => `数据不足 ${n} 个`,
    old: (latest: string, days: number): string =>
      `最近一笔事实在 ${latest}，比截至日早 ${days} 天；可用 --as-of ${latest}`,
    bands: '风险',
    tiers: '分层',
    stages: '阶段',
    took: (seconds: number, mb: number): string => `用时 ${seconds} 秒，内存峰值 ${mb} MB`,
    why: (name: string, band: string, risk: string): string => `${name}：${band}（风险 ${risk}）`,
    raw: (days: number | null, orders: number, revenue: string): string =>
      `距上次下单 ${days ?? '—'} 天 · 下单 ${orders} 天 · 近12个月 ${revenue}`,
    ambiguous: (name: string, names: readonly string[]): string =>
      `“${name}”对应多个客户，请用编号：${names.join('，')}`,
    unknownCustomer: (name: string): string => `没有找到客户“${name}”`,
    lost: '已流失',
    noReasons: '没有发现风险信号',
    noDropOut: (pNoOrder: string): string =>
      `购买模型在数据里看不出客户离开，因此没有存活概率；观察期内不下单的概率 ${pNoOrder}`,
    progress: (done: number, total: number): string => `已评分 ${done}/${total}`,
  },
}

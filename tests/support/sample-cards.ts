import type { Card, CardAction, OwnCycleChart } from '../../src/model/card.ts'

/** Cards that use every element of the model, for the playground's tests and for looking at it. */

function caseButtons(id: number): CardAction[] {
  return [
    { action: 'contacted', label: '已联系', style: 'primary', payload: { case: id } },
    { action: 'why', label: '为什么', payload: { customer: id } },
    { action: 'snooze', label: '稍后', payload: { case: id } },
    { action: 'false-alarm', label: '误报', payload: { case: id } },
  ]
}

export const digest: Card = {
  summary: '今天先联系 5 家，第一家是 华联超市；另有 1 个约定的跟进到期。',
  title: '王晓明 · 11/23（周一） 先联系这 5 家',
  tone: 'urgent',
  items: [
    {
      title: '1. 华联超市（紧急 · A 类 · 年 ¥86.4万）',
      tone: 'urgent',
      lines: ['通常 21 天一单，已 52 天没有下单 → 今天打个电话问库存'],
      actions: caseButtons(1),
    },
    {
      title: '2. 上海浦东新区张江高科技园区晨光精密仪器制造有限公司（高 · A 类 · 年 ¥52.0万 · 变严重）',
      tone: 'urgent',
      lines: ['11/19 投诉交付延期，至今未回访 → 先道歉并给出时间'],
      actions: caseButtons(2),
    },
    {
      title: '3. 恒达五金（中 · B 类 · 年 ¥18.2万 · 新动态）',
      tone: 'warning',
      lines: ['采购联系人 张伟→李娜（11/20） → 约新采购见面'],
      actions: caseButtons(3),
    },
    {
      title: '4. 佳美食品（中 · B 类 · 年 ¥9.6万）',
      tone: 'warning',
      lines: ['近 90 天订单额比去年同期少 46 % → 了解是否换了供应商'],
      actions: caseButtons(4),
    },
    {
      title: '5. 蓝天物流（观察 · C 类 · 年 ¥3.1万）',
      tone: 'neutral',
      lines: ['30 天没有任何往来 → 发一条问候'],
      actions: caseButtons(5),
    },
  ],
  notes: ['约定跟进 1：远东电缆 · 还有 7 家在名单里 · 数据截至 11/22（周日）'],
  actions: [
    { action: 'list', label: '查看全部', payload: {} },
    { action: 'mine', label: '我的', payload: {} },
  ],
}

export const chart: OwnCycleChart = {
  kind: 'own-cycle',
  alt: '通常 30 天，今天第 52 天。',
  orders: [20_700, 20_728, 20_760],
  typical: 30,
  asOf: 20_812,
  late: true,
}

export const why: Card = {
  summary: '华联超市 流失风险紧急：已 52 天没有下单。',
  title: '华联超市 · 为什么',
  tone: 'urgent',
  figure: { value: '第 52 天', label: '没有下单，自身周期 21 天' },
  fields: [
    { label: '流失风险', value: '82.4 %' },
    { label: '近 12 个月成交', value: '¥86.4万' },
    { label: '分层', value: 'A 类 · 重要价值客户' },
    { label: '生命周期', value: '衰退期' },
  ],
  facts: [
    '最近一单 10/02（周五），¥3.8万；此前平均 21 天一单（共 34 单）',
    '11/10（周二）投诉：破损 12 箱，处理用时 6 天',
    'NPS 由 9 降到 5（11/12）',
    '建议：今天打个电话问库存，带上破损补偿方案',
  ],
  notes: ['口径：自身周期 3 倍为流失（v1） · 数据截至 11/22（周日）'],
  actions: caseButtons(1),
}

export const churn: Card = {
  summary: '本月流失率 20.0 %（200 / 1000）。',
  title: '华东一组 · 本月流失',
  tone: 'warning',
  figure: { value: '20.0 %', label: '流失率，200 / 1000' },
  fields: [
    { label: '期初客户', value: '1,000' },
    { label: '流失', value: '200' },
    { label: '新增', value: '150' },
    { label: '回流', value: '12' },
  ],
  notes: ['95 % 区间 17.6 %–22.6 % · 口径 b2b v1 · 截至 11/22（周日）'],
}

export const contacted: Card = {
  summary: '华联超市 已记为已联系。',
  title: '华联超市 · 已联系',
  tone: 'good',
  facts: ['11/23 09:05 王晓明 记为已联系，10 分钟内可撤销'],
  actions: [
    { action: 'undo', label: '撤销', style: 'danger', payload: { case: 1 } },
    { action: 'customer', label: '客户详情', payload: { customer: 1 } },
  ],
}

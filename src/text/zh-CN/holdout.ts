function share(value: number): string {
  return `${Number((value * 100).toFixed(1))} %`
}

/** 对照组: whether a part of the alerts waits, so that their effect can be measured. */
export const holdout = {
  on: (value: number): string => `对照组开着：${share(value)}`,
  off: '对照组关着',
  onSummary: (value: number, waiting: number): string =>
    `对照组开着，抽 ${share(value)}，今天 ${waiting} 家在等。`,
  offSummary: '对照组关着，提醒照常发给全部风险客户。',
  since: '开始',
  treated: '提醒组',
  control: '对照组',
  count: (n: number): string => `${n} 家`,
  waiting: '今天在等',
  starts: '下个工作日早上开始抽签',
  ends: (waiting: number): string =>
    waiting === 0 ? '下个工作日早上结束' : `下个工作日早上结束，等着的 ${waiting} 家照常提醒`,
  restarts: '下个工作日早上按新设置重新开始一轮',
  last: (day: string): string => `上一轮从 ${day}开始，已结束；「成效」里还能看`,
  design: (delay: number, top: boolean): string =>
    `新的风险提醒抽签，对照组晚 ${delay} 天提醒${top ? '；A 类不参加' : ''}；投诉等动态、约好的照常`,
  howTo: '看结果发「成效」；改动发「对照组 开 10%」「对照组 关」',
  turnOn: (value: number): string => `打开 ${share(value)}`,
  turnOff: '关闭',
  ask: {
    on: (value: number): string => `打开对照组：抽 ${share(value)}？`,
    off: '关闭对照组？',
    need: (treated: number, control: number): string =>
      `要下结论，约需提醒组 ${treated} 家、对照组 ${control} 家`,
    endsRunning: '现在这一轮会结束，重新抽签，已抽的不再累计',
    released: (n: number): string => `等着的 ${n} 家从下个工作日早上起照常提醒`,
    kept: '已抽的分组留着，「成效」还能看',
    confirmOn: '确认打开',
    confirmOff: '确认关闭',
    cancel: '不改了',
    note: '还没有改。确认后从下个工作日早上起生效，十分钟内可发「撤销」',
  },
  said: {
    on: (value: number): string => `已打开对照组：${share(value)}`,
    off: '已关闭对照组',
    cancelled: '没有改动',
    late: '设置刚被改过，请看现在的状态再定',
    same: '已经是这样了',
    range: '比例请写 1 % 到 50 % 之间，例：对照组 开 10%',
    howTo: '可发：对照组 · 对照组 开 10% · 对照组 关',
  },
}

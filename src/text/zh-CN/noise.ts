/** Noise control: signals that are often wrong. */
const signals = {
  title: '哪些信号不准',
  summary: (muted: number): string => (muted === 0 ? '信号都开着。' : `${muted} 个信号已静音。`),
  line: (name: string, falseAlarms: number, decided: number): string =>
    `${name}：误报 ${falseAlarms}/${decided}`,
  share: (percent: string, interval: string): string => ` = ${percent}（区间 ${interval}）`,
  few: '，样本不足',
  states: { active: '', warned: ' · 偏高', muted: ' · 已静音' },
  none: '还没有定论的提醒。',
  definition: (window: number): string =>
    `口径：最近 ${window} 条有定论的提醒（误报、挽回、流失、有效跟进），按首要原因计，近 180 天`,
  howTo: '管理：静音 名称 · 恢复信号 名称',
  restore: '恢复',
  keep: '保持静音',
  muteButton: '静音',
  warned: {
    title: (name: string): string => `信号「${name}」误报偏高`,
    note: '暂不处理也行；可先静音。投诉、联系人变动、删除好友、明确流失不会自动静音。',
  },
  muted: {
    title: (name: string): string => `信号「${name}」误报太多，已静音`,
    note: '只有它一个原因的客户不再推送，风险分不变；还有别的原因的照常推送。',
  },
  restoreNote: '恢复后重新统计。',
  said: {
    muted: (name: string): string => `「${name}」已静音：只有它一个原因的客户不再推送，风险分不变。`,
    restored: (name: string): string => `「${name}」已恢复，从现在起重新统计误报。`,
    kept: (name: string): string => `「${name}」保持静音。发「恢复信号 ${name}」可随时恢复。`,
    already: (name: string): string => `「${name}」已经是这样了。`,
    unknown: (name: string): string => `没有「${name}」这个信号。发「信号」看全部名称。`,
    which: '要静音或恢复哪个信号？例：静音 沉默',
  },
}

export const noise = { signals }

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

/** A group in which many customers became at risk together. */
const dips = {
  kinds: { team: '团队', region: '区域', segment: '客户类别', industry: '行业' },
  title: (n: number, group: string): string => `${n} 家同时转入风险 · ${group}`,
  summary: (n: number, group: string, expected: string): string =>
    `${group} ${n} 家同时转入风险（平时约 ${expected} 家），单独提醒先合成这一条。`,
  group: (kind: string, name: string): string => `${kind}「${name}」`,
  usual: (size: number, expected: string): string => `今早新增 ${size} 家，平时约 ${expected} 家`,
  ours: (n: number): string => `其中你们组 ${n} 家`,
  causes: '可能原因：',
  holiday: (name: string, from: string, to: string): string => `${name}假期 ${from}–${to}`,
  competitor: (name: string, from: string, to: string): string => `竞品「${name}」${from}–${to}`,
  noCause: '没有对上假期或数据问题：问问是否有价格、交付或竞品变化',
  top: (names: string): string => `A 类先看：${names}`,
  names: (names: string, more: number): string => `包括：${names}${more > 0 ? ` 等，另有 ${more} 家` : ''}`,
  held: (day: string): string => `这些提醒先不发，${day}起照常；投诉等动态照常发`,
  release: '照常推送',
  hold: (day: string): string => `先不推到 ${day}`,
  said: {
    released: '好的，这些客户从下一个早上起照常推送。',
    held: (day: string): string => `好的，这些客户到 ${day} 才推送；投诉等动态照常发。`,
    over: '等待期已过，这些客户已在照常推送。',
  },
}

/** What a person chose to be pushed. */
const wishes = {
  title: '你的推送偏好',
  summary: (high: boolean, perDay: number): string =>
    `${high ? '只看 A 类客户' : '全部都看'}，每天最多 ${perDay} 家。`,
  high: '客户：只看高价值（A 类）',
  all: '客户：全部都看',
  perDay: (n: number): string => `数量：每天最多 ${n} 家`,
  team: (n: number): string => `全组上限：${n} 家（主管设定）`,
  always: '投诉等客户动态、到期约定、稍后提醒始终照发',
  howTo: '可发：只看高价值 · 全部都看 · 每天最多 3 家',
  highButton: '只看高价值',
  allButton: '全部都看',
  footHigh: '偏好：只看高价值',
  footPerDay: (n: number): string => `偏好：最多 ${n} 家`,
  said: {
    high: '好的，只推 A 类客户；其他的在「名单」里随时能看。',
    all: (team: boolean): string => (team ? '好的，全组恢复公司上限。' : '好的，恢复全部都看。'),
    perDay: (n: number, team: boolean): string =>
      team ? `好的，全组每人每天最多 ${n} 家。` : `好的，每天最多推 ${n} 家。`,
    range: (max: number): string => `请写 1 到 ${max} 之间的数，例：每天最多 3 家`,
    onlyLead: '全组的上限由主管设定。',
    ownOnly: '「只看高价值」由每人自己选；全组可以设「每天最多 3 家 全组」。',
  },
}

/** What competitors do, as leads entered it. */
const competitors = {
  title: '竞品活动',
  summary: (n: number): string => `${n} 个竞品活动。`,
  line: (id: number, name: string, days: string, region: string): string =>
    `${id}. ${name} ${days} · ${region}`,
  everywhere: '全国',
  none: '还没有录入。',
  howTo: '竞品 录入 名称 开始 结束 [地区] · 竞品 删除 编号。期间转入风险的客户多于平时，会发一张卡给你',
  /** What came of a window, in the list. */
  results: {
    waiting: '',
    'too-short': ' · 样本不足',
    more: (n: number, expected: string): string => ` · 转入风险 ${n} 家，多于平时（约 ${expected} 家）`,
    'as-usual': (n: number, expected: string): string =>
      ` · 转入风险 ${n} 家，和平时没有差别（约 ${expected} 家）`,
  },
  found: {
    title: (name: string): string => `竞品「${name}」期间，转入风险的客户多于平时`,
    summary: (name: string, n: number, expected: string): string =>
      `竞品「${name}」期间 ${n} 家客户转入风险，平时约 ${expected} 家。`,
    value: (n: number): string => `${n} 家`,
    label: (days: string, where: string): string => `${days} 转入风险 · ${where}`,
    segment: (name: string): string => (name === 'default' ? '未分类客户' : `“${name}”类`),
    usual: '平时同样天数',
    range: (expected: string, low: number, high: number): string =>
      `约 ${expected} 家（95 % 区间 ${low}–${high}）`,
    open: (name: string): string => `看 ${name}`,
    also: (cause: string): string => `同期还有：${cause}`,
    definition: (band: string, mornings: number): string =>
      `口径：期内风险升到「${band}」及以上的客户；平时按之前 ${mornings} 个工作日折算，多次比较已校正`,
    caution: (asOf: string): string => `时间对得上，不等于就是它造成的；问问客户 · 数据截至 ${asOf}`,
  },
  said: {
    added: (name: string): string => `已录入「${name}」。`,
    unknownRegion: (name: string, region: string): string =>
      `已录入「${name}」；你的客户里没有「${region}」这个区域，写错了请删除重录。`,
    removed: '已删除。',
    unknown: (id: string): string => `没有编号 ${id} 的竞品活动。`,
    howTo: '请写名称和起止日期，例：竞品 录入 双11大促 11/1 11/11 华东',
  },
}

export const noise = { signals, dips, wishes, competitors }

function points(share: number): string {
  const value = (share * 100).toFixed(1)
  return share > 0 ? `+${value}` : value.replace('-', '−')
}

function whole(count: number): string {
  return String(Math.round(count)).replace('-', '−')
}

/** 成效: what the alerts changed. */
export const effect = {
  title: (team: string): string => `提醒成效${team === '' ? '' : ` · ${team}`}`,
  summary: (team: string, value: string, label: string): string =>
    `${team === '' ? '全部' : team}提醒成效：${value}（${label}）`,
  points: (share: number): string => `${points(share)} 个百分点`,
  pointsRange: (low: number, high: number): string => `${points(low)} ～ ${points(high)} 点`,
  differenceLabel: '提醒组比对照组多留住',
  interval: '95 % 区间',
  treated: '提醒组',
  control: '对照组',
  arm: (percent: string, n: number): string => `${percent}（${n} 家）`,
  armSoFar: (kept: number, have: number, need: number): string =>
    `${have} 家里 ${kept} 家下单，需 ${need} 家`,
  extraKept: '多留住',
  customers: (estimate: number, low: number, high: number): string =>
    `约 ${whole(estimate)} 家（${whole(low)} ～ ${whole(high)}）`,
  extraRevenue: '多成交',
  range: (estimate: string, low: string, high: string): string => `约 ${estimate}（${low} ～ ${high}）`,
  noRevenue: '说不准（成交太少或金额不全）',
  verdicts: {
    better: '提醒有用：差别大于运气能解释的。',
    worse: '提醒组反而更差：先看看打法和打扰。',
    'not-shown': '看不出差别：区间含 0，不下结论。',
  },
  noVerdict: '不下结论',
  brokenLabel: '两组数量不对',
  broken: (treated: number, control: number): string =>
    `提醒组 ${treated} 家、对照组 ${control} 家，不是抽签该有的比例，请管理员检查。`,
  tooFew: '样本不足',
  tooFewLabel: '还不能下结论',
  missing: (treated: number, control: number): string =>
    `还差：${[
      ...(treated > 0 ? [`提醒组 ${treated} 家`] : []),
      ...(control > 0 ? [`对照组 ${control} 家`] : []),
    ].join('、')}`,
  noPairs: '同一层里没有两组客户，还比不了。',
  enoughOn: (day: string): string => `按现在的速度，约 ${day} 够数`,
  ended: '对照组已关闭，不会再增加。',
  detectable: (share: number): string => `现有样本只看得出 ${Math.ceil(share * 100)} 个百分点以上的差别`,
  definition: (days: number): string => `口径：提醒后 ${days} 天内有新订单算留住；按抽签分组算，不看是否联系`,
  design: (day: string, share: number, delay: number): string =>
    `${day} 起抽 ${Number((share * 100).toFixed(1))} % 晚 ${delay} 天提醒，两组同时算起`,
  waiting: (n: number): string => `${n} 家未到期`,
  pastLabel: (days: number): string => `提醒后 ${days} 天内下单（没有对照）`,
  pastTooFew: (known: number, need: number): string => `到期 ${known} 家，至少要 ${need} 家`,
  pastField: (days: number): string => `${days} 天内`,
  pastShare: (kept: number, known: number): string => `${kept}/${known} 家下单`,
  noControl: '没有对照组，不能说明是提醒的功劳。',
  switchOn: '想知道有没有用，发「对照组 开 10%」（抽 10 % 晚 30 天提醒，A 类不参加）',
  askAdmin: '想知道提醒有没有用，请管理员打开对照组。',
  pastDefinition: (period: string): string => `${period}的提醒；之后有新订单算留住`,
  won: (period: string, proven: number, claimed: number): string =>
    `${period}记为挽回：有订单 ${proven} 家${claimed > 0 ? `，只是口头 ${claimed} 家（不算）` : ''}`,
  scripts: {
    title: (team: string): string => `话术试验${team === '' ? '' : ` · ${team}`}`,
    summary: (result: string): string => `话术试验：${result}`,
    item: (play: string, day: string, ended: boolean): string =>
      `「${play}」${day} 起${ended ? '，已结束' : ''}`,
    says: (a: string, b: string): string => `A：${a} / B：${b}`,
    arms: (a: string, b: string): string => `A ${a} · B ${b}`,
    ordered: (kept: number, have: number): string => `${kept}/${have} 家下单`,
    n: (n: number): string => `${n} 家`,
    result: (points: string, range: string, verdict: string): string =>
      `A 比 B ${points}（${range}）：${verdict}`,
    verdicts: { better: 'A 更好', worse: 'B 更好', 'not-shown': '看不出差别' },
    missing: (a: number, b: number): string =>
      `样本不足，还差：${[...(a > 0 ? [`A ${a} 家`] : []), ...(b > 0 ? [`B ${b} 家`] : [])].join('、')}`,
    definition: (days: number): string => `口径：抽签分组；之后 ${days} 天内有新订单算留住`,
    none: '还没有话术试验。',
    how: '在 config/plays.yaml 给一个打法写两版话术（variants a、b），次日早晨开始抽签。',
    more: (n: number): string => `还有 ${n} 个试验`,
  },
  winBack: {
    title: (team: string): string => `挽回成效${team === '' ? '' : ` · ${team}`}`,
    summary: (team: string, rate: string, won: number, worked: number): string =>
      `${team === '' ? '全部' : team}挽回率：${rate}（${won}/${worked} 家）`,
    label: (won: number, worked: number): string => `挽回率（${won}/${worked} 家）`,
    share: (won: number, worked: number, rate: string): string => `${won}/${worked} 家 · ${rate}`,
    more: (n: number): string => `还有 ${n} 项没列出，合计已算上`,
    noReason: '没说原因',
    noPlay: '没记打法',
    untouched: (n: number): string => `${n} 家流失后没人再联系，不在分母里`,
    noControl: '没有对照，只作描述。',
    definition: (period: string, days: number): string =>
      `口径：${period}登记的流失，之后有效跟进过；${days} 天内有新订单算挽回`,
    waiting: (n: number): string => `${n} 家未到期`,
  },
}

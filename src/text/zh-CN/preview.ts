/** `liuke preview` and 试算: what a draft of the settings would change. */
export const preview = {
  title: (n: number): string => `本次改动影响 ${n} 家`,
  summary: (n: number, customers: number): string =>
    `本次改动影响 ${n} 家（共 ${customers} 家），还没有保存。`,
  change: (path: string, before: string, after: string): string => `${path}：${before} → ${after}`,
  unset: '未设置',
  nothing: '和现在的设置一样，没有改动。',
  fields: { band: '风险等级', tier: '分层', stage: '阶段', churned: '流失' },
  changed: (field: string, n: number): string => `${field}变化 ${n} 家`,
  move: (before: string, after: string, n: number): string => `${before}→${after} ${n}`,
  churned: { '0': '未流失', '1': '已流失' },
  atRisk: (before: number, after: number): string => `可推送的风险客户：${before} → ${after} 家`,
  perRep: (before: string, after: string, reps: number): string =>
    `每位销售名下：${before} → ${after} 家（${reps} 位）`,
  lost: (before: number, after: number): string => `已流失：${before} → ${after} 家`,
  pushes: (weeks: number, before: string, after: string): string =>
    `按过去 ${weeks} 周重算：每位销售每天新提醒 ${before} → ${after} 条（未计每日上限）`,
  example: (name: string, before: string, after: string): string => `${name}：${before} → ${after}`,
  examples: '例：',
  asOf: (day: string): string => `数据截至 ${day}`,
  cli: {
    notSaved: '只是试算，没有写入任何内容。',
    noOverride: '没有保存过的改动，使用配置文件的设置。',
    override: (version: number, day: string): string => `第 ${version} 版改动生效中（${day} 保存）：`,
    nothingGiven: '请用 --set 给出改动，例如 --set scoring.bands.high=0.7；或用 --show 查看已保存的改动',
  },
}

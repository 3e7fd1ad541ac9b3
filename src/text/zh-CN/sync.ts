interface Counts {
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  readonly seconds: number
}

interface Rejected {
  readonly line: number
  readonly field: string
  readonly value: string
  readonly expected: string
}

const number = (value: number): string => value.toLocaleString('en-US')

export const sync = {
  counts: ({ read, added, changed, unchanged, rejected, seconds }: Counts): string =>
    `读取 ${number(read)} 行：新增 ${number(added)}，更新 ${number(changed)}，未变 ${number(unchanged)}，拒收 ${number(rejected)}（${seconds} 秒）`,
  reject: ({ line, field, value, expected }: Rejected): string =>
    `第 ${line} 行 ${field}=「${value}」，应为：${expected}`,
  moreRejects: (n: number): string => `另有 ${number(n)} 行拒收，用 --rejects-to 文件.csv 全部导出`,
  source: (name: string, entity: string): string => `${name} · ${entity}`,
  folders: ({ imported, waiting, failed }: { imported: number; waiting: number; failed: number }): string =>
    `监控目录：导入 ${imported} 个文件，等待写完 ${waiting} 个，失败 ${failed} 个`,
  nothingToSync: '没有配置可同步的来源（config 的 sync.watch）。',
  unknownSource: (name: string, known: string): string =>
    known === '' ? `没有来源「${name}」：还没有配置任何来源。` : `没有来源「${name}」，现有：${known}`,
  /** For the administrator, when pushes pause. */
  stale: (source: string, days: number): string => `${source} 已 ${days} 个工作日没有新数据`,
  halfEmpty: (source: string, rows: number, usual: number): string =>
    `${source} 最近一次只有 ${number(rows)} 行，平时约 ${number(usual)} 行`,
  tooManyGone: (platform: string, n: number): string =>
    `${platform}通讯录里少了 ${number(n)} 人，超过一半，没有同步。请检查应用的「可见范围」。`,
  nobodyShown: (platform: string): string =>
    `${platform}通讯录一个人也看不到，没有同步。请检查应用的「可见范围」和通讯录权限。`,
}

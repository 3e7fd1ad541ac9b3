import type { ErrorCode } from '../../errors.ts'
import { type Day, partsOfDay } from '../../model/day.ts'

const errors: Record<ErrorCode, string> = {
  'bad-input': '这句话我没看懂，换个说法试试，或发「帮助」。',
  'not-found': '没找到，请核对名称。',
  'not-allowed': '你没有查看这项的权限。',
  conflict: '刚刚有变化，请看最新状态再试。',
  busy: '正忙，请过一会儿再试。',
  upstream: '对方平台暂时没有回应，稍后会自动重试。',
  config: '配置有误，请管理员检查。',
  bug: '出了点问题，已记录，请稍后再试。',
}

const bands = { none: '平稳', watch: '观察', medium: '中', high: '高', urgent: '紧急' }
const tiers = { A: 'A', B: 'B', C: 'C', unknown: '数据不足' }
const roles = { rep: '销售', lead: '主管', admin: '管理员' }
const weekdays = ['一', '二', '三', '四', '五', '六', '日']

export const common = {
  productName: '留客',
  errors,
  bands,
  tiers,
  roles,
  /** 11/25 */
  date: (day: Day): string => {
    const { month, date } = partsOfDay(day)
    return `${month}/${date}`
  },
  /** 4/30, 2025/12/26 when seen from another year. */
  pastDate: (day: Day, today: Day): string => {
    const { year, month, date } = partsOfDay(day)
    return year === partsOfDay(today).year ? `${month}/${date}` : `${year}/${month}/${date}`
  },
  /** 11/25（周三） */
  day: (day: Day): string => {
    const { month, date, weekday } = partsOfDay(day)
    return `${month}/${date}（周${weekdays[weekday - 1]}）`
  },
  /** 分 → ¥12.3万 above ten thousand yuan, ¥8,600 below; −¥8,600 when negative. */
  money: (fen: number): string => {
    const yuan = Math.abs(fen) / 100
    const sign = fen < 0 ? '−' : ''
    if (yuan >= 10_000) return `${sign}¥${(yuan / 10_000).toFixed(1)}万`
    return `${sign}¥${Math.round(yuan).toLocaleString('en-US')}`
  },
  percent: (share: number): string => `${(share * 100).toFixed(1)} %`,
  insufficient: '数据不足',
  staleData: '数据停更',
}

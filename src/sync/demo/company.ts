/** The vendor: 恒通包材, a distributor of packaging and line spares with three sales teams. */
export interface DemoTeam {
  readonly key: string
  readonly name: string
  readonly cities: readonly string[]
}

export interface DemoMember {
  readonly key: string
  readonly name: string
  readonly role: 'rep' | 'lead' | 'admin'
  readonly team: string | null
}

export const TEAMS: readonly DemoTeam[] = [
  { key: 'east', name: '华东', cities: ['上海', '苏州', '杭州', '宁波', '无锡', '南京', '合肥', '常州'] },
  { key: 'south', name: '华南', cities: ['深圳', '广州', '东莞', '佛山', '中山', '厦门', '惠州'] },
  { key: 'north', name: '华北', cities: ['北京', '天津', '青岛', '济南', '石家庄', '唐山', '郑州'] },
]

export const MEMBERS: readonly DemoMember[] = [
  { key: 'chenjing', name: '陈静', role: 'rep', team: '华东' },
  { key: 'wanglei', name: '王磊', role: 'rep', team: '华东' },
  { key: 'liuyang', name: '刘洋', role: 'rep', team: '华东' },
  { key: 'shenjiayi', name: '沈佳怡', role: 'rep', team: '华东' },
  { key: 'huangwei', name: '黄伟', role: 'rep', team: '华南' },
  { key: 'liangxiaoyan', name: '梁晓燕', role: 'rep', team: '华南' },
  { key: 'wuhaoran', name: '吴浩然', role: 'rep', team: '华南' },
  { key: 'zhangpeng', name: '张鹏', role: 'rep', team: '华北' },
  { key: 'sunli', name: '孙丽', role: 'rep', team: '华北' },
  { key: 'gaoqiang', name: '高强', role: 'rep', team: '华北' },
  { key: 'fangmin', name: '方敏', role: 'lead', team: '华东' },
  { key: 'luozhiqiang', name: '罗志强', role: 'lead', team: '华南' },
  { key: 'zhaoyun', name: '赵云', role: 'lead', team: '华北' },
  { key: 'admin', name: '林涛', role: 'admin', team: null },
]

const reps = MEMBERS.filter((member) => member.role === 'rep')

/** Customers are dealt out to the reps in turn. */
export function ownerOf(index: number): { rep: DemoMember; team: DemoTeam; slot: number } {
  const rep = reps[index % reps.length]
  const team = TEAMS.find((one) => one.name === rep?.team)
  if (!rep || !team) throw new RangeError('the demo company has no reps')
  return { rep, team, slot: Math.floor(index / reps.length) }
}

/** What customers buy; the segment decides the churn definition and the usual rhythm. */
export interface DemoSegment {
  readonly name: string
  /** Share of the customers. */
  readonly share: number
  /** Mean days between orders of a customer: smallest and largest. */
  readonly cycle: readonly [number, number]
  /** Median order, yuan. */
  readonly order: number
  /** Price of a piece, yuan: gives quantities that fit the amounts. */
  readonly piece: number
  readonly products: readonly string[]
  readonly yearlyContract: boolean
}

export const SEGMENTS: readonly [DemoSegment, ...DemoSegment[]] = [
  {
    name: '包装耗材',
    share: 0.62,
    cycle: [7, 45],
    order: 7_800,
    piece: 9,
    products: ['五层瓦楞纸箱', '拉伸缠绕膜', '封箱胶带', '气泡膜', '珍珠棉护角', '热敏标签纸', '自立铝箔袋'],
    yearlyContract: false,
  },
  {
    name: '设备备件',
    share: 0.26,
    cycle: [35, 120],
    order: 16_500,
    piece: 420,
    products: ['热封刀组件', '输送皮带', '光电传感器', '伺服驱动器', '真空泵油', '打码机墨盒', '气缸密封件'],
    yearlyContract: false,
  },
  {
    name: '年度服务',
    share: 0.12,
    cycle: [40, 75],
    order: 6_200,
    piece: 1_500,
    products: ['产线云监测加点', '季度保养', '备机租赁', '操作培训', '远程诊断包'],
    yearlyContract: true,
  },
]

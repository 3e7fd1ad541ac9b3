import { EVENT_KINDS } from '../model/event.ts'
import type { Entity } from './connector.ts'
import { CONTACT_ROLE_WORDS, EVENT_KIND_WORDS, MEMBER_ROLE_WORDS, SURVEY_KIND_WORDS } from './vocabulary.ts'

/** How a cell is read. `instant` fills two columns: `at` and `day`. */
export type FieldType =
  | 'key'
  | 'text'
  | 'long'
  | 'month-day'
  | 'number'
  | 'money'
  | 'instant'
  | 'day'
  | 'flag'
  | 'word'

/** One field of the model as files and connectors name it. */
export interface FieldSpec {
  readonly name: string
  /** Database column, or the name of a reference that loading resolves (`customer`, `owner`, `team`). */
  readonly column: string
  readonly type: FieldType
  readonly required?: true
  /** What an empty cell means when the column may not be empty. */
  readonly empty?: string | number
  /** For `word`: accepted words (lower case) → stored word. */
  readonly words?: Readonly<Record<string, string>>
  /** Header texts that mean this field, besides its name. Compared without case, spaces and punctuation. */
  readonly headers: readonly string[]
}

const CUSTOMER_HEADERS = [
  'customerId',
  'customerNo',
  'client',
  'clientId',
  '客户编号',
  '客户编码',
  '客户代码',
  '客户号',
  '客户ID',
  '客户',
]
const AT_HEADERS = ['date', 'time', 'datetime', 'timestamp', 'createdAt', '日期', '时间', '发生时间']
const PHONE_HEADERS = ['mobile', 'tel', 'telephone', '电话', '手机', '手机号', '联系电话']

const customer: FieldSpec = {
  name: 'customer',
  column: 'customer',
  type: 'key',
  required: true,
  headers: CUSTOMER_HEADERS,
}

const members: readonly FieldSpec[] = [
  { name: 'key', column: 'key', type: 'key', headers: ['id', 'memberId', '工号', '员工编号', '编号'] },
  { name: 'name', column: 'name', type: 'text', required: true, headers: ['姓名', '员工', '销售'] },
  {
    name: 'role',
    column: 'role',
    type: 'word',
    empty: 'rep',
    words: MEMBER_ROLE_WORDS,
    headers: ['角色', '岗位', '职位'],
  },
  { name: 'team', column: 'team', type: 'text', headers: ['团队', '部门', '小组', 'department'] },
  { name: 'region', column: 'region', type: 'text', headers: ['区域', '地区', '大区'] },
  { name: 'active', column: 'active', type: 'flag', empty: 1, headers: ['状态', '在职', 'status'] },
  { name: 'wecom', column: 'wecom', type: 'key', headers: ['企业微信', '企业微信账号', 'wecomId'] },
  { name: 'dingtalk', column: 'dingtalk', type: 'key', headers: ['钉钉', '钉钉账号', 'dingtalkId'] },
  { name: 'playground', column: 'playground', type: 'key', headers: [] },
]

const customers: readonly FieldSpec[] = [
  { name: 'key', column: 'key', type: 'key', headers: ['id', 'code', ...CUSTOMER_HEADERS, '编号'] },
  {
    name: 'name',
    column: 'name',
    type: 'text',
    headers: ['customerName', 'company', '客户名称', '公司名称', '公司', '名称'],
  },
  { name: 'shortName', column: 'short_name', type: 'text', headers: ['简称', '客户简称'] },
  {
    name: 'owner',
    column: 'owner',
    type: 'text',
    headers: ['ownerId', 'rep', '负责人', '销售', '客户经理', '业务员', '归属人'],
  },
  {
    name: 'segment',
    column: 'segment',
    type: 'key',
    empty: 'default',
    headers: ['客户类型', '类型', '分群', '业务类型'],
  },
  { name: 'region', column: 'region', type: 'text', headers: ['区域', '地区', '大区', '省份', 'country'] },
  { name: 'industry', column: 'industry', type: 'text', headers: ['行业', '所属行业'] },
  { name: 'tags', column: 'tags', type: 'text', headers: ['标签', '客户标签'] },
  { name: 'phone', column: 'phone', type: 'key', headers: PHONE_HEADERS },
  {
    name: 'since',
    column: 'since_on',
    type: 'day',
    headers: ['createdAt', '建档日期', '成交日期', '开户日期', '合作日期', '创建时间'],
  },
  {
    name: 'renewal',
    column: 'renewal_on',
    type: 'day',
    headers: ['renewalDate', '续费日期', '到期日', '到期日期', '合同到期日'],
  },
]

const contacts: readonly FieldSpec[] = [
  { name: 'key', column: 'key', type: 'key', headers: ['id', 'contactId', '联系人编号', '编号'] },
  customer,
  { name: 'name', column: 'name', type: 'text', required: true, headers: ['联系人', '姓名', 'contact'] },
  {
    name: 'role',
    column: 'role',
    type: 'word',
    empty: 'user',
    words: CONTACT_ROLE_WORDS,
    headers: ['角色', '决策角色'],
  },
  { name: 'title', column: 'title', type: 'text', headers: ['职务', '职位', '岗位'] },
  { name: 'phone', column: 'phone', type: 'key', headers: PHONE_HEADERS },
  { name: 'from', column: 'from_on', type: 'day', headers: ['since', '到岗日期', '入职日期'] },
  { name: 'birthday', column: 'birthday', type: 'month-day', headers: ['生日', '出生日期'] },
  { name: 'left', column: 'left_on', type: 'day', headers: ['leftOn', '离职日期', '离岗日期'] },
]

const events: readonly FieldSpec[] = [
  customer,
  {
    name: 'at',
    column: 'at',
    type: 'instant',
    required: true,
    headers: [
      ...AT_HEADERS,
      'orderDate',
      '下单时间',
      '下单日期',
      '订单时间',
      '订单日期',
      '交易时间',
      '成交时间',
    ],
  },
  {
    name: 'kind',
    column: 'kind',
    type: 'word',
    required: true,
    words: EVENT_KIND_WORDS,
    headers: ['type', 'event', '类型', '行为', '事件', '行为类型', '事件类型'],
  },
  {
    name: 'amount',
    column: 'amount',
    type: 'money',
    headers: ['total', '金额', '订单金额', '实付金额', '成交金额', '销售额', '含税金额'],
  },
  { name: 'quantity', column: 'quantity', type: 'number', headers: ['qty', 'units', '数量', '件数'] },
  { name: 'channel', column: 'channel', type: 'text', headers: ['渠道', '来源渠道'] },
  {
    name: 'key',
    column: 'key',
    type: 'key',
    headers: ['id', 'orderId', 'orderNo', '订单号', '订单编号', '单号', '流水号'],
  },
  { name: 'text', column: 'text', type: 'long', headers: ['content', '内容', '描述', '详情'] },
  { name: 'note', column: 'note', type: 'long', headers: ['remark', 'remarks', '备注', '说明'] },
]

const surveys: readonly FieldSpec[] = [
  customer,
  {
    name: 'at',
    column: 'at',
    type: 'instant',
    required: true,
    headers: [...AT_HEADERS, '提交时间', '调研时间', '回访时间'],
  },
  {
    name: 'kind',
    column: 'kind',
    type: 'word',
    required: true,
    words: SURVEY_KIND_WORDS,
    headers: ['type', '类型', '问卷类型'],
  },
  {
    name: 'score',
    column: 'score',
    type: 'number',
    required: true,
    headers: ['rating', '评分', '分数', '得分', '打分'],
  },
  { name: 'contact', column: 'contact', type: 'text', headers: ['联系人', '填写人'] },
  { name: 'key', column: 'key', type: 'key', headers: ['id', '编号', '问卷编号'] },
  { name: 'text', column: 'text', type: 'long', headers: ['comment', '意见', '评语', '内容', '反馈'] },
]

/** The fields of each entity in their fixed order. */
export const FIELDS: Readonly<Record<Entity, readonly FieldSpec[]>> = {
  members,
  customers,
  contacts,
  events,
  surveys,
}

/** What a `word` field accepts, for error texts. */
export function acceptedWords(spec: FieldSpec): string {
  if (spec.words === EVENT_KIND_WORDS) return EVENT_KINDS.join(', ')
  return [...new Set(Object.values(spec.words ?? {}))].join(', ')
}

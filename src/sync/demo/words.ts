/** What customers and reps write, in the demo company. `{p}` is a product the customer buys, `{n}` a number. */
type Lines = readonly string[]

export const COMPLAINTS: Lines = [
  '上批{p}有{n}件破损，产线停了半天，要求补发',
  '{p}尺寸偏差超过{n}毫米，整批没法上线',
  '约好周三到的{p}拖了{n}天，客户那边已经催我们了',
  '开票信息又错了，这是第二次，财务很不满意',
  '{p}来料有异味，品质部判退，希望给个说法',
  '送货师傅把{p}卸在雨里，外箱全湿了',
  '{p}短少{n}件，签收单和发货单对不上',
]

export const HARD_COMPLAINTS: Lines = [
  '{p}连续两批不良，产线停机{n}小时，要求今天给处理方案',
  '反映{n}次了没人回电话，再不处理就换供应商',
  '{p}质量太差，要求退货并赔偿停线损失',
  '{p}晚到{n}天，我们被客户罚款，这笔损失谁承担？',
  '同一个问题第{n}次了，请你们主管直接联系我们厂长',
  '{p}整批返工，品质部已经把你们列入观察名单',
  '说好{n}天内换货，到现在连快递单号都没有，太失望了',
  '{p}以次充好，和样品完全不一样，已经拒收',
]

export const RESOLUTIONS: Lines = [
  '补发已签收，客户确认没问题',
  '换货完成，品质部复检合格',
  '开了红字发票重开，财务已收到',
  '赔付方案双方签字，客户接受',
]

export const CONSULTS: Lines = [
  '{p}现在交期要几天？',
  '{p}起订量能不能降到{n}件？',
  '想加印logo，打样要多久？',
  '{p}有没有更环保的材质，客户要出口欧盟',
  '下个月量会大一些，{p}能不能先备{n}件',
  '请发一份{p}的检测报告',
  '月结账期能不能从30天改到45天',
]

export const PRICE_CONSULTS: Lines = [
  '顺达那边{p}报价低了{n}%，你们能跟吗？',
  '别家在做活动，{p}便宜不少，我们老板在比价',
  '有供应商主动送样了，{p}价格再谈谈？',
]

export const LEAVING_CONSULTS: Lines = [
  '合同快到期了，今年预算砍了，不一定续',
  '我们在评估另一家的系统，续约先放一放',
  '这个服务用得少了，到期前能不能先停掉？',
]

export const REVIEWS_GOOD: Lines = [
  '质量稳定，包装也仔细',
  '送货准时，司机态度好',
  '{p}用着放心，会继续买',
  '客服响应很快',
]
export const REVIEWS_BAD: Lines = ['{p}比上次薄了，不太满意', '到货慢，联系不上人', '性价比不如以前']

export const VISITS: Lines = [
  '拜访采购，看了仓库，{p}库存够用两周，下月有新单',
  '和使用部门聊了{p}的改进，愿意试新规格',
  '陪品质部巡线，顺便收集了明年的需求计划',
  '聊了账期和返点，对方整体满意',
  '送样{p}，等产线试用反馈',
]

export const WORRIED_VISITS: Lines = [
  '对方订单不饱和，产线只开一班，短期要货不多',
  '采购说在统一比价，态度比以前冷淡',
  '约了两次都说忙，最后只在门口聊了几分钟',
  '看到仓库里有别家的{p}，没有正面回答',
]

export const SURVEY_GOOD: Lines = ['挺好的，继续保持', '沟通顺畅', '希望价格再优惠一点', '交期很稳定']
export const SURVEY_BAD: Lines = [
  '最近问题没人跟进',
  '交期老是变，影响生产',
  '价格没有优势了',
  '换了对接人之后体验变差',
]

/** Fills the blanks of a line. */
export function fill(line: string, product: string, number: number): string {
  return line.replace('{p}', product).replace('{n}', String(number))
}

const CHINESE_DIGITS = '〇零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾幺'
const FIGURE = `(?:\\d[\\d,.]*|[${CHINESE_DIGITS}半]+(?:点[${CHINESE_DIGITS}]+)?)`

/** The commonest family names, which nine of ten people have. */
const FAMILY =
  '王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛岳'
const TITLES =
  '总经理|老板娘|董事长|总监|经理|主任|老板|厂长|店长|主管|部长|科长|处长|院长|校长|老师|医生|师傅|女士|先生|小姐|总|董|工(?!作|程|厂|资|人|期|具|艺|业|地)|姐|哥|局|处(?!理|于)|会计|秘书|助理|采购'

/** In this order: what is longer, or holds another one, first. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+/gu, '邮箱'],
  [/(?:https?:\/\/|www\.)[^\s\p{Script=Han}]+/giu, '网址'],
  [/[\p{Script=Han}A-Za-z]{2,15}?(?:股份)?有限(?:责任)?公司/gu, '客户'],
  // 中山路88号, 科技园三栋: a place with a number.
  [
    new RegExp(
      `\\p{Script=Han}{1,8}(?:路|街|大道|巷|弄|村|镇|小区|大厦|广场|园|里)\\s*${FIGURE}\\s*(?:号楼|号|弄|栋|幢|座|楼|室)`,
      'gu',
    ),
    '地址',
  ],
  [new RegExp(`[¥￥$€]\\s*${FIGURE}\\s*(?:万|千|亿|w|k)?`, 'giu'), '金额'],
  [
    new RegExp(
      `${FIGURE}\\s*(?:万|亿|千|w(?![a-z])|k(?![a-z]))?\\s*(?:元|块(?!儿)|美元|人民币|rmb|cny|usd)`,
      'giu',
    ),
    '金额',
  ],
  [new RegExp(`${FIGURE}\\s*(?:万|亿|w(?![a-z])|k(?![a-z]))`, 'giu'), '金额'],
  // A telephone or a number read out: 一三八零零一三八.
  [new RegExp(`[${CHINESE_DIGITS}]{4,}`, 'gu'), '号码'],
  [/\p{N}[\p{N}\s,.:/\-()]*\p{N}|\p{N}/gu, '数'],
  [new RegExp(`(?<![对甲乙我三两双各])[${FAMILY}](?=${TITLES})`, 'gu'), '某'],
  [new RegExp(`(?<=[老小])[${FAMILY}](?![\\p{Script=Han}]?(?:额|时))`, 'gu'), '某'],
  [/@/g, ''],
]

/** Takes out what is a figure, an address or a person by its form, whoever knows it. Pure. */
export function hidePatterns(text: string): string {
  return PATTERNS.reduce((rest, [pattern, label]) => rest.replace(pattern, label), text)
}

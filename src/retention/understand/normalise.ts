/** Slips of the pinyin keyboard that reps make, put right before anything is read. */
const SLIPS: readonly (readonly [RegExp, string])[] = [
  [
    /(?:在|载)(?=(?:约|联系|聊|谈|说|打|看看|考虑|跟进|回访|沟通|拜访|买|订|下单|来)(?!的|中|过程|着))/g,
    '再',
  ],
  [/保价(?!险|期)|报介|包价/g, '报价'],
  [/以经|己经|已径/g, '已经'],
  [/连系|联糸|联细|联系联系/g, '联系'],
  [/下但|下蛋|下丹/g, '下单'],
  [/续悦|续月|续约约/g, '续约'],
  [/满易|满以/g, '满意'],
  [/微心|威信|维信|v信|薇信|vx|wx|企微|企业微信/g, '微信'],
  [/木有|莫得|冇/g, '没有'],
  [/介个|内个/g, ''],
  [/灰常/g, '非常'],
  [/肿么/g, '怎么'],
  [/造(?=了吗)/g, '知道'],
  [/末接/g, '未接'],
  [/没借(?=$|[,。;]|电话)/g, '没接'],
  [/意象(?=$|[,。;不很强])/g, '意向'],
  [/供应伤|供货伤/g, '供应商'],
  [/价各|介格|价额/g, '价格'],
  [/质亮|质里/g, '质量'],
  [/(?<=[一-鿿])\.(?=[一-鿿])/g, '。'],
]

/**
 * The text as the rules read it: half width, lower case, Chinese full stops kept, spaces between Chinese words
 * made into commas, frequent slips corrected. Line breaks end a sentence.
 */
export function normalise(text: string): string {
  let plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[​-‏﻿]/g, '')
    .replace(/[\r\n]+/g, '。')
    .replace(/[、|]/g, ',')
    .replace(/\.{2,}|…+|~+|—+/g, ',')
    .replace(/[「」『』“”"《》【】]/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/(?<=[一-鿿]) (?=[一-鿿])/g, ',')
    .trim()
  for (const [slip, right] of SLIPS) plain = plain.replace(slip, right)
  return plain
}

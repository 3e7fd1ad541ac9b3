import { describe, expect, it } from 'vitest'
import { isNamedInFull } from '../../src/chat/named-in-full.ts'

describe('a name in a sentence', () => {
  it.each([
    ['三一没接电话', '三一'],
    ['联系了三一，对价格不满', '三一'],
    ['今天上午 拜访了 三一 对价格不满', '三一'],
    ['刚给三一打了电话', '三一'],
    ['三一李总说太贵', '三一'],
    ['和三一的王经理聊了', '三一'],
    ['客户三一，下周再约', '三一'],
    ['聊了很久。华联超市(浦东)说不要了', '华联超市（浦东）'],
    ['called ABC, no answer', 'ABC'],
  ])('%s names %s', (text, name) => expect(isNamedInFull(text, name)).toBe(true))

  it.each([
    ['三一重工没接电话', '三一'],
    ['三一 重工没接电话', '三一'],
    ['三一集团，对价格不满', '三一'],
    ['新华联超市没接电话', '华联超市'],
    ['永和华联超市没接电话', '华联超市'],
    ['华联超市(浦西)没接电话', '华联超市'],
    ['张总从三一拿货', '三一'],
    ['客户被三一抢走了', '三一'],
    ['听说三一，倒闭了', '三一'],
    ['ABC Trade 没接电话', 'ABC'],
    ['三一、重工都联系了', '三一'],
    ['天天打电话给他都不接', '天天'],
    ['下周，客户没接电话', '下周'],
    ['张总没接电话', '张总'],
  ])('%s may be about another than %s', (text, name) => expect(isNamedInFull(text, name)).toBe(false))
})

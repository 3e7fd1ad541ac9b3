import { describe, expect, it } from 'vitest'
import { channelOf, isEffective, outcomeOf } from '../../src/retention/follow-up-words.ts'

describe('the outcome of a line', () => {
  it.each([
    ['已下单', 'won'],
    ['今天下单了 5 万', 'won'],
    ['下单', 'won'],
    ['续约 明年再看', 'won'],
    ['签了合同', 'won'],
    ['有意向，下周三再约', 'interested'],
    ['准备下单', 'interested'],
    ['说会续约', 'interested'],
    ['没意向', 'refused'],
    ['没有意向', 'refused'],
    ['不感兴趣', 'refused'],
    ['不会续约了', 'refused'],
    ['换了供应商', 'refused'],
    ['对价格不满', 'unhappy'],
    ['很不满意', 'unhappy'],
    ['很满意', 'interested'],
    ['太贵，再考虑一下', 'unhappy'],
    ['再考虑一下', 'considering'],
    ['等审批', 'considering'],
    ['没接电话', 'no-answer'],
    ['打不通', 'no-answer'],
    ['投诉已解决', 'resolved'],
    ['no answer', 'no-answer'],
    ['interested, next wed', 'interested'],
    ['not interested', 'refused'],
    ['ordered', 'won'],
  ])('%s → %s', (text, expected) => {
    expect(outcomeOf(text)).toBe(expected)
  })

  it.each(['聊了聊', '还没下单', '没下单', '未签约', '没约好', '没解决', '送了样品', '问了价格', '不用电话'])(
    '%s names none',
    (text) => {
      expect(outcomeOf(text)).toBeNull()
    },
  )

  it('only a result makes a follow-up effective', () => {
    expect(isEffective('interested')).toBe(true)
    expect(isEffective('refused')).toBe(true)
    expect(isEffective('no-answer')).toBe(false)
    expect(isEffective(null)).toBe(false)
  })

  it.each([
    ['上门拜访，有意向', 'visit'],
    ['打电话没接', 'phone'],
    ['微信聊了', 'wechat'],
    ['发了邮件', 'email'],
    ['聊了聊', null],
  ])('channel of %s is %s', (text, expected) => {
    expect(channelOf(text)).toBe(expected)
  })
})

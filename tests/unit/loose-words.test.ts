import { describe, expect, it } from 'vitest'
import { handedOn, isManners, isRegret, isTooMuch, looseMeaning } from '../../src/chat/loose-words.ts'

describe('lines without a command word', () => {
  it.each([
    ['在吗', 'help', ''],
    ['你能干嘛', 'help', ''],
    ['？？', 'help', ''],
    ['今天打给谁', 'mine', ''],
    ['还有哪些没跟进', 'mine', ''],
    ['我的客户有哪些', 'mine', ''],
    ['who should I call today', 'mine', ''],
    ['谁跟进得最好', 'follow-up-rate', ''],
    ['高风险客户', 'list', '高'],
    ['紧急的客户有哪些', 'list', '紧急'],
    ['本月流失率', 'churn', '本月'],
    ['上个月流失了几个', 'churn', '上月'],
    ['这个季度流失情况', 'churn', '本季'],
    ['我明天请假', 'leave', '明天'],
    ['后天请半天假', 'leave', '后天半天'],
    ['下周一到周三休年假', 'leave', '下周一到周三'],
  ])('%s asks for %s %s', (said, command, rest) => expect(looseMeaning(said)).toEqual({ command, rest }))

  it.each(['今天天气不错', '华联超市没接电话', '客户说太贵', 'constructor', '周五团建'])(
    '%s asks for nothing',
    (said) => expect(looseMeaning(said)).toBeNull(),
  )

  it.each(['谢谢', '好的👌', '👍', '😂😂', '收到！', 'ok'])('%s wants nothing', (said) => {
    expect(isManners(said)).toBe(true)
  })
  it.each(['好的，华联下单了', '1', '行业', ''])('%s may want something', (said) => {
    expect(isManners(said)).toBe(false)
  })

  it('knows regret, too much, and a hand-over by its words', () => {
    expect(['不对', '记错了', '取消'].every(isRegret)).toBe(true)
    expect(['客户不对', '错了一单'].some(isRegret)).toBe(false)
    expect(['别推了', '不要再推这个客户了', '今天推的不准', '太多了'].every(isTooMuch)).toBe(true)
    expect(['客户推迟了', '不要推荐别家', '让我别再提价'].some(isTooMuch)).toBe(false)
    expect(handedOn('把泰邦转给小王')).toEqual({ customer: '泰邦', rest: '小王' })
    expect(handedOn('泰邦新材料交给王磊 客户要求换人')?.rest).toBe('王磊 客户要求换人')
    expect(handedOn('联系了泰邦')).toBeNull()
  })
})

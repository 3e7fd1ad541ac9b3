import { expect, it } from 'vitest'
import type { AtRiskItem } from '../../src/cards/at-risk.ts'
import { eventAlertCard } from '../../src/cards/event-alert.ts'
import { factOf } from '../../src/model/fact-kinds.ts'
import { textFor } from '../../src/text/index.ts'

const DAY = 20_780
const unscored: AtRiskItem = {
  caseId: 1,
  customerId: 2,
  customerName: '张三制造',
  tier: 'unknown',
  band: 'none',
  stage: '',
  value12m: 0,
  risk: null,
  evidence: [
    {
      signal: 'complaint',
      points: 100,
      facts: [factOf('complaint-open', DAY, { days: 0, text: '漏发' }, null)],
    },
  ],
  orderReason: { rank: 1, reason: 'event' },
}

it('an event of a customer without a score says 数据不足, never that it is calm', () => {
  const text = textFor('zh-CN')
  const card = JSON.stringify(eventAlertCard(unscored, DAY, text))
  expect(card).toContain(text.common.insufficient)
  expect(card).not.toContain(text.common.bands.none)
  expect(card).toContain('漏发')
  const scored = JSON.stringify(eventAlertCard({ ...unscored, risk: 0.1 }, DAY, text))
  expect(scored).toContain(text.common.bands.none)
})

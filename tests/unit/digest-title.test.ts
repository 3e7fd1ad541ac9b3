import { expect, it } from 'vitest'
import { textFor } from '../../src/text/index.ts'

it('the English title of a day of expected orders counts one as one', () => {
  const { titleOrders } = textFor('en').cards.digest
  expect(titleOrders('Ann', '11/25', 1)).toBe('Ann · 11/25 1 order expected soon')
  expect(titleOrders('Ann', '11/25', 2)).toBe('Ann · 11/25 2 orders expected soon')
})

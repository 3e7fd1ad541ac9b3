import type { Text } from '../index.ts'

const WAYS: Readonly<Record<number, string>> = {
  1: 'QR code',
  2: 'phone search',
  3: 'shared card',
  4: 'group chat',
  5: 'phone contacts',
  6: 'WeChat contact',
  9: 'e-mail search',
  10: 'Channels',
  11: 'calendar',
  12: 'meeting',
  13: 'WeChat friend',
  15: 'on-site service',
  16: 'acquisition link',
  17: 'custom development',
  18: 'demand reply',
  21: 'third-party pre-sales',
  22: 'possible partner',
  24: 'accepted request',
  201: 'shared by a colleague',
  202: 'assigned',
}

export const wecomContact: Text['wecomContact'] = {
  way: (addWay) => {
    const name = addWay === null ? undefined : WAYS[addWay]
    return name === undefined ? '' : `from: ${name}`
  },
  unread: {
    title: (n) => `WeChat customers of ${n} members cannot be read`,
    note: 'All others were synchronised. The next sync brings these once it is mended.',
  },
  transfer: {
    label: 'WeCom handover',
    failed: (to, day, reason) => `to ${to} failed on ${day}: ${reason}`,
    short: {
      'customer-refused': 'refused by the customer',
      'too-many-customers': 'the rep has too many customers',
      unknown: 'no reason given',
    },
    title: (customer) => `Handover failed: ${customer}`,
    to: (rep) => `to: ${rep}`,
    reasons: {
      'customer-refused': 'The customer refused; the former rep stays its contact.',
      'too-many-customers':
        'The rep has as many customers as allowed. Choose another one, or clean up first.',
      unknown: 'WeCom gave no reason. Look at 客户联系 → 在职继承 in the console.',
    },
    unknownCustomer: 'a customer not synchronised yet',
  },
  card: {
    title: (team, period) => `WeChat${team === '' ? '' : ` · ${team}`} (${period})`,
    summary: (team, reply) => `${team === '' ? 'Everybody' : team}, 30 days: ${reply} of chats answered`,
    period: (from, to) => `${from}–${to}`,
    none: 'no data',
    percent: (value) => `${Math.round(value)} %`,
    minutes: (value) => `${Math.round(value)} min`,
    reply: (percent, minutes, members, chats) =>
      `answered ${percent}, first answer after ${minutes} (${members} members${chats === null ? '' : `, ${chats} chats`})`,
    negative: (n) => `deleted or blocked by customers: ${n ?? 'no data'}`,
    dropped: (n) => `customers deleted by members: ${n}`,
    droppedOne: (day, rep, customer) => `· ${day} ${rep} deleted ${customer}`,
    member: (name, percent, minutes, negative) =>
      `${name}: answered ${percent}, ${minutes}, deleted by ${negative ?? 'no data'}`,
    more: (n) => `${n} more`,
    definition: (n) =>
      `as WeCom counts a day, ${n} members, up to yesterday, weighted by chats; days without chats left out`,
    empty: 'no data yet: customer contact must be on; it is read once a day',
  },
}

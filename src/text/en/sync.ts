import type { Text } from '../index.ts'

const number = (value: number): string => value.toLocaleString('en-US')

export const sync: Text['sync'] = {
  counts: ({ read, added, changed, unchanged, rejected, seconds }) =>
    `${number(read)} rows read: ${number(added)} added, ${number(changed)} changed, ${number(unchanged)} unchanged, ${number(rejected)} rejected (${seconds} s)`,
  reject: ({ line, field, value, expected }) => `line ${line}: ${field}="${value}", expected ${expected}`,
  moreRejects: (n) => `${number(n)} more rejected rows; --rejects-to FILE.csv writes all of them`,
  source: (name, entity) => `${name} · ${entity}`,
  folders: ({ imported, waiting, failed }) =>
    `watched folders: ${imported} files imported, ${waiting} still being written, ${failed} failed`,
  nothingToSync: 'No sources are configured (sync.watch in the configuration).',
  unknownSource: (name, known) =>
    known === ''
      ? `There is no source ${name}: none is configured.`
      : `There is no source ${name}. There are: ${known}`,
  stale: (source, days) => `${source}: nothing new for ${days} workdays`,
  halfEmpty: (source, rows, usual) =>
    `${source}: only ${number(rows)} rows in the latest load, usually about ${number(usual)}`,
  tooManyGone: (platform, n) =>
    `The ${platform} address book lacks ${number(n)} members, more than half; nothing was changed. Check the app’s visible range.`,
  nobodyShown: (platform) =>
    `The ${platform} address book shows nobody; nothing was changed. Check the app’s visible range and its contacts permissions.`,
}

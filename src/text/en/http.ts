import type { Text } from '../index.ts'

export const http: Text['http'] = {
  running: 'Liuke is running.',
  hint: 'Its state:',
}

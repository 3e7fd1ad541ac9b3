import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const GUARD = fileURLToPath(new URL('../../src/node-version.js', import.meta.url))

function runAs(version: string) {
  const script = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); import('${GUARD}')`
  return spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })
}

describe('the Node version guard', () => {
  it('tells an older Node what is needed, in both languages, and ends with code 2', () => {
    const { status, stderr } = runAs('20.20.2')
    expect(status).toBe(2)
    expect(stderr).toContain('needs Node 24')
    expect(stderr).toContain('npm ci')
    expect(stderr).toContain('需要 Node 24')
  })

  it('lets Node 24 pass in silence', () => {
    expect(runAs('24.1.0')).toMatchObject({ status: 0, stderr: '' })
    expect(execFileSync(process.execPath, [GUARD], { encoding: 'utf8' })).toBe('')
  })
})

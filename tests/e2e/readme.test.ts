import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startCli } from '../support/spawn-cli.ts'
import { workbook } from '../support/zip-file.ts'

/** The `npx liuke` lines of a README's section, as argument lists. */
function commandsOf(readme: string, section: string): string[][] {
  const text = readFileSync(new URL(`../../${readme}`, import.meta.url), 'utf8')
  const body = text.split(`## ${section}`)[1]?.split('\n## ')[0] ?? ''
  return body
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.startsWith('npx liuke '))
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/).slice(2))
}

/** What a shop system exports: a title, Chinese columns, dates with and without a date format, amounts as text. */
function orders(): Buffer {
  const text = (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`
  const titles = ['客户编号', '下单时间', '实付金额', '订单号']
  const head = titles.map((title, at) => text(`${'ABCD'[at]}2`, title)).join('')
  const cells = `${text('A3', 'C0001')}<c r="B3" s="1"><v>46340.5</v></c>${text('C3', '¥1,234.50')}${text('D3', 'SO-1')}`
  const rows = `<row r="1">${text('A1', '2026年11月订单')}</row><row r="2">${head}</row><row r="3">${cells}</row><row r="4">${text('A4', 'C0002')}<c r="B4"><v>46341</v></c></row>`
  return workbook([{ name: '订单', rows }], { formats: [0, 22] })
}

const ENGLISH = commandsOf('README.md', 'Your own data in five minutes')

it('every command of "your own data" works, one after another', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'liuke-readme-'))
  writeFileSync(join(folder, '订单导出.xlsx'), orders())
  expect(ENGLISH.length).toBeGreaterThanOrEqual(10)
  for (const args of ENGLISH) {
    const { code, stdout, stderr } = await startCli(args, {}, folder).ended
    const said = `liuke ${args.join(' ')}\n${stdout}${stderr}`
    expect(code, said).toBe(0)
    expect(stdout, said).not.toBe('')
    if (args.includes('订单导出.xlsx')) expect(stdout).toContain('新增 2')
    if (args.includes('push')) expect(stdout).toMatch(/1\. .+公司/)
    if (args.includes('why')) expect(stdout).toMatch(/^\+\d+ /m)
  }
  rmSync(folder, { recursive: true, force: true })
})

it('the Chinese README shows the same commands', () => {
  expect(commandsOf('README.zh-CN.md', '五分钟用上自己的数据')).toEqual(ENGLISH)
})

import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { UNSCOPED } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import { askModel } from '../chat/assisted-reading.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { withLanguageModel } from '../main/language-model.ts'
import { isoFromDay } from '../model/day.ts'
import { withAnswer } from '../retention/assist/with-answer.ts'
import { customerFinder, type Mention } from '../retention/understand/customer.ts'
import { type Understood, understand } from '../retention/understand.ts'
import { type Mentionable, mentionableCustomers } from '../store/mentionable.ts'
import { asOfDay } from './as-of.ts'
import type { CliCtx, Register } from './run.ts'

/** Customers whose names are looked for in a text. */
const MAX_CUSTOMERS = 200_000
const Line = z.object({ text: z.string() })

interface Options {
  readonly file?: string
  readonly asOf?: string
  readonly assist?: true
}

/** `liuke understand`: what the bot reads in a rep's free text. Nothing is written. */
export const registerUnderstand: Register = (program, run) => {
  program
    .command('understand')
    .description("what the bot reads in a rep's free text; nothing is written")
    .argument('[text]', 'one text')
    .option('--file <file>', 'texts, one JSON object with "id" and "text" a line')
    .option(
      '--as-of <instant>',
      'when the texts were written (2026-11-22 or 2026-11-22T09:00+08:00); now by default',
    )
    .option('--assist', 'also ask the language model of understand.assist where the reader is unsure')
    .action(
      run(async (cli, text: string | undefined, options: Options) => {
        const texts = await textsOf(text, options.file)
        const now = { today: instantDay(cli, options.asOf), calendar: calendarFor(cli.settings) }
        const find = customerFinder(await mentionableCustomers(cli, UNSCOPED, MAX_CUSTOMERS))
        const { maxNextDays } = cli.settings.chat
        const asking = options.assist ? assisting(cli) : null
        const read: Read[] = []
        for (const one of texts) {
          const mention = find(one)
          const own = understand(one, now, maxNextDays)
          read.push(asking ? await assistedJson(asking, one, own, mention) : asJson(own, mention))
        }
        return { json: read, lines: read.map((one, index) => `${texts[index]}\n  ${wordsOf(one)}`) }
      }),
    )
}

/** Texts in their order: the argument, then the lines of the file. */
async function textsOf(text: string | undefined, file: string | undefined): Promise<string[]> {
  if (text === undefined && file === undefined) {
    throw new AppError('bad-input', 'no text', { say: 'give a text, or --file with one JSON object a line' })
  }
  const lines = file === undefined ? [] : (await contentOf(file)).split(/\r?\n/)
  const read = lines.flatMap((line, index) =>
    line.trim() === '' ? [] : [textIn(line, `${file}:${index + 1}`)],
  )
  return [...(text === undefined ? [] : [text]), ...read]
}

async function contentOf(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '')
  } catch (cause) {
    throw new AppError('bad-input', 'the file cannot be read', { cause, say: `${file}: cannot be read` })
  }
}

function textIn(line: string, where: string): string {
  const problem = (): AppError =>
    new AppError('bad-input', 'not a line with a text', { say: `${where}: expected {"id": …, "text": "…"}` })
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw problem()
  }
  const result = Line.safeParse(value)
  if (!result.success) throw problem()
  return result.data.text
}

/** The business day of an instant, or a day itself. */
function instantDay(cli: CliCtx, asOf: string | undefined): number {
  if (asOf === undefined || !asOf.includes('T')) return asOfDay(cli, asOf)
  // An instant without a zone is wall time of the business zone.
  const zoned = /(?:z|[+-]\d{2}:?\d{2})$/i.test(asOf)
  const at = Date.parse(zoned ? asOf : `${asOf}Z`)
  if (Number.isNaN(at)) {
    throw new AppError('bad-input', 'bad --as-of', {
      say: `--as-of ${asOf}: expected 2026-11-22T09:00:00+08:00`,
    })
  }
  return zoned ? calendarFor(cli.settings).dayOf(at) : Math.floor(at / 86_400_000)
}

/** With `--assist` also the answers that the language model changed. */
type Read = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** The document of design section 6. A customer is named only when exactly one fits. */
function asJson(said: Understood, mention: Mention<Mentionable>): Read {
  const { channel, reached, effective, outcome, reason, sentiment, nextOn, amount } = said
  return {
    customer: onlyCustomer(mention)?.name ?? null,
    channel,
    reached,
    effective,
    outcome,
    reason,
    sentiment,
    next: nextOn === null ? null : isoFromDay(nextOn),
    amount,
  }
}

function onlyCustomer({ customers: [only, ...others] }: Mention<Mentionable>): Mentionable | null {
  return only && others.length === 0 ? only : null
}

/** @throws AppError `config` where there is no model to ask */
function assisting(cli: CliCtx): Ctx {
  const ctx = withLanguageModel<Ctx>(cli)
  if (ctx.languageModel) return ctx
  throw new AppError('config', 'understand.assist is off', { say: cli.text.understand.off })
}

async function assistedJson(
  ctx: Ctx,
  words: string,
  own: Understood,
  mention: Mention<Mentionable>,
): Promise<Read> {
  const customer = onlyCustomer(mention)
  const answer = await askModel(ctx, { words, customerId: customer?.id ?? null, own })
  const { said, fields } = answer ? withAnswer(words, own, answer) : { said: own, fields: [] }
  return { ...asJson(said, mention), assisted: fields }
}

function wordsOf(read: Read): string {
  return Object.entries(read)
    .map(([name, value]) => `${name}=${value ?? '-'}`)
    .join(' ')
}

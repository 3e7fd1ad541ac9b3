import { withLanguageModel } from '../../src/main/language-model.ts'
import type { Answer } from '../../src/retention/assist/question.ts'
import { understand } from '../../src/retention/understand.ts'
import { API_KEY, type FakeLanguageModel, MODEL, startFakeLanguageModel } from './fake-language-model.ts'
import { MAX_NEXT_DAYS, WRITTEN } from './reader/notes.ts'
import { type Company, contact, customer, seedCompany } from './talk.ts'
import { sqliteCtx, type TestCtx } from './test-ctx.ts'

export interface AssistedTalk {
  readonly ctx: TestCtx
  readonly fake: FakeLanguageModel
  readonly company: Company
  /** 苏州泰邦新材料 of 王芳, with the contact 王小芳. */
  readonly taibang: number
  close(): Promise<void>
}

/** The company of talk.ts with a fake language model, as the composition root builds it. */
export async function assistedTalk(answer: Answer, assist: object = {}): Promise<AssistedTalk> {
  const fake = await startFakeLanguageModel(answer)
  const settings = {
    understand: { assist: { enabled: true, url: fake.url, model: MODEL, apiKey: API_KEY, ...assist } },
  }
  const { close, ...bare } = await sqliteCtx({ settings })
  const ctx = withLanguageModel(bare)
  const company = await seedCompany(ctx)
  const taibang = await customer(ctx, {
    name: '苏州泰邦新材料',
    shortName: '泰邦',
    owner: company.members.wang,
  })
  await contact(ctx, { customer: taibang, name: '王小芳' })
  return {
    ctx,
    fake,
    company,
    taibang,
    async close() {
      await close()
      await fake.stop()
    },
  }
}

/** Things that nobody can be sure of; learning from more notes will not settle them all. */
const VAGUE = [
  '嘴上客气，脸上挂不住',
  '口碑掉了，心里打鼓',
  '阴阳怪气的，扯东扯西',
  '话里有话，叫我们自己掂量',
  '话不投机，聊了个寂寞',
  '半推半就，缩回去了',
  'client 很 upset，service 太 slow',
  'very unhappy, slow service, wants to talk',
]

/** A note of whose outcome and cause the reader is unsure, made of one that is vague. */
export function unsureNote(make: (vague: string) => string = (vague) => vague): string {
  const found = VAGUE.map(make).find((note) => understand(note, WRITTEN, MAX_NEXT_DAYS).unsure.length === 2)
  if (found === undefined) throw new Error('the reader is sure of all of them: find other ones')
  return found
}

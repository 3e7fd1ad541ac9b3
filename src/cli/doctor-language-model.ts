import { asAppError } from '../errors.ts'
import { withLanguageModel } from '../main/language-model.ts'
import { answerOf, questionOf } from '../retention/assist/question.ts'
import type { Check } from './doctor-check.ts'
import type { CliCtx } from './run.ts'

/** A made-up note: nothing of the company is sent to try the model. */
const NOTE = '电话联系了客户，对方说价格太贵，暂时不考虑'

/** Is the language model of `understand.assist` there, and does it keep to the form of the answer? Off: no check. */
export async function languageModelCheck(cli: CliCtx): Promise<Check[]> {
  const { languageModel } = withLanguageModel(cli)
  if (!languageModel) return []
  const text = cli.text.understand.doctor
  const { name } = text
  try {
    const answer = answerOf(await languageModel.ask(questionOf(NOTE)))
    if (answer) return [{ name, state: 'ok', detail: text.right(languageModel.name), mend: '' }]
    return [{ name, state: 'failed', detail: text.unfit(languageModel.name), mend: text.other }]
  } catch (thrown) {
    return [{ name, state: 'failed', detail: asAppError(thrown).message, mend: text.mend }]
  }
}

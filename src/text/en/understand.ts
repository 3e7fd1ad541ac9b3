import type { Text } from '../index.ts'

export const understand: Text['understand'] = {
  off: 'there is no model to ask: switch on understand.assist first (docs/understanding.md)',
  doctor: {
    name: 'language model',
    right: (model) => `${model} answers as it should`,
    mend: 'look at understand.assist.url, model and LIUKE_UNDERSTAND_KEY; meanwhile notes are read on this machine',
    unfit: (model) => `the answer of ${model} does not keep to the form`,
    other: 'take a larger model, or one that does not think aloud',
  },
}

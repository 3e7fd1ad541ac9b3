import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { learn, lessonOf } from './learn.ts'
import { digestOfNotes, notesToLearn } from './notes.ts'

const FILE = fileURLToPath(new URL('../../../config/understand-weights.json', import.meta.url))

/** `npm run train-reader`: learns config/understand-weights.json anew, one piece of evidence a line. */
const { evidence, ...head } = learn(notesToLearn().map(lessonOf), digestOfNotes())
const lines = [...evidence].map(([name, digits]) => `${JSON.stringify(name)}:${JSON.stringify(digits)}`)
writeFileSync(FILE, `${JSON.stringify(head).slice(0, -1)},"evidence":{\n${lines.join(',\n')}\n}}\n`)

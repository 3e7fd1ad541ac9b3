import { registerBacktest } from './backtest.ts'
import { registerBackup } from './backup.ts'
import { registerChurn } from './churn.ts'
import { registerDemo } from './demo.ts'
import { registerDoctor } from './doctor.ts'
import { registerExport } from './export.ts'
import { registerFit } from './fit.ts'
import { registerImport } from './import.ts'
import { registerMigrate } from './migrate.ts'
import { registerModel } from './model.ts'
import { registerPreview } from './preview.ts'
import { registerPush } from './push.ts'
import type { Register } from './run.ts'
import { registerScore } from './score.ts'
import { registerServe } from './serve.ts'
import { registerSync } from './sync.ts'
import { registerUnderstand } from './understand.ts'
import { registerWhy } from './why.ts'

/** Every subcommand of `liuke`, in help order. */
export const cliCommands: readonly Register[] = [
  registerServe,
  registerMigrate,
  registerBackup,
  registerDoctor,
  registerFit,
  registerBacktest,
  registerModel,
  registerImport,
  registerSync,
  registerScore,
  registerWhy,
  registerPreview,
  registerExport,
  registerChurn,
  registerDemo,
  registerPush,
  registerUnderstand,
]

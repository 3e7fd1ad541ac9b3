import { registerBackup } from './backup.ts'
import { registerChurn } from './churn.ts'
import { registerDoctor } from './doctor.ts'
import { registerFit } from './fit.ts'
import { registerImport } from './import.ts'
import { registerMigrate } from './migrate.ts'
import type { Register } from './run.ts'

/** Every subcommand of `liuke`, in help order. */
export const cliCommands: readonly Register[] = [
  registerMigrate,
  registerBackup,
  registerDoctor,
  registerFit,
  registerImport,
  registerChurn,
]

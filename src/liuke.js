#!/usr/bin/env node
import module from 'node:module'
import './node-version.js'

// Keeps compiled code (types already stripped) in the system's temporary folder: the second start is faster.
module.enableCompileCache()

const { main } = await import('./cli.ts')
await main(process.argv)

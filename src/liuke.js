#!/usr/bin/env node
import './node-version.js'

const { main } = await import('./cli.ts')
await main(process.argv)

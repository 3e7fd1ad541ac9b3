import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CallbackAnswer } from '../../src/model/chat.ts'
import { page } from './page.ts'

/** The page, its scripts and styles, held in memory: only files found at the start can be asked for. */
export interface Assets {
  answer(path: string, knownEtag: string | undefined): CallbackAnswer | null
}

const CLIENT = fileURLToPath(new URL('client/', import.meta.url))
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** The browser's own module files of the libraries the page uses, by the name it imports. */
const LIBRARIES: Readonly<Record<string, string>> = {
  preact: 'preact/dist/preact.mjs',
  'preact/hooks': 'preact/hooks/dist/hooks.mjs',
  htm: 'htm/dist/htm.module.js',
  'htm/preact': 'htm/preact/index.module.js',
}

export function loadAssets(): Assets {
  const files = new Map<string, CallbackAnswer>()
  for (const name of readdirSync(CLIENT)) {
    const type = TYPES[extname(name)]
    if (type) files.set(`/assets/${name}`, file(readFileSync(join(CLIENT, name)), type))
  }
  const imports: Record<string, string> = {}
  for (const [name, path] of Object.entries(LIBRARIES)) {
    const address = `assets/${name.replace('/', '-')}.mjs`
    imports[name] = `./${address}`
    files.set(`/${address}`, file(readLibrary(path), TYPES['.js'] ?? ''))
  }
  const { html, policy } = page(imports)
  files.set('/', file(Buffer.from(html), 'text/html; charset=utf-8', { 'Content-Security-Policy': policy }))
  return { answer: (path, known) => notModified(files.get(path), known) }
}

function file(body: Buffer, type: string, more: Readonly<Record<string, string>> = {}): CallbackAnswer {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"`
  return {
    status: 200,
    headers: { 'Content-Type': type, ETag: etag, 'Cache-Control': 'no-cache', ...more },
    body,
  }
}

function notModified(answer: CallbackAnswer | undefined, known: string | undefined): CallbackAnswer | null {
  if (!answer) return null
  return known !== undefined && known === answer.headers.ETag ? { ...answer, status: 304, body: '' } : answer
}

/** Reads a file of an installed package, wherever npm put it. */
function readLibrary(path: string): Buffer {
  const [name = ''] = path.split('/')
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? []
  for (const folder of folders) {
    try {
      return readFileSync(join(folder, path))
    } catch {
      // Not in this folder: the next one up is asked.
    }
  }
  throw new Error(`the package file ${path} is missing: run npm ci`)
}

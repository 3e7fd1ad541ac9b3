import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Member } from '../../model/member.ts'
import { BOARD_PAGE } from '../../model/pages.ts'
import type { Locale, Text } from '../../text/index.ts'
import { type Html, html, type Part } from '../html.ts'

export const STYLES = readFileSync(new URL('./pages.css', import.meta.url), 'utf8')
/** The address changes with the content, so that browsers may keep it. */
export const STYLES_PATH = `${BOARD_PAGE}/pages.${createHash('sha256').update(STYLES).digest('hex').slice(0, 12)}.css`

/**
 * No script at all, the own style sheet, forms to ourselves; kept by no browser or proxy. The referrer is told to our
 * own pages only: without it a form would not say where it comes from.
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

export interface PageFrame {
  readonly text: Text
  readonly locale: Locale
}

/** A whole document. With a member: a bar that says who is logged in, and the way out. */
export function document(
  { text, locale }: PageFrame,
  title: string,
  content: Part,
  member: Member | null = null,
): string {
  const page: Html = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>${title} · ${text.common.productName}</title>
<link rel="stylesheet" href="${STYLES_PATH}">
</head>
<body>
${member && bar(member, text)}
<main id="content">
${content}
</main>
</body>
</html>
`
  return page.text
}

function bar(member: Member, text: Text): Html {
  const { board, common } = text
  const team = member.teamName ? [member.teamName] : []
  return html`<a class="skip" href="#content">${board.skip}</a>
<header class="bar">
<a class="brand" href="${BOARD_PAGE}">${common.productName} · ${board.title}</a>
<p class="who">${member.name}<span> ${[common.roles[member.role], ...team].join(' · ')}</span></p>
<form method="post" action="/logout"><button class="quiet">${board.logout}</button></form>
</header>`
}

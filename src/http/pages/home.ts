import type { Text } from '../../text/index.ts'

/** The page at `/` of a service without a playground. */
export function homePage(text: Text, locale: string): string {
  const { running, hint } = text.http
  return `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text.common.productName}</title>
<h1>${text.common.productName}</h1>
<p>${running}</p>
<p>${hint} <a href="/readyz">/readyz</a></p>
</html>
`
}

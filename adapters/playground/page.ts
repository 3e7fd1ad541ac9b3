import { createHash } from 'node:crypto'

const STYLES = ['base', 'stage', 'layout', 'chats', 'chat', 'card', 'composer']

/** The one HTML document, and the policy that lets it load nothing but its own files. */
export function page(imports: Readonly<Record<string, string>>): { html: string; policy: string } {
  const importMap = JSON.stringify({ imports })
  const hash = createHash('sha256').update(importMap).digest('base64')
  const links = STYLES.map((name) => `<link rel="stylesheet" href="assets/${name}.css">`).join('\n')
  const html = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>留客 Liuke</title>
<link rel="icon" href="assets/icon.svg" type="image/svg+xml">
<script src="assets/theme.js"></script>
${links}
<script type="importmap">${importMap}</script>
<script type="module" src="assets/main.js"></script>
</head>
<body>
<div id="app"></div>
<noscript>留客演练场需要 JavaScript。The Liuke playground needs JavaScript.</noscript>
</body>
</html>
`
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  return { html, policy }
}

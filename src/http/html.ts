/** HTML that is safe to send: made by `html` alone, which escapes everything it is given. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a template. Nothing is shown for null and false. */
export type Part = Html | string | number | null | false | readonly Part[]

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A piece of a page: `` html`<h1>${name}</h1>` ``. Names come from outside, so strings are always escaped. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((string, index) => string + shown(parts[index] ?? null)).join(''))
}

function shown(part: Part): string {
  if (part === null || part === false) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'string' || typeof part === 'number') {
    return String(part).replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign)
  }
  return part.map(shown).join('')
}

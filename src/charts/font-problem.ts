import { FONT_FAMILY, fontFiles } from './font.ts'

/** Two characters of different shape: a font without them draws nothing, or the same box twice. */
const SAMPLES = ['汉', '字'] as const

/** Draws Chinese characters and looks at them. Null when they come out as different shapes, else what is wrong. */
export async function fontProblem(files?: readonly string[]): Promise<string | null> {
  try {
    const fonts = files ?? fontFiles()
    const { pngOf } = await import('./png.ts')
    const [blank, ...glyphs] = ['', ...SAMPLES].map((sign) => pngOf(page(sign), fonts))
    const distinct = new Set([blank, ...glyphs].map((png) => png?.toString('base64')))
    return distinct.size === 1 + SAMPLES.length ? null : 'Chinese characters come out as empty boxes'
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? 'unknown') : String(error)
  }
}

function page(sign: string): string {
  const style = `font-family="${FONT_FAMILY}" font-size="24"`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><text x="4" y="24" ${style}>${sign}</text></svg>`
}

import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * Noto Sans in Simplified Chinese, two weights: comes with Liuke, so that a picture looks the same on a machine
 * without any font. The package holds GB 2312 and more.
 */
export const FONT_FAMILY = 'Noto Sans S Chinese'

const PACKAGE = '@embedpdf/fonts-sc'
const FILES = ['NotoSansHans-Regular.otf', 'NotoSansHans-Bold.otf']

/** Paths of the font files, wherever npm put the package. */
export function fontFiles(): string[] {
  const folder = join(dirname(createRequire(import.meta.url).resolve(PACKAGE)), '../fonts')
  return FILES.map((file) => join(folder, file))
}

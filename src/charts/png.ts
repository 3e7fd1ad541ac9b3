import { Resvg } from '@resvg/resvg-js'
import { FONT_FAMILY, fontFiles } from './font.ts'

/** Physical pixels per CSS pixel: sharp on a phone. */
const ZOOM = 2

/** An SVG as a PNG, with the font that comes with Liuke and no other. */
export function pngOf(svg: string, files: readonly string[] = fontFiles()): Buffer {
  const font = { loadSystemFonts: false, fontFiles: [...files], defaultFontFamily: FONT_FAMILY }
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: ZOOM } }).render().asPng()
}

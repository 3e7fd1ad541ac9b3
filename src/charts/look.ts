/**
 * What all pictures have in common. The colours keep apart for every kind of colour vision (grey-blue, blue and
 * vermilion differ in lightness too) and read on white.
 */
export const COLOURS = {
  paper: '#ffffff',
  text: '#1f2a37',
  soft: '#5a6675',
  line: '#cfd6df',
  past: '#a8b7ca',
  calm: '#0b66b5',
  warning: '#cc4a06',
} as const

/** Cards are about half as wide on a phone: 24 here are 12 there. */
export const FONT_SIZES = { small: 23, normal: 26, large: 35 } as const

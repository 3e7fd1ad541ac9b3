import { html } from 'htm/preact'

/** Line drawings on a 24 px grid, in the colour of the text around them. */
const PATHS = {
  back: 'M15 5l-7 7 7 7',
  send: 'M4 12l16-8-6 16-3-7-7-1z',
  forward: 'M5 6l7 6-7 6V6zM13 6l7 6-7 6V6z',
  light:
    'M12 8a4 4 0 100 8 4 4 0 000-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5',
  dark: 'M20 14.5A8 8 0 019.5 4 8 8 0 1020 14.5z',
  auto: 'M12 4a8 8 0 100 16 8 8 0 000-16zM12 4v16',
  group:
    'M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 4.500a3.500 3.500 0 010 6.500M18 14.500c2 .8 3.200 2.700 3.500 5.500',
  down: 'M6 9l6 6 6-6',
  clock: 'M12 4a8 8 0 100 16 8 8 0 000-16zM12 8v4.500l3 2',
  offline:
    'M3 3l18 18M5 12a10 10 0 015-2.800M2 8.500A15 15 0 018 5.500M19 12a10 10 0 00-3-2.200M22 8.500A15 15 0 0012 5M8.500 15.500a5 5 0 017 0M12 19h.01',
}

/** @param {{ name: keyof typeof PATHS }} props */
export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${PATHS[name]} /></svg>`
}

import { html } from 'htm/preact'
import { useState } from 'preact/hooks'

/** @import { Picture as PictureData } from './types.ts' */

/**
 * The chart of a card. Its room is kept from the start, so that nothing jumps when it arrives; one that does not
 * arrive leaves its words.
 * @param {{ picture: PictureData }} props
 */
export function Picture({ picture }) {
  const { src, alt, width, height } = picture
  const [failed, setFailed] = useState('')
  return html`<div class="picture">
    ${
      failed === src
        ? html`<p role="img" aria-label=${alt}>${alt}</p>`
        : html`<img src=${src} alt=${alt} width=${width} height=${height} loading="lazy" decoding="async" onError=${() => setFailed(src)} />`
    }
  </div>`
}

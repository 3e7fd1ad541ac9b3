import type { PlaygroundPerson } from '../../model/playground.ts'
import { type Html, html } from '../html.ts'
import { document, type PageFrame } from './layout.ts'

export interface LoginPageInput {
  readonly platforms: readonly string[]
  /** Whom one can be in the demo; null outside it. */
  readonly people: readonly PlaygroundPerson[] | null
  /** Where to go afterwards. */
  readonly back: string
  /** The person has just logged out. */
  readonly left: boolean
}

/** Every way to log in; in the demo a choice of people too. */
export function loginPage(input: LoginPageInput, frame: PageFrame): string {
  const { login, common, push } = frame.text
  const { platforms, people, back, left } = input
  const query = new URLSearchParams({ back })
  const nothing = platforms.length === 0 && people === null
  const content = html`<section class="narrow">
<h1>${common.productName}</h1>
${left && html`<p role="status" class="note good">${login.left}</p>`}
<p>${nothing ? login.none : login.lead}</p>
${platforms.map(
  (platform) =>
    html`<p><a class="button primary" href="/login/${platform}?${query.toString()}">${login.with(push.platforms[platform] ?? platform)}</a></p>`,
)}
${people && chooser(people, back, frame)}
</section>`
  return document(frame, login.title, content)
}

function chooser(people: readonly PlaygroundPerson[], back: string, { text }: PageFrame): Html {
  const { login, common } = text
  return html`<form method="post" action="/login/playground" class="stack">
<p class="note">${login.demo}</p>
<label for="person">${login.choose}</label>
<select id="person" name="person">
${people.map(({ id, name, role, team }) => {
  const words = [name, common.roles[role], ...(team === null ? [] : [team])].join(' · ')
  return html`<option value="${id}">${words}</option>`
})}
</select>
<input type="hidden" name="back" value="${back}">
<button class="button primary">${login.enter}</button>
</form>`
}

/** Something that did not work, in one sentence, and the way on. */
export function troublePage(sentence: string, frame: PageFrame): string {
  const { login } = frame.text
  const content = html`<section class="narrow">
<h1>${login.failed}</h1>
<p role="alert">${sentence}</p>
<p><a class="button" href="/login?again=1">${login.again}</a></p>
</section>`
  return document(frame, login.failed, content)
}

import type { Scope } from '../../access.ts'
import { churnCardOf } from '../../cards/churn-card-of.ts'
import type { MovementCounts } from '../../stats/movement.ts'
import type { CaseLoad } from '../../store/case-load.ts'
import type { Text } from '../../text/index.ts'
import type { BoardFigures } from '../board/figures.ts'
import { type Html, html } from '../html.ts'

/** Churn with everything that makes it honest, how the customers at risk moved, and each rep's open cases. */
export function figuresPart(figures: BoardFigures, scope: Scope, text: Text): Html {
  return html`<div class="figures">
${churnPart(figures, text)}
${movementPart(figures, scope, text)}
${loadPart(figures.loads, scope, text)}
</div>`
}

/** The words of the card that 「流失」 shows in chat. */
function churnPart({ churn }: BoardFigures, text: Text): Html {
  const card = churnCardOf(churn, { team: '', ownOnly: false }, text)
  return html`<section class="panel" aria-labelledby="churn-title">
<h2 id="churn-title">${card.title}</h2>
<p class="figure">${card.figure?.value ?? ''}<span> ${card.figure?.label ?? ''}</span></p>
<dl>${(card.fields ?? []).map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
${(card.facts ?? []).map((fact) => html`<p class="note">${fact}</p>`)}
${(card.notes ?? []).map((note) => html`<p class="asof">${note}</p>`)}
</section>`
}

const COUNTS = ['opening', 'entered', 'worsened', 'recovered', 'lost', 'closing'] as const

function movementPart({ movement, teams }: BoardFigures, scope: Scope, text: Text): Html {
  const { board, common, stats } = text
  const nameOf = (id: number | null): string =>
    teams.find((team) => team.id === id)?.name ?? (id === null ? board.noTeam : String(id))
  const rows: { name: string; counts: MovementCounts }[] =
    scope.kind === 'all' ? movement.teams.map((one) => ({ name: nameOf(one.teamId), counts: one })) : []
  return html`<section class="panel" aria-labelledby="movement-title">
<h2 id="movement-title">${board.movement}</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="movement-title"><table>
<thead><tr><th scope="col">${board.team}</th>${COUNTS.map((name) => html`<th scope="col" class="n">${stats.movement[name]}</th>`)}</tr></thead>
<tbody>${[...rows, { name: board.all, counts: movement }].map(
    ({ name, counts }) =>
      html`<tr><th scope="row">${name}</th>${COUNTS.map((count) => html`<td class="n">${counts[count]}</td>`)}</tr>`,
  )}</tbody>
</table></div>
<p class="asof">${board.movementNote(common.date(movement.from), common.date(movement.to))}</p>
</section>`
}

function loadPart(loads: readonly CaseLoad[], scope: Scope, text: Text): Html {
  const { board } = text
  const teamed = scope.kind === 'all'
  const table = html`<div class="scroll" tabindex="0" role="region" aria-labelledby="load-title"><table>
<thead><tr><th scope="col">${board.rep}</th>${teamed && html`<th scope="col">${board.team}</th>`}<th scope="col" class="n">${board.open}</th><th scope="col" class="n">${board.untouched}</th><th scope="col" class="n">${board.overdueCases}</th></tr></thead>
<tbody>${loads.map(
    (one) =>
      html`<tr><th scope="row">${one.ownerName}</th>${teamed && html`<td>${one.teamName ?? board.noTeam}</td>`}<td class="n">${one.open}</td><td class="n">${one.untouched}</td><td class="n${one.overdue > 0 && ' late'}">${one.overdue}</td></tr>`,
  )}</tbody>
</table></div>
<p class="asof">${board.loadNote}</p>`
  return html`<section class="panel" aria-labelledby="load-title">
<h2 id="load-title">${board.load}</h2>
${loads.length === 0 ? html`<p class="note">${board.noLoad}</p>` : table}
</section>`
}

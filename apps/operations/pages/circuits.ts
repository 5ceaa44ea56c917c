import { html, type Html } from '#apps/platform/html'
import { type Frame, layout, table, time } from '#apps/operations/pages/layout'
import type { ProcessStatus } from '#apps/platform/inspection/processes'

/** Circuits that are not closed. */
export const circuitsTable = (processes: readonly ProcessStatus[]): Html =>
  tableOf(
    'Circuits that are not closed',
    processes.flatMap(({ circuits }) => circuits).filter(({ state }) => state !== 'closed'),
  )

function tableOf(caption: string, circuits: readonly ProcessStatus['circuits'][number][]): Html {
  if (circuits.length === 0) return html`<p>All are closed: outside parties answer.</p>`
  const rows = circuits.map(({ party, unit, state, sinceMs, reason }) => [
    party,
    unit,
    state === 'closed' ? state : html`<span class="bad">${state}</span>`,
    sinceMs === undefined ? null : time(sinceMs),
    reason,
  ])
  const titles = ['Party', 'Unit', 'Circuit', 'Since'].map((title) => ({ title }))
  return table(caption, [...titles, { title: 'Why', isLong: true }], rows)
}

/** All circuits, those that are not closed first. */
export function circuitsPage(frame: Frame, processes: readonly ProcessStatus[]): Html {
  const rank = ({ state }: { readonly state: string }) => (state === 'closed' ? 1 : 0)
  const all = processes
    .flatMap(({ circuits }) => circuits)
    .toSorted((one, other) => rank(one) - rank(other) || one.party.localeCompare(other.party))
  return layout({
    title: 'Circuits',
    frame,
    body: html`
      <p>
        Where an outside party does not answer, its circuit opens: what is meant for it is parked
        untried, and one call at a time asks whether it is back. It closes by itself.
      </p>
      ${
        all.length === 0
          ? html`<p>No process tells of a circuit: no party has been called since they started.</p>`
          : tableOf('Circuits to outside parties', all)
      }
    `,
  })
}

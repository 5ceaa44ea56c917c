import type { DecisionForm } from '#apps/operations/decision-form'
import { decidedMax } from '#apps/operations/decision-form'
import { html, type Html } from '#apps/platform/html'
import { type Frame, layout, table, whole } from '#apps/operations/pages/layout'
import type { Decided } from '#apps/platform/operating/decide-letters'

const verbs = {
  redriven: { title: 'Send back', ask: 'Send back', done: 'sent back' },
  dropped: { title: 'Give up', ask: 'Give up', done: 'given up' },
} as const

const shownMax = 100
const letters = (count: number) => (count === 1 ? '1 dead letter' : `${whole(count)} dead letters`)

/** What a decision would do, and the form that takes it. */
export function previewPage(
  frame: Frame,
  form: DecisionForm,
  { decided, refused, leftOut }: Decided,
): Html {
  const { action, selection } = form
  const isAll = decided.length < decidedMax
  return layout({
    title: `${verbs[action].title}: ${selection.unit}`,
    frame,
    body: html`
      <p>
        ${letters(decided.length)} of ${selection.unit} would be
        ${verbs[action].done}${selection.error !== undefined && html`, with the error <code>${selection.error}</code>`}${selection.tenant !== undefined && `, of public body ${selection.tenant}`}.
        Nothing is done yet.
        ${leftOut > 0 && `${whole(leftOut)} more say of no public body that they are its: they stay.`}
        ${!isAll && `More than ${whole(decidedMax)} are not done at once: come back for the others.`}
      </p>
      ${decided.length > 0 && confirmation(frame, form, decided.length)} ${placesOf(decided)}
      ${refusalsOf(refused)} ${!form.isAgain && refused.length > 0 && againForm(form)}
    `,
  })
}

/** What a decision did. */
export const decidedPage = (
  frame: Frame,
  { action, selection }: DecisionForm,
  { decided, refused }: Pick<Decided, 'decided' | 'refused'>,
): Html =>
  layout({
    title: `${letters(decided.length)} ${verbs[action].done}`,
    frame,
    body: html`
      <p role="status">
        ${letters(decided.length)} of ${selection.unit} ${decided.length === 1 ? 'was' : 'were'}
        ${verbs[action].done}, and that is noted: <a href="/audit">audit</a>.
      </p>
      ${placesOf(decided)} ${refusalsOf(refused)}
      <p><a href="/dead-letters">Dead letters</a></p>
    `,
  })

function confirmation(frame: Frame, form: DecisionForm, count: number): Html {
  if (frame.visitor?.role !== 'operator') {
    return html`<p class="quiet">Deciding takes an operator who is signed in.</p>`
  }
  return html`<form class="tall" action="/dead-letters/decide" method="post">
    <input type="hidden" name="token" value="${frame.token}" />
    ${hiddenFields(form, form.isAgain)}
    <label
      >Why
      <input name="reason" required maxlength="500" autocomplete="off" />
    </label>
    <label class="check"
      ><input type="checkbox" name="confirmed" required /> Yes, ${letters(count)}</label
    >
    <button>${verbs[form.action].ask}</button>
  </form>`
}

/** The selection as the preview was made by: what came later is not among it. */
function hiddenFields({ action, selection }: DecisionForm, isAgain: boolean): Html {
  const { unit, partition, offset, error, tenant, sinceMs, untilMs } = selection
  const instant = (ms: number | undefined) =>
    ms === undefined ? undefined : new Date(ms).toISOString()
  const fields = {
    action,
    unit,
    partition,
    offset,
    error,
    tenant,
    since: instant(sinceMs),
    until: instant(untilMs),
    again: isAgain ? 'on' : undefined,
  }
  return html`${Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}`
}

const againForm = (form: DecisionForm): Html =>
  html`<form action="/dead-letters/decide" method="get">
    ${hiddenFields(form, true)}
    <button>Show again, with those that were sent back or decided on before</button>
  </form>`

const placesOf = (places: readonly string[]): Html | false =>
  places.length > 0 &&
  html`<ul>
      ${places.slice(0, shownMax).map((place) => html`<li><code>${place}</code></li>`)}
    </ul>
    ${places.length > shownMax && html`<p>and ${whole(places.length - shownMax)} more</p>`}`

const refusalsOf = (refused: Decided['refused']): Html | false =>
  refused.length > 0 &&
  html`<h2>Not these</h2>
    ${table(
      'Refused',
      [{ title: 'Dead letter' }, { title: 'Why not', isLong: true }],
      refused.slice(0, shownMax).map(({ place, reason }) => [place, reason]),
    )}`

import { html, type Html } from '#apps/platform/html'
import { type Frame, layout, whole } from '#apps/operations/pages/layout'
import { parkedTable } from '#apps/operations/pages/parked'
import { type ReleaseForm, releasedMax } from '#apps/operations/release-form'
import type { ParkedKey } from '#apps/platform/inspection/parked'

const counted = (count: number) => (count === 1 ? '1 order key' : `${whole(count)} order keys`)

/** What a release would ask, and the form that asks it. */
export const releasePage = (frame: Frame, form: ReleaseForm, keys: readonly ParkedKey[]): Html =>
  layout({
    title: `Try now: ${form.selection.unit}`,
    frame,
    body: html`
      <p>
        ${counted(keys.length)} would be tried now. Nothing is done yet. Each is tried once, which
        counts as a try; a party whose circuit is open is still asked one call at a time.
        ${
          keys.length === releasedMax &&
          `More than ${whole(releasedMax)} are not done at once: come back for the others.`
        }
      </p>
      ${keys.length > 0 && confirmation(frame, form, keys.length)} ${parkedTable(keys)}
    `,
  })

/** What a release has asked. */
export const releasedPage = (frame: Frame, form: ReleaseForm, keys: readonly ParkedKey[]): Html =>
  layout({
    title: `${counted(keys.length)} asked to be tried now`,
    frame,
    body: html`
      <p role="status">
        ${form.selection.unit} was asked, and that is noted: <a href="/audit">audit</a>.
      </p>
      ${parkedTable(keys)}
      <p><a href="/parked">Parked</a></p>
    `,
  })

function confirmation(frame: Frame, { selection }: ReleaseForm, count: number): Html {
  if (frame.visitor?.role !== 'operator') {
    return html`<p class="quiet">Releasing takes an operator who is signed in.</p>`
  }
  const { unit, orderKey, party } = selection
  return html`<form class="tall" action="/parked/release" method="post">
    <input type="hidden" name="token" value="${frame.token}" />
    <input type="hidden" name="unit" value="${unit}" />
    ${orderKey !== undefined && html`<input type="hidden" name="key" value="${orderKey}" />`}
    ${party !== undefined && html`<input type="hidden" name="party" value="${party}" />`}
    <label>Why <input name="reason" required maxlength="500" autocomplete="off" /></label>
    <label class="check"
      ><input type="checkbox" name="confirmed" required /> Yes, ${counted(count)}</label
    >
    <button>Try now</button>
  </form>`
}

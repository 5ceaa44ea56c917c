import { html, type Html } from '#apps/platform/html'
import { layout } from '#apps/operations/pages/layout'

interface SignIn {
  /** Of the session the form belongs to. */
  readonly token: string
  /** The page to go to then. */
  readonly to: string
  /** What came of the last attempt. */
  readonly said?: string
}

/** Asks who comes. */
export const signInPage = ({ token, to, said }: SignIn): Html =>
  layout({
    title: 'Sign in',
    frame: undefined,
    body: html`
      ${said !== undefined && html`<p class="bad" role="alert">${said}</p>`}
      <form class="tall" action="/sign-in" method="post">
        <input type="hidden" name="token" value="${token}" />
        <input type="hidden" name="to" value="${to}" />
        <label
          >Login
          <input
            name="login"
            required
            autofocus
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            maxlength="64"
        /></label>
        <label
          >Password
          <input
            name="password"
            type="password"
            required
            autocomplete="current-password"
            maxlength="256"
        /></label>
        <button>Sign in</button>
      </form>
    `,
  })

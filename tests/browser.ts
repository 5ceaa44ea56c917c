import axe from 'axe-core'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** Names under which distributions have it. */
const names = ['chromium', 'chromium-browser', 'google-chrome']

const chromiumPath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((folder) => names.map((name) => join(folder, name)))
  .find((path) => existsSync(path))

if (chromiumPath === undefined) {
  process.stderr.write(
    'chromium is not there: no page is opened in it; install Debian package chromium\n',
  )
}
/** Whether pages can be looked at. */
export const hasBrowser = chromiumPath !== undefined

/** A browser without a window. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath!,
    // A build machine runs as root, in a container whose shared memory is small.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  })

export const desktop: BrowserContextOptions = { viewport: { width: 1_280, height: 900 } }
export const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
}

/** A fault that the checker finds: the rule, and what breaks it. */
export interface Fault {
  readonly rule: string
  readonly where: readonly string[]
}

/** What the checker of accessibility finds against a page, by WCAG 2.2 A and AA and best practice. */
export async function faultsOf(page: Page): Promise<readonly Fault[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(async () => {
    const checker = (globalThis as unknown as { readonly axe: typeof axe }).axe
    return checker.run(document, { resultTypes: ['violations'] })
  })
  return violations.map(({ id, nodes }) => {
    return { rule: id, where: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`) }
  })
}

/** How far a page reaches beyond its window, pixels: none where nothing scrolls sideways. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

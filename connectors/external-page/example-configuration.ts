import type { Configuration } from '#ports/intermediary'

export const exampleSecret = 'example-secret-of-the-page-01234567'

/** The forms for a page at these addresses. */
export const exampleConfiguration = (
  page: { readonly pageUrl: string; readonly statusUrl?: string },
  timeout_ms = 3_000,
): Configuration => ({
  tenant: {
    page_url: page.pageUrl,
    ...(page.statusUrl === undefined ? {} : { status_url: page.statusUrl }),
    signing_secret: exampleSecret,
    timeout_ms,
  },
  service: { due_type: 'CANONE', description: 'Canone unico' },
})

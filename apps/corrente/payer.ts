const answerMsMax = 10_000

const ask = async (url: string, method: 'GET' | 'POST'): Promise<Response> => {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(answerMsMax),
  })
  await response.body?.cancel()
  return response
}

const sentOn = (response: Response, from: string): string => {
  const location = response.headers.get('location')
  if (location === null) throw new Error(`${from} answered ${response.status} and leads nowhere`)
  return new URL(location, from).href
}

/**
 * Pays as a citizen's browser would: opens the pay link, follows it to the intermediary's page, presses its
 * button, and comes back by the landing page. Throws where a step leads nowhere.
 */
export async function payLikeABrowser(payLink: string): Promise<void> {
  const page = sentOn(await ask(payLink, 'GET'), payLink)
  await ask(page, 'GET')
  const landing = sentOn(await ask(page, 'POST'), page)
  sentOn(await ask(landing, 'GET'), landing)
}

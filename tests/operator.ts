import { secretsOf } from '#apps/corrente/secrets'

/** Who signs in to the status app of an installation. */
export const operatorOf = ({ dataDir }: { readonly dataDir: string }) => ({
  login: 'operator',
  password: secretsOf(dataDir).operationsPassword,
})

/** Signs in to the status app, and asks for its pages then. */
export async function signedIn(
  url: string,
  { login, password }: ReturnType<typeof operatorOf>,
): Promise<(path: string) => Promise<Response>> {
  const form = await fetch(`${url}/sign-in`)
  const cookieOf = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const token = /name="token" value="([^"]+)"/.exec(await form.text())?.[1] ?? ''
  const answer = await fetch(`${url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookieOf(form), origin: url },
    body: new URLSearchParams({ token, login, password, to: '/' }),
  })
  if (answer.status !== 303) throw new Error(`signing in answered ${answer.status}`)
  const headers = { cookie: cookieOf(answer) }
  return (path) => fetch(url + path, { headers })
}

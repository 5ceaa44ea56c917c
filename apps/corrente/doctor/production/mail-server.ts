import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import type { Environment } from '#apps/corrente/installation'

const { ok, problem } = findingsOf('mail')

const answerMsMax = 5_000

/** That the mail server greets, and goes on by TLS where it is to. No password is tried, no mail sent. */
export async function checkMailServer(
  env: Environment,
  msMax = answerMsMax,
): Promise<readonly Finding[]> {
  const text = env['SMTP_URL']
  if (!text) return [ok('SMTP_URL is not set: no mail server was examined')]
  if (!URL.canParse(text)) return [problem('SMTP_URL is no smtp://host:587 or smtps://host:465')]
  const { protocol, hostname: host, port } = new URL(text)
  const isSecure = protocol === 'smtps:'
  const at = { host, port: Number(port || (isSecure ? 465 : 587)) }
  const socket = isSecure ? connectTls({ ...at, servername: host }) : connectPlain(at)
  try {
    const said = await greeted(socket, msMax)
    if (!isSecure && env['SMTP_TLS'] !== 'off' && !/^250[ -]STARTTLS/im.test(said)) {
      return [
        problem(
          `the mail server at ${host} offers no STARTTLS, so that no mail goes out: let it, or name smtps://`,
        ),
      ]
    }
    return [ok(`the mail server at ${host} answers`)]
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return [
      problem(
        `the mail server of SMTP_URL at ${host} does not answer (${code ?? message}): mails wait, and are given up in a day`,
      ),
    ]
  } finally {
    socket.destroy()
  }
}

/** All that it says up to the end of its answer to EHLO. */
const greeted = (socket: Socket, msMax: number): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`nothing within ${msMax / 1_000} s`)), msMax)
    socket.once('close', () => {
      clearTimeout(timer)
      reject(new Error('it closed the connection'))
    })
    socket.once('error', reject)
    socket.on('data', (chunk: Buffer) => {
      const isGreeting = said === ''
      said += chunk.toString('latin1')
      if (/^[45]\d\d /m.test(said)) return reject(new Error('it refuses'))
      if (isGreeting && /^220/.test(said)) socket.write('EHLO corrente.invalid\r\n')
      if (/^250 .*\r?\n/m.test(said)) resolve(said)
    })
  })

import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { checkMailServer } from '#apps/corrente/doctor/production/mail-server'

let server: Server | undefined
const sockets: Socket[] = []
afterEach(() => {
  sockets.splice(0).forEach((socket) => socket.destroy())
  server?.close()
})

async function serverThat(greet: (socket: Socket) => void): Promise<string> {
  server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    greet(socket)
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return `smtp://user:hunter22@127.0.0.1:${(server.address() as AddressInfo).port}`
}

const speaking =
  (...extensions: readonly string[]) =>
  (socket: Socket) => {
    socket.write('220 mail.example ESMTP\r\n')
    socket.once('data', () => {
      const lines = ['mail.example', ...extensions]
      socket.write(
        lines.map((line, at) => `250${at === lines.length - 1 ? ' ' : '-'}${line}\r\n`).join(''),
      )
    })
  }
const told = async (SMTP_URL: string, more = {}) =>
  (await checkMailServer({ SMTP_URL, ...more }, 300)).map(
    ({ level, sentence }) => `${level}: ${sentence}`,
  )

it('is well where it greets and offers TLS', async () => {
  expect(await told(await serverThat(speaking('SIZE 1000', 'STARTTLS')))).toEqual([
    'ok: the mail server at 127.0.0.1 answers',
  ])
})

it('is a problem where it offers no TLS, unless that is wanted', async () => {
  const url = await serverThat(speaking('SIZE 1000'))
  expect(await told(url)).toEqual([expect.stringMatching(/^problem: .* offers no STARTTLS/)])
  expect(await told(url, { SMTP_TLS: 'off' })).toEqual([expect.stringMatching(/^ok: /)])
})

it.each([
  ['is silent', () => undefined],
  ['hangs up', (socket: Socket) => void socket.destroy()],
  ['refuses', (socket: Socket) => void socket.write('554 no\r\n')],
])('is a problem, without its password, where it %s', async (_, greet) => {
  const lines = await told(await serverThat(greet))
  expect(lines).toEqual([expect.stringMatching(/^problem: the mail server of SMTP_URL at 127/)])
  expect(lines.join()).not.toContain('hunter22')
})

it('says so where none is named', async () => {
  expect((await checkMailServer({})).map(({ level }) => level)).toEqual(['ok'])
})

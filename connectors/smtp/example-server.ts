import net from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/**
 * What a server says otherwise than usual, by the command: `hang` says nothing, `drip` never
 * comes to an end, `drop` breaks the connection. `greeting`
 * comes first, `message` answers the mail itself.
 */
export type Replies = Partial<
  Record<'greeting' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'message', string>
>

const usual: Readonly<Record<string, string>> = {
  greeting: '220 mail.body.example',
  EHLO: '250-mail.body.example\r\n250 AUTH PLAIN',
  AUTH: '235 welcome',
  MAIL: '250 go on',
  RCPT: '250 go on',
  DATA: '354 tell it',
  message: '250 taken',
  QUIT: '221 bye',
}

/** A server of SMTP that says what a test wants it to say, and keeps what it was told. */
export async function startExampleServer(replies: Replies = {}) {
  const told: string[] = []
  const sockets = new Set<Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    const say = (what: string) => {
      const reply = { ...usual, ...replies }[what] ?? '500 what'
      if (reply === 'drop') socket.destroy()
      else if (reply === 'drip') drip(socket)
      else if (reply !== 'hang') socket.write(`${reply}\r\n`)
    }
    say('greeting')
    let isMessage = false
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
      const end = isMessage ? '\r\n.\r\n' : '\r\n'
      while (heard.includes(end)) {
        const at = heard.indexOf(end)
        const line = heard.slice(0, at)
        heard = heard.slice(at + end.length)
        told.push(line)
        if (isMessage) {
          isMessage = false
          return say('message')
        }
        const command = line.split(' ')[0]!.toUpperCase()
        isMessage = command === 'DATA' && !replies.DATA
        say(command)
        if (isMessage) return
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told,
    /** Connections that are still open. */
    open: () => sockets.size,
    stop() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

const dripMs = 50

function drip(socket: Socket): void {
  const dripping = setInterval(() => socket.write('250-and more\r\n'), dripMs)
  socket.once('close', () => clearInterval(dripping))
}

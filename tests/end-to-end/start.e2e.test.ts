import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { secretsOf } from '#apps/corrente/secrets'
import { forgetSupervisor, noteReady, supervise } from '#apps/corrente/supervisor-file'
import { readSample } from '#schemas/samples/sample'
import { startCommand } from '#tests/command'
import { freePortBase } from '#tests/free-ports'
import { platformOf } from '#tests/stack'

const seconds = 1_000
let home = ''
let portBase = 0
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'corrente-start-'))
  portBase = await freePortBase()
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

const corrente = (...args: readonly string[]) => {
  const env = { ...process.env, ...platformOf(inject('stack')), CORRENTE_HOME: home }
  return startCommand(args, { env })
}
const start = (...options: readonly string[]) =>
  corrente('start', '--on-own-kafka', '--once', '--port-base', String(portBase), ...options)

/** What says who the demonstration's payer is; the number of a house and a county are in any text. */
const payerTexts = Object.values((readSample('application') as { data: object }).data)
  .map(String)
  .filter((text) => text.length > 2 && !/^[\d,]+$/.test(text))

/** The places of a story's lines: `payments@2:5`. */
const placesIn = (out: string) => out.match(/[a-z.-]+@\d+:\d+/g) ?? []

describe('corrente start', () => {
  it('ends soon when it is interrupted while the story waits', async () => {
    // This test plays a start that has everything ready, and a Core; no unit runs.
    const core = createServer((_, response) => response.writeHead(201).end())
    await new Promise<void>((resolve) => core.listen(portBase + 12, '127.0.0.1', resolve))
    const dataDir = join(home, `stack-${portBase}`)
    await supervise(dataDir, portBase)
    noteReady(dataDir, portBase)
    try {
      const { child, ended } = start()
      await new Promise((resolve) => child.stdout.once('data', resolve))
      const interrupted = performance.now()
      child.kill('SIGTERM')
      expect(await ended).toMatchObject({
        code: 130,
        out: expect.stringMatching(/applications@\d+:\d+ +application .* at 1500/) as string,
        err: expect.stringContaining('interrupted before all was shown') as string,
      })
      expect(performance.now() - interrupted).toBeLessThan(10 * seconds)
    } finally {
      forgetSupervisor(dataDir)
      core.close()
    }
  })

  it('names the port that another program has, and publishes nothing', async () => {
    const stranger = createServer((_, response) => response.writeHead(200).end())
    await new Promise<void>((resolve) => stranger.listen(portBase + 2, '127.0.0.1', resolve))
    const { code, out, err } = await start().ended
    stranger.close()
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(
      `port ${portBase + 2} (wanted by the payment-proxy) is taken by another program`,
    )
  })

  it(
    'tells the story of a payment to its end, of others at other intermediaries, and payment show tells it again',
    { timeout: 120 * seconds },
    async () => {
      const host = corrente('start', '--on-own-kafka', '--pay', '--port-base', String(portBase))
      let shown = ''
      host.child.stdout.on('data', (text: Buffer) => (shown += text.toString()))
      const isTold = () => expect(shown).toContain('Ctrl-C drains and stops')
      await vi.waitFor(isTold, { timeout: 100 * seconds, interval: 100 })
      for (const other of ['external-page', 'govpay', 'mypay', 'iris']) {
        const told = await start('--pay', '--intermediary', other).ended
        expect(told.code, told.err).toBe(0)
        const complete = new RegExp(`payments@\\d+:\\d+ +COMPLETE {2}\\(${other}-payment-proxy:`)
        expect(told.out).toMatch(complete)
        expect(told.out).toMatch(/^application [0-9a-f-]{36} is at 2000$/m)
      }
      host.child.kill('SIGTERM')
      const { code, out, err } = await host.ended
      expect(code, err).toBe(0)
      expect(out).toContain('pay here: http://127.0.0.1:')
      expect(out).toMatch(/payments@\d+:\d+ +COMPLETE {2}\(examplepay-payment-proxy:/)
      expect(out).toMatch(/payments@\d+:\d+ +COMPLETE, the Core was told {2}\(/)
      const [, payment] = /^payment ([0-9a-f-]{36}) is COMPLETE$/m.exec(out) ?? []
      expect(out).toMatch(/^application [0-9a-f-]{36} is at 2000$/m)

      const again = await corrente('payment', 'show', payment!).ended
      expect(again.code, again.err).toBe(0)
      expect(placesIn(out).length).toBeGreaterThanOrEqual(10)
      expect(placesIn(again.out)).toEqual(expect.arrayContaining(placesIn(out)))

      const whole = await corrente('payment', 'show', payment!, '--bodies').ended
      const iud = payment!.replaceAll('-', '')
      expect(whole.out).toMatch(
        new RegExp(`examplepay was asked: PUT \\S+/pendencies/${iud}, answered 20[01] in \\d+ ms`),
      )
      expect(whole.out).toContain('examplepay told us: POST payment-proxy/examplepay/notify')
      expect(whole.out).toContain(`asked application/json, `)
      expect(whole.out).toContain(`"iud":"${iud}"`)
      const hidden = Object.values(secretsOf(join(home, `stack-${portBase}`)))
      for (const text of [...hidden, ...payerTexts]) expect(whole.out).not.toContain(text)
      const short = await corrente('payment', 'show', payment!, '--no-exchanges').ended
      expect(short.out).not.toContain('examplepay was asked')
    },
  )
})

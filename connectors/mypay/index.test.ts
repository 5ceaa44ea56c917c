import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleAddresses, iudFor } from '#sandboxes/example-payment'
import {
  exampleBody,
  exampleConfiguration,
  exampleNotifySecret,
} from '#connectors/mypay/example-configuration'
import { examplePayment } from '#connectors/mypay/example-payment'
import { mypay } from '#connectors/mypay/index'
import { iuvFor } from '#schemas/values/iud-numbers'
import { startMypaySandbox } from '#connectors/mypay/sandbox'
import { TransientError } from '#core/errors'
import type { MypaySandbox } from '#connectors/mypay/sandbox'

let sandbox: MypaySandbox
beforeAll(async () => {
  sandbox = await startMypaySandbox({ ...exampleBody, notify_secret: exampleNotifySecret })
})
afterAll(() => sandbox.stop())

const connected = (changes: Readonly<Record<string, unknown>> = {}) =>
  mypay.connect(exampleConfiguration(sandbox.endpoint, changes))
const requestFor = (cents: number, details = {}) =>
  mypay.composeOpening(
    examplePayment({ amount: cents, ...details }),
    exampleConfiguration(sandbox.endpoint),
  )
const open = (cents: number, timeout_ms = 3_000) =>
  connected({ timeout_ms }).openDebtPosition(requestFor(cents), exampleAddresses)

describe('mypay opens a debt position', { timeout: 15_000 }, () => {
  it('and opens it once, however often it is asked: a repeat finds what is there', async () => {
    const first = await open(4250)
    const iuv = iuvFor(iudFor(4250), '99')
    expect(first).toEqual({ notice_code: `3${iuv}`, iuv })
    expect(await open(4250)).toEqual(first)
    expect(sandbox.counters(iudFor(4250))).toEqual({
      debt_positions: 1,
      creation_requests: 2,
      settlements: 0,
      notifications: 0,
    })
  })

  it('.02 and is refused, with HTTP 200', async () => {
    await expect(open(4202)).rejects.toMatchObject({
      name: 'RejectedError',
      code: 'mypay-PAA_IDENTIFICATIVO_TIPO_DOVUTO_NON_ABILITATO',
    })
    expect(sandbox.counters(iudFor(4202)).debt_positions).toBe(0)
  })

  it.each([
    { cents: 4203, scene: 'something went wrong there', failures: 1, debts: 0 },
    { cents: 4204, scene: 'the answer is lost', failures: 1, debts: 1 },
    { cents: 4205, scene: 'HTML comes with 200', failures: 2, debts: 0 },
    { cents: 4206, scene: 'a SOAP fault comes', failures: 1, debts: 0 },
    { cents: 4207, scene: 'a fault comes that nobody knows', failures: 1, debts: 0 },
    { cents: 4208, scene: 'it is slower than we wait', failures: 1, debts: 1, timeout_ms: 300 },
    { cents: 4209, scene: 'nothing is answered', failures: 1, debts: 0, timeout_ms: 300 },
    { cents: 4219, scene: 'it is down', failures: 3, debts: 0 },
    { cents: 4229, scene: 'it is asked too often', failures: 1, debts: 0 },
  ])('.$cents and tries again when $scene', async ({ cents, failures, debts, timeout_ms }) => {
    for (let attempt = 1; attempt <= failures; attempt += 1) {
      await expect(open(cents, timeout_ms)).rejects.toThrow(TransientError)
    }
    await expect.poll(() => sandbox.counters(iudFor(cents)).debt_positions).toBe(debts)
    expect((await open(cents)).notice_code).toMatch(/^3\d{17}$/)
    expect(sandbox.counters(iudFor(cents))).toMatchObject({
      debt_positions: 1,
      creation_requests: failures + 1,
    })
  })

  it('under an iud that MyPay would refuse', async () => {
    const iud = `000${iudFor(1).slice(3)}`
    const request = requestFor(4300, { iud })
    await connected().openDebtPosition(request, exampleAddresses)
    expect(await connected().findSettlement(iud)).toEqual({ state: 'pending' })
  })

  it('and is refused where the number is that of somebody else', async () => {
    await open(4400)
    const other = JSON.parse(requestFor(4500)) as { datiVersamento: Record<string, unknown> }
    other.datiVersamento.identificativoUnivocoVersamento = iuvFor(iudFor(4400), '99')
    const opening = connected().openDebtPosition(JSON.stringify(other), exampleAddresses)
    await expect(opening).rejects.toMatchObject({ code: 'mypay-PAA_IMPORT_IUV_DUPLICATO' })
  })

  it('and waits for an administrator where its password is not taken', async () => {
    const { openDebtPosition } = connected({ password: 'another-one' })
    const opening = openDebtPosition(requestFor(4600), exampleAddresses)
    await expect(opening).rejects.toThrow(TransientError)
    expect(sandbox.counters(iudFor(4600)).debt_positions).toBe(0)
  })

  it('but no stamp for a service of another type', () => {
    const composing = () =>
      mypay.composeOpening(
        examplePayment({ type: 'STAMP' }),
        exampleConfiguration(sandbox.endpoint),
      )
    expect(composing).toThrow(expect.objectContaining({ code: 'stamp-due-type' }) as Error)
  })
})

describe('mypay finds a debt position', () => {
  it('that an earlier try opened, and surely none where there is none', async () => {
    const opened = await open(5000)
    expect(await connected().findDebtPosition(requestFor(5000))).toEqual(opened)
    expect(await connected().findDebtPosition(requestFor(5100))).toBeUndefined()
  })
})

describe('mypay is tried out', () => {
  const probe = (changes = {}) => mypay.probe!(exampleConfiguration(sandbox.endpoint, changes))

  it('by asking for a due that is nobody’s, leaving nothing behind', async () => {
    const before = sandbox.counters()
    await probe().tryCredentials(AbortSignal.timeout(3_000))
    expect(sandbox.counters()).toEqual(before)
    expect(probe().url).toBe(sandbox.endpoint)
  })

  it.each([{ password: 'another-one' }, { ipa_code: 'C_ALTRO' }])(
    'and says that it does not take %j',
    async (changes) => {
      const trying = probe(changes).tryCredentials(AbortSignal.timeout(3_000))
      await expect(trying).rejects.toThrow(/PAA_ENTE_NON_VALIDO/)
    },
  )
})

describe('mypay is configured', () => {
  const { tenant } = exampleConfiguration('http://127.0.0.1:9') as { tenant: object }

  it('and follows the dues of a service whose form became wrong, but opens none', () => {
    const configuration = { tenant, service: {} }
    expect(() => mypay.connect(configuration)).not.toThrow()
    const composing = () => mypay.composeOpening(examplePayment(), configuration)
    expect(composing).toThrow(expect.objectContaining({ code: 'bad-configuration' }) as Error)
  })

  it('and makes the same request of the same payment, without what is secret', () => {
    const request = requestFor(4250)
    expect(requestFor(4250)).toBe(request)
    expect(request).not.toContain(exampleBody.password)
  })
})

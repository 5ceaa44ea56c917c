import { describe, expect, it } from 'vitest'
import { PlayedDebits, tried } from '#tests/soak/debits/example-run'
import { countedAs, finallyTold, toldOf } from '#tests/soak/debits/told'

const debit = new PlayedDebits().wish('Debit', 'a')
const ofSource = { ...debit, path: '/debito', body: { valor: '50.20' } }

describe('an answer', () => {
  it('that approves says how much, and what it adds to what is held', () => {
    const text = '{"code":"10","amount":"12.30","before":{"held":"1.00"},"after":{"held":"13.30"}}'
    const told = { is: 'approved', code: '10', amount: 1_230, held: 1_230 }
    expect(toldOf(debit, tried(200, text))).toEqual(told)
  })

  it.each([
    [409, '{"code":"51"}', 'declined'],
    [504, '{"code":"68"}', 'undecided'],
    [503, '{"code":"91"}', 'undecided'],
    [undefined, 'fetch failed', 'unanswered'],
    [409, '{"code":"68"}', 'odd'],
    [500, '{"code":"96"}', 'odd'],
    [200, '{"code":"51","amount":"1.00"}', 'odd'],
    [502, '<html>', 'odd'],
  ])('%s %s is %s', (status, text, is) => {
    expect(toldOf(debit, tried(status, text)).is).toBe(is)
  })

  it('of the source is read in its words', () => {
    const told = { is: 'approved', code: '00', amount: 5_020, held: 0 }
    expect(toldOf(ofSource, tried(200, '{"valor":"50.20"}'))).toEqual(told)
    expect(toldOf(ofSource, tried(200, '{"valor":"50.2"}')).is).toBe('odd')
    const declined = { is: 'declined', code: '51' }
    expect(toldOf(ofSource, tried(409, '{"mensagem":"Saldo insuficiente"}'))).toEqual(declined)
    const late = { is: 'undecided', code: '68' }
    expect(toldOf(ofSource, tried(504, '{"codigo":"68"}'))).toEqual(late)
  })

  it('is counted by status and code', () => {
    expect(countedAs(debit, tried(409, '{"code":"51"}'))).toBe('409, code 51')
    expect(countedAs(debit, tried(500, '{}'))).toBe('500, odd')
    expect(countedAs(debit, tried(undefined, ''))).toBe('no answer')
  })

  it('that tells what was decided is what a client goes by, whatever came before or after', () => {
    const late = tried(504, '{"code":"68"}')
    const tries = [late, tried(409, '{"code":"51"}'), late]
    expect(finallyTold({ ...debit, tries })).toEqual({ is: 'declined', code: '51' })
    expect(finallyTold({ ...debit, tries: [late] }).is).toBe('undecided')
  })
})

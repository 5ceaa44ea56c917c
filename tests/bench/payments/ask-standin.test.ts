import { expect, it } from 'vitest'
import { viewOver } from '#tests/bench/payments/ask-standin'

it('a view has its columns over another topic, too', () => {
  const text = viewOver('open_payments', { name: 'bench_open', topic: 'load-open' })
  expect(text).toContain('CREATE SOURCE TABLE IF NOT EXISTS bench_open (')
  expect(text).toContain('next_check_at_ms BIGINT')
  expect(text).toContain("KAFKA_TOPIC = 'load-open'")
  expect(text).not.toContain('payments.open')
})

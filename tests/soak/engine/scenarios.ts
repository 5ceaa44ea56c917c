import type { Scenario } from '#tests/soak/engine/scenario'
import { asleep } from '#tests/soak/engine/scenarios/asleep'
import { clockSetBack } from '#tests/soak/engine/scenarios/clock-set-back'
import { diskFull } from '#tests/soak/engine/scenarios/disk-full'
import { failingEffects } from '#tests/soak/engine/scenarios/failing-effects'
import { kills } from '#tests/soak/engine/scenarios/kills'
import { outages } from '#tests/soak/engine/scenarios/outages'
import { partyAway } from '#tests/soak/engine/scenarios/party-away'
import { rebalances } from '#tests/soak/engine/scenarios/rebalances'
import { stateDirectory } from '#tests/soak/engine/scenarios/state-directory'

/** All of them, in the order they are played. */
export const scenarios: readonly Scenario[] = [
  kills,
  asleep,
  rebalances,
  outages,
  diskFull,
  stateDirectory,
  failingEffects,
  partyAway,
  clockSetBack,
]

import { answering } from '#tests/bench/connectors/call-answers'
import { endWithParent } from '#tests/bench/engine/loop-spec'

/** Says yes to what connectors ask. Prints `listening`. */
endWithParent()
await answering(Number(process.env['PORT']))
process.stdout.write('listening\n')

import { parseArgs } from 'node:util'
import { type Command, print } from '#apps/corrente/command'
import { kafkaUiYaml } from '#apps/corrente/kafka-ui-config'
import { maskedFields } from '#apps/corrente/masked-fields'
import { declaredUnits } from '#apps/platform/declared-units'

/** Where they are in compose.yaml. */
const usual = {
  brokers: 'kafka:29092',
  registry: 'http://schema-registry:8081',
  ksqldb: 'http://ksqldb-server:8088',
}

const options = {
  brokers: { type: 'string', default: usual.brokers },
  registry: { type: 'string', default: usual.registry },
  ksqldb: { type: 'string', default: usual.ksqldb },
} as const

/** What compose/kafka-ui/config.yaml holds. */
export const kafkaUiConfig: Command = {
  name: 'kafka-ui config',
  summary: 'the configuration of Kafka UI, with what it is to mask',
  help: `corrente kafka-ui config [--brokers <host:port,…>] [--registry <url>] [--ksqldb <url>]

Prints the configuration of Kafka UI (kafbat) for this platform's topics: the cluster, to look at only, and a rule for every
field of a value that the schemas say is personal, sensitive or secret. Those of compose.yaml are meant where no option says
otherwise; compose/kafka-ui/config.yaml is this text.`,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options })
    print(kafkaUiYaml(values, maskedFields(declaredUnits)).trimEnd())
    return 0
  },
}

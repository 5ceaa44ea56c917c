import { type Command, print } from '#apps/corrente/command'
import { declaredUnits } from '#apps/platform/declared-units'
import { topologyDiagram } from '#apps/platform/topology-diagram'

/** The picture in the README. */
export const topology: Command = {
  name: 'topology',
  summary: 'every unit and the topics between them, as a Mermaid flowchart',
  help: 'corrente topology\n\nPrints the topology as a Mermaid flowchart; the README shows the same.',
  run() {
    print(topologyDiagram(declaredUnits))
    return Promise.resolve(0)
  },
}

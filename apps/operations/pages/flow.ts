import { type FlowEdge, type FlowNode, flowOf } from '#apps/operations/flow-layout'
import { html, type Html } from '#apps/platform/html'
import type { LogView } from '#apps/operations/needs'
import { rate, whole } from '#apps/operations/pages/layout'
import type { Unit } from '#core/processor'

const [wide, high, gapX, gapY, margin] = [132, 40, 24, 22, 12]

const x = ({ column }: FlowNode) => margin + column * (wide + gapX)
const y = ({ row }: FlowNode) => margin + row * (high + gapY)

/** The units and the topics between them as a picture, with rates and lags; the table beside it says the same. */
export function flowPicture(units: readonly Unit[], { samples }: LogView): Html {
  const { nodes, edges } = flowOf(units)
  const byName = new Map(nodes.map((node) => [node.name, node]))
  const width = Math.max(...nodes.map(x)) + wide + margin
  const height = Math.max(...nodes.map(y)) + high + 4 * margin
  const lagOf = (name: string) => samples.latest?.units.find(({ unit }) => unit === name)?.lag
  const said = ({ name, kind }: FlowNode) => {
    if (kind === 'topic') return perSecond(samples.writtenPerSecond(name))
    const lag = lagOf(name)
    const parts = [
      lag !== undefined && `lag ${whole(lag)}`,
      perSecond(samples.handledPerSecond(name)),
    ]
    return parts.filter(Boolean).join(' · ')
  }
  const isAmiss = ({ name }: FlowNode) =>
    samples.isUnmanned(name) || samples.stuckPartitions(name) > 0
  return html`<div class="table" role="region" aria-label="Picture of the flow" tabindex="0">
    <svg
      viewBox="${`0 0 ${width} ${height}`}"
      width="${width}"
      role="img"
      aria-label="The flow from topic to unit to topic; the table of units says the same."
    >
      ${edges.map((edge) => line(edge, [byName.get(edge.from)!, byName.get(edge.to)!], height))}
      ${nodes.map((node) => box(node, said(node), isAmiss(node)))}
    </svg>
  </div>`
}

const perSecond = (number: number | undefined) => (number === undefined ? '' : `${rate(number)}/s`)

function box(node: FlowNode, said: string, isAmiss: boolean): Html {
  const [left, top] = [x(node), y(node)]
  const round = node.kind === 'topic' ? high / 2 : 4
  return html`<g class="${`${node.kind}${isAmiss ? ' amiss' : ''}`}">
    <rect x="${left}" y="${top}" width="${wide}" height="${high}" rx="${round}" />
    <text x="${left + wide / 2}" y="${top + 17}">${node.name}</text>
    <text class="said" x="${left + wide / 2}" y="${top + 32}">${said}</text>
  </g>`
}

/** A curve from the right side of one to the left side of the other; one that leads back runs below everything. */
function line(
  { isBack }: FlowEdge,
  [from, to]: readonly [FlowNode, FlowNode],
  height: number,
): Html {
  if (isBack) {
    const [startX, startY] = [x(from) + wide / 2, y(from) + high]
    const [endX, endY] = [x(to) + wide / 2, y(to) + high]
    // A curve comes three quarters of the way to where it is drawn.
    const low = ((height - margin) * 4 - Math.min(startY, endY)) / 3
    const way = `M${startX} ${startY} C${startX} ${low} ${endX} ${low} ${endX} ${endY}`
    return html`<path class="back" d="${way}" />`
  }
  const [startX, startY] = [x(from) + wide, y(from) + high / 2]
  const [endX, endY] = [x(to), y(to) + high / 2]
  const middle = (startX + endX) / 2
  const way = `M${startX} ${startY} C${middle} ${startY} ${middle} ${endY} ${endX} ${endY}`
  return html`<path d="${way}" />`
}

/** Rows as lines of aligned columns under their titles; numbers to the right. The last column is not filled up. */
export function columns(
  titles: readonly string[],
  rows: readonly (readonly (string | number | undefined)[])[],
): readonly string[] {
  const texts = [titles, ...rows.map((row) => row.map((cell) => String(cell ?? '-')))]
  const widths = titles.map((_, at) => Math.max(...texts.map((row) => row[at]?.length ?? 0)))
  const isNumeric = titles.map((_, at) => rows.some((row) => typeof row[at] === 'number'))
  return texts.map((row) =>
    row
      .map((text, at) => (isNumeric[at] ? text.padStart(widths[at]!) : text.padEnd(widths[at]!)))
      .join('  ')
      .trimEnd(),
  )
}

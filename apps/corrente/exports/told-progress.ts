/** Something that lines are written to. */
export interface Screen {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  write(text: string): unknown
}

/** Tells how far something is: on a terminal one line that changes, elsewhere a line now and then. */
export interface ToldProgress {
  /** `text` on a terminal; `line` elsewhere, where it is said `isNew`, or a while after the last one. */
  tell(told: { readonly text: string; readonly line: string; readonly isNew: boolean }): void
  /** What comes next begins a line of its own. */
  end(): void
}

const lineEveryMs = 5_000

export function toldProgress(
  screen: Screen,
  now: () => number = () => performance.now(),
): ToldProgress {
  let toldAt = -Infinity
  let last = ''
  if (!screen.isTTY) {
    return {
      tell({ line, isNew }) {
        if (line === last || (!isNew && now() - toldAt < lineEveryMs)) return
        toldAt = now()
        last = line
        screen.write(`${line}\n`)
      },
      end: () => undefined,
    }
  }
  return {
    tell({ text }) {
      // A line that is broken in two would not be overwritten whole.
      last = text.slice(0, Math.max(1, (screen.columns ?? 80) - 1))
      screen.write(`\r${last}\u001b[K`)
    },
    end() {
      if (last !== '') screen.write('\n')
      last = ''
    },
  }
}

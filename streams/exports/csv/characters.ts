const codePoints = 0x110000
/** What composing may change begins here. */
const composable = /[\u0300-\uFFFF]/

/** Which characters texts are printed with: of their composed form (NFC), which is what is drawn. */
export class Characters {
  readonly #seen = new Uint8Array(codePoints)

  add(text: string): void {
    const composed = composable.test(text) ? text.normalize('NFC') : text
    for (let at = 0; at < composed.length; at++) {
      const unit = composed.charCodeAt(at)
      const isPair = unit >= 0xd800 && unit < 0xe000
      this.#seen[isPair ? composed.codePointAt(at++)! : unit] = 1
    }
  }

  /** Each once, by code point. */
  toString(): string {
    let all = ''
    for (let code = this.#seen.indexOf(1); code !== -1; code = this.#seen.indexOf(1, code + 1)) {
      all += String.fromCodePoint(code)
    }
    return all
  }
}

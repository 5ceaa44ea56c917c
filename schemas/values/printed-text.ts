/**
 * A text as it is printed on one line or several: its letters composed (NFC), each run of blanks, line ends and
 * controls one space, what has no sign of its own left out (soft hyphens, marks that turn the direction of writing).
 */
export const printedText = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim()

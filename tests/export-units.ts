/** The units that an export goes through. */
export const exportUnits = [
  'export-intake',
  'export-keeper',
  'export-extractor',
  'export-splitter',
  'export-renderer',
  'export-packer',
  'export-purger',
] as const

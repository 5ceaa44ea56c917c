import { changelog, commands, facts, table } from '#schemas/topic'

export const exportRequests = commands('export-requests', 'corrente.exports.ExportRequest', {
  key: 'request_id',
})
export const exportFacts = facts('export.facts', 'corrente.exports.ExportFact', {
  key: 'content_key',
})
export const exportExtractions = commands(
  'export.extractions',
  'corrente.exports.ExportExtraction',
  { key: 'content_key' },
)
export const exportSplittings = commands('export.splittings', 'corrente.exports.ExportSplitting', {
  key: 'content_key',
})
export const pdfJobs = commands('pdf-jobs', 'corrente.exports.PdfJob', { key: 'job_id' })
export const exportPackings = commands('export.packings', 'corrente.exports.ExportPacking', {
  key: 'content_key',
})
export const exportPurgings = commands('export.purgings', 'corrente.exports.ExportPurging', {
  key: 'content_key',
})
export const exportTellings = commands('export.tellings', 'corrente.exports.ExportTelling', {
  key: 'request_id',
})
export const exportsCurrent = table('exports.current', 'corrente.exports.ExportCurrent', {
  key: 'export_id',
})
export const exportsRequested = table('exports.requested', 'corrente.exports.RequestedExport', {
  key: 'request_id',
  indexes: ['tenant_id'],
})
export const exportRows = changelog('export-keeper.rows', 'corrente.exports.ExportRow', {
  key: 'id',
})
export const notifiedRequests = changelog(
  'export-notifications.requests',
  'corrente.exports.NotifiedRequest',
  { key: 'request_id' },
)

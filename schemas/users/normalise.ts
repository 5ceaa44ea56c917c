import { emptyToNull, mend, versionText } from '#schemas/plain-json'

/**
 * Mends the known deviations of a login in plain JSON, so that its schema can judge it. Never throws. The page that
 * shows the event was readable only in part: names are taken under the words the Core uses elsewhere, too.
 */
export const normaliseUser = (json: unknown): unknown =>
  mend(json, (user) => ({
    event_version: versionText(user['event_version']),
    tax_code: emptyToNull(user['tax_code'] ?? null),
    name: emptyToNull(user['name'] ?? user['given_name'] ?? null),
    family_name: emptyToNull(user['family_name'] ?? user['surname'] ?? null),
    email: emptyToNull(user['email'] ?? null),
  }))

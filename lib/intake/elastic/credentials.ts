/** Longest header looked at; keys are far shorter. */
const MAX_HEADER = 4_096

/**
 * The secrets an `Authorization` header may mean, most likely first: `ApiKey base64(id:key)`, `ApiKey base64(key)` or the key
 * itself, `Basic base64(user:key)` with any user, `Bearer key`. Empty when it has none of these forms.
 */
export function secretsOf(authorization: string | null): readonly string[] {
  const [, scheme = '', value = ''] = /^([A-Za-z]{1,16}) +(\S+)$/.exec((authorization ?? '').slice(0, MAX_HEADER).trim()) ?? []
  switch (scheme.toLowerCase()) {
    case 'apikey':
      return distinct([afterColon(decoded(value)), decoded(value), afterColon(value), value])
    case 'basic':
      return distinct([afterColon(decoded(value))])
    case 'bearer':
      return distinct([value, afterColon(decoded(value)), afterColon(value)])
    default:
      return []
  }
}

const decoded = (text: string): string => (/^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64').toString('utf8') : '')

const afterColon = (text: string): string => {
  const colon = text.indexOf(':')
  return colon < 0 ? '' : text.slice(colon + 1)
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts.filter((text) => text !== ''))]

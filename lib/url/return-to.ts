/**
 * Where to go after signing in: only a path of this site.
 *
 * @returns `/alarms` for anything that could lead elsewhere (`//host`, `/\host`, a scheme, a control character) or back to
 *   the sign-in page itself.
 */
export function safeReturnTo(value: string | null | undefined): string {
  const home = '/alarms'
  if (!value?.startsWith('/') || /[\\\p{Cc}]/u.test(value)) return home
  const base = 'http://dowser.invalid'
  let url: URL
  try {
    url = new URL(value, base)
  } catch {
    return home
  }
  if (url.origin !== base || url.pathname.startsWith('//') || /^\/(sign-in|setup|api)(\/|$)/.test(url.pathname)) return home
  return `${url.pathname}${url.search}${url.hash}`
}

/** What a browser remembers of its user's taste: kept in localStorage, mirrored to a cookie so the server paints it right at once. */
export type Preference = 'theme' | 'clock' | 'zone' | 'density'

export const preferenceCookie = (name: Preference): string => `dowser-${name}`

const YEAR_SECONDS = 31_536_000

/** Storage may be forbidden; then the cookie alone carries it. */
export function readPreference(name: Preference): string | null {
  try {
    return localStorage.getItem(preferenceCookie(name))
  } catch {
    return null
  }
}

export function writePreference(name: Preference, value: string): void {
  try {
    localStorage.setItem(preferenceCookie(name), value)
  } catch {
    // The cookie below is enough.
  }
  // biome-ignore lint/suspicious/noDocumentCookie: -- the Cookie Store API is missing from browsers we support
  document.cookie = `${preferenceCookie(name)}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`
}

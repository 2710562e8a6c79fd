/** Tested in this order: a browser's text names those it descends from. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|Opera)\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:iPhone|iPod)\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]
/** What a browser sends is shorter; the rest says nothing more. */
const READ = 512

/** "Firefox on Linux": what a sign-in came from, in words of ours, because the text itself is whatever the client sends. */
export function deviceOf(userAgent: string | null): string {
  const text = (userAgent ?? '').slice(0, READ)
  const named = (list: typeof BROWSERS) => list.find(([pattern]) => pattern.test(text))?.[1]
  const browser = named(BROWSERS)
  const system = named(SYSTEMS)
  if (browser === undefined) return system === undefined ? 'An unknown program' : `A program on ${system}`
  return system === undefined ? browser : `${browser} on ${system}`
}

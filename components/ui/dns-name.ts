import { escapeCharacter, inertText } from './inert-text'
import { decodePunycode } from './punycode'

/** Printable ASCII as it is, everything else escaped: what a name may look like on a page. */
export function safeName(name: string): string {
  return name.replace(/[^!-~]/gu, escapeCharacter)
}

/** Splits at dots that separate labels, not at `\.`. */
function labelsOf(name: string): string[] {
  return name.match(/(?:\\.|[^.\\])+/gs) ?? []
}

const LABEL_LIMIT = 20
const LABELS_SHOWN = 4

function shortenLabel(label: string): string {
  return label.length <= LABEL_LIMIT ? label : `${label.slice(0, 10)}…${label.slice(-6)}`
}

/** The part in front of the zone, each long label shortened in its middle, a long run of labels cut in its middle. */
function shorten(head: string): string {
  const labels = labelsOf(head).map(shortenLabel)
  return labels.length <= LABELS_SHOWN ? labels.join('.') : [...labels.slice(0, 2), '…', ...labels.slice(-1)].join('.')
}

/** The name with its `xn--` labels decoded, made inert; null when there is none or one does not decode. */
function unicodeForm(name: string): string | null {
  let found = false
  const labels = labelsOf(name).map((label) => {
    if (!/^xn--/i.test(label)) return label
    const decoded = decodePunycode(label.slice(4))
    if (decoded === null) return label
    found = true
    return inertText(decoded)
  })
  return found ? labels.join('.') : null
}

export interface NameParts {
  /** In front of the zone, shortened, with its closing dot; '' when there is nothing. */
  readonly head: string
  /** The registrable part, never shortened but by the page's width; '' when no zone is known. */
  readonly zone: string
  /** The whole name, escaped: for titles and copies. */
  readonly full: string
  readonly unicode: string | null
}

/** How a DNS name is drawn. `zone` is its registrable part, as the alarm or event states it. */
export function nameParts(name: string, zone: string | null | undefined): NameParts {
  const full = safeName(name)
  const tail = zone ? safeName(zone) : ''
  const inZone = tail !== '' && (full === tail || full.endsWith(`.${tail}`))
  const front = inZone ? full.slice(0, full.length - tail.length).replace(/\.$/, '') : full
  const head = shorten(front)
  return { head: inZone && head !== '' ? `${head}.` : head, zone: inZone ? tail : '', full, unicode: unicodeForm(full) }
}

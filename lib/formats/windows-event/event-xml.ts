/** What is read of a Windows event in XML. */
export interface EventXml {
  readonly provider: string | null
  readonly code: string | null
  /** `TimeCreated`'s `SystemTime`, as written. */
  readonly created: string | null
  readonly computer: string | null
  /** `<Data Name='X'>` by name, the first of each. */
  readonly data: Readonly<Record<string, string>>
}

const PROVIDER = /<Provider[^<>]{0,256}?\sName=(?:'([^'<>]{1,255})'|"([^"<>]{1,255})")/
const EVENT_ID = /<EventID[^<>]{0,128}>\s{0,16}(\d{1,6})/
const CREATED = /<TimeCreated[^<>]{0,64}?\sSystemTime=(?:'([^'<>]{1,64})'|"([^"<>]{1,64})")/
const COMPUTER = /<Computer>([^<]{1,255})/
const NAME = /^<Data[^<>]{0,64}?\sName=(?:'([^'<>]{1,255})'|"([^"<>]{1,255})")[^<>]{0,64}>/
const MAX_FIELDS = 256

/**
 * Fields of one event or of its `EventData`. Cut and broken text gives what can be made out: a value without its end tag
 * ends where the text does. No entity but the five of XML and numbers is resolved, and no DTD is read.
 */
export function readEventXml(text: string): EventXml {
  const start = text.search(/<(?:EventData|UserData)[\s>]/)
  const system = start < 0 ? text : text.slice(0, start)
  return {
    provider: quoted(PROVIDER.exec(system)),
    code: EVENT_ID.exec(system)?.[1] ?? null,
    created: quoted(CREATED.exec(system)),
    computer: undone(COMPUTER.exec(system)?.[1]),
    data: start < 0 ? {} : dataOf(text.slice(start)),
  }
}

const quoted = (match: RegExpExecArray | null): string | null => undone(match?.[1] ?? match?.[2])

function dataOf(text: string): Readonly<Record<string, string>> {
  const fields = new Map<string, string>()
  let at = text.indexOf('<Data ')
  while (at >= 0 && fields.size < MAX_FIELDS) {
    const tag = NAME.exec(text.slice(at, at + 512))
    const [whole, single, double] = tag ?? []
    const name = single ?? double
    let next = at + 6
    if (whole !== undefined && name !== undefined) {
      const from = at + whole.length
      const isEmpty = whole.endsWith('/>')
      const end = isEmpty ? from : text.indexOf('<', from)
      if (!fields.has(name)) fields.set(name, undone(text.slice(from, end < 0 ? undefined : end)) ?? '')
      next = end < 0 ? text.length : end
    }
    at = text.indexOf('<Data ', next)
  }
  return Object.fromEntries(fields)
}

const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g
const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

function undone(text: string | undefined): string | null {
  if (text === undefined) return null
  if (!text.includes('&')) return text
  return text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED.get(name) ?? whole
    const point = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16)
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '\uFFFD'
  })
}

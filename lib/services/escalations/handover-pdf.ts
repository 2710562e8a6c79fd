import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import PDFDocument from 'pdfkit'
import { INDICATOR_WORDS, type Indicators } from '@/lib/domain/escalation-indicators'
import { ESCALATION_STATUS_WORDS, timelineOf } from '@/lib/domain/escalation-timeline'
import { type Handover, stepsDone, utc, whoOf } from '@/lib/domain/handover/handover'
import { defang, escapeCharacter, inertText } from '@/lib/domain/inert-text'

/** Fonts that are embedded: what they cannot draw is written as an escape, never as a box. */
const FONTS = { plain: 'DejaVuSans.ttf', bold: 'DejaVuSans-Bold.ttf', mono: 'DejaVuSansMono.ttf' } as const
type FontName = keyof typeof FONTS

const MARGIN = 48
const SIZES = { title: 17, heading: 12, text: 9, small: 8 } as const
/** Script that is written from right to left would turn the names around it over. */
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
/** Room that a heading needs on its page, in points: itself and three lines. */
const KEPT_BELOW_HEADING = 64
/** Longest run without a place to break that still fits a line. */
const MAX_RUN = 60

const fontFiles = new Map<FontName, Buffer>()

function fontFile(name: FontName): Buffer {
  const known = fontFiles.get(name)
  if (known !== undefined) return known
  const path = join(/* turbopackIgnore: true */ process.cwd(), 'node_modules', 'dejavu-fonts-ttf', 'ttf', FONTS[name])
  if (!existsSync(path)) throw new Error(`The font ${FONTS[name]} is missing: reinstall the packages.`)
  const bytes = readFileSync(path)
  fontFiles.set(name, bytes)
  return bytes
}

/** Does the embedded font have the character? */
type Draws = (codePoint: number) => boolean

/**
 * Text that the font can draw as it is: control characters and what it lacks as escapes, long runs with places to break.
 *
 * @param place - what stands where a line may break; must be drawn as nothing.
 */
export function printable(text: string, draws: Draws, place = '\u200b'): string {
  let out = ''
  let run = 0
  for (const character of inertText(text)) {
    const drawn = draws(character.codePointAt(0) ?? 0) && !RIGHT_TO_LEFT.test(character) ? character : escapeCharacter(character)
    run = character === ' ' ? 0 : run + drawn.length
    if (run > MAX_RUN) {
      out += place
      run = drawn.length
    }
    out += drawn
  }
  return out
}

/** The hand-over as PDF, A4, with its fonts. @returns the bytes. */
export function toPdf(handover: Handover): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const doc = new PDFDocument({
      size: 'A4',
      margin: MARGIN,
      bufferPages: true,
      // Without a font of its own the library would read one from disk at once.
      font: fontFile('plain') as unknown as string,
      info: { Title: `${handover.detail.escalation.id} hand-over`, Creator: 'Dowser', CreationDate: new Date(handover.writtenAt) },
    })
    const chunks: Buffer[] = []
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
    try {
      new Writer(doc).write(handover)
      doc.end()
    } catch (cause) {
      reject(cause)
    }
  })
}

class Writer {
  constructor(private readonly doc: PDFKit.PDFDocument) {
    for (const name of Object.keys(FONTS) as FontName[]) doc.registerFont(name, fontFile(name) as unknown as string)
  }

  write(handover: Handover): void {
    const { detail, indicators, writtenAt, writtenBy } = handover
    const { escalation, alarms } = detail
    this.line(`${escalation.id}: ${escalation.title}`, 'bold', SIZES.title)
    const owner = escalation.owner?.name ?? 'nobody'
    this.line(`${ESCALATION_STATUS_WORDS[escalation.status]} · owner: ${owner} · ${stepsDone(detail)}`)
    this.line(`Opened ${utc(escalation.createdAt)} by ${escalation.createdBy.name} · ${alarms.length} of ${alarms.length} alarms attached`)
    this.line(`Written ${utc(writtenAt)} by ${writtenBy.name}, version ${escalation.version}`)
    this.alarms(handover)
    this.tasks(handover)
    this.indicators(indicators)
    this.timeline(handover)
    this.numberPages(escalation.id)
  }

  private alarms(handover: Handover): void {
    this.heading('Alarms')
    for (const alarm of handover.detail.alarms) {
      const { id, severity, detector, zone, firstSeenAt, lastSeenAt, summary } = alarm
      const who = whoOf(handover, alarm).map(defang)
      this.line(`${id} · ${severity} · ${handover.detectorTitles[detector] ?? detector}`, 'bold')
      this.line([zone === null ? null : defang(zone), ...who].filter((part) => part !== null).join(' · '), 'mono')
      this.line(zone === null ? summary : summary.replaceAll(zone, defang(zone)))
      this.line(`${utc(firstSeenAt)} to ${utc(lastSeenAt)}`, 'plain', SIZES.small)
      this.doc.moveDown(0.4)
    }
  }

  private tasks({ detail: { tasks } }: Handover): void {
    this.heading('Response')
    for (const { text, done, assignee } of tasks) {
      const who = done !== null ? ` (${done.name}, ${utc(done.at)})` : assignee !== null ? ` (${assignee.name}, open)` : ''
      this.line(`[${done === null ? ' ' : 'x'}] ${text}${who}`)
    }
  }

  private indicators(indicators: Indicators): void {
    this.heading('Indicators, defanged')
    for (const kind of Object.keys(INDICATOR_WORDS) as (keyof Indicators)[]) {
      const { values, omitted } = indicators[kind]
      if (values.length === 0) continue
      this.line(`${INDICATOR_WORDS[kind]}${omitted === 0 ? '' : ` (${omitted} more are not listed)`}`, 'bold')
      for (const value of values) this.line(kind === 'users' ? value : defang(value), 'mono', SIZES.small)
    }
  }

  private timeline({ detail }: Handover): void {
    this.heading('Timeline')
    for (const { at, byName, words, detail: what, note, alarmId, undone } of timelineOf(detail)) {
      const shown = what === null ? '' : `: ${alarmId === null ? what : defang(what)}`
      this.line(`${utc(at)}  ${alarmId ?? byName ?? 'Dowser'} ${words}${shown}${undone ? ' (taken back)' : ''}`)
      for (const row of note?.split(/\r\n|\r|\n/) ?? []) this.line(`    ${row}`, 'plain', SIZES.text)
    }
  }

  private heading(text: string): void {
    this.doc.moveDown(1)
    const { height, margins } = this.doc.page
    // A heading stays with the first lines of what it names.
    if (this.doc.y > height - margins.bottom - KEPT_BELOW_HEADING) this.doc.addPage()
    this.line(text, 'bold', SIZES.heading)
    this.doc.moveDown(0.2)
  }

  private line(text: string, font: FontName = 'plain', size: number = SIZES.text): void {
    this.doc.font(font).fontSize(size)
    const draws = this.draws()
    // The font of names has no glyph for "nothing": there the library itself cuts what is longer than a line.
    this.doc.text(printable(text, draws, draws(0x200b) ? '\u200b' : ''), { lineGap: 1.5 })
  }

  private draws(): Draws {
    // The library's types leave out the font it has opened (fontkit).
    const { font } = (this.doc as unknown as { _font: { font: { hasGlyphForCodePoint: Draws } } })._font
    return (codePoint) => font.hasGlyphForCodePoint(codePoint)
  }

  private numberPages(id: string): void {
    const { start, count } = this.doc.bufferedPageRange()
    for (let page = start; page < start + count; page += 1) {
      this.doc.switchToPage(page)
      const { height, margins } = this.doc.page
      // Below the margin the library would begin another page.
      margins.bottom = 0
      this.doc.font('plain').fontSize(SIZES.small)
      this.doc.text(`${id} · page ${page + 1} of ${count}`, MARGIN, height - MARGIN / 1.5, { lineBreak: false })
    }
  }
}

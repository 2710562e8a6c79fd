import type { Intake } from '@/lib/domain/intake'
import type { Terminal } from './command'
import { terminalSafe } from './terminal-text'

const LINE_EVERY_MS = 5_000
const MIB = 1024 * 1024

const mebibytes = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`

function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** One line on how an import stands: bytes, events a second, time left. */
export function progressLine(intake: Intake, nowMs: number): string {
  const elapsedMs = Math.max(1, nowMs - intake.startedAt)
  const events = intake.dnsEvents + intake.processEvents
  const name = terminalSafe(intake.name)
  if (intake.state === 'analysing') return `${name}: ${events} events stored, analysing …`
  const share = intake.bytesTotal === null || intake.bytesTotal === 0 ? null : intake.bytesReceived / intake.bytesTotal
  const of = intake.bytesTotal === null ? '' : ` of ${mebibytes(intake.bytesTotal)}`
  const left = share === null || share <= 0 ? '' : `, ${duration((elapsedMs / share) * (1 - share))} left`
  return `${name}: ${mebibytes(intake.bytesReceived)}${of}, ${events} events, ${Math.round((events * 1000) / elapsedMs)} events/s${left}`
}

/** Shows progress on standard error: one line that is rewritten on a terminal, else a line every five seconds. */
export function progressPrinter(terminal: Pick<Terminal, 'err' | 'isInteractive' | 'now'>): { show(intake: Intake): void; end(): void } {
  let lastAt = terminal.now()
  let isShown = false
  return {
    show(intake) {
      const nowMs = terminal.now()
      if (terminal.isInteractive) terminal.err(`\r\u001b[K${progressLine(intake, nowMs)}`)
      else if (nowMs - lastAt >= LINE_EVERY_MS) terminal.err(`${progressLine(intake, nowMs)}\n`)
      else return
      lastAt = nowMs
      isShown = true
    },
    end() {
      if (isShown && terminal.isInteractive) terminal.err('\r\u001b[K')
    },
  }
}

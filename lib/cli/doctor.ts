import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { detectors } from '@/lib/detectors/index'
import { formats } from '@/lib/formats/index'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { openDatabase } from '@/lib/store/sqlite/open-database'
import { listSegmentFiles } from '@/lib/store/sqlite/segment-files'
import { parseArguments } from './arguments'
import { type Command, EXIT, type Terminal } from './command'
import { type DataFolder, dataFolder } from './data-folder'
import { logSourceFindings } from './doctor-log-sources'
import { type Finding, fine, wrong } from './finding'
import { terminalSafe, textTable } from './terminal-text'

const USAGE = `Usage: dowser doctor

Tells what is configured, what is there and whether the server answers.

Exit code 0 when nothing is wrong, 1 otherwise.`

export const doctor: Command = {
  name: 'doctor',
  summary: 'tell what is configured, present and reachable',
  usage: USAGE,
  async run(args, terminal) {
    parseArguments(args, { flags: [], values: [] })
    const folder = dataFolder(terminal)
    const findings = [
      nodeVersion(),
      fine('detectors', detectors.map((detector) => detector.rule.id).join(', ')),
      fine('formats', formats.map((format) => format.id).join(', ')),
      part(terminal.programDir, 'dist/engine.mjs', 'engine bundle', 'run npm start'),
      part(terminal.programDir, '.next/BUILD_ID', 'console', 'run npm start'),
      ...dataFindings(folder),
      await serverAnswers(terminal),
    ]
    await terminal.out(
      `${textTable(findings.map(({ isFine, subject, text }) => [isFine ? 'ok' : 'WRONG', subject, terminalSafe(text)]))}\n`,
    )
    return findings.every(({ isFine }) => isFine) ? EXIT.ok : EXIT.unreadable
  },
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isSupported = major > 20 || (major === 20 && minor >= 19)
  return isSupported ? fine('node', process.versions.node) : wrong('node', `${process.versions.node}; 20.19 or newer is needed`)
}

function part(programDir: string, path: string, subject: string, remedy: string): Finding {
  return existsSync(join(programDir, path)) ? fine(subject, path) : wrong(subject, `${path} is missing: ${remedy}`)
}

function dataFindings(folder: DataFolder): readonly Finding[] {
  if (!existsSync(folder.dir)) return [fine('data folder', `${folder.dir} (not made yet)`)]
  return [fine('data folder', folder.dir), appDatabase(folder), ...eventFindings(folder), ...logSourceFindings(folder)]
}

function appDatabase({ appDb }: DataFolder): Finding {
  if (!existsSync(appDb)) return fine('app.db', 'not made yet')
  try {
    const db = openDatabase(appDb, { readonly: true })
    try {
      const count = (sql: string): number => db.prepare<[], number>(sql).pluck().get() ?? 0
      const isSound = db.pragma('quick_check(1)', { simple: true }) === 'ok'
      const text = `${count('SELECT count(*) FROM "Alarm"')} alarms, ${count(`SELECT count(*) FROM "Alarm" WHERE status = 'open'`)} open, ${count('SELECT count(*) FROM "User"')} users`
      return isSound ? fine('app.db', text) : wrong('app.db', 'damaged: restore a backup')
    } finally {
      db.close()
    }
  } catch (error) {
    return wrong('app.db', error instanceof Error ? error.message : String(error))
  }
}

function eventFindings({ dir }: DataFolder): readonly Finding[] {
  if (!existsSync(join(dir, 'events.db'))) return [fine('events', 'none yet')]
  const segments = listSegmentFiles(dir, { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY })
  const bytes = segments.reduce((sum, segment) => sum + statSync(segment.path).size, 0)
  const store = createSqliteEventStore({ dir })
  const log = createSqliteIntakeLog(openIntakeDatabase(dir))
  try {
    const extent = store.extent()
    const span = extent === null ? 'none' : `${new Date(extent.fromMs).toISOString()} to ${new Date(extent.toMs - 1).toISOString()}`
    const intakes = log.list(1_000)
    const failed = intakes.filter((intake) => intake.state === 'failed').length
    const underWay = intakes.filter((intake) => intake.state === 'receiving' || intake.state === 'analysing').length
    return [
      fine('events', `${span}, ${segments.length} segments, ${(bytes / 1024 / 1024).toFixed(1)} MiB`),
      fine('imports', `${intakes.length}, ${underWay} under way, ${failed} failed`),
    ]
  } catch (error) {
    return [wrong('events', error instanceof Error ? error.message : String(error))]
  } finally {
    store.close()
    log.close()
  }
}

async function serverAnswers({ env }: Pick<Terminal, 'env'>): Promise<Finding> {
  const port = env.PORT === undefined || env.PORT === '' ? '3000' : env.PORT
  const url = `http://${env.DOWSER_HOST === undefined || env.DOWSER_HOST === '' ? '127.0.0.1' : env.DOWSER_HOST}:${port}/`
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(3_000) })
    return fine('server', `${url} answers ${response.status}`)
  } catch {
    return fine('server', `nothing answers at ${url}`)
  }
}

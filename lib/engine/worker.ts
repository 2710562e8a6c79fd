import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { detectors } from '@/lib/detectors/index'
import { createSqliteAlarmSink } from '@/lib/store/sqlite/alarm-sink'
import { createSqliteDetectorSettingsReader } from '@/lib/store/sqlite/detector-settings-reader'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import type { CommandHandlers } from './commands'
import { configsOf, createConfiguredDetectors } from './configured-detectors'
import { detectorCommands } from './detector-commands'
import { createEngine } from './engine'
import { PreviewJobs } from './preview-jobs'
import type { HostMessage, WorkerMessage, WorkerSettings } from './protocol'
import { pause, processIsAlive } from './surroundings'
import { createWorkerSession } from './worker-session'

// The host passes exactly this.
const { dataDir } = workerData as WorkerSettings
const port = parentPort
if (port === null) throw new Error('engine.mjs runs as a worker thread')

const events = createSqliteEventStore({ dir: dataDir })
const intakes = createSqliteIntakeLog(openIntakeDatabase(dataDir))
const sink = createSqliteAlarmSink(join(dataDir, 'app.db'))
const settings = createSqliteDetectorSettingsReader(join(dataDir, 'app.db'))
const configured = createConfiguredDetectors(detectors, () => configsOf(settings.all()))
const engine = createEngine({
  ...{ events, intakes, sink, detectors: configured.detectors, pause },
  now: Date.now,
  newId: randomUUID,
  pid: process.pid,
  isAlive: processIsAlive,
})
const send = (message: WorkerMessage): void => port.postMessage(message)

const previews = new PreviewJobs({ events, sink, detectors, configOf: configured.configOf, now: Date.now, newId: randomUUID, pause })

const commands: CommandHandlers = {
  ...detectorCommands(configured, previews),
  'engine.ping': async () => ({ atMs: Date.now() }),
  'log-sources.health': async () => [],
  'log-sources.reload': async () => null,
}

const session = createWorkerSession(engine, commands, send, () => {
  previews.close()
  settings.close()
  engine.close()
  events.close()
  intakes.close()
  sink.close()
  send({ type: 'drained' })
  port.close()
})
port.on('message', (message: HostMessage) => session.receive(message))
send({ type: 'ready' })
await engine.recover()

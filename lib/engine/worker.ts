import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { detectors } from '@/lib/detectors/index'
import { createBulkCommand } from '@/lib/intake/elastic/bulk-command'
import { createListenerKinds } from '@/lib/intake/listener-kinds'
import { createReadAgain } from '@/lib/intake/rejects/read-again'
import { createSqliteAlarmSink } from '@/lib/store/sqlite/alarm-sink'
import { createSqliteAssetReader } from '@/lib/store/sqlite/asset-reader'
import { createSqliteDetectorSettingsReader } from '@/lib/store/sqlite/detector-settings-reader'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { createSqliteHostNameWriter } from '@/lib/store/sqlite/host-name-writer'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { createSqliteLogSourceRegistry } from '@/lib/store/sqlite/log-source-registry'
import { createSqliteRejectStore } from '@/lib/store/sqlite/reject-store'
import { assetCommands, createAssetList } from './asset-list'
import type { CommandHandlers } from './commands'
import { configsOf, createConfiguredDetectors } from './configured-detectors'
import { detectorCommands } from './detector-commands'
import { createEngine } from './engine'
import { startLoop } from './live-loop'
import { PreviewJobs } from './preview-jobs'
import type { HostMessage, WorkerMessage, WorkerSettings } from './protocol'
import { streamCommands } from './stream-commands'
import { createListeners } from './stream-listeners'
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
const assetReader = createSqliteAssetReader(join(dataDir, 'app.db'))
const assets = createAssetList(() => assetReader.all(), assetReader.version)
const hostNames = createSqliteHostNameWriter(join(dataDir, 'app.db'))
const logSources = createSqliteLogSourceRegistry(join(dataDir, 'app.db'), openIntakeDatabase(dataDir))
const rejects = createSqliteRejectStore(openIntakeDatabase(dataDir))
const send = (message: WorkerMessage): void => port.postMessage(message)
const engine = createEngine({
  ...{ events, intakes, sink, detectors: configured.detectors, pause, logSources, rejects, assets: assets.known, hostNames },
  now: Date.now,
  newId: randomUUID,
  pid: process.pid,
  isAlive: processIsAlive,
  onFailure: (what, error) =>
    send({ type: 'problem', message: what, detail: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
})
/** What listens in the worker, by kind of log source. */
const listenerKinds = createListenerKinds(Date.now, join(dataDir, 'arrivals'))
const listeners = createListeners(listenerKinds, engine.live.intake)

const previews = new PreviewJobs({
  events,
  sink,
  detectors,
  configOf: configured.configOf,
  assets: assets.known,
  now: Date.now,
  newId: randomUUID,
  pause,
})

const commands: CommandHandlers = {
  ...assetCommands(assets),
  ...detectorCommands(configured, previews),
  ...streamCommands({ live: engine.live, now: Date.now, pause, onReload: () => listeners.follow(engine.live.reload()) }),
  'elastic.bulk': createBulkCommand({
    ...{ intake: engine.live.intake, now: Date.now, newId: randomUUID, pause },
    isLive: (logSourceId) => engine.live.isLive(logSourceId),
  }),
  'rejects.kept': async () => Object.fromEntries(rejects.kept()),
  'rejects.read-again': createReadAgain({ engine, rejects, intakes, now: Date.now, pause }),
  'engine.ping': async () => ({ atMs: Date.now() }),
}

const session = createWorkerSession(engine, commands, send, async () => {
  await listeners.stop()
  await loop.stop()
  previews.close()
  settings.close()
  assetReader.close()
  engine.close()
  hostNames.close()
  events.close()
  intakes.close()
  logSources.close()
  rejects.close()
  sink.close()
  send({ type: 'drained' })
  port.close()
})
engine.live.resume()
const loop = startLoop(() => {
  // The command line changes assets without telling.
  assets.follow()
  return engine.live.advance()
})
port.on('message', (message: HostMessage) => session.receive(message))
send({ type: 'ready' })
await Promise.all([listeners.follow(engine.live.reload()), engine.recover()])

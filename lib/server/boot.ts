import { engine } from './engine-host'
import { env } from './env'
import { logger } from './logger'
import { allowLongUploads } from './long-uploads'
import { once } from './once'
import { keepSetupToken } from './setup-token'
import { stores } from './stores'
import { resumeUnits } from './unit-runner'
import { keepUploads } from './uploads'

const SWEEP_MS = 60_000
/** Longest wait for imports under way when the server is asked to stop. */
const DRAIN_MS = 10_000

/** Starts what runs beside the pages, once a process. A setting or a database that cannot be used ends the process, saying why. */
export async function bootOrExit(): Promise<void> {
  try {
    await once('boot', start)
  } catch (error) {
    process.stderr.write(`Dowser cannot start.\n${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}

async function start(): Promise<void> {
  const { dataDir, url } = env()
  // Logs, decisions and sessions: every file this process makes is its owner's alone.
  process.umask(0o077)
  await keepSetupToken(dataDir, stores().users)
  engine()
  stopInOrder()
  allowLongUploads()
  // An entry that expires gives back what it hid, whether or not logs come in.
  setInterval(sweepAllowlist, SWEEP_MS).unref()
  void resumeUnits()
  keepUploads()
  logger.info('started', { url, dataDir })
}

function sweepAllowlist(): void {
  try {
    stores().alarmSink.applyAllowlist(Date.now())
  } catch (cause) {
    logger.error('sweeping the allowlist failed', { cause })
  }
}

/** Next waits for open requests and exits; the engine has to finish and close its files before that. */
function stopInOrder(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const nexts = process.listeners(signal)
    process.removeAllListeners(signal)
    process.once(signal, async () => {
      logger.info('stopping', { signal })
      try {
        await engine().drain(DRAIN_MS)
        await stores().appDb.$disconnect()
        stores().close()
      } catch (cause) {
        logger.error('stopping the engine failed', { cause })
      }
      for (const next of nexts) next(signal)
    })
  }
}

import { createHmac } from 'node:crypto'
import { createElasticHandler, type ElasticHandler } from '@/lib/intake/elastic/handler'
import { engine } from './engine-host'
import { env } from './env'
import { intakeKeyHolder } from './intake-key'
import { logger } from './logger'
import { once } from './once'
import { secretFile } from './secret-file'

/** Calls that are not answered, each noted once; a scanner's thousand paths fill no log. */
const MAX_NOTED = 100
const NAME_OF_AGENT = /^[\w. -]{1,64}/

/** Answers Elasticsearch's clients, with this process's stores and engine. */
export function elastic(): ElasticHandler {
  return once('elastic', () =>
    createElasticHandler({
      holderOf: (secret) => intakeKeyHolder(secret, 'elastic'),
      bulk: (params, bytes) => engine().command('elastic.bulk', params, bytes),
      clusterUuid,
      onUnknown: noteOnce(),
      onFailure: (cause) => logger.error('taking in a bulk failed', { cause }),
    }),
  )
}

/** The same for the life of the installation, and telling nothing of the secret it comes from. */
function clusterUuid(): string {
  const { secret, dataDir } = env()
  return createHmac('sha256', secret ?? secretFile(dataDir, 'secret'))
    .update('elasticsearch cluster_uuid')
    .digest('base64url')
    .slice(0, 22)
}

function noteOnce() {
  const noted = new Set<string>()
  return ({ method, path, userAgent }: { readonly method: string; readonly path: string; readonly userAgent: string | null }): void => {
    const agent = NAME_OF_AGENT.exec(userAgent ?? '')?.[0] ?? 'unnamed'
    const call = `${method} ${path.split('/').slice(0, 2).join('/').slice(0, 64)} ${agent}`
    if (noted.size >= MAX_NOTED || noted.has(call)) return
    noted.add(call)
    logger.info('a call of Elasticsearch that is not answered', { call })
  }
}

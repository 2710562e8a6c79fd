/** Version of Elasticsearch's API that is spoken; newer Beats are told their own. */
const VERSION = '8.19.0'

/** `Elastic-Winlogbeat/8.15.2 (…)`, `Elastic-Elastic-Agent/9.1.0`, `Filebeat/7.17.0`. */
const BEAT = /(?:^|[\s-])(?:[A-Za-z]{1,32}beat|Elastic-Agent|Elastic-[A-Za-z-]{1,32})\/(\d{1,3})\.(\d{1,3})\.(\d{1,3})/i

/** A Beat refuses a server that is older than itself, so it is told its own version when that is the higher one. */
export function versionFor(userAgent: string | null): string {
  const [, ...told] = BEAT.exec((userAgent ?? '').slice(0, 512)) ?? []
  const own = VERSION.split('.').map(Number)
  const theirs = told.map(Number)
  const differing = theirs.findIndex((part, index) => part !== own[index])
  return differing >= 0 && (theirs[differing] ?? 0) > (own[differing] ?? 0) ? theirs.join('.') : VERSION
}

export const rootAnswer = (clusterUuid: string, userAgent: string | null) => ({
  name: 'dowser',
  cluster_name: 'dowser',
  cluster_uuid: clusterUuid,
  version: {
    number: versionFor(userAgent),
    // `serverless` would change what Beats and Logstash do.
    build_flavor: 'default',
    build_type: 'docker',
    build_hash: '0',
    build_date: '2026-01-01T00:00:00Z',
    build_snapshot: false,
    lucene_version: '9.12.0',
    minimum_wire_compatibility_version: '7.17.0',
    minimum_index_compatibility_version: '7.0.0',
  },
  tagline: 'You Know, for Search',
})

const license = (uid: string) => ({
  license: {
    status: 'active',
    uid,
    type: 'basic',
    issue_date: '2026-01-01T00:00:00.000Z',
    issue_date_in_millis: 1_767_225_600_000,
    max_nodes: 1_000,
    issued_to: 'dowser',
    issuer: 'dowser',
    start_date_in_millis: -1,
  },
})

const health = {
  cluster_name: 'dowser',
  status: 'green',
  timed_out: false,
  number_of_nodes: 1,
  number_of_data_nodes: 1,
  active_primary_shards: 1,
  active_shards: 1,
  relocating_shards: 0,
  initializing_shards: 0,
  unassigned_shards: 0,
}

const xpack = {
  build: { hash: '0', date: '2026-01-01T00:00:00Z' },
  license: { type: 'basic', mode: 'basic', status: 'active' },
  features: {},
}

/** First segments whose calls set up what only Elasticsearch needs: everything is there already, everything is agreed to. */
const SETUP: ReadonlySet<string> = new Set([
  '_ilm',
  '_template',
  '_index_template',
  '_component_template',
  '_data_stream',
  '_ingest',
  '_alias',
  '_aliases',
  '_slm',
  '_enrich',
  '_transform',
  '_security',
])

/** What an index is asked for besides documents. */
const OF_INDEX: ReadonlySet<string> = new Set(['_alias', '_settings', '_mapping', '_refresh', '_rollover', '_ilm'])

/**
 * The answer to a call that carries no events; null when there is none.
 *
 * @param path - decoded segments.
 */
export function setupAnswer(method: string, path: readonly string[], clusterUuid: string): unknown | null {
  const [first = '', second = ''] = path
  const reads = method === 'GET' || method === 'HEAD'
  if (first === '_license' && reads) return license(clusterUuid)
  if (first === '_xpack' && reads) return second === 'license' ? license(clusterUuid) : xpack
  if (first === '_cluster' && second === 'health' && reads) return health
  if (first === '_nodes' && reads) return { _nodes: { total: 0, successful: 0, failed: 0 }, cluster_name: 'dowser', nodes: {} }
  if (first === '_monitoring' || (first === '_xpack' && second === 'monitoring')) return { took: 0, errors: false, ignored: true }
  if (first === '_refresh' || second === '_refresh') return { _shards: { total: 1, successful: 1, failed: 0 } }
  if (SETUP.has(first)) return reads ? {} : { acknowledged: true }
  // A lone index name: `HEAD /logs-dns` asks whether it is there, `PUT` makes it.
  const isIndex = first !== '' && !first.startsWith('_') && (path.length === 1 || OF_INDEX.has(second))
  if (!isIndex || method === 'DELETE') return null
  return reads ? {} : { acknowledged: true, shards_acknowledged: true, index: first }
}

import { EventDocumentParser, isEventDocument } from '../event-documents'
import type { LogFormat } from '../format'
import { unwrapEnvelope } from '../json-records'
import { recogniseDocuments } from '../recognise-documents'

/** Documents of the Elastic Common Schema: Packetbeat, Elastic Agent and Defend, Winlogbeat behind its pipeline. */
export const ecs: LogFormat = {
  id: 'ecs',
  title: 'Elastic Common Schema (JSON)',
  endings: ['.json', '.ndjson', '.json.gz', '.ndjson.gz'],
  expects: 'JSON objects with `@timestamp` and `event.*`, `dns.*` or `process.*`',
  recognise: (head) => recogniseDocuments(head, (record) => unwrapEnvelope(record, isEventDocument) !== null),
  createParser: (sink, options) => new EventDocumentParser('ecs', sink, options),
}

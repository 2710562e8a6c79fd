import { EventDocumentParser, isRawWindowsEvent } from '../event-documents'
import type { LogFormat } from '../format'
import { unwrapEnvelope } from '../json-records'
import { recogniseDocuments } from '../recognise-documents'

/** Winlogbeat documents that no ingest pipeline has mapped: Sysmon 1 and 22, Security 4688. */
export const winlogbeat: LogFormat = {
  id: 'winlogbeat',
  title: 'Winlogbeat, unprocessed (JSON)',
  endings: ['.json', '.ndjson', '.json.gz', '.ndjson.gz'],
  expects: 'JSON objects with `winlog.event_id` and `winlog.event_data`',
  recognise: (head) => recogniseDocuments(head, (record) => unwrapEnvelope(record, isRawWindowsEvent) !== null),
  createParser: (sink, options) => new EventDocumentParser('winlogbeat', sink, options),
}

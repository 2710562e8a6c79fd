import { DocumentLogParser } from '../document-log'
import type { LogFormat } from '../format'
import type { JsonObject } from '../json-records'
import { unwrapEnvelope } from '../json-records'
import { recogniseDocuments } from '../recognise-documents'
import { SuricataLookups } from './lookups'

/** Suricata's eve.json: DNS records of versions 1 (before 4.1), 2 (4.1 to 7) and 3 (8), among records of other kinds. */
export const suricataEve: LogFormat = {
  id: 'suricata-eve',
  title: 'Suricata eve.json',
  endings: ['.json', '.log', '.json.gz', '.log.gz'],
  expects: 'JSON objects with `event_type` and `src_ip` or `flow_id`',
  recognise: (head) => recogniseDocuments(head, (record) => unwrapEnvelope(record, isEve) !== null),
  createParser(sink, options) {
    const lookups = new SuricataLookups()
    return new DocumentLogParser(
      { fits: isEve, map: (document, place) => lookups.map(document, place), rest: () => lookups.rest() },
      sink,
      options,
    )
  },
}

const isEve = (record: JsonObject): boolean =>
  typeof record.event_type === 'string' && (record.src_ip !== undefined || record.flow_id !== undefined)

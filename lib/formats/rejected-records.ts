import type { RecordReader, Reject } from '@/lib/domain/log-event'

/** A longer record is counted and sampled, not kept: no log that people want back has one. */
export const MAX_KEPT_RECORD_BYTES = 64 * 1024
/** Of one batch, so that a log of nothing but rejects holds no more in memory. */
const MAX_KEPT_BYTES = 8 * 1024 * 1024

/** Gathers rejects, and bounds what of their records is held until they are taken. */
export function keptRejects() {
  let rejects: Reject[] = []
  let bytes = 0
  return {
    get count(): number {
      return rejects.length
    },
    /** @param reader - who reads the record again, where the reject does not say. */
    add(reject: Reject, reader: RecordReader | null = null): void {
      const size = sizeOf(reject)
      if (size > 0) bytes += size
      const record = size > 0 && bytes <= MAX_KEPT_BYTES && reject.again ? { ...(reader && { reader }), ...reject.again } : null
      rejects.push(record?.reader ? { ...withoutRecord(reject), again: record } : withoutRecord(reject))
    },
    take(): Reject[] {
      const taken = rejects
      rejects = []
      bytes = 0
      return taken
    },
  }
}

/** Bytes of the record as UTF-8 at most; 0 when it is not to be kept. */
function sizeOf({ again }: Reject): number {
  if (again === undefined) return 0
  const size = again.bytes.length + (again.preamble?.length ?? 0)
  return size <= MAX_KEPT_RECORD_BYTES ? size : 0
}

/** What is told of a reject whose record is not kept. */
export const withoutRecord = ({ reason, recordNo, detail, sample }: Reject): Reject => ({ reason, recordNo, detail, sample })

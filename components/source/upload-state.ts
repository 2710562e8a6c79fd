import type { Intake } from '@/lib/domain/intake'

export type UploadPhase = 'queued' | 'sending' | 'lost' | 'paused' | 'analysing' | 'done' | 'failed' | 'cancelled'

export interface Upload {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly phase: UploadPhase
  readonly sentBytes: number
  /** Bytes a second over the last seconds; null until two readings stand apart. */
  readonly rate: number | null
  /** Recent readings, oldest first, for the rate. */
  readonly marks: readonly { readonly at: number; readonly bytes: number }[]
  readonly intake: Intake | null
  /** Why it failed, and under which id the server logged it. */
  readonly failure: { readonly detail: string; readonly requestId: string | null } | null
}

export type UploadAction =
  | { readonly type: 'add'; readonly files: readonly { readonly id: string; readonly name: string; readonly size: number }[] }
  | { readonly type: 'start'; readonly id: string; readonly at: number }
  /** The connection broke; it is tried again by itself. */
  | { readonly type: 'lost'; readonly id: string }
  | { readonly type: 'pause'; readonly id: string }
  | { readonly type: 'resume'; readonly id: string }
  | { readonly type: 'sent'; readonly id: string; readonly bytes: number; readonly at: number }
  | { readonly type: 'done'; readonly id: string; readonly intake: Intake }
  | { readonly type: 'fail'; readonly id: string; readonly detail: string; readonly requestId: string | null }
  | { readonly type: 'cancel'; readonly id: string }
  | { readonly type: 'dismiss'; readonly id: string }
  | { readonly type: 'retry'; readonly id: string }

const RATE_WINDOW_MS = 3_000
const RATE_MIN_SPAN_MS = 250

const FRESH = { phase: 'queued', sentBytes: 0, rate: null, marks: [], intake: null, failure: null } as const

export const isUnderWay = ({ phase }: Upload): boolean => phase === 'sending' || phase === 'lost' || phase === 'analysing'
export const isOver = ({ phase }: Upload): boolean => phase === 'done' || phase === 'failed' || phase === 'cancelled'

/** While bytes are to be sent; what is whole on the server is read whatever this page does. */
export const canPause = ({ phase }: Upload): boolean => phase === 'queued' || phase === 'sending' || phase === 'lost'

function withReading(upload: Upload, bytes: number, at: number): Upload {
  const marks = [...upload.marks.filter((mark) => at - mark.at <= RATE_WINDOW_MS), { at, bytes }]
  const first = marks[0]
  const span = first ? at - first.at : 0
  const rate = first && span >= RATE_MIN_SPAN_MS ? ((bytes - first.bytes) * 1_000) / span : upload.rate
  const sentBytes = Math.min(bytes, upload.size)
  return { ...upload, marks, rate, sentBytes, phase: sentBytes >= upload.size ? 'analysing' : 'sending' }
}

/** One upload's next state. An action that does not fit the phase (a late progress event after a cancel) changes nothing. */
function step(upload: Upload, action: Exclude<UploadAction, { type: 'add' | 'dismiss' }>): Upload {
  switch (action.type) {
    case 'start':
      return upload.phase === 'queued' ? { ...upload, phase: 'sending', rate: null, marks: [] } : upload
    case 'lost':
      return upload.phase === 'sending' ? { ...upload, phase: 'lost', rate: null, marks: [] } : upload
    case 'pause':
      return canPause(upload) ? { ...upload, phase: 'paused', rate: null, marks: [] } : upload
    case 'resume':
      return upload.phase === 'paused' ? { ...upload, phase: 'queued' } : upload
    case 'sent':
      // After a broken connection the server may have less than had left.
      return isUnderWay(upload) && (action.bytes >= upload.sentBytes || upload.phase === 'lost' || upload.marks.length === 0)
        ? withReading(upload, action.bytes, action.at)
        : upload
    case 'done': {
      if (!isUnderWay(upload)) return upload
      const { intake } = action
      const failure = intake.state === 'failed' ? { detail: intake.error ?? 'The file could not be read.', requestId: null } : null
      return { ...upload, phase: failure ? 'failed' : 'done', sentBytes: upload.size, intake, failure }
    }
    case 'fail':
      return isUnderWay(upload) ? { ...upload, phase: 'failed', failure: { detail: action.detail, requestId: action.requestId } } : upload
    case 'cancel':
      return isOver(upload) ? upload : { ...upload, phase: 'cancelled' }
    case 'retry':
      return upload.phase === 'failed' || upload.phase === 'cancelled' ? { ...upload, ...FRESH } : upload
  }
}

/** Every file handed over on this page, in the order it came. */
export function uploadReducer(uploads: readonly Upload[], action: UploadAction): readonly Upload[] {
  if (action.type === 'add') return [...uploads, ...action.files.map((file) => ({ ...file, ...FRESH }))]
  if (action.type === 'dismiss') return uploads.filter((upload) => upload.id !== action.id || !isOver(upload))
  return uploads.map((upload) => (upload.id === action.id ? step(upload, action) : upload))
}

/** The next to send: one at a time, because the engine reads one log after the other. */
export const nextToStart = (uploads: readonly Upload[]): Upload | null =>
  uploads.some(isUnderWay) ? null : (uploads.find(({ phase }) => phase === 'queued') ?? null)

import type { Upload } from 'tus-js-client'
import { ApiError, apiFetch } from '@/lib/api/client'
import type { IntakeResponse } from '@/lib/api/contracts/sources'
import type { ListUploadsResponse } from '@/lib/api/contracts/uploads'
import type { Intake } from '@/lib/domain/intake'
import type { ResumableUpload } from '@/lib/domain/resumable-upload'

const ENDPOINT = '/api/v1/uploads'
/** One request: proxies in front pass it on once they are told of uploads at all, and a broken one costs little. */
const CHUNK_BYTES = 16 * 1024 * 1024
/** A server that restarts or a network that is changed is back within minutes; after that a person is asked. */
const RETRY_DELAYS_MS = [0, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000, 60_000, 60_000, 60_000]
const POLL_MS = 1_000
/** Answers that trying again does not change. */
const FINAL: ReadonlySet<number> = new Set([400, 401, 403, 404, 410, 413, 422, 429, 507])

export interface UploadWatcher {
  /** Bytes that left or were on the server before. */
  readonly onSent: (bytes: number) => void
  /** The connection broke; it is tried again by itself. */
  readonly onLost: () => void
  /** Stops sending; what arrived stays on the server. */
  readonly signal: AbortSignal
}

/** The caller's uploads, as the server has them. */
export const listUploads = (signal?: AbortSignal): Promise<ListUploadsResponse> =>
  apiFetch<ListUploadsResponse>('/uploads', signal ? { signal } : {})

/** Is it an upload of this file that was broken off? */
export const isOf = (
  upload: Pick<ResumableUpload, 'name' | 'size' | 'modifiedAt'>,
  file: Pick<File, 'name' | 'size' | 'lastModified'>,
): boolean => upload.name === file.name && upload.size === file.size && upload.modifiedAt === file.lastModified

/**
 * Sends a file in pieces, from where an earlier attempt stopped, and waits until the server has analysed it.
 *
 * @throws ApiError when refused, or lost for longer than it is tried again; a DOMException `AbortError` when the signal fires.
 */
export async function uploadLog(file: File, watcher: UploadWatcher): Promise<Intake> {
  const { signal } = watcher
  const { uploads } = await listUploads(signal)
  const before = uploads.find((upload) => upload.state === 'open' && isOf(upload, file))
  const url = await send(file, before ? `${ENDPOINT}/${before.id}` : null, watcher)
  watcher.onSent(file.size)
  return await outcomeOf(url.split('/').at(-1) ?? '', signal)
}

/** Removes an upload from the server. */
export async function discardUpload(id: string): Promise<void> {
  const { Upload } = await import('tus-js-client')
  await Upload.terminate(`${ENDPOINT}/${id}`, { retryDelays: [] }).catch((error: unknown) => Promise.reject(refusalOf(error)))
}

/** Removes what arrived of a file, where it is not whole yet. */
export async function discardFile(file: File): Promise<void> {
  const { uploads } = await listUploads()
  for (const upload of uploads) if (upload.state === 'open' && isOf(upload, file)) await discardUpload(upload.id)
}

/** @returns address of the whole upload. */
async function send(file: File, uploadUrl: string | null, { onSent, onLost, signal }: UploadWatcher): Promise<string> {
  // Loaded when a file is sent: no page needs it to show itself.
  const { Upload } = await import('tus-js-client')
  return await new Promise((resolve, reject) => {
    const upload: Upload = new Upload(file, {
      endpoint: ENDPOINT,
      ...(uploadUrl !== null && { uploadUrl }),
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      metadata: { filename: file.name, modified: String(file.lastModified) },
      // The server knows what is unfinished, on every machine of the person.
      storeFingerprintForResuming: false,
      onProgress: onSent,
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0
        if (FINAL.has(status)) return false
        onLost()
        return true
      },
      onError: (error) => reject(refusalOf(error)),
      onSuccess: () => resolve(upload.url ?? ''),
    })
    const stop = () => {
      void upload.abort()
      reject(new DOMException('The upload was stopped.', 'AbortError'))
    }
    if (signal.aborted) stop()
    else {
      signal.addEventListener('abort', stop, { once: true })
      upload.start()
    }
  })
}

/** Waits until the file is read. */
async function outcomeOf(id: string, signal: AbortSignal): Promise<Intake> {
  for (let isKnown = false; ; ) {
    // The server may restart meanwhile: it goes on by itself.
    const answer = await listUploads(signal).catch((error: unknown) => {
      if (signal.aborted || (error instanceof ApiError && error.status >= 400 && error.status < 500)) throw error
      return null
    })
    const upload = answer?.uploads.find((known) => known.id === id)
    if (upload?.intakeId) return await analysed(upload.intakeId, signal)
    if (upload?.state === 'failed') throw lost(upload.detail ?? 'The file could not be read.')
    if (answer !== null && upload === undefined && isKnown)
      throw lost('The server restarted while it read the file. The list of imports below says what became of it.')
    isKnown ||= upload !== undefined
    await pause(POLL_MS, signal)
  }
}

/** Alarms of fresh events are raised once the detectors have passed their time, half a minute later. */
async function analysed(intakeId: string, signal: AbortSignal): Promise<Intake> {
  for (;;) {
    const answer = await apiFetch<IntakeResponse>(`/sources/${encodeURIComponent(intakeId)}`, { signal }).catch((error: unknown) => {
      if (signal.aborted || (error instanceof ApiError && error.status >= 400 && error.status < 500)) throw error
      return null
    })
    if (answer !== null && answer.intake.state !== 'receiving' && answer.intake.state !== 'analysing') return answer.intake
    await pause(POLL_MS, signal)
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('The upload was stopped.', 'AbortError'))
    })
  })

/** What the server said, or that it said nothing. */
function refusalOf(error: unknown): ApiError {
  const response: unknown = error instanceof Error ? Reflect.get(error, 'originalResponse') : null
  const said = isResponse(response) ? { status: response.getStatus(), text: response.getBody().trim() } : { status: 0, text: '' }
  if (said.status === 0)
    return lost('The connection broke and did not come back. What arrived is kept on the server for a day: go on when it is back.')
  const detail = detailIn(said.text)
  return new ApiError({ type: '/problems/upload', title: 'Upload refused', status: said.status, detail })
}

interface SaidResponse {
  getStatus(): number
  getBody(): string
}
const isResponse = (value: unknown): value is SaidResponse =>
  typeof value === 'object' && value !== null && 'getStatus' in value && 'getBody' in value

/** A problem document's detail, or the protocol's plain text. */
function detailIn(text: string): string {
  try {
    const detail: unknown = Reflect.get(Object(JSON.parse(text)), 'detail')
    if (typeof detail === 'string') return detail
  } catch {
    // Plain text.
  }
  return text === '' ? 'The server refused the file without saying why.' : text.slice(0, 500)
}

const lost = (detail: string): ApiError => new ApiError({ type: '/problems/network', title: 'Upload failed', status: 0, detail })

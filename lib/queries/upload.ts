import { ApiError } from '@/lib/api/client'
import { problemSchema } from '@/lib/api/contracts/problem'
import { IntakeResponse } from '@/lib/api/contracts/sources'
import type { Intake } from '@/lib/domain/intake'

export interface UploadWatcher {
  /** Bytes handed to the network so far; the server has them all once this equals the file's size. */
  readonly onSent: (bytes: number) => void
  readonly signal: AbortSignal
}

/**
 * Sends a file's bytes as they are and waits until the server has analysed them. XMLHttpRequest, because `fetch` does not
 * tell how much of a body has left.
 *
 * @throws ApiError when refused or lost; a DOMException `AbortError` when the signal fires.
 */
export function uploadLog(file: File, { onSent, signal }: UploadWatcher): Promise<Intake> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/events?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = (event) => onSent(event.loaded)
    request.upload.onload = () => onSent(file.size)
    request.onload = () => {
      const answer = answerOf(request)
      if (answer instanceof ApiError) reject(answer)
      else resolve(answer)
    }
    request.onerror = () => reject(lost('The connection broke. The server may have stopped, or the file changed while it was read.'))
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

function answerOf(request: XMLHttpRequest): Intake | ApiError {
  const body = readJson(request.responseText)
  const answer = IntakeResponse.safeParse(body)
  if (request.status < 300 && answer.success) return answer.data.intake
  const problem = problemSchema.safeParse(body)
  return problem.success ? new ApiError(problem.data) : lost(`The server answered ${request.status} without saying why.`, request.status)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const lost = (detail: string, status = 0): ApiError => new ApiError({ type: '/problems/network', title: 'Upload failed', status, detail })

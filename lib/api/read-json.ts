import { ServiceError } from '@/lib/services/errors'

/** Far above any body of the JSON API (the longest field is a note of 5,000 characters). */
const MAX_BODY_BYTES = 256 * 1024

/**
 * Reads a JSON body, bounded while it arrives.
 *
 * @throws ServiceError `invalid` for another content type, a body over 256 KiB or text that is no JSON.
 */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw invalid('Send the body as application/json.')
  const text = await readText(request)
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('The body is not JSON.')
  }
}

async function readText(request: Request): Promise<string> {
  if (request.body === null) return ''
  const decoder = new TextDecoder()
  const reader = request.body.getReader()
  let text = ''
  let bytes = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength
    if (bytes > MAX_BODY_BYTES) {
      await reader.cancel()
      throw invalid(`The body is larger than ${MAX_BODY_BYTES} bytes.`)
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}

const invalid = (message: string) => new ServiceError('invalid', message, [{ path: '', message }])

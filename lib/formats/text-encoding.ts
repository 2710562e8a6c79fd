/** Encoding of a text by its byte order mark, and how many bytes the mark takes. */
export function encodingOf(head: Uint8Array): { readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be'; readonly markBytes: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', markBytes: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 }
  return { encoding: 'utf-8', markBytes: 0 }
}

/** Turns UTF-16 chunks (byte order mark removed) into UTF-8, keeping a character that is cut between chunks. */
export function createTranscoder(encoding: 'utf-16le' | 'utf-16be'): (bytes: Uint8Array, last: boolean) => Uint8Array {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  return (bytes, last) => Buffer.from(decoder.decode(bytes, { stream: !last }), 'utf8')
}

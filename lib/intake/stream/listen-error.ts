const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'something else listens there already'],
  ['EACCES', 'this user may not (ports below 1024 need CAP_NET_BIND_SERVICE)'],
  ['EPERM', 'this user may not'],
  ['EADDRNOTAVAIL', 'this machine does not have the address'],
  ['ENOENT', 'its folder does not exist'],
  ['ENOTDIR', 'its folder does not exist'],
])

/** An error of the system in words, with the place it is about. */
export function listenError(place: string, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = MEANINGS.get(code) ?? (error instanceof Error ? error.message : String(error))
  return new Error(`Cannot listen on ${place}: ${reason}.`)
}

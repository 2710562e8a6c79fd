/**
 * Bytes from one side as an async iterable on the other. `onTaken` is called with the size of each chunk when the reader
 * asks for the next one, which is when it is done with it.
 */
export class ChunkQueue implements AsyncIterable<Uint8Array> {
  private readonly chunks: Uint8Array[] = []
  private wake: (() => void) | null = null
  private state: 'open' | 'ended' | 'aborted' = 'open'

  constructor(private readonly onTaken: (bytes: number) => void) {}

  push(chunk: Uint8Array): void {
    if (this.state === 'open') this.chunks.push(chunk)
    this.wakeReader()
  }

  end(): void {
    if (this.state === 'open') this.state = 'ended'
    this.wakeReader()
  }

  /** The reader gets what came so far and then an error. */
  abort(): void {
    this.state = 'aborted'
    this.wakeReader()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.chunks.shift()
      if (chunk !== undefined) {
        yield chunk
        this.onTaken(chunk.byteLength)
      } else if (this.state === 'ended') return
      else if (this.state === 'aborted')
        throw new Error('The sender stopped before the end. What arrived is kept; send it again to get the rest.')
      else await this.nextPush()
    }
  }

  private nextPush(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve
    })
  }

  private wakeReader(): void {
    this.wake?.()
    this.wake = null
  }
}

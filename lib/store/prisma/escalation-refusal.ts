/** A change of an escalation that cannot be made as a whole; the transaction it ends leaves nothing behind. */
export class EscalationRefusal extends Error {
  override readonly name = 'EscalationRefusal'
  constructor(
    readonly code: 'conflict' | 'not-found' | 'invalid',
    message: string,
  ) {
    super(message)
  }
}

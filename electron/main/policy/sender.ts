import { isAppAddress } from './app-origin.ts'

/** What is known of the frame that sent a message. */
export type Sender = {
  /** Address of the frame; `null` when the frame is gone. */
  readonly address: string | null
  readonly isTop: boolean
  /** Whether the frame belongs to a window this application made. */
  readonly isOurs: boolean
}

/** Only the top frame of one of our windows, showing one of our pages, may call. */
export function isTrustedSender({ address, isTop, isOurs }: Sender): boolean {
  return address !== null && isTop && isOurs && isAppAddress(address)
}

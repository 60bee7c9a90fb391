import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { HubConfig } from '../server/config.ts'
import type { MailText } from './templates.ts'

export type OutgoingMail = MailText & { readonly id: string; readonly to: string }
/** `permanent`: the server refuses this recipient and always will. `code` is a number of SMTP or of the system, never a text. */
export type Delivery = { readonly result: 'sent' } | { readonly result: 'refused' | 'failed'; readonly code: string }
export type MailTransport = { readonly send: (mail: OutgoingMail) => Promise<Delivery>; readonly close: () => void }

const timeoutMs = 30_000

/** `null` where neither a folder nor a server is configured: messages wait, visibly. */
export function createMailTransport({ mail }: Pick<HubConfig, 'mail'>): MailTransport | null {
  if (mail.smtpUrl !== null) return smtpTransport(mail.smtpUrl, mail.from)
  return mail.devDir === null ? null : folderTransport(mail.devDir, mail.from)
}

function smtpTransport(url: string, from: string): MailTransport {
  const transport = createTransport(url, { from })
  Object.assign(transport.options, { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, disableFileAccess: true, disableUrlAccess: true })
  return {
    send: async (mail) => {
      try {
        await transport.sendMail({ from, ...headersOf(mail, from) })
        return { result: 'sent' }
      } catch (error) {
        return judgeFailure(error)
      }
    },
    close: () => transport.close(),
  }
}

/** A server that refuses the recipient for good says 5xx to RCPT; anything else may be its or our own trouble and is tried again. */
export function judgeFailure(error: unknown): Delivery {
  const said = (name: string) => (error instanceof Error && name in error ? (error as unknown as Record<string, unknown>)[name] : undefined)
  const code = said('responseCode')
  if (typeof code === 'number') return { result: code >= 500 && said('command') === 'RCPT TO' ? 'refused' : 'failed', code: String(code) }
  const system = said('code')
  return { result: 'failed', code: typeof system === 'string' && /^[A-Z]{2,20}$/.test(system) ? system : 'UNKNOWN' }
}

function folderTransport(folder: string, from: string): MailTransport {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    send: async (mail) => {
      try {
        const { message } = await transport.sendMail({ from, ...headersOf(mail, from) })
        await mkdir(folder, { recursive: true, mode: 0o700 })
        const part = join(folder, `${mail.id}.part`)
        await writeFile(part, message, { mode: 0o600 })
        await rename(part, join(folder, `${mail.id}.eml`))
        return { result: 'sent' }
      } catch (error) {
        return judgeFailure(error)
      }
    },
    close: () => transport.close(),
  }
}

/** The same message has the same id at every try, so that a receiving server can tell a repetition. */
function headersOf({ id, to, subject, text }: OutgoingMail, from: string) {
  const host = /@([^@>\s]+)>?$/.exec(from)?.[1] ?? 'localhost'
  return { to, subject, text, messageId: `<${id}@${host}>`, headers: { 'Auto-Submitted': 'auto-generated' }, disableFileAccess: true, disableUrlAccess: true }
}

import { contentSecurityPolicy as policyFor, pageHeaders } from '../../hosts/page-headers.ts'

/** What the desk's pages may load and do. They speak over IPC only: the loopback host differs in `connect-src 'self'`. */
export const contentSecurityPolicy = policyFor("'none'")

/** On every answer of the desk's own protocol. */
export const appHeaders = { 'content-security-policy': contentSecurityPolicy, ...pageHeaders } as const
